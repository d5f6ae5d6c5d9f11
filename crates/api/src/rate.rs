//! Token buckets: so much at once, refilled so much a second, for each source or for all together.
//!
//! Kept here because what is taken must be given back when a look-up finds its dossier: only misses are to cost.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much may be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// At once, after a pause.
    pub burst: f64,
    /// Refilled each second.
    pub per_second: f64,
}

/// The most keys remembered; where so many sources come at once, all of them start anew.
const MOST_KEYS: usize = 100_000;

/// Buckets by key.
pub struct Budget<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    tokens: f64,
    at: Instant,
}

impl<K: Hash + Eq> Budget<K> {
    /// Every key starts with a full bucket.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes an amount out of a key's bucket.
    ///
    /// # Errors
    /// How long until there is enough.
    pub fn take(&self, key: K, amount: f64, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.lock();
        if buckets.len() >= MOST_KEYS && !buckets.contains_key(&key) {
            buckets.retain(|_, bucket| bucket.filled(self.rate, now) < self.rate.burst);
            if buckets.len() >= MOST_KEYS {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: self.rate.burst, at: now });
        let tokens = bucket.filled(self.rate, now);
        let left = tokens - amount;
        *bucket = Bucket { tokens: if left < 0.0 { tokens } else { left }, at: now };
        if left < 0.0 { Err(self.wait(-left)) } else { Ok(()) }
    }

    /// Puts an amount back that turned out not to cost anything.
    pub fn give_back(&self, key: &K, amount: f64) {
        if let Some(bucket) = self.lock().get_mut(key) {
            bucket.tokens = (bucket.tokens + amount).min(self.rate.burst);
        }
    }

    fn wait(&self, missing: f64) -> Duration {
        Duration::try_from_secs_f64((missing / self.rate.per_second).ceil()).unwrap_or(Duration::from_secs(86_400))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bucket {
    fn filled(&self, rate: Rate, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(self.at).as_secs_f64();
        (self.tokens + seconds * rate.per_second).min(rate.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_refills_and_takes_back() {
        let budget = Budget::new(Rate { burst: 2.0, per_second: 0.5 });
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(budget.take("a", 1.0, start), Ok(()));
        assert_eq!(budget.take("a", 1.0, start), Ok(()));
        assert_eq!(budget.take("a", 1.0, start), Err(Duration::from_secs(2)));
        assert_eq!(budget.take("b", 1.0, start), Ok(()), "another source has its own");
        assert_eq!(budget.take("a", 1.0, after(2)), Ok(()));
        budget.give_back(&"a", 1.0);
        assert_eq!(budget.take("a", 1.0, after(2)), Ok(()));
        assert!(budget.take("a", 1.0, after(2)).is_err());
        assert_eq!(budget.take("a", 2.0, after(1000)), Ok(()), "never more than a full bucket");
        assert!(budget.take("a", 1.0, after(1000)).is_err());
    }

    #[test]
    fn many_sources_do_not_fill_the_memory() {
        let budget = Budget::new(Rate { burst: 1.0, per_second: 0.001 });
        let now = Instant::now();
        for key in 0..MOST_KEYS + 10 {
            assert_eq!(budget.take(key, 1.0, now), Ok(()));
        }
        assert!(budget.lock().len() <= MOST_KEYS);
    }
}
