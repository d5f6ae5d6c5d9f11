//! A moment in time, and the day and clock of Việt Nam it falls on.

use core::fmt;
use form::Date;
use serde::{Deserialize, Serialize};

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
/// Việt Nam is seven hours ahead of UTC and has no summer time (Decision 134/2002/QĐ-TTg).
const AHEAD_MS: i64 = 7 * 3_600_000;

/// Milliseconds since 1970-01-01 00:00 UTC. Days and clocks asked of it are those of Việt Nam, wherever it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment so many milliseconds after midnight in Việt Nam.
    #[must_use]
    pub fn at(date: Date, ms_of_day: i64) -> Self {
        Self((i64::from(date.days()) * DAY_MS).saturating_add(ms_of_day).saturating_sub(AHEAD_MS))
    }

    /// The day in Việt Nam.
    #[must_use]
    pub fn date(self) -> Date {
        Date::from_days(self.day_number())
    }

    /// Days since 1970-01-01 in Việt Nam, held to the days that `Date` has (1800–2199).
    #[must_use]
    pub fn day_number(self) -> i32 {
        let number = self.0.saturating_add(AHEAD_MS).div_euclid(DAY_MS);
        Date::from_days(i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })).days()
    }

    /// Milliseconds since midnight in Việt Nam.
    #[must_use]
    pub fn ms_of_day(self) -> i64 {
        self.0.saturating_add(AHEAD_MS).rem_euclid(DAY_MS)
    }

    /// The clock in Việt Nam: hour 0–23 and minute 0–59.
    #[must_use]
    pub fn clock(self) -> (u8, u8) {
        let minutes = self.ms_of_day() / 60_000;
        (u8::try_from(minutes / 60).unwrap_or(0), u8::try_from(minutes % 60).unwrap_or(0))
    }

    /// The moment so many milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// As in ISO 8601 with Việt Nam's offset, to the second: `2026-11-22T14:05:09+07:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.clock();
        write!(f, "{}T{hour:02}:{minute:02}:{:02}+07:00", self.date(), self.ms_of_day() / 1000 % 60)
    }
}
