//! What a counter does to a ticket.

use std::sync::Arc;

use jiban_app::api::Call;
use jiban_app::api::counter::{CallNext, InHand, Transfer};
use jiban_domain::line::{Rank, next_of, on_reinstate};
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::{Ticket, TicketState, Verb, next_state};
use jiban_domain::{CounterId, Millis, Refusal, TicketId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::unit_of_work::{self, AtCounter, UnitOfWork};
use super::{HallService, answer, digest};
use crate::change::EventKind;
use crate::shapes::ticket_shown;

impl HallService {
    /// Calls the next ticket; the answer is an [`InHand`], with null where
    /// nobody waits.
    ///
    /// # Errors
    /// [`Refusal::CounterBusy`] where the console saw another ticket in hand.
    pub async fn call_next(&self, me: AtCounter, command: CallNext) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<CallNext>(&(&me.counter, &command)));
        self.execute(Some(request), move |work| call_next(work, &me, command.in_hand)).await
    }

    /// Does one of the plain verbs to the ticket named, or to the one in hand.
    ///
    /// # Errors
    /// The ticket is another counter's, or the verb does not apply to its state.
    pub async fn verb<C: Call>(
        &self,
        me: AtCounter,
        verb: Verb,
        request: Uuid,
        ticket: Option<TicketId>,
    ) -> Result<Arc<str>, Refusal> {
        let request = (request, digest::<C>(&(&me.counter, ticket)));
        let done = self.execute(Some(request), move |work| plain(work, &me, verb, ticket)).await;
        self.tell_ended(done, verb, ticket).await
    }

    /// Sends a ticket on to another line or counter.
    ///
    /// # Errors
    /// As [`HallService::verb`], and where not exactly one place is named.
    pub async fn transfer(&self, me: AtCounter, command: Transfer) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<Transfer>(&(&me.counter, &command)));
        let ticket = command.ticket;
        let done = self.execute(Some(request), move |work| transfer(work, &me, &command)).await;
        self.tell_ended(done, Verb::Transfer, ticket).await
    }

    /// A ticket that has ended is no longer on the live state, but it is not
    /// unknown: the clerk is told that it has ended.
    async fn tell_ended(
        &self,
        done: Result<Arc<str>, Refusal>,
        verb: Verb,
        ticket: Option<TicketId>,
    ) -> Result<Arc<str>, Refusal> {
        match (done, ticket) {
            (Err(Refusal::UnknownTicket), Some(id)) => match self.reader.state(id).await {
                Ok(Some(state)) => Err(Refusal::WrongState { state, verb }),
                _ => Err(Refusal::UnknownTicket),
            },
            (done, _) => done,
        }
    }
}

fn call_next(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    expected: Option<TicketId>,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    let in_hand = work.live_state().in_hand(&counter.id).map(|standing| standing.ticket.clone());
    let shows = in_hand.as_ref().map_or(TicketId(0), |ticket| ticket.id);
    if expected.is_some_and(|expected| expected != shows) {
        return Err(Refusal::CounterBusy);
    }
    if let Some(ticket) = in_hand {
        let verb = match ticket.state {
            TicketState::Serving => Verb::Finish,
            _ => Verb::MarkMissed,
        };
        step(work, me, Ticket::clone(&ticket), verb, json!({}))?;
    }
    let heads = work.live_state().heads(hall, counter);
    let Some(head) = next_of(&heads) else {
        return answer(&InHand { ticket: None });
    };
    let ticket = Ticket::clone(&work.standing(head.ticket)?.ticket);
    let detail = json!({ "number": ticket.label() });
    step(work, me, ticket, Verb::Call, detail)
}

fn plain(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    verb: Verb,
    named: Option<TicketId>,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    let ticket = pick(work, hall, counter, verb, named)?;
    if verb == Verb::Reinstate {
        return reinstate(work, me, hall, counter, ticket);
    }
    if verb == Verb::Resume && work.live_state().in_hand(&counter.id).is_some() {
        next_state(ticket.state, verb)?;
        return Err(Refusal::CounterBusy);
    }
    let detail = match verb {
        Verb::Recall => json!({ "number": ticket.label() }),
        _ => json!({}),
    };
    step(work, me, ticket, verb, detail)
}

/// The ticket a verb is for, if it is this counter's to move.
fn pick(
    work: &UnitOfWork<'_>,
    hall: &Hall,
    counter: &Counter,
    verb: Verb,
    named: Option<TicketId>,
) -> Result<Ticket, Refusal> {
    let Some(id) = named else {
        return unnamed(work, hall, &counter.id, verb);
    };
    let ticket = Ticket::clone(&work.standing(id)?.ticket);
    let here = ticket.counter.as_ref() == Some(&counter.id);
    // Whoever was missed may come back to any counter of the line.
    let mine = here || (verb == Verb::Reinstate && counter.lines.contains(&ticket.line));
    if ticket.hall != hall.id || (!mine && ticket.state != TicketState::Waiting) {
        return Err(Refusal::NotYourCounter);
    }
    Ok(ticket)
}

fn unnamed(
    work: &UnitOfWork<'_>,
    hall: &Hall,
    counter: &CounterId,
    verb: Verb,
) -> Result<Ticket, Refusal> {
    let wanted = match verb {
        Verb::Resume => TicketState::OnHold,
        Verb::Reinstate => TicketState::Missed,
        _ => {
            let in_hand = work.live_state().in_hand(counter).ok_or(Refusal::NoTicketInHand)?;
            return Ok(Ticket::clone(&in_hand.ticket));
        }
    };
    let mut here = work
        .live_state()
        .standing_in(&hall.id)
        .map(|standing| &standing.ticket)
        .filter(|ticket| ticket.state == wanted && ticket.counter.as_ref() == Some(counter));
    let first = here.next().ok_or(Refusal::NoTicketInHand)?;
    if here.next().is_some() {
        return Err(Refusal::BadRequest(
            "ticket: more than one could be meant; name it".to_owned(),
        ));
    }
    Ok(Ticket::clone(first))
}

/// Moves a ticket by a verb and tells the trail; the answer shows it.
fn step(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    mut ticket: Ticket,
    verb: Verb,
    mut detail: Value,
) -> Result<String, Refusal> {
    let now = work.now();
    let state = next_state(ticket.state, verb)?;
    if ticket.state == TicketState::Serving {
        ticket.served_ms += served(&ticket, now);
    }
    ticket.state = state;
    let kind = match verb {
        Verb::Call => {
            ticket.counter = Some(me.counter.clone());
            ticket.reserved_for = None;
            ticket.calls = 1;
            ticket.first_called_at = ticket.first_called_at.or(Some(now));
            ticket.called_at = Some(now);
            EventKind::TicketCalled
        }
        Verb::Recall => {
            ticket.calls += 1;
            ticket.called_at = Some(now);
            EventKind::TicketRecalled
        }
        Verb::Begin => {
            ticket.begun_at = Some(now);
            EventKind::TicketBegun
        }
        Verb::Resume => {
            ticket.begun_at = Some(now);
            EventKind::TicketResumed
        }
        Verb::Hold => EventKind::TicketHeld,
        Verb::Finish => {
            ticket.ended_at = Some(now);
            EventKind::TicketFinished
        }
        Verb::MarkMissed => {
            ticket.ended_at = Some(now);
            EventKind::TicketMissed
        }
        Verb::Transfer => EventKind::TicketTransferred,
        Verb::Reinstate => EventKind::TicketReinstated,
        Verb::Cancel => {
            ticket.ended_at = Some(now);
            EventKind::TicketCancelled
        }
    };
    if let Some(detail) = detail.as_object_mut()
        && !detail.contains_key("counter")
    {
        detail.insert("counter".to_owned(), json!(me.counter));
    }
    let after = answer(&InHand { ticket: Some(ticket_shown(&ticket)) })?;
    work.move_ticket(ticket, kind, me.clerk.as_str(), &detail);
    Ok(after)
}

fn served(ticket: &Ticket, now: Millis) -> Millis {
    ticket.begun_at.map_or(0, |begun| (now - begun).max(0))
}

/// Back in the line, as one who has just come but for the place.
fn wait_again(ticket: &mut Ticket, rank: Rank) {
    ticket.rank = rank;
    ticket.counter = None;
    ticket.reserved_for = None;
    ticket.calls = 0;
    ticket.ended_at = None;
}

fn reinstate(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    hall: &Hall,
    counter: &Counter,
    mut ticket: Ticket,
) -> Result<String, Refusal> {
    next_state(ticket.state, Verb::Reinstate)?;
    let others = hall.rules.reinstate_behind as usize;
    let first = work.live_state().first_ranks(&hall.id, &ticket.line, others.max(1));
    let rank = on_reinstate(ticket.id, work.now(), &first, others, work.event_id());
    let here_only = !counter.lines.contains(&ticket.line);
    wait_again(&mut ticket, rank);
    // Sent to this counter alone: no other would call it for this one.
    ticket.reserved_for = here_only.then(|| counter.id.clone());
    step(work, me, ticket, Verb::Reinstate, json!({}))
}

fn transfer(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    command: &Transfer,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    let mut ticket = pick(work, hall, counter, Verb::Transfer, command.ticket)?;
    next_state(ticket.state, Verb::Transfer)?;
    let rank = Rank::on_arrival(ticket.id, ticket.issued_at, ticket.priority, &hall.rules);
    let detail = match (&command.line, &command.counter) {
        (Some(to), None) => {
            unit_of_work::line(hall, to)?;
            if !hall.counters.iter().any(|counter| counter.lines.contains(to)) {
                return Err(Refusal::LineClosed);
            }
            wait_again(&mut ticket, rank);
            ticket.line = to.clone();
            json!({ "from": me.counter, "line": to, "counter": null })
        }
        (None, Some(to)) => {
            hall.counter(to).ok_or(Refusal::UnknownCounter)?;
            wait_again(&mut ticket, rank);
            ticket.reserved_for = Some(to.clone());
            json!({ "from": me.counter, "counter": to })
        }
        _ => {
            return Err(Refusal::BadRequest(
                "line, counter: exactly one of the two is wanted".to_owned(),
            ));
        }
    };
    step(work, me, ticket, Verb::Transfer, detail)
}
