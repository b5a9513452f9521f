//! How often something may go wrong: so many times an hour for each key.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::Millis;

/// The time in which a budget that was spent is whole again.
const WHOLE_AFTER: Millis = 60 * 60_000;
/// Keys that a budget tells apart. Those that come when so many have spent something share one
/// budget: none that is spent is ever forgotten to make room.
const MAX_KEYS: usize = 50_000;
/// The least time between two searches for keys whose budget is whole again.
const SWEEP_INTERVAL: Millis = 10_000;

/// Some tries an hour for each key. All of them may be spent at once; then they come back evenly.
#[derive(Debug)]
pub struct Budget<K> {
    an_hour: u32,
    max_keys: usize,
    spent: Mutex<Spent<K>>,
}

/// What each key has spent.
#[derive(Debug)]
struct Spent<K> {
    each: HashMap<K, Debt>,
    /// The same for all keys that found no room.
    others: Debt,
    swept_at: Millis,
}

/// The time until a budget is whole again, and when that was so.
#[derive(Debug, Clone, Copy, Default)]
struct Debt {
    left: Millis,
    at: Millis,
}

impl Debt {
    /// What is left of it. A clock that was put back makes it neither longer nor shorter.
    fn left(self, now: Millis) -> Millis {
        (self.left - (now - self.at).max(0)).max(0)
    }
}

impl<K: Hash + Eq> Budget<K> {
    /// A budget of so many tries an hour.
    pub fn new(an_hour: u32) -> Self {
        Self::of_keys(an_hour, MAX_KEYS)
    }

    fn of_keys(an_hour: u32, max_keys: usize) -> Self {
        let spent = Spent { each: HashMap::new(), others: Debt::default(), swept_at: 0 };
        Self { an_hour, max_keys, spent: Mutex::new(spent) }
    }

    /// The tries of an hour.
    pub const fn an_hour(&self) -> u32 {
        self.an_hour
    }

    /// The time after which one try comes back; 0 if there are more than can be counted.
    fn interval(&self) -> Millis {
        WHOLE_AFTER / Millis::from(self.an_hour.max(1))
    }

    /// Spends a try of a key.
    ///
    /// # Errors
    /// The milliseconds until there is one again.
    pub fn take(&self, key: K, now: Millis) -> Result<(), Millis> {
        self.take_of(self.an_hour, key, now)
    }

    /// Spends a try, but only of the first `share`: the rest is kept for others.
    ///
    /// # Errors
    /// As [`Budget::take`].
    pub fn take_of(&self, share: u32, key: K, now: Millis) -> Result<(), Millis> {
        let interval = self.interval();
        if interval == 0 {
            return Ok(());
        }
        let mut spent = self.lock();
        if spent.each.len() >= self.max_keys && !spent.each.contains_key(&key) {
            spent.sweep(now);
        }
        let room = spent.each.len() < self.max_keys || spent.each.contains_key(&key);
        let Spent { each, others, .. } = &mut *spent;
        let before = if room { each.get(&key).copied() } else { Some(*others) };
        let left = before.unwrap_or_default().left(now);
        let after = Debt { left: left + interval, at: now };
        let wait = after.left - interval * Millis::from(share);
        // Written in any case: from now on the time counts, whatever the clock said before.
        let debt = if wait > 0 { Debt { left, at: now } } else { after };
        if room {
            each.insert(key, debt);
        } else {
            *others = debt;
        }
        if wait > 0 { Err(wait) } else { Ok(()) }
    }

    /// Gives a try back that was no wrong one.
    pub fn give_back(&self, key: &K, now: Millis) {
        let interval = self.interval();
        let mut spent = self.lock();
        let Spent { each, others, .. } = &mut *spent;
        let less = |debt: &Debt| Debt { left: (debt.left(now) - interval).max(0), at: now };
        if let Some(debt) = each.get_mut(key) {
            *debt = less(debt);
            if debt.left == 0 {
                each.remove(key);
            }
        } else {
            *others = less(others);
        }
    }

    /// The tries of a key that have not come back.
    pub fn spent(&self, key: &K, now: Millis) -> u32 {
        let interval = self.interval().max(1);
        let left = self.lock().each.get(key).map_or(0, |debt| debt.left(now));
        u32::try_from((left + interval - 1) / interval).unwrap_or(u32::MAX)
    }

    fn lock(&self) -> MutexGuard<'_, Spent<K>> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq> Spent<K> {
    fn sweep(&mut self, now: Millis) {
        if (now - self.swept_at).abs() >= SWEEP_INTERVAL {
            self.swept_at = now;
            self.each.retain(|_, debt| debt.left(now) > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = 1_800_000_000_000;
    const MINUTE: Millis = 60_000;

    #[test]
    fn what_is_spent_comes_back_evenly() {
        let budget = Budget::new(6);
        for _ in 0..6 {
            assert_eq!(budget.take("a", NOON), Ok(()));
        }
        assert_eq!(budget.take("a", NOON), Err(10 * MINUTE));
        assert_eq!(budget.take("b", NOON), Ok(()), "another has its own");
        assert_eq!(budget.take("a", NOON + 10 * MINUTE), Ok(()));
        assert_eq!(budget.take("a", NOON + 10 * MINUTE), Err(10 * MINUTE));
        budget.give_back(&"a", NOON + 10 * MINUTE);
        assert_eq!(budget.take("a", NOON + 10 * MINUTE), Ok(()));
        assert_eq!(budget.spent(&"a", NOON + 30 * MINUTE), 4);
    }

    #[test]
    fn right_tries_cost_nothing() {
        let budget = Budget::new(1);
        for _ in 0..1_000 {
            assert_eq!(budget.take("kiosk", NOON), Ok(()));
            budget.give_back(&"kiosk", NOON);
        }
        assert_eq!(budget.spent(&"kiosk", NOON), 0);
    }

    #[test]
    fn a_share_leaves_the_rest_to_others() {
        let budget = Budget::new(4);
        assert_eq!(budget.take_of(2, (), NOON), Ok(()));
        assert_eq!(budget.take_of(2, (), NOON), Ok(()));
        assert!(budget.take_of(2, (), NOON).is_err());
        assert_eq!(budget.take((), NOON), Ok(()));
    }

    #[test]
    fn a_clock_put_back_changes_nothing() {
        let budget = Budget::new(6);
        for _ in 0..5 {
            budget.take("a", NOON).unwrap();
        }
        let year_before = NOON - 365 * 24 * 60 * MINUTE;
        assert_eq!(budget.take("a", year_before), Ok(()));
        assert_eq!(budget.take("a", year_before), Err(10 * MINUTE));
        assert_eq!(budget.take("a", year_before + 10 * MINUTE), Ok(()));
        assert_eq!(budget.take("a", year_before + 10 * MINUTE), Err(10 * MINUTE));
        assert_eq!(budget.spent(&"a", year_before + 70 * MINUTE), 0);
    }

    #[test]
    fn keys_made_up_do_not_free_one_that_is_spent() {
        let budget = Budget::of_keys(2, 10);
        for _ in 0..2 {
            budget.take(0, NOON).unwrap();
        }
        let let_in = (1..1_000).filter(|key| budget.take(*key, NOON).is_ok()).count();
        assert_eq!(let_in, 9 + 2, "nine have room, all others together have one budget");
        assert!(budget.take(0, NOON).is_err());
        // A key whose budget is whole makes room.
        assert_eq!(budget.take(5_000, NOON + 31 * MINUTE), Ok(()));
        assert!(budget.take(0, NOON + 31 * MINUTE).is_ok());
    }
}
