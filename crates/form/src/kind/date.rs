//! A date in three boxes; where old papers carry only a year or a month, that much is enough.

use super::{Read, Reading};
use crate::{Answers, Code, Date, Operand, Problem, Value, answers, date::days_in_month, operand::Range};
use core::cmp::Ordering;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Month and year.
    Month,
    /// The whole date.
    Day,
}

/// A date between bounds.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct DateKind {
    /// Which boxes there are.
    pub asks: Precision,
    /// How much must be filled.
    pub accepts: Precision,
    /// Not before this.
    pub earliest: Option<Operand>,
    /// Not after this.
    pub latest: Option<Operand>,
}

const PARTS: [(&str, Precision); 3] = [("day", Precision::Day), ("month", Precision::Month), ("year", Precision::Year)];

impl DateKind {
    /// The boxes there are, in the order they are read: day, month, year.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        let asks = self.asks;
        PARTS.into_iter().filter(move |(_, needs)| *needs <= asks).map(|(part, _)| part)
    }

    pub(super) fn has_part(&self, part: &str) -> bool {
        self.parts().any(|one| one == part)
    }

    pub(super) fn first_part(&self) -> &'static str {
        self.parts().next().unwrap_or("year")
    }

    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let text = |part| {
            if self.has_part(part) { reading.tidy_part(part) } else { String::new() }
        };
        let (day, month, year) = (text("day"), text("month"), text("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Read::empty();
        }
        let least = self.accepts.min(self.asks);
        if year.is_empty()
            || (month.is_empty() && (least > Precision::Year || !day.is_empty()))
            || (day.is_empty() && least == Precision::Day)
        {
            return Read::bad(reading.problem(Code::DateIncomplete, name(least)));
        }
        let Some((first, last)) = span(&day, &month, &year) else {
            return Read::bad(reading.problem(Code::DateNotReal, ""));
        };
        let mut read = Read { value: Some(Value::Dates(first, last)), ..Read::default() };
        for (part, text) in [("day", day), ("month", month), ("year", year)] {
            if !text.is_empty() {
                read.kept.push((part, text.trim_start_matches('0').to_owned()));
            }
        }
        if let Some(problem) = self.out_of_bounds(reading, first, last) {
            read.problems.push(problem);
        }
        read
    }

    fn out_of_bounds(&self, reading: &Reading<'_>, first: Date, last: Date) -> Option<Problem> {
        let range = |bound: &Option<Operand>| match bound.as_ref()?.range(&reading.scope)? {
            Range::Dates(from, until) => Some((from, until)),
            Range::Numbers(..) => None,
        };
        // A date known only in part is refused only when no day of it is allowed.
        if let Some((from, _)) = range(&self.earliest).filter(|(from, _)| last.cmp(from) == Ordering::Less) {
            return Some(reading.problem(Code::DateTooEarly, self.bound_name(reading, self.earliest.as_ref(), from)));
        }
        if let Some((_, until)) = range(&self.latest).filter(|(_, until)| first.cmp(until) == Ordering::Greater) {
            return Some(reading.problem(Code::DateTooLate, self.bound_name(reading, self.latest.as_ref(), until)));
        }
        None
    }

    /// "22/11/2026", or "Ngày sinh (15/3/1942)".
    fn bound_name(&self, reading: &Reading<'_>, bound: Option<&Operand>, date: Date) -> String {
        let date = match self.asks {
            Precision::Day => format!("{}/{}/{}", date.day, date.month, date.year),
            Precision::Month => format!("{}/{}", date.month, date.year),
            Precision::Year => date.year.to_string(),
        };
        match bound {
            Some(Operand::Answer(name)) => format!("{} ({date})", (reading.label_of)(name)),
            _ => date,
        }
    }

    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let parts: Vec<&str> = self
            .parts()
            .map(|part| answers.get(&answers::join(place, part)).trim())
            .filter(|text| !text.is_empty())
            .collect();
        parts.join("/")
    }
}

fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
    }
}

/// The first and last day it can be; years have four digits, because "62" is not a year.
fn span(day: &str, month: &str, year: &str) -> Option<(Date, Date)> {
    let number = |text: &str, most: usize| -> Option<u16> {
        let digits = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().ok() } else { None }
    };
    let year = if year.len() == 4 {
        number(year, 4)?
    } else {
        return None;
    };
    if month.is_empty() {
        return Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?));
    }
    let month = u8::try_from(number(month, 2)?).ok()?;
    if day.is_empty() {
        return Some((Date::new(year, month, 1)?, Date::new(year, month, days_in_month(year, month))?));
    }
    let date = Date::new(year, month, u8::try_from(number(day, 2)?).ok()?)?;
    Some((date, date))
}
