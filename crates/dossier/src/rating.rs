//! How satisfied somebody was with how their dossier was handled (mức độ hài lòng): five levels, for whoever brought it, once it
//! is over; and what may be told of it, so that nobody can be guessed.
//!
//! Ratings are told by unit and calendar month, in whole batches of [`BATCH`], and only those that can no longer be changed.
//! So whoever looks before and after somebody has rated sees nothing of that one.

use crate::{Course, State};
use procedure::calendar::{DAY_MS, Moment};
use serde::{Deserialize, Serialize};

/// So long after it was first given a rating can be changed.
pub const CHANGEABLE_MS: i64 = 7 * DAY_MS;
/// So many ratings are told together at least.
pub const BATCH: usize = 5;
/// The most letters of what is written with it.
pub const MOST_SIGNS: usize = 1_000;

/// A level, as the national forms have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Rất không hài lòng.
    VeryDissatisfied,
    /// Không hài lòng.
    Dissatisfied,
    /// Bình thường.
    Neutral,
    /// Hài lòng.
    Satisfied,
    /// Rất hài lòng.
    VerySatisfied,
}

impl Level {
    /// All of them, from the worst to the best.
    pub const ALL: [Self; 5] =
        [Self::VeryDissatisfied, Self::Dissatisfied, Self::Neutral, Self::Satisfied, Self::VerySatisfied];

    /// 1 for the worst, 5 for the best.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::VeryDissatisfied => 1,
            Self::Dissatisfied => 2,
            Self::Neutral => 3,
            Self::Satisfied => 4,
            Self::VerySatisfied => 5,
        }
    }

    /// The level of a number from 1 to 5.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }
}

/// What may be rated beside the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Thời gian giải quyết.
    Time,
    /// Thái độ của cán bộ.
    Manner,
    /// Thông tin, hướng dẫn.
    Information,
    /// Chi phí.
    Cost,
}

/// A rating that has passed its check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The whole.
    pub level: Level,
    /// Some aspects, each at most once.
    pub aspects: Vec<(Aspect, Level)>,
    /// In their own words; may be empty.
    pub words: String,
}

/// What is wrong with a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingFault {
    /// Longer than [`MOST_SIGNS`].
    TooLong,
    /// A sign that cannot be seen or printed.
    Unprintable,
    /// An aspect is rated twice.
    Twice,
}

impl Rating {
    /// Checks and tidies what was given.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(level: Level, aspects: &[(Aspect, Level)], words: &str) -> Result<Self, RatingFault> {
        use form::text::{forbidden, length, tidy};
        let words = tidy(words, true);
        let mut aspects = aspects.to_vec();
        aspects.sort_unstable();
        if aspects.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            Err(RatingFault::Twice)
        } else if length(&words) > MOST_SIGNS {
            Err(RatingFault::TooLong)
        } else if forbidden(&words).is_some() {
            Err(RatingFault::Unprintable)
        } else {
            Ok(Self { level, aspects, words })
        }
    }
}

/// Until when a dossier can be rated, or its rating changed; nothing when it cannot (any more). It can be once the result was
/// handed over or it was refused, for as long as it is kept; what was given, for seven days.
#[must_use]
pub fn open_until(course: &Course, given_at: Option<Moment>, now: Moment) -> Option<Option<Moment>> {
    if !matches!(course.state, State::Returned | State::NotReceived | State::Stopped) {
        return None;
    }
    let until = given_at.map(|at| Moment(at.0 + CHANGEABLE_MS));
    until.is_none_or(|until| now <= until).then_some(until)
}

/// How many ratings there are of each level, worst first.
pub type Counts = [u64; 5];

/// The ratings of one unit and month that may be told: of those in the order in which they were first given, as many whole
/// batches as have settled by now. What comes later never changes which ones were told, nor how many of which level.
#[must_use]
pub fn told<T>(mut given: Vec<(Moment, T)>, now: Moment) -> Vec<T> {
    given.sort_by_key(|(at, _)| *at);
    let settled = given.iter().take_while(|(at, _)| at.0 + CHANGEABLE_MS < now.0).count();
    given.truncate(settled - settled % BATCH);
    given.into_iter().map(|(_, rating)| rating).collect()
}

/// Counts levels.
#[must_use]
pub fn count(levels: impl IntoIterator<Item = Level>) -> Counts {
    let mut counts = [0; 5];
    for level in levels {
        counts[usize::from(level.number() - 1)] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rating_is_tidied_or_refused() {
        let good = Level::Satisfied;
        let read = |aspects: &[(Aspect, Level)], words: &str| Rating::read(good, aspects, words).map(|_| ());
        assert_eq!(read(&[(Aspect::Time, good), (Aspect::Cost, good)], "  Nhanh "), Ok(()));
        assert_eq!(read(&[(Aspect::Time, good), (Aspect::Time, Level::Neutral)], ""), Err(RatingFault::Twice));
        assert_eq!(read(&[], &"đ".repeat(MOST_SIGNS + 1)), Err(RatingFault::TooLong));
        assert_eq!(read(&[], "a\u{202e}b"), Err(RatingFault::Unprintable));
        assert_eq!(Level::ALL.map(|level| Level::of_number(level.number())), Level::ALL.map(Some));
        assert_eq!((Level::of_number(0), Level::of_number(6)), (None, None));
    }

    #[test]
    fn ratings_are_told_in_batches_that_have_settled() {
        let day = |day: i64| Moment(day * DAY_MS);
        let given = |count: i64| (0..count).map(|number| (day(number), number)).collect::<Vec<_>>();
        for (count, now, expected) in [
            (0, day(99), 0),
            (4, day(99), 0),
            (5, day(99), 5),
            (9, day(99), 5),
            (10, day(99), 10),
            // The fifth can still be changed on its seventh day.
            (5, day(11), 0),
            (5, Moment(day(11).0 + 1), 5),
        ] {
            assert_eq!(told(given(count), now).len(), expected, "{count} {now:?}");
        }
    }

    proptest! {
        #[test]
        fn one_more_rating_shows_nothing_of_itself(at in prop::collection::vec(0i64..60, 0..40), next in 0i64..60, now in 60i64..90) {
            // Whoever looks before and after somebody rates sees the same, or at least five more.
            let all: Vec<_> = at.iter().map(|day| (Moment(day * DAY_MS), *day)).collect();
            let before = told(all.clone(), Moment(now * DAY_MS)).len();
            let mut more = all;
            more.push((Moment(next.max(59) * DAY_MS), 99));
            let after = told(more, Moment(now * DAY_MS)).len();
            prop_assert!(after == before || after >= before + BATCH);
        }
    }
}
