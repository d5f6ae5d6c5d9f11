//! How far the papers have come, in bytes and in time.

use text::Key;
use text::amount::size;
use ui::{fill, t};

/// How far the papers have come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The paper under way, counted from 1, and of how many.
    pub paper: (usize, usize),
    /// Bytes of it that have arrived, and all its bytes.
    pub of_paper: (u64, u64),
    /// Bytes of all papers that have arrived, and all their bytes.
    pub of_all: (u64, u64),
    /// The line has just failed; it is being tried again.
    pub weak: bool,
    /// When this sending began (milliseconds), and how many bytes had arrived before.
    began: (i64, u64),
    /// Milliseconds it has taken so far.
    spent: i64,
}

/// Before so many milliseconds nothing sensible can be said about the rest.
const TOO_SOON: i64 = 3_000;

impl Progress {
    /// Of so many papers with so many bytes, some of which arrived in an earlier sending.
    pub fn new(papers: usize, bytes: u64, before: u64, now: i64) -> Self {
        Self { paper: (0, papers), of_all: (before, bytes), began: (now, before), ..Self::default() }
    }

    /// The next paper is under way.
    pub fn begin(&mut self, place: usize, bytes: u64) {
        self.paper.0 = place + 1;
        self.of_paper = (0, bytes);
    }

    /// So much of the paper under way has arrived.
    pub fn stands(&mut self, bytes: u64, now: i64) {
        self.of_all.0 = (self.of_all.0 + bytes).saturating_sub(self.of_paper.0);
        self.of_paper.0 = bytes;
        self.weak = false;
        self.spent = now - self.began.0;
    }

    /// Whole minutes the rest will take, rounded up, if that can be said. What arrived before this sending says nothing
    /// about the line of today.
    fn minutes_left(&self) -> Option<u64> {
        let arrived = self.of_all.0.saturating_sub(self.began.1);
        let spent = u64::try_from(self.spent).ok().filter(|_| self.spent >= TOO_SOON && arrived > 0)?;
        let rest = self.of_all.1.saturating_sub(self.of_all.0);
        Some((rest * spent).div_ceil(arrived * 60_000))
    }

    /// "Đang gửi giấy tờ 2 trên 3".
    pub fn says(&self) -> String {
        fill(Key::SendPapers, &[("number", &self.paper.0.to_string()), ("count", &self.paper.1.to_string())])
    }

    /// "412 KB trên 1,2 MB, còn khoảng 2 phút".
    pub fn rest_says(&self) -> String {
        let amount = amount(self.of_all);
        match self.minutes_left() {
            None => amount,
            Some(0 | 1) => format!("{amount}, {}", t(Key::SendLeftSoon)),
            Some(minutes) => format!("{amount}, {}", fill(Key::SendLeft, &[("minutes", &minutes.to_string())])),
        }
    }
}

/// "412 KB trên 1,2 MB".
pub fn amount((arrived, all): (u64, u64)) -> String {
    fill(Key::SendAmount, &[("sent", &size(arrived)), ("size", &size(all))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_reckoned_from_what_came_today() {
        // 400 of 1,000 KB came yesterday; the line of today brings 10 KB a second.
        let mut progress = Progress::new(2, 1_000_000, 400_000, 5_000);
        progress.begin(1, 600_000);
        assert_eq!(progress.minutes_left(), None);
        progress.stands(20_000, 7_000);
        assert_eq!(progress.minutes_left(), None, "two seconds say nothing");
        progress.stands(100_000, 15_000);
        assert_eq!((progress.of_all, progress.of_paper), ((500_000, 1_000_000), (100_000, 600_000)));
        assert_eq!(progress.minutes_left(), Some(1), "50 seconds");
        progress.stands(100_000, 35_000);
        assert_eq!(progress.minutes_left(), Some(3), "a pause counts: 150 seconds");
        progress.stands(600_000, 65_000);
        assert_eq!(progress.minutes_left(), Some(0));
    }
}
