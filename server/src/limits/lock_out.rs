//! A key waits after too many wrong tries in a row, each time longer.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use jiban_domain::Millis;

const FIRST_WAIT: Millis = 30_000;
const LONGEST_WAIT: Millis = 15 * 60_000;
/// A key is forgotten after this long without a wrong try.
const FORGOTTEN_AFTER: Millis = 60 * 60_000;
/// Keys remembered. None is forgotten before its time to make room for one that somebody made
/// up: then the new one is not locked, and only the budgets bound it.
const MAX_KEYS: usize = 50_000;

/// The wrong tries of each key. They are kept in memory: a restart forgets them, but an attacker
/// cannot cause one.
#[derive(Debug)]
pub struct LockOut<K> {
    /// Wrong tries before the first wait.
    free: u32,
    max_keys: usize,
    keys: Mutex<HashMap<K, Failures>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Millis,
}

impl<K: Hash + Eq> LockOut<K> {
    /// `free` wrong tries, then the first wait.
    pub fn new(free: u32) -> Self {
        Self::of_keys(free, MAX_KEYS)
    }

    fn of_keys(free: u32, max_keys: usize) -> Self {
        Self { free, max_keys, keys: Mutex::default() }
    }

    /// Counts a try of a key. It counts as wrong until [`LockOut::reset`], so that many at the
    /// same time are not all free.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn attempt(&self, key: K, now: Millis) -> Result<(), Millis> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= self.max_keys && !keys.contains_key(&key) {
            keys.retain(|_, failures| (now - failures.last).abs() < FORGOTTEN_AFTER);
            if keys.len() >= self.max_keys {
                return Ok(());
            }
        }
        let failures = keys.entry(key).or_insert(Failures { count: 0, last: now });
        // After the clock was put back, the wait begins now and not in the future.
        failures.last = failures.last.min(now);
        if now - failures.last >= FORGOTTEN_AFTER {
            failures.count = 0;
        }
        let wait = failures.last + self.wait_after(failures.count) - now;
        if wait > 0 {
            return Err(wait);
        }
        failures.count += 1;
        failures.last = now;
        Ok(())
    }

    /// The milliseconds that a key still waits, if it does. Nothing is counted.
    pub fn wait(&self, key: &K, now: Millis) -> Option<Millis> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = keys.get_mut(key)?;
        failures.last = failures.last.min(now);
        let wait = failures.last + self.wait_after(failures.count) - now;
        (wait > 0).then_some(wait)
    }

    fn wait_after(&self, count: u32) -> Millis {
        match count.checked_sub(self.free) {
            None => 0,
            Some(more) => (FIRST_WAIT << more.min(10)).min(LONGEST_WAIT),
        }
    }

    /// Forgets the wrong tries of a key, after a right one.
    pub fn reset(&self, key: &K) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Forgets the keys that match.
    pub fn forget(&self, matching: impl Fn(&K) -> bool) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|key, _| !matching(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = 1_800_000_000_000;

    #[test]
    fn after_five_wrong_tries_a_key_waits_longer_each_time() {
        let lock_out = LockOut::new(5);
        for _ in 0..5 {
            lock_out.attempt("clerk1", NOON).unwrap();
        }
        assert_eq!(lock_out.attempt("clerk1", NOON), Err(30_000));
        assert_eq!(lock_out.attempt("clerk2", NOON), Ok(()), "other keys are not affected");
        lock_out.attempt("clerk1", NOON + 30_000).unwrap();
        assert_eq!(lock_out.attempt("clerk1", NOON + 30_000), Err(60_000));
        lock_out.reset(&"clerk1");
        assert_eq!(lock_out.attempt("clerk1", NOON + 30_000), Ok(()));
    }

    #[test]
    fn a_clock_put_back_makes_no_wait_longer() {
        let lock_out = LockOut::new(1);
        lock_out.attempt("a", NOON).unwrap();
        let year_before = NOON - 365 * 24 * 3_600_000;
        assert_eq!(lock_out.wait(&"a", year_before), Some(30_000));
        assert_eq!(lock_out.attempt("a", year_before + 1_000), Err(29_000));
        assert_eq!(lock_out.wait(&"a", year_before + 30_000), None);
        assert_eq!(lock_out.attempt("a", year_before + 30_000), Ok(()));
    }

    #[test]
    fn keys_made_up_do_not_free_a_lock() {
        let lock_out = LockOut::of_keys(1, 10);
        lock_out.attempt(0, NOON).unwrap();
        for key in 1..1_000 {
            let _ = lock_out.attempt(key, NOON + 1);
        }
        assert_eq!(lock_out.attempt(0, NOON + 1), Err(29_999));
    }
}
