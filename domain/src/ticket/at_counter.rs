//! What a counter does: which ticket a verb is for, and what calling the next
//! does to the one in hand. These rules look at other tickets too, so they read
//! them through [`Tickets`]; the moves themselves are in [`super::moves`].

use super::moves::{Destination, Moment, Moved, next_state};
use super::{Ticket, TicketState, Verb};
use crate::ids::{CounterId, HallId, LineId, TicketId};
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

    /// The first of each of a counter's lines, and of those who wait for this
    /// counter alone.
    fn heads(&self, hall: &Hall, counter: &Counter) -> Vec<Head>;

    /// The first places of a line, without those who wait for one counter alone.
    fn first_ranks(&self, hall: &HallId, line: &LineId, how_many: usize) -> Vec<Rank>;
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
/// [`Refusal::BadRequest`] for a transfer to nowhere.
pub fn act(
    tickets: &impl Tickets,
    at: &Moment<'_>,
    verb: Verb,
    named: Option<TicketId>,
    to: Option<Destination>,
) -> Result<Moved, Refusal> {
    let ticket = match named {
        Some(id) => named_ticket(tickets, at, verb, id)?,
        None => meant_ticket(tickets, at, verb)?,
    };
    let state = next_state(ticket.state, verb)?;
    let comes_to_counter = state.is_in_hand() && !ticket.state.is_in_hand();
    if comes_to_counter && tickets.in_hand(&at.counter.id).is_some() {
        return Err(Refusal::CounterBusy);
    }
    // At least one: a reinstated ticket may go before the first.
    let others = at.hall.rules.reinstate_behind.max(1) as usize;
    let first = tickets.first_ranks(&at.hall.id, &ticket.line, others);
    ticket.clone().act(verb, &first, to, at)
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
    // A missed visitor may come back to any counter of the line.
    let mine = here || (verb == Verb::Reinstate && at.counter.lines.contains(&ticket.line));
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
        Verb::Resume => TicketState::OnHold,
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
