//! Office hours: the parts of a day in which an office works, the same on every working day.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Opening times in minutes of the day, in order and apart. Written as `["07:00-11:30", "13:30-17:00"]`.
///
/// There is always at least one minute, so a working day is never empty, and a quarter of a day is a whole number of
/// seconds whatever the minutes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Hours(Vec<(u16, u16)>);

/// Why opening times cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// Not written like `07:00-11:30`, or it ends before it begins.
    Unreadable(String),
    /// It begins before the one above it ends.
    OutOfOrder(String),
    /// No opening times at all.
    Empty,
}

impl Hours {
    /// Reads opening times such as `["07:00-11:30", "13:30-17:00"]`.
    ///
    /// # Errors
    /// When a range is unreadable, out of order, or there is none.
    pub fn parse<T: AsRef<str>>(ranges: &[T]) -> Result<Self, HoursError> {
        let mut read = Vec::with_capacity(ranges.len());
        let mut free_from = 0;
        for range in ranges {
            let range = range.as_ref();
            let ends = range.split_once('-').and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
            let Some((from, to)) = ends.filter(|(from, to)| from < to) else {
                return Err(HoursError::Unreadable(range.to_owned()));
            };
            if from < free_from {
                return Err(HoursError::OutOfOrder(range.to_owned()));
            }
            free_from = to;
            read.push((from, to));
        }
        if read.is_empty() { Err(HoursError::Empty) } else { Ok(Self(read)) }
    }

    /// Milliseconds of one working day.
    #[must_use]
    pub fn day_ms(&self) -> i64 {
        self.ranges().map(|(from, to)| to - from).sum()
    }

    /// Milliseconds of a quarter of a working day; exact, because a minute has four quarters of 15 seconds.
    #[must_use]
    pub fn quarter_ms(&self) -> i64 {
        self.day_ms() / 4
    }

    /// The opening times in milliseconds of the day.
    pub fn ranges(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.0.iter().map(|(from, to)| (i64::from(*from) * 60_000, i64::from(*to) * 60_000))
    }

    /// Whether an office is open at that time of a working day.
    #[must_use]
    pub fn open_at(&self, ms_of_day: i64) -> bool {
        self.ranges().any(|(from, to)| from <= ms_of_day && ms_of_day < to)
    }

    /// Milliseconds worked between two times of one working day.
    #[must_use]
    pub fn worked_between(&self, from: i64, to: i64) -> i64 {
        self.ranges().map(|(open, close)| (close.min(to) - open.max(from)).max(0)).sum()
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60 || (hour, minute) == (24, 0)).then_some(hour * 60 + minute)
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(text) => write!(f, "office hours {text:?} are not like \"07:00-11:30\""),
            Self::OutOfOrder(text) => write!(f, "office hours {text:?} begin before the ones above them end"),
            Self::Empty => write!(f, "there are no office hours"),
        }
    }
}

impl core::error::Error for HoursError {}

impl TryFrom<Vec<String>> for Hours {
    type Error = HoursError;
    fn try_from(ranges: Vec<String>) -> Result<Self, Self::Error> {
        Self::parse(&ranges)
    }
}

impl From<Hours> for Vec<String> {
    fn from(hours: Hours) -> Self {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        hours.0.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect()
    }
}
