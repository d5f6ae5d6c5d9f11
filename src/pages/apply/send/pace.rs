//! How much of a paper is sent at once, and how long is waited after a failure: both by how the line has been.

/// The least that is sent at once, in bytes: 3 seconds at 170 kbit/s.
pub const LEAST: u64 = 64 * 1024;
/// The most: as much as a cut line costs at worst.
const MOST: u64 = 256 * 1024;
/// A part that takes less, in milliseconds, may grow.
const SHORT: i64 = 2_000;
/// One that takes more is to shrink, so that a cut costs less.
const LONG: i64 = 8_000;
/// The longest first wait, in milliseconds. It doubles from one failure to the next.
const FIRST_WAIT: u32 = 1_000;
/// So many failures in a row, and the person is asked.
const PATIENCE: u32 = 3;

/// The pace of one sending.
pub struct Pace {
    part: u64,
    failures: u32,
}

impl Pace {
    /// Begins carefully.
    pub fn new() -> Self {
        Self { part: LEAST, failures: 0 }
    }

    /// How many bytes to send at once.
    pub fn part(&self) -> u64 {
        self.part
    }

    /// Something more has arrived, however it ended.
    pub fn moved(&mut self) {
        self.failures = 0;
    }

    /// So many bytes went through in so many milliseconds.
    pub fn went(&mut self, bytes: u64, took: i64) {
        self.moved();
        if took > LONG {
            self.part = (self.part / 2).max(LEAST);
        } else if took < SHORT && bytes >= self.part {
            // What is shorter than a part says little about longer ones.
            self.part = (self.part * 2).min(MOST);
        }
    }

    /// Something went wrong on the way. Answers how many milliseconds to wait before the next try, by a random number
    /// from 0 to below 1, or nothing when it has been tried often enough.
    ///
    /// The wait is anything up to its longest ("full jitter"), so that phones cut off together do not come back together.
    pub fn failed(&mut self, random: f64) -> Option<f64> {
        self.part = (self.part / 2).max(LEAST);
        self.failures += 1;
        let longest = FIRST_WAIT << self.failures.min(PATIENCE).saturating_sub(1);
        (self.failures <= PATIENCE).then_some(f64::from(longest) * random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_grow_on_a_good_line_and_shrink_on_a_bad_one() {
        let mut pace = Pace::new();
        let mut sizes = Vec::new();
        for (bytes, took) in [(65_536, 300), (131_072, 2_100), (40_000, 100), (131_072, 1_900), (262_144, 1_000)] {
            pace.went(bytes, took);
            sizes.push(pace.part() / 1024);
        }
        assert_eq!(sizes, [128, 128, 128, 256, 256]);
        pace.went(262_144, 9_000);
        assert_eq!(pace.part() / 1024, 128);
        pace.failed(0.0);
        assert_eq!(pace.part() / 1024, 64);
        for _ in 0..9 {
            pace.failed(0.0);
        }
        assert_eq!(pace.part(), LEAST);
        for _ in 0..9 {
            pace.went(pace.part(), 10);
        }
        assert_eq!(pace.part(), MOST);
    }

    #[test]
    fn waits_double_are_random_and_end() {
        let mut pace = Pace::new();
        let waits: Vec<_> = (0..4).map(|_| pace.failed(0.5)).collect();
        assert_eq!(waits, [Some(500.0), Some(1_000.0), Some(2_000.0), None]);
        pace.went(1, 1);
        assert_eq!(pace.failed(0.999), Some(999.0), "what goes through ends the row of failures");
        assert_eq!(pace.failed(0.0), Some(0.0));
    }
}
