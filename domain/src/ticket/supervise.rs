//! What a supervisor may do to any ticket of a hall: send it elsewhere, put it before all
//! others, or cancel it. Each takes something from somebody, so each says why.

use super::at_counter::{Sending, Tickets};
use super::detail::{Detail, Transferred};
use super::moves::Moved;
use super::order_reason::OrderReason;
use super::{Ticket, TicketState, Verb};
use crate::event::TicketEvent;
use crate::ids::{Millis, TicketId};
use crate::line::Rank;
use crate::refusal::Refusal;
use crate::setup::Hall;

/// What a supervisor orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Send(Sending),
    PutFirst,
    Cancel,
}

/// Carries out an order on a ticket of the hall.
///
/// # Errors
/// [`Refusal::UnknownTicket`]; [`Refusal::WrongState`] for a ticket that has ended, or that
/// is to be put first and is at a counter; those of a transfer.
pub fn supervise(
    tickets: &impl Tickets,
    hall: &Hall,
    now: Millis,
    id: TicketId,
    order: &Order,
    reason: OrderReason,
) -> Result<Moved, Refusal> {
    let ticket = tickets.find(id).filter(|ticket| ticket.hall == hall.id);
    let ticket = ticket.ok_or(Refusal::UnknownTicket)?.clone();
    match order {
        Order::Send(sending) => {
            sending.check(tickets, hall, now)?;
            ticket.send(sending, hall, now, reason)
        }
        Order::PutFirst => {
            let lines = hall.lines.iter();
            let first = lines.filter_map(|line| tickets.first_ranks(&hall.id, &line.id, 1).pop());
            let first = first.map(|rank| rank.at).min();
            ticket.put_first(first, reason)
        }
        Order::Cancel => ticket.cancel(now, reason),
    }
}

impl Ticket {
    fn send(
        mut self,
        sending: &Sending,
        hall: &Hall,
        now: Millis,
        reason: OrderReason,
    ) -> Result<Moved, Refusal> {
        self.can_move(Verb::Transfer)?;
        self.leave_state(now);
        let from = self.counter.take();
        self.state = TicketState::Waiting;
        let (line, counter) = self.send_to(sending.to.clone(), hall)?;
        let detail = Transferred { from, line, counter, reason: Some(reason) };
        Ok(Moved {
            ticket: self,
            event: TicketEvent::Transferred,
            detail: Detail::Transferred(detail),
        })
    }

    /// `first` is the earliest arrival by which any line of the hall is ordered: a counter
    /// with several lines calls the earliest of all.
    fn put_first(mut self, first: Option<Millis>, reason: OrderReason) -> Result<Moved, Refusal> {
        if !matches!(self.state, TicketState::Waiting | TicketState::Missed) {
            return Err(Refusal::WrongState { state: self.state, verb: Verb::Reinstate });
        }
        let at = first.map_or(self.rank.at, |first| first.min(self.rank.at)) - 1;
        let reserved_for = self.reserved_for.take();
        let counter = self.counter.take();
        self.state = TicketState::Waiting;
        self.wait_again(Rank { at, anchor: self.id.0, seq: 0 });
        self.reserved_for = reserved_for;
        let detail = Detail::Ordered { counter, reason };
        Ok(Moved { ticket: self, event: TicketEvent::PutFirst, detail })
    }

    fn cancel(mut self, now: Millis, reason: OrderReason) -> Result<Moved, Refusal> {
        self.can_move(Verb::Cancel)?;
        self.leave_state(now);
        self.state = TicketState::Cancelled;
        self.ended_at = Some(now);
        let detail = Detail::Ordered { counter: self.counter.clone(), reason };
        Ok(Moved { ticket: self, event: TicketEvent::Cancelled, detail })
    }

    fn can_move(&self, verb: Verb) -> Result<(), Refusal> {
        if self.state.is_active() {
            Ok(())
        } else {
            Err(Refusal::WrongState { state: self.state, verb })
        }
    }
}
