//! Sessions of officers: they end after a while without a request, and at the latest after a working day.

use procedure::OfficerId;
use procedure::calendar::Moment;

/// Without a request a session ends after 15 minutes.
pub const IDLE_MS: i64 = 15 * 60_000;
/// It ends after 12 hours whatever happens: so long a stolen one lives at most.
pub const WHOLE_MS: i64 = 12 * 3_600_000;
/// It is written down again only when so much has gone by: not every request is a write.
pub const TOUCH_MS: i64 = 60_000;

/// A session as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub officer: OfficerId,
    /// When they signed in.
    pub began_at: Moment,
    /// When it was last written down that they asked for something.
    pub seen_at: Moment,
}

impl Session {
    /// Whether it still stands.
    #[must_use]
    pub fn stands(&self, now: Moment) -> bool {
        now.0 < self.seen_at.0 + IDLE_MS && now.0 < self.began_at.0 + WHOLE_MS
    }

    /// Whether it is to be written down that it was used.
    #[must_use]
    pub fn is_to_be_touched(&self, now: Moment) -> bool {
        now.0 >= self.seen_at.0 + TOUCH_MS
    }

    /// When it ends at the latest.
    #[must_use]
    pub fn ends_at(&self) -> Moment {
        Moment(self.began_at.0 + WHOLE_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_when_nothing_is_asked_and_when_the_day_is_over() {
        let session = |seen| Session { officer: OfficerId([1; 16]), began_at: Moment(0), seen_at: Moment(seen) };
        for (seen, now, stands) in [
            (0, 0, true),
            (0, IDLE_MS - 1, true),
            (0, IDLE_MS, false),
            (WHOLE_MS - 1000, WHOLE_MS - 1, true),
            (WHOLE_MS - 1000, WHOLE_MS, false),
        ] {
            assert_eq!(session(seen).stands(Moment(now)), stands, "{seen} {now}");
        }
        assert!(!session(0).is_to_be_touched(Moment(TOUCH_MS - 1)) && session(0).is_to_be_touched(Moment(TOUCH_MS)));
    }
}
