//! A civil date of the Gregorian calendar, without clock or time zone.

use core::fmt;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A day that exists, from 1800 to 2199: wide enough for any living person's papers, narrow enough to catch slips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pack, Serialize, Deserialize)]
#[serde(try_from = "(u16, u8, u8)", into = "(u16, u8, u8)")]
pub struct Date {
    /// Year of the common era.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The date, or nothing when no such day exists.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let real =
            (1800..2200).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        real.then_some(Self { year, month, day })
    }

    /// Reads `2026-11-22`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, month, day)
    }

    /// Days since 1970-01-01, negative before it (the algorithm of Howard Hinnant's "chrono-compatible low-level date algorithms").
    #[must_use]
    pub fn days(self) -> i32 {
        let month = i32::from(self.month);
        let year = i32::from(self.year) - i32::from(month <= 2);
        let era = year / 400;
        let of_era = year - era * 400;
        let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The date so many days after 1970-01-01; days outside 1800–2199 come back as the nearest day inside.
    #[must_use]
    pub fn from_days(days: i32) -> Self {
        let days = days.clamp(-62_091, 84_005) + 719_468;
        let era = days / 146_097;
        let of_era = days - era * 146_097;
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self {
            year: u16::try_from(year).unwrap_or(1800),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// The date so many days later (or earlier, when negative).
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    #[must_use]
    pub fn weekday(self) -> u8 {
        u8::try_from((self.days() + 3).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// Whole years lived on `on` by someone born on this date; a 29 February birthday is reached on 1 March.
    #[must_use]
    pub fn age_on(self, on: Self) -> i32 {
        let years = i32::from(on.year) - i32::from(self.year);
        years - i32::from((on.month, on.day) < (self.month, self.day))
    }
}

/// How many days the month has, 28 to 31.
#[must_use]
pub fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<(u16, u8, u8)> for Date {
    type Error = &'static str;
    fn try_from((year, month, day): (u16, u8, u8)) -> Result<Self, Self::Error> {
        Self::new(year, month, day).ok_or("no such day")
    }
}

impl From<Date> for (u16, u8, u8) {
    fn from(date: Date) -> Self {
        (date.year, date.month, date.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_goes_to_a_number_and_back() {
        let mut date = Date::new(1800, 1, 1).unwrap();
        let last = Date::new(2199, 12, 31).unwrap();
        while date < last {
            let next = date.add_days(1);
            assert_eq!(next.days(), date.days() + 1);
            assert_eq!(Date::new(next.year, next.month, next.day), Some(next));
            assert_eq!(next.weekday(), date.weekday() % 7 + 1);
            date = next;
        }
        assert_eq!(date, last);
    }

    #[test]
    fn known_days() {
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
        assert_eq!(Date::new(2026, 11, 22).unwrap().weekday(), 7);
        assert_eq!(Date::parse("2026-11-22").unwrap().to_string(), "2026-11-22");
        assert_eq!(Date::parse("2026-02-30"), None);
        assert_eq!(Date::parse("2026-02"), None);
    }

    #[test]
    fn age_turns_on_the_birthday() {
        let born = Date::new(2004, 2, 29).unwrap();
        assert_eq!(born.age_on(Date::new(2020, 2, 28).unwrap()), 15);
        assert_eq!(born.age_on(Date::new(2020, 2, 29).unwrap()), 16);
        assert_eq!(born.age_on(Date::new(2022, 2, 28).unwrap()), 17);
        assert_eq!(born.age_on(Date::new(2022, 3, 1).unwrap()), 18);
    }
}
