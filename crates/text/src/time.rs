//! Days as people write them.

use crate::{Key, Words};
use form::Date;

/// "22/11/2026".
#[must_use]
pub fn date(date: Date) -> String {
    format!("{}/{}/{}", date.day, date.month, date.year)
}

/// "Chủ nhật 22/11/2026".
#[must_use]
pub fn day(words: &Words, day: Date) -> String {
    let weekday = match day.weekday() {
        1 => Key::TimeMonday,
        2 => Key::TimeTuesday,
        3 => Key::TimeWednesday,
        4 => Key::TimeThursday,
        5 => Key::TimeFriday,
        6 => Key::TimeSaturday,
        _ => Key::TimeSunday,
    };
    words.fill(Key::TimeDate, &[("weekday", words.get(weekday)), ("date", &date(day))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_with_its_name() {
        for (year, month, day_of_month, says) in [
            (2026, 11, 22, "Chủ nhật 22/11/2026"),
            (2026, 11, 23, "thứ Hai 23/11/2026"),
            (2024, 2, 29, "thứ Năm 29/2/2024"),
        ] {
            let date = Date::new(year, month, day_of_month).unwrap();
            assert_eq!(day(&Words::vietnamese(), date).to_lowercase(), says.to_lowercase());
        }
    }
}
