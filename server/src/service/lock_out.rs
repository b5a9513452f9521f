//! Names that were given a wrong password too often wait.
//!
//! Kept in memory: a restart forgets it, which an attacker cannot cause. By
//! name and not by address: a hall's clerks often share one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{Millis, Refusal};

/// Wrong passwords before the first wait.
pub const FREE_TRIES: u32 = 5;
const FIRST_WAIT: Millis = 30_000;
const LONGEST_WAIT: Millis = 15 * 60_000;
/// A name is forgotten when nothing wrong came for this long.
const FORGOTTEN_AFTER: Millis = 60 * 60_000;
/// Names remembered: more are being made up, and the oldest go.
const NAMES: usize = 10_000;

/// Who failed how often.
#[derive(Debug, Default)]
pub struct LockOut(Mutex<HashMap<String, Failures>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Millis,
}

impl Failures {
    fn until(self) -> Millis {
        if self.count < FREE_TRIES {
            return 0;
        }
        let doubled = FIRST_WAIT << (self.count - FREE_TRIES).min(10);
        self.last + doubled.min(LONGEST_WAIT)
    }
}

impl LockOut {
    /// Whether a name may try now. The try counts as wrong until it is
    /// [`LockOut::forgive`]n, so that many at once are not all free.
    ///
    /// # Errors
    /// [`Refusal::LockedOut`] with the seconds to wait.
    pub fn try_now(&self, name: &str, now: Millis) -> Result<(), Refusal> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            names.retain(|_, failures| now - failures.last < FORGOTTEN_AFTER);
            if names.len() >= NAMES
                && let Some(oldest) = names
                    .iter()
                    .min_by_key(|(_, failures)| failures.last)
                    .map(|(name, _)| name.clone())
            {
                names.remove(&oldest);
            }
        }
        let failures = names.entry(name.to_lowercase()).or_insert(Failures { count: 0, last: now });
        if now - failures.last >= FORGOTTEN_AFTER {
            failures.count = 0;
        }
        let wait = failures.until() - now;
        if wait > 0 {
            let seconds = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
            return Err(Refusal::LockedOut { seconds });
        }
        failures.count += 1;
        failures.last = now;
        Ok(())
    }

    /// The password was right: nothing is held against the name.
    pub fn forgive(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_passwords_a_name_waits_longer_each_time() {
        let lock_out = LockOut::default();
        for _ in 0..FREE_TRIES {
            lock_out.try_now("clerk1", 0).unwrap();
        }
        assert_eq!(lock_out.try_now("Clerk1", 0), Err(Refusal::LockedOut { seconds: 30 }));
        assert_eq!(lock_out.try_now("clerk2", 0), Ok(()), "others are free");
        lock_out.try_now("clerk1", 30_000).unwrap();
        assert_eq!(lock_out.try_now("clerk1", 30_000), Err(Refusal::LockedOut { seconds: 60 }));
        lock_out.forgive("clerk1");
        assert_eq!(lock_out.try_now("clerk1", 30_000), Ok(()));
    }
}
