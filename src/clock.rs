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
