//! How sessions end: one by one, and those that a new setup no longer admits.

use jiban_domain::access::Place;
use jiban_domain::event::HallEvent;
use jiban_domain::setup::Setup;
use jiban_domain::ticket::{Moment, leaving};
use jiban_domain::{ClerkId, CounterId, HallId};
use serde_json::json;

use super::unit_of_work::{About, UnitOfWork};
use crate::change::{Change, Session, SessionKey};

/// Ends a session; does nothing where it has ended. Where it was the last at its counter,
/// nobody is left there with a ticket in hand.
pub(super) fn end(work: &mut UnitOfWork<'_>, key: &SessionKey) {
    let Some(session) = work.live_state().session(key, work.now()).cloned() else {
        return;
    };
    let setup = work.setup();
    let hall = session
        .counter
        .as_ref()
        .and_then(|counter| setup.setup.counter(counter))
        .map(|(hall, _)| hall.id.clone())
        .unwrap_or_default();
    work.put(Change::SessionEnded(*key));
    let detail = json!({ "counter": session.counter });
    let by = session.clerk.as_str();
    work.append_event(HallEvent::ClerkSignedOut, hall, About::Hall, by, &detail);
    if let Some(counter) = &session.counter {
        abandon(work, counter, by);
    }
}

/// Puts aside what is in hand at a counter where nobody is signed in any more.
pub(super) fn abandon(work: &mut UnitOfWork<'_>, counter: &CounterId, by: &str) {
    let setup = work.setup();
    let Some((hall, counter)) = setup.setup.counter(counter) else { return };
    if work.live_state().clerk_at(&counter.id, work.now()).is_some() {
        return;
    }
    let at = Moment { now: work.now(), seq: work.event_id(), hall, counter };
    if let Ok(Some(moved)) = leaving::abandon(work.live_state(), &at) {
        work.move_ticket(moved, by);
    }
}

/// Ends the sessions that match.
pub(super) fn end_all(work: &mut UnitOfWork<'_>, matches: impl Fn(&Session) -> bool) {
    let sessions = work.live_state().sessions().filter(|session| matches(session));
    let keys: Vec<SessionKey> = sessions.map(|session| session.key).collect();
    for key in keys {
        end(work, &key);
    }
}

/// What a new setup ends, in the commit that brings it: the sessions of whoever was
/// removed or moved to another role or hall, and the passwords of the removed. Should an
/// id come back, or have been given to somebody before, nothing of it is left.
///
/// `passwords` are the ids that have one.
pub(super) fn end_what_setup_ends(
    work: &mut UnitOfWork<'_>,
    before: &Setup,
    setup: &Setup,
    passwords: &[ClerkId],
    by: &str,
) {
    end_all(work, |session| !goes_on(session, before, setup));
    for clerk in passwords {
        if before.clerk(clerk).is_some() && setup.clerk(clerk).is_some() {
            continue;
        }
        work.put(Change::PasswordRemoved(clerk.clone()));
        let detail = json!({ "clerk": clerk });
        work.append_event(HallEvent::PasswordRemoved, HallId::default(), About::Hall, by, &detail);
    }
}

fn goes_on(session: &Session, before: &Setup, setup: &Setup) -> bool {
    let (was, is) = (before.clerk(&session.clerk), setup.clerk(&session.clerk));
    let Some((was, is)) = was.zip(is) else { return false };
    // A session does not say whether it is of the office or the admin page.
    let places = match &session.counter {
        Some(counter) => vec![Place::Counter(counter.clone())],
        None => vec![Place::Office, Place::Admin, Place::Help],
    };
    was.role == is.role && places.iter().any(|place| place.admits(is, setup).is_ok())
}
