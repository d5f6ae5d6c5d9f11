//! The one place where the site asks what time it is, and how moments and spans are written at a desk.

use procedure::calendar::Moment;
use wire::Left;

/// Now.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit 64 bits for millions of years")]
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// "10:42".
pub fn time(at: i64) -> String {
    let (hour, minute) = Moment(at).clock();
    format!("{hour}:{minute:02}")
}

/// "22/11/2026".
pub fn date(at: i64) -> String {
    text::time::date(Moment(at).date())
}

/// "10:42 22/11/2026".
pub fn moment(at: i64) -> String {
    format!("{} {}", time(at), date(at))
}

/// "10:42 thứ Hai 23/11/2026".
pub fn due(at: i64) -> String {
    format!("{} {}", time(at), text::time::day(ui::words(), Moment(at).date()))
}

/// Working time until a moment or since, with its two greatest units: "Còn 1 ngày 3 giờ", "Quá 2 giờ 10 phút".
pub fn left(left: Left) -> String {
    let mut parts = Vec::new();
    for (count, unit) in [(left.days, "ngày"), (left.hours, "giờ"), (left.minutes, "phút")] {
        if count > 0 && parts.len() < 2 {
            parts.push(format!("{count} {unit}"));
        }
    }
    // Minutes beside days are more than anybody reads.
    if left.days > 0 && left.hours == 0 {
        parts.truncate(1);
    }
    match (parts.is_empty(), left.late) {
        (true, true) => "Vừa quá hạn".to_owned(),
        (true, false) => "Đến hạn ngay".to_owned(),
        (false, true) => format!("Quá {}", parts.join(" ")),
        (false, false) => format!("Còn {}", parts.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_by_its_two_greatest_units() {
        for (late, days, hours, minutes, says) in [
            (false, 1, 3, 20, "Còn 1 ngày 3 giờ"),
            (false, 2, 0, 40, "Còn 2 ngày"),
            (false, 0, 3, 0, "Còn 3 giờ"),
            (true, 0, 2, 10, "Quá 2 giờ 10 phút"),
            (true, 0, 0, 0, "Vừa quá hạn"),
        ] {
            assert_eq!(left(Left { late, days, hours, minutes }), says);
        }
    }
}
