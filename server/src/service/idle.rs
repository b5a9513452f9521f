//! Sessions end when nobody works with them. What counts is what the person does: commands,
//! and the sign of life that a page sends while somebody types, points or scrolls. What a page
//! does by itself, its stream above all, does not count.
//!
//! Kept in memory: a commit for each touch would cost more than it is worth. A restart counts
//! from then on. All times are steady ([`crate::clock::HallTime::steady`]): somebody who works
//! is not signed out because a clock was set.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::access::PlaceKind;
use jiban_domain::{Millis, Refusal};

use super::{HallService, secret, sessions};
use crate::change::{Session, SessionKey};

/// How long a session lasts without activity; `None` is until its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IdleRules {
    pub office_minutes: Option<u32>,
    /// A quiet night at a counter is no absence.
    pub counter_minutes: Option<u32>,
}

/// When somebody last worked with each session.
#[derive(Debug, Default)]
pub struct Activity(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    rules: IdleRules,
    /// When the server started.
    since: Millis,
    last: HashMap<SessionKey, Millis>,
    /// Sessions that ended for want of activity, after so many minutes: their pages ask why.
    ended: HashMap<SessionKey, (Millis, u32)>,
}

const MINUTE: Millis = 60_000;
/// How long a session that is about to begin is not taken for an ended one.
const BEGINS_WITHIN: Millis = MINUTE;
/// How long a page is told why its session ended.
const TOLD_FOR: Millis = 12 * 60 * MINUTE;

impl Known {
    /// The minutes after which a session has ended, if it has.
    fn is_idle(&self, session: &Session, now: Millis) -> Option<u32> {
        let rules = self.rules;
        let minutes =
            if session.counter.is_some() { rules.counter_minutes } else { rules.office_minutes }?;
        let last = self.last.get(&session.key).copied().unwrap_or(self.since);
        (now - last >= Millis::from(minutes) * MINUTE).then_some(minutes)
    }
}

impl Activity {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to count, by these rules.
    pub fn begin(&self, rules: IdleRules, now: Millis) {
        let mut known = self.known();
        (known.rules, known.since) = (rules, now);
    }

    /// A session begins. Said before it does, since one of which nothing is known counts from
    /// the start of the server.
    pub(super) fn begin_session(&self, key: SessionKey, now: Millis) {
        self.known().last.insert(key, now);
    }

    /// Minutes without activity after which sessions of a kind of place end.
    pub fn minutes(&self, place: PlaceKind) -> Option<u32> {
        let rules = self.known().rules;
        match place {
            PlaceKind::Counter => rules.counter_minutes,
            PlaceKind::Office | PlaceKind::Admin | PlaceKind::Help => rules.office_minutes,
        }
    }

    /// Refuses a session with which nobody has worked for too long.
    pub(super) fn check(&self, session: &Session, now: Millis) -> Result<(), Refusal> {
        let idle = self.known().is_idle(session, now);
        idle.map_or(Ok(()), |minutes| Err(Refusal::SignedOutIdle { minutes }))
    }

    /// Why there is no such session.
    pub(super) fn why_ended(&self, key: &SessionKey) -> Refusal {
        match self.known().ended.get(key) {
            Some((_, minutes)) => Refusal::SignedOutIdle { minutes: *minutes },
            None => Refusal::SignInFirst,
        }
    }
}

impl HallService {
    /// Somebody works with the session of a secret. An ended one does not begin again.
    pub fn note_activity(&self, secret: &str) {
        let (key, steady) = (secret::key(secret), self.clock.steady());
        let live_state = self.live_state();
        let session = live_state.session(&key, self.clock.now());
        if session.is_some_and(|one| self.activity.check(one, steady).is_ok()) {
            self.activity.known().last.insert(key, steady);
        }
    }

    /// Ends the sessions with which nobody has worked for too long.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_idle_sessions(&self) -> Result<(), Refusal> {
        let (time, now) = (self.clock.now(), self.clock.steady());
        let idle: Vec<(SessionKey, u32)> = {
            let live_state = self.live_state();
            let mut known = self.activity.known();
            known.last.retain(|key, at| {
                now - *at < BEGINS_WITHIN || live_state.session(key, time).is_some()
            });
            known.ended.retain(|_, (at, _)| now - *at < TOLD_FOR);
            let all = live_state.sessions();
            let idle: Vec<_> = all
                .filter_map(|session| Some((session.key, known.is_idle(session, now)?)))
                .collect();
            known.ended.extend(idle.iter().map(|(key, minutes)| (*key, (now, *minutes))));
            idle
        };
        for (key, _) in idle {
            self.execute(None, move |work| {
                sessions::end(work, &key);
                Ok(String::new())
            })
            .await?;
        }
        Ok(())
    }
}
