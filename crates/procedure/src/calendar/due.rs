//! When a promised working time ends, with the sum written out day by day so that anybody can check it.

use super::{Calendar, DAY_MS, Day, DayKind, Hours, Moment};
use form::Date;
use serde::{Deserialize, Serialize};

/// When a promise falls due, and how that was reckoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The end of the promised time: always inside office hours or at their end.
    pub at: Moment,
    /// Every calendar day from the start to the due one, one row each.
    pub sum: Vec<SumStep>,
    /// Whether the sum went past the years whose holidays are known; then only weekends were left out there.
    pub beyond_table: bool,
}

/// One calendar day of the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumStep {
    /// The day.
    pub date: Date,
    /// Why it counts or does not.
    pub why: Why,
    /// False when the day is in the table but no decree or plan confirms it yet.
    pub certain: bool,
    /// Working milliseconds of this day that count.
    pub counted_ms: i64,
    /// Working milliseconds counted up to the end of this day.
    pub total_ms: i64,
}

/// Why a day counts, or does not. Times are milliseconds of the day in Việt Nam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// An ordinary working day, counted between these times (a pause at noon is not).
    Working {
        /// Counted from.
        from: i64,
        /// Counted to.
        to: i64,
    },
    /// A Saturday or Sunday worked for a day given free.
    MakeUp {
        /// What the table calls it.
        name: String,
        /// Counted from.
        from: i64,
        /// Counted to.
        to: i64,
    },
    /// The office had closed for the day when the dossier came.
    AfterHours,
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday, or the day off in its place.
    Holiday(String),
    /// A working day given free for a make-up Saturday.
    Swapped(String),
}

/// Adds so many quarters of a working day to a moment.
///
/// Counting starts at once inside office hours, else at the next opening. Time that is used up exactly at closing is due
/// at closing, not at the next opening. No time at all is due at once. At most 65,535 quarter-days are counted.
#[must_use]
pub fn due(calendar: &Calendar, hours: &Hours, from: Moment, quarter_days: u32) -> Due {
    due_after(calendar, hours, from, ms_of(hours, quarter_days))
}

/// The same for so many working milliseconds: what is left when a clock that stood goes on.
#[must_use]
pub fn due_after(calendar: &Calendar, hours: &Hours, from: Moment, working_ms: i64) -> Due {
    let (mut sum, mut beyond_table) = (Vec::new(), false);
    let at = walk(calendar, hours, from, working_ms, &mut |step| {
        let Step { date, row, worked: done, counted_ms, total_ms } = step;
        let why = match done {
            Some((from, to)) => worked(row, from, to, counted_ms),
            None => free(row),
        };
        beyond_table |= !calendar.knows(date);
        sum.push(SumStep { date, why, certain: row.is_none_or(|day| day.certain), counted_ms, total_ms });
    });
    Due { at, sum, beyond_table }
}

/// The moment of [`due`] alone, where nobody asks for the sum.
#[must_use]
pub fn due_at(calendar: &Calendar, hours: &Hours, from: Moment, quarter_days: u32) -> Moment {
    due_at_after(calendar, hours, from, ms_of(hours, quarter_days))
}

/// The moment of [`due_after`] alone.
#[must_use]
pub fn due_at_after(calendar: &Calendar, hours: &Hours, from: Moment, working_ms: i64) -> Moment {
    walk(calendar, hours, from, working_ms, &mut |_| {})
}

/// So many quarter-days, at most 65,535, in working milliseconds.
fn ms_of(hours: &Hours, quarter_days: u32) -> i64 {
    hours.quarter_ms() * i64::from(quarter_days.min(u32::from(u16::MAX)))
}

/// One day of the way.
struct Step<'a> {
    date: Date,
    row: Option<&'a Day>,
    /// From when until when it is counted, in milliseconds of the day; nothing on a day off.
    worked: Option<(i64, i64)>,
    counted_ms: i64,
    total_ms: i64,
}

/// Goes from day to day until all is counted, and answers when that is.
fn walk<'a>(
    calendar: &'a Calendar,
    hours: &Hours,
    from: Moment,
    promised: i64,
    each: &mut dyn FnMut(Step<'a>),
) -> Moment {
    let (mut at, mut total_ms) = (from, 0);
    let (mut date, mut start) = (from.date(), from.ms_of_day());
    while total_ms < promised {
        let (mut worked, mut counted_ms) = (None, 0);
        if calendar.works(date) {
            let end = end_of(hours, start, promised - total_ms);
            counted_ms = hours.worked_between(start, end);
            worked = Some((opening(hours, start), end));
            at = Moment::at(date, end);
        }
        total_ms += counted_ms;
        each(Step { date, row: calendar.day(date), worked, counted_ms, total_ms });
        let next = date.add_days(1);
        if next == date {
            // The last day there is (2199-12-31): nothing can be promised beyond it.
            break;
        }
        (date, start) = (next, 0);
    }
    at
}

/// The time of day at which so much work, begun at `start`, is done; the end of the day's work when it is not enough.
fn end_of(hours: &Hours, start: i64, mut work: i64) -> i64 {
    let mut end = start;
    for (open, close) in hours.ranges() {
        let begin = open.max(start);
        if begin < close && work > 0 {
            end = close.min(begin + work);
            work -= end - begin;
        }
    }
    end
}

/// The first time at or after `start` at which the office is open; the end of the day when there is none.
fn opening(hours: &Hours, start: i64) -> i64 {
    hours.ranges().find(|(_, close)| start < *close).map_or(DAY_MS, |(open, _)| open.max(start))
}

fn worked(row: Option<&Day>, from: i64, to: i64, counted: i64) -> Why {
    match row {
        _ if counted == 0 => Why::AfterHours,
        Some(day) => Why::MakeUp { name: day.name.clone(), from, to },
        None => Why::Working { from, to },
    }
}

fn free(row: Option<&Day>) -> Why {
    match row {
        Some(day) if day.kind == DayKind::Swapped => Why::Swapped(day.name.clone()),
        Some(day) => Why::Holiday(day.name.clone()),
        None => Why::Weekend,
    }
}
