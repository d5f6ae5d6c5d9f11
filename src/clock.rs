//! The one place where the site asks what time it is, and how moments are written for people.

use form::Date;
use procedure::calendar::Moment;

/// Now.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit 64 bits for millions of years")]
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// Today in Việt Nam.
pub fn today() -> Date {
    now().date()
}

/// "10:42".
pub fn clock(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{hour}:{minute:02}")
}

/// "Chủ nhật 22/11/2026".
pub fn day(day: Date) -> String {
    text::time::day(ui::words(), day)
}

/// "10:58 Chủ nhật 22/11/2026".
pub fn moment(moment: Moment) -> String {
    format!("{} {}", clock(moment), day(moment.date()))
}

/// Working days from quarter-days: "5", "2,5".
pub fn days(quarter_days: u32) -> String {
    let whole = quarter_days / 4;
    match quarter_days % 4 {
        0 => whole.to_string(),
        1 => format!("{whole},25"),
        2 => format!("{whole},5"),
        _ => format!("{whole},75"),
    }
}

/// "8,4 MB", "412 KB".
pub fn size(bytes: u64) -> String {
    if bytes >= 1_000_000 {
        let tenths = bytes / 100_000;
        format!("{},{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1000))
    }
}
