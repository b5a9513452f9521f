//! What a counter does: which ticket a verb is for, what calling the next does to
//! the one in hand, and what must be confirmed. These rules look at other tickets too, so they read
//! them through [`Tickets`]; the moves themselves are in [`super::moves`].

use super::moves::{Destination, Moment, Moved, next_state};
use super::{Ticket, TicketState, Verb};
use crate::ids::{CounterId, HallId, LineId, Millis, TicketId};
use crate::line::{Head, Rank, next_of};
use crate::refusal::Refusal;
use crate::setup::{Counter, Hall};

/// The tickets that can still move.
pub trait Tickets {
    fn find(&self, id: TicketId) -> Option<&Ticket>;

    /// All tickets of a hall that can still move, in no order.
    fn in_hall<'a>(&'a self, hall: &'a HallId) -> impl Iterator<Item = &'a Ticket>;

    /// The ticket that a counter has in hand.
    fn in_hand(&self, counter: &CounterId) -> Option<&Ticket>;

    /// The ticket that a counter finished last.
    fn just_finished(&self, counter: &CounterId) -> Option<&Ticket>;

    /// Whether somebody is signed in at a counter.
    fn is_staffed(&self, counter: &CounterId, now: Millis) -> bool;

    /// The first of each of a counter's lines, and of those who wait for this
    /// counter alone.
    fn heads(&self, hall: &Hall, counter: &Counter) -> Vec<Head>;

    /// The first places of a line, without those who wait for one counter alone.
    fn first_ranks(&self, hall: &HallId, line: &LineId, how_many: usize) -> Vec<Rank>;
}

/// Where a ticket is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    pub to: Destination,
    /// Also if nobody is signed in there.
    pub though_empty: bool,
}

impl Sending {
    /// Refuses a place where nobody would call the ticket, unless that is known.
    pub(super) fn check(
        &self,
        tickets: &impl Tickets,
        hall: &Hall,
        now: Millis,
    ) -> Result<(), Refusal> {
        let staffed = |counter: &Counter| tickets.is_staffed(&counter.id, now);
        let somebody = match &self.to {
            Destination::Line(line) => {
                let serves = |counter: &&Counter| counter.lines.contains(line);
                hall.counters.iter().filter(serves).any(staffed)
            }
            Destination::Counter(id) => hall.counter(id).is_none_or(staffed),
        };
        if somebody || self.though_empty { Ok(()) } else { Err(Refusal::NobodyThere) }
    }
}

/// Calls the next ticket of a counter. The one in hand ends first: a ticket
/// being served is finished, one whose visitor has not come is missed. The
/// moves come in their order; there is no call where nobody waits.
///
/// # Errors
/// [`Refusal::CounterBusy`] where the console saw another ticket in hand
/// (`seen`; id 0 for none), since someone else at the counter was faster.
pub fn call_next(
    tickets: &impl Tickets,
    at: &Moment<'_>,
    seen: Option<TicketId>,
) -> Result<Vec<Moved>, Refusal> {
    let in_hand = tickets.in_hand(&at.counter.id);
    let now = in_hand.map_or(TicketId(0), |ticket| ticket.id);
    if seen.is_some_and(|seen| seen != now) {
        return Err(Refusal::CounterBusy);
    }
    let mut moves = Vec::new();
    if let Some(ticket) = in_hand {
        let verb = match ticket.state {
            TicketState::Serving => Verb::Finish,
            _ => Verb::MarkMissed,
        };
        moves.push(ticket.clone().end(verb, at)?);
    }
    if let Some(head) = next_of(&tickets.heads(at.hall, at.counter)) {
        let next = tickets.find(head.ticket).ok_or(Refusal::UnknownTicket)?;
        moves.push(next.clone().call(at)?);
    }
    Ok(moves)
}

/// Does a verb to the ticket named, or to the one that is meant where none is.
///
/// # Errors
/// The ticket is another counter's, or unknown, or the verb does not apply;
/// [`Refusal::CounterBusy`] where the counter would have two visitors;
/// [`Refusal::BadRequest`] for a transfer to nowhere, [`Refusal::NobodyThere`] for one to
/// where nobody is signed in.
pub fn act(
    tickets: &impl Tickets,
    at: &Moment<'_>,
    verb: Verb,
    named: Option<TicketId>,
    to: Option<Sending>,
) -> Result<Moved, Refusal> {
    let ticket = match named {
        Some(id) => named_ticket(tickets, at, verb, id)?,
        None => meant_ticket(tickets, at, verb)?,
    };
    // Whoever was called and has not come was not served.
    let verb = match verb {
        Verb::Finish if ticket.state == TicketState::Called => Verb::MarkMissed,
        verb => verb,
    };
    let state = next_state(ticket.state, verb)?;
    if let Some(to) = &to {
        to.check(tickets, at.hall, at.now)?;
    }
    let comes_to_counter = state.is_in_hand() && !ticket.state.is_in_hand();
    if comes_to_counter && tickets.in_hand(&at.counter.id).is_some() {
        return Err(Refusal::CounterBusy);
    }
    // At least one: a reinstated ticket may go before the first.
    let others = at.hall.rules.reinstate_behind.max(1) as usize;
    let first = tickets.first_ranks(&at.hall.id, &ticket.line, others);
    ticket.clone().act(verb, &first, to.map(|to| to.to), at)
}

/// Takes the end of the ticket back that the counter finished last. Where the counter is
/// free, its service goes on; where it has called the next, the ticket is on hold.
///
/// # Errors
/// [`Refusal::TooLateToTakeBack`] after some seconds, or for another ticket.
pub fn reopen(
    tickets: &impl Tickets,
    at: &Moment<'_>,
    named: Option<TicketId>,
) -> Result<Vec<Moved>, Refusal> {
    let ticket = tickets
        .just_finished(&at.counter.id)
        .filter(|ticket| named.is_none_or(|id| id == ticket.id))
        .ok_or(Refusal::TooLateToTakeBack)?;
    let held = ticket.clone().act(Verb::Reopen, &[], None, at)?;
    if tickets.in_hand(&at.counter.id).is_some() {
        return Ok(vec![held]);
    }
    let served = held.ticket.clone().act(Verb::Resume, &[], None, at)?;
    Ok(vec![held, served])
}

/// The ticket named, if it is this counter's to move.
fn named_ticket<'a>(
    tickets: &'a impl Tickets,
    at: &Moment<'_>,
    verb: Verb,
    id: TicketId,
) -> Result<&'a Ticket, Refusal> {
    let ticket = tickets.find(id).ok_or(Refusal::UnknownTicket)?;
    let here = ticket.counter.as_ref() == Some(&at.counter.id);
    // A missed visitor may come back to any counter of the line, and one set aside be taken
    // up there, since their own counter may have closed.
    let by_line = matches!(verb, Verb::Reinstate | Verb::TakeUp);
    let mine = here || (by_line && at.counter.lines.contains(&ticket.line));
    if ticket.hall != at.hall.id || (!mine && ticket.state != TicketState::Waiting) {
        return Err(Refusal::NotYourCounter);
    }
    Ok(ticket)
}

/// The ticket meant where none is named: the one in hand, or the only one that
/// can be resumed or reinstated here.
fn meant_ticket<'a>(
    tickets: &'a impl Tickets,
    at: &'a Moment<'_>,
    verb: Verb,
) -> Result<&'a Ticket, Refusal> {
    let wanted = match verb {
        Verb::Resume | Verb::TakeUp => TicketState::OnHold,
        Verb::Reinstate => TicketState::Missed,
        _ => return tickets.in_hand(&at.counter.id).ok_or(Refusal::NoTicketInHand),
    };
    let mut here = tickets
        .in_hall(&at.hall.id)
        .filter(|ticket| ticket.state == wanted && ticket.counter.as_ref() == Some(&at.counter.id));
    let first = here.next().ok_or(Refusal::NoTicketInHand)?;
    if here.next().is_some() {
        return Err(Refusal::BadRequest("ticket: more than one fits, so name it".to_owned()));
    }
    Ok(first)
}
