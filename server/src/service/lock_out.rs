//! A name must wait after too many wrong passwords.
//!
//! The attempts are kept in memory: a restart forgets them, but an attacker cannot
//! cause one. They are counted by name and not by network address, since the clerks of
//! a hall often share one address.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{Millis, Refusal};

/// Wrong passwords before the first wait.
pub const FREE_ATTEMPTS: u32 = 5;
const FIRST_WAIT: Millis = 30_000;
const LONGEST_WAIT: Millis = 15 * 60_000;
/// A name is forgotten after this long without a failed attempt.
const FORGOTTEN_AFTER: Millis = 60 * 60_000;
/// Names remembered. An attacker can invent more; then the oldest is forgotten.
const MAX_NAMES: usize = 10_000;

/// The failed attempts of each name.
#[derive(Debug, Default)]
pub struct LockOut(Mutex<HashMap<String, Failures>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Millis,
}

impl Failures {
    /// The end of the wait; zero if there is none.
    fn wait_ends(self) -> Millis {
        if self.count < FREE_ATTEMPTS {
            return 0;
        }
        let doubled = FIRST_WAIT << (self.count - FREE_ATTEMPTS).min(10);
        self.last + doubled.min(LONGEST_WAIT)
    }
}

impl LockOut {
    /// Counts an attempt of a name. It counts as failed until [`LockOut::reset`], so that
    /// many simultaneous attempts are not all free.
    ///
    /// # Errors
    /// [`Refusal::LockedOut`] with the seconds to wait.
    pub fn attempt(&self, name: &str, now: Millis) -> Result<(), Refusal> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MAX_NAMES {
            names.retain(|_, failures| now - failures.last < FORGOTTEN_AFTER);
            if names.len() >= MAX_NAMES
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
        let wait = failures.wait_ends() - now;
        if wait > 0 {
            let seconds = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
            return Err(Refusal::LockedOut { seconds });
        }
        failures.count += 1;
        failures.last = now;
        Ok(())
    }

    /// Forgets the failed attempts of a name, after a correct password.
    pub fn reset(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_passwords_a_name_waits_longer_each_time() {
        let lock_out = LockOut::default();
        for _ in 0..FREE_ATTEMPTS {
            lock_out.attempt("clerk1", 0).unwrap();
        }
        assert_eq!(lock_out.attempt("Clerk1", 0), Err(Refusal::LockedOut { seconds: 30 }));
        assert_eq!(lock_out.attempt("clerk2", 0), Ok(()), "other names are not affected");
        lock_out.attempt("clerk1", 30_000).unwrap();
        assert_eq!(lock_out.attempt("clerk1", 30_000), Err(Refusal::LockedOut { seconds: 60 }));
        lock_out.reset("clerk1");
        assert_eq!(lock_out.attempt("clerk1", 30_000), Ok(()));
    }
}
