//! Looks at cases, for as long as they count: who looked at which case lately, who said
//! why, and who tried in vain.
//!
//! One event is appended for a look and a quarter of an hour: a page reads the case
//! again every few seconds, with each of its photographs. This is kept in memory: after
//! a restart a look is an event once more, and a reason is asked for once more.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::{CaseId, ClerkId, Millis, Refusal};

use crate::change::SessionKey;

/// How long a look counts.
pub const WINDOW: Millis = 15 * 60_000;
/// Cases that a clerk may try in vain within [`WINDOW`]: more is no mistake, and each
/// leaves an event.
pub const LIMIT: usize = 30;

/// What is remembered of looks.
#[derive(Debug, Default)]
pub struct Looks(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    looks: HashMap<(SessionKey, CaseId), Look>,
    refused: HashMap<ClerkId, HashMap<CaseId, Millis>>,
}

#[derive(Debug, Clone, Copy)]
struct Look {
    /// When its event was appended.
    noted_at: Millis,
    /// When the case was looked at last by somebody who said why.
    opened_at: Option<Millis>,
}

fn counts(at: Millis, now: Millis) -> bool {
    (now - WINDOW..=now).contains(&at)
}

impl Look {
    fn counts(&self, now: Millis) -> bool {
        counts(self.noted_at, now) || self.opened_at.is_some_and(|at| counts(at, now))
    }
}

impl Looks {
    /// Whether the session said why it looks at the case, and has gone on looking since.
    pub fn is_opened(&self, session: &SessionKey, case: CaseId, now: Millis) -> bool {
        let remembered = self.remembered();
        let look = remembered.looks.get(&(*session, case));
        look.and_then(|look| look.opened_at).is_some_and(|at| counts(at, now))
    }

    /// Whether this look needs no further event. An opened case stays open by it.
    pub fn is_noted(&self, session: &SessionKey, case: CaseId, now: Millis) -> bool {
        let mut remembered = self.remembered();
        let Some(look) = remembered.looks.get_mut(&(*session, case)) else { return false };
        if let Some(opened) = look.opened_at.as_mut().filter(|opened| counts(**opened, now)) {
            *opened = now;
        }
        counts(look.noted_at, now)
    }

    /// An event says that the session looked at the case, or changed it.
    pub fn note(&self, session: &SessionKey, case: CaseId, now: Millis) {
        let mut remembered = self.remembered();
        remembered.looks.retain(|_, look| look.counts(now));
        let look = remembered.looks.entry((*session, case));
        look.or_insert(Look { noted_at: now, opened_at: None }).noted_at = now;
    }

    /// An event says why the session looks at the case.
    pub fn open(&self, session: &SessionKey, case: CaseId, now: Millis) {
        self.note(session, case, now);
        if let Some(look) = self.remembered().looks.get_mut(&(*session, case)) {
            look.opened_at = Some(now);
        }
    }

    /// Counts a case that was tried in vain; returns whether it is to leave an event.
    ///
    /// # Errors
    /// [`Refusal::LockedOut`] after too many of them.
    pub fn refused(&self, clerk: &ClerkId, case: CaseId, now: Millis) -> Result<bool, Refusal> {
        let mut remembered = self.remembered();
        remembered.refused.retain(|_, cases| cases.values().any(|at| counts(*at, now)));
        let cases = remembered.refused.entry(clerk.clone()).or_default();
        cases.retain(|_, at| counts(*at, now));
        if cases.contains_key(&case) {
            return Ok(false);
        }
        if cases.len() >= LIMIT {
            let first = cases.values().min().copied().unwrap_or(now);
            let seconds = (first + WINDOW - now).max(0) / 1000 + 1;
            return Err(Refusal::LockedOut { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) });
        }
        cases.insert(case, now);
        Ok(true)
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: SessionKey = [1; 32];
    const OTHER: SessionKey = [2; 32];
    const CASE: CaseId = CaseId(7);

    #[test]
    fn a_reason_lasts_while_the_case_is_looked_at_and_no_longer() {
        let looks = Looks::default();
        assert!(!looks.is_opened(&ME, CASE, 0));
        looks.open(&ME, CASE, 0);
        assert!(looks.is_opened(&ME, CASE, WINDOW));
        assert!(!looks.is_opened(&OTHER, CASE, 0) && !looks.is_opened(&ME, CaseId(8), 0));
        assert!(looks.is_noted(&ME, CASE, WINDOW), "one event for a quarter of an hour");
        assert!(!looks.is_noted(&ME, CASE, WINDOW + 1), "and another after it");
        looks.note(&ME, CASE, WINDOW + 1);
        assert!(looks.is_opened(&ME, CASE, 2 * WINDOW), "looked at without a pause");
        assert!(!looks.is_opened(&ME, CASE, 4 * WINDOW));
    }

    #[test]
    fn a_look_at_ones_own_case_opens_nothing() {
        let looks = Looks::default();
        looks.note(&ME, CASE, 0);
        assert!(looks.is_noted(&ME, CASE, 1) && !looks.is_opened(&ME, CASE, 1));
    }

    #[test]
    fn tries_in_vain_leave_an_event_each_until_there_are_too_many() {
        let looks = Looks::default();
        let clerk = ClerkId::from("c");
        for case in 0..LIMIT {
            let case = CaseId(i64::try_from(case).unwrap());
            assert_eq!(looks.refused(&clerk, case, 0), Ok(true));
            assert_eq!(looks.refused(&clerk, case, 1), Ok(false), "again");
        }
        let locked = looks.refused(&clerk, CaseId(999), 1000);
        assert_eq!(locked, Err(Refusal::LockedOut { seconds: 900 }));
        assert_eq!(looks.refused(&"d".into(), CaseId(999), 1000), Ok(true), "not for others");
        assert_eq!(looks.refused(&clerk, CaseId(999), WINDOW + 1), Ok(true), "later again");
    }
}
