//! What was done lately: so many times within a while for each key.
//!
//! It is kept in memory: after a restart a few more are possible, which is harmless.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use jiban_domain::Millis;
use uuid::Uuid;

use super::UNBOUNDED;

/// Keys are swept when there are so many, and then each time they have doubled.
const SWEPT_AT: usize = 1_024;

/// The recent requests of each key.
#[derive(Debug)]
pub struct Recent<K> {
    keys: Mutex<Keys<K>>,
    /// Requests of one key within [`Recent::within`].
    most: usize,
    within: Millis,
}

#[derive(Debug)]
struct Keys<K> {
    requests: HashMap<K, VecDeque<(Uuid, Millis)>>,
    sweep_at: usize,
}

impl<K: Eq + Hash + Clone> Recent<K> {
    pub fn new(most: usize, within: Millis) -> Self {
        let keys = Keys { requests: HashMap::new(), sweep_at: SWEPT_AT };
        Self { keys: Mutex::new(keys), most, within }
    }

    /// Counts a request. A repeated one counts once.
    ///
    /// # Errors
    /// The seconds to wait, at least one.
    pub fn begin(&self, key: &K, request: Uuid, now: Millis) -> Result<(), u32> {
        if self.most == UNBOUNDED {
            return Ok(());
        }
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.requests.len() >= keys.sweep_at {
            let within = self.within;
            keys.requests
                .retain(|_, recent| recent.back().is_some_and(|(_, at)| now - at < within));
            keys.sweep_at = SWEPT_AT.max(2 * keys.requests.len());
        }
        let recent = keys.requests.entry(key.clone()).or_default();
        // A clock that was set back must not block anyone.
        recent.retain(|(_, at)| (now - self.within < *at) && *at <= now);
        if recent.iter().any(|(known, _)| *known == request) {
            return Ok(());
        }
        if recent.len() >= self.most {
            let wait = recent.front().map_or(self.within, |(_, at)| at + self.within - now);
            return Err(u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX).max(1));
        }
        recent.push_back((request, now));
        Ok(())
    }

    /// Forgets a request that came to nothing.
    pub fn undo(&self, key: &K, request: Uuid) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(recent) = keys.requests.get_mut(key) {
            recent.retain(|(known, _)| *known != request);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: i64) -> Uuid {
        Uuid::from_u128(n.unsigned_abs().into())
    }

    #[test]
    fn so_many_within_the_time_and_repeats_for_nothing() {
        let recent = Recent::new(3, 60_000);
        for n in 0..3 {
            assert_eq!(recent.begin(&"K1", id(n), 1_000 * n), Ok(()));
        }
        assert_eq!(recent.begin(&"K1", id(9), 10_000), Err(50));
        assert_eq!(recent.begin(&"K1", id(2), 10_000), Ok(()), "a repeat");
        assert_eq!(recent.begin(&"K2", id(9), 10_000), Ok(()), "another key");
        assert_eq!(recent.begin(&"K1", id(9), 60_000), Ok(()));
        assert_eq!(recent.begin(&"K1", id(10), 60_000), Err(1));
        recent.undo(&"K1", id(9));
        assert_eq!(recent.begin(&"K1", id(10), 60_000), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_blocks_nobody() {
        let recent = Recent::new(1, 60_000);
        assert_eq!(recent.begin(&"K1", id(1), 10_000_000), Ok(()));
        assert_eq!(recent.begin(&"K1", id(2), 0), Ok(()));
    }

    #[test]
    fn old_keys_are_forgotten() {
        let recent = Recent::new(1, 60_000);
        for n in 0..100_000 {
            assert_eq!(recent.begin(&n, id(n), 100 * n), Ok(()));
        }
        let keys = recent.keys.lock().unwrap();
        assert!(keys.requests.len() <= 2 * SWEPT_AT, "{}", keys.requests.len());
    }
}
