//! How often something is done by each key, with some more at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keys are swept when there are so many, and then each time they have doubled.
const SWEPT_AT: usize = 1_024;

/// So many in a second for each key; what was not used is kept for some seconds.
#[derive(Debug)]
pub struct Rate<K> {
    keys: Mutex<Keys<K>>,
    /// The time that one takes.
    each: Duration,
    /// The time by which a key may be ahead.
    ahead: Duration,
}

#[derive(Debug)]
struct Keys<K> {
    /// When each key will have used up what it has had.
    paid_until: HashMap<K, Instant>,
    sweep_at: usize,
}

impl<K: Eq + Hash> Rate<K> {
    /// So many a second, and what they are in `ahead` at once.
    pub fn new(a_second: u32, ahead: Duration) -> Self {
        let keys = Keys { paid_until: HashMap::new(), sweep_at: SWEPT_AT };
        Self { keys: Mutex::new(keys), each: Duration::from_secs(1) / a_second.max(1), ahead }
    }

    /// Counts one. False if it is too many; that one is not counted.
    pub fn allows(&self, key: K, now: Instant) -> bool {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.paid_until.len() >= keys.sweep_at {
            keys.paid_until.retain(|_, until| *until > now);
            keys.sweep_at = SWEPT_AT.max(2 * keys.paid_until.len());
        }
        let until = keys.paid_until.entry(key).or_insert(now);
        let next = (*until).max(now) + self.each;
        let allowed = next <= now + self.ahead;
        if allowed {
            *until = next;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_a_second_and_some_at_once() {
        let rate = Rate::new(10, Duration::from_secs(3));
        let begin = Instant::now();
        let allowed = |key, after| {
            let now = begin + Duration::from_secs(after);
            (0..100).filter(|_| rate.allows(key, now)).count()
        };
        assert_eq!(allowed("a", 0), 30);
        assert_eq!(allowed("b", 0), 30, "another key");
        assert_eq!(allowed("a", 1), 10);
        assert_eq!(allowed("a", 60), 30, "no more is kept");
    }

    #[test]
    fn old_keys_are_forgotten() {
        let rate = Rate::new(10, Duration::from_secs(3));
        let begin = Instant::now();
        for n in 0..100_000_u64 {
            assert!(rate.allows(n, begin + Duration::from_millis(n)));
        }
        assert!(rate.keys.lock().unwrap().paid_until.len() <= 2 * SWEPT_AT);
    }
}
