//! The working-day calendar: which days an office works, and from it when a promise falls due and why.
//!
//! Weekdays are Monday to Friday (Labour Code 2019, art. 111); holidays are those of art. 112, those that fall on a
//! weekly day off are made up, and the Government may swap a working day with a Saturday. All of that is data, one file
//! a year in `forms/calendars/`.

mod due;
mod hours;
mod moment;
#[cfg(feature = "source")]
pub mod source;
#[cfg(test)]
mod tests;

pub use due::{Due, SumStep, Why, due, due_after, due_at, due_at_after};
pub use hours::{Hours, HoursError};
pub use moment::{DAY_MS, Moment};

use form::Date;
use serde::{Deserialize, Serialize};

/// The days that differ from the rule "Monday to Friday", and the years for which they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// In the order of their dates, each date once; only days in force.
    days: Vec<Day>,
    /// Years whose days are known, in order.
    years: Vec<u16>,
}

/// One day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// What it is instead.
    pub kind: DayKind,
    /// What people call it, in Vietnamese.
    pub name: String,
    /// Whether a decree or an official plan says so; otherwise it is an estimate.
    pub certain: bool,
}

/// What a day of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// A holiday by law.
    Holiday,
    /// A day off in place of a holiday that fell on a weekly day off (*nghỉ bù*).
    Off,
    /// A working day given free for a make-up Saturday (*hoán đổi*).
    Swapped,
    /// A Saturday worked for a swapped day (*làm bù*).
    Working,
}

impl Calendar {
    /// A calendar of these days, known for these years. Later rows win over earlier ones of the same date.
    #[must_use]
    pub fn new(mut days: Vec<Day>, mut years: Vec<u16>) -> Self {
        days.reverse();
        days.sort_by_key(|day| day.date);
        days.dedup_by_key(|day| day.date);
        years.sort_unstable();
        years.dedup();
        Self { days, years }
    }

    /// The row of the table for that date, where there is one.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.binary_search_by_key(&date, |day| day.date).ok().and_then(|place| self.days.get(place))
    }

    /// Whether offices work on that date.
    #[must_use]
    pub fn works(&self, date: Date) -> bool {
        match self.day(date) {
            Some(day) => day.kind == DayKind::Working,
            None => date.weekday() <= 5,
        }
    }

    /// Whether the table knows the year of that date; otherwise only weekends are left out.
    #[must_use]
    pub fn knows(&self, date: Date) -> bool {
        self.years.binary_search(&date.year).is_ok()
    }

    /// All days that differ from their weekday, in order.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }
}

/// Working time between two moments, in working days of the office's own length, rounded down to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Whether the second moment is past: "Quá …" instead of "Còn …". Zero working time may still be late, as on a Sunday.
    pub late: bool,
    /// Whole working days.
    pub days: u32,
    /// Working hours beyond the days.
    pub hours: u32,
    /// Minutes beyond the hours.
    pub minutes: u32,
}

/// How much working time is left from `now` until `until`, or has gone by since.
///
/// Moments more than two hundred years apart are not told from two hundred years.
#[must_use]
pub fn working_time_between(calendar: &Calendar, hours: &Hours, now: Moment, until: Moment) -> Span {
    let late = now > until;
    let (first, last) = if late { (until, now) } else { (now, until) };
    let time = worked_ms(calendar, hours, first, last);
    let (days, rest) = (time / hours.day_ms(), time % hours.day_ms());
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Span { late, days: small(days), hours: small(rest / 3_600_000), minutes: small(rest % 3_600_000 / 60_000) }
}

/// The working milliseconds from one moment to a later one; none when it is not later.
#[must_use]
pub fn worked_ms(calendar: &Calendar, hours: &Hours, first: Moment, last: Moment) -> i64 {
    let last_day = last.day_number().min(first.day_number().saturating_add(73_000));
    let mut time: i64 = 0;
    for number in first.day_number()..=last_day {
        if calendar.works(Date::from_days(number)) {
            let from = if number == first.day_number() { first.ms_of_day() } else { 0 };
            let to = if number == last.day_number() { last.ms_of_day() } else { DAY_MS };
            time += hours.worked_between(from, to);
        }
    }
    time
}
