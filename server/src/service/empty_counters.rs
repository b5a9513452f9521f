//! Counters at which nobody is signed in strand nobody: what they have in hand is put
//! aside, and what waits for them alone goes back to its line after a while.
//!
//! Since when a counter has been empty is kept in memory, like the activity of sessions: a
//! restart counts from then on, and keeps tickets at their counter a little longer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::event::TicketEvent;
use jiban_domain::{CounterId, Millis, Refusal, TicketId};

use super::unit_of_work::UnitOfWork;
use super::{HallService, sessions};
use crate::live_state::{LiveState, Order, Standing};

/// Since when each counter has been empty that has tickets.
#[derive(Debug, Default)]
pub struct EmptyCounters(Mutex<HashMap<CounterId, Millis>>);

impl EmptyCounters {
    /// Looks at all counters: since when each empty one with tickets has been seen so.
    fn observe(&self, live_state: &LiveState, now: Millis) -> HashMap<CounterId, Millis> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = HashMap::new();
        for counter in live_state.setup().setup.halls.iter().flat_map(|hall| &hall.counters) {
            let id = &counter.id;
            let waited_for = live_state.reserved(id).is_some_and(|order| !order.is_empty());
            let has_any = waited_for || live_state.in_hand(id).is_some();
            if has_any && live_state.clerk_at(id, now).is_none() {
                // A clock that was put back makes nobody wait longer.
                let since = known.get(id).copied().filter(|since| *since <= now).unwrap_or(now);
                seen.insert(id.clone(), since);
            }
        }
        known.clone_from(&seen);
        seen
    }
}

impl HallService {
    /// Moves what is stranded at empty counters. Does nothing where nothing is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn relieve_empty_counters(&self) -> Result<(), Refusal> {
        let now = self.clock.now();
        let empty = self.empty_counters.observe(&self.live_state(), now);
        let due = {
            let live_state = self.live_state();
            let mut counters = empty.iter();
            counters.any(|(counter, since)| {
                let in_hand = live_state.in_hand(counter).is_some();
                in_hand || !returning(&live_state, counter, *since, now).is_empty()
            })
        };
        if due {
            self.execute(None, move |work| {
                for (counter, since) in &empty {
                    relieve(work, counter, *since);
                }
                Ok(String::new())
            })
            .await?;
        }
        Ok(())
    }
}

fn relieve(work: &mut UnitOfWork<'_>, counter: &CounterId, since: Millis) {
    sessions::abandon(work, counter, "");
    if work.live_state().clerk_at(counter, work.now()).is_some() {
        return;
    }
    for id in returning(work.live_state(), counter, since, work.now()) {
        if let Some(standing) = work.live_state().standing(id) {
            let moved = standing.ticket.as_ref().clone().return_to_line();
            work.move_ticket(moved, "");
        }
    }
}

/// The tickets that have waited long enough for a counter that has been empty since an
/// instant.
fn returning(
    live_state: &LiveState,
    counter: &CounterId,
    since: Millis,
    now: Millis,
) -> Vec<TicketId> {
    let setup = live_state.setup();
    let Some((hall, _)) = setup.setup.counter(counter) else { return Vec::new() };
    let waiting = live_state.reserved(counter).into_iter().flat_map(Order::iter);
    let due = |standing: &&Standing| {
        let sent_at = sent_at(standing).unwrap_or(since);
        standing.ticket.returns_to_line(hall, since.max(sent_at), now)
    };
    let standing = waiting.filter_map(|(_, id)| live_state.standing(id)).filter(due);
    standing.map(|standing| standing.ticket.id).collect()
}

/// When it began to wait for its counter.
fn sent_at(standing: &Standing) -> Option<Millis> {
    let sent =
        |kind: TicketEvent| matches!(kind, TicketEvent::Transferred | TicketEvent::Reinstated);
    standing.happened.iter().rev().find(|(_, kind)| sent(*kind)).map(|(at, _)| *at)
}
