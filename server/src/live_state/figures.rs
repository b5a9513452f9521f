//! Today's numbers and figures of one hall.

use std::collections::HashMap;

use jiban_domain::lent::is_lent;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CounterId, Millis};

/// The latest business day of a hall in which a number was taken.
#[derive(Debug, Clone, Default)]
pub struct Day {
    /// `YYYY-MM-DD`; empty before the first number ever.
    pub day: String,
    /// The last ordinary number of each letter.
    pub numbers: HashMap<char, u32>,
    pub figures: Figures,
    /// Finished tickets of each counter.
    pub finished_by: HashMap<CounterId, u32>,
}

/// Figures of the tickets taken on one day. Each ticket adds its own share and
/// takes it back when it changes, so the sums are the same whether they are
/// counted step by step or from the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    pub issued: u32,
    pub finished: u32,
    /// Missed and not reinstated.
    pub missed: u32,
    pub cancelled: u32,
    /// Called at least once, after a wait that is known.
    pub called: u32,
    /// Milliseconds from issue to first call, summed.
    pub waited_ms: Millis,
    /// Milliseconds served, summed over finished tickets.
    pub served_ms: Millis,
}

impl Day {
    /// Counts a ticket as it is now instead of as it was.
    /// `measured` is whether its wait is known.
    pub(super) fn count(&mut self, old: Option<&Ticket>, new: &Ticket, measured: bool) {
        // Days sort as text.
        if new.day > self.day {
            *self = Self { day: new.day.clone(), ..Self::default() };
        }
        if new.day < self.day {
            return;
        }
        // Lent numbers are a series of their own.
        if !is_lent(new.number) {
            let last = self.numbers.entry(new.letter).or_default();
            *last = (*last).max(new.number);
        }
        if let Some(old) = old {
            self.figures.add(old, -1, measured);
        }
        self.figures.add(new, 1, measured);
        if let Some(count) = old.and_then(|old| self.finished_at(old)) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = self.finished_at(new) {
            *count += 1;
        }
    }

    /// The count in which a finished ticket is.
    fn finished_at(&mut self, ticket: &Ticket) -> Option<&mut u32> {
        let counter = ticket.counter.as_ref()?;
        let finished = ticket.state == TicketState::Finished;
        finished.then(|| self.finished_by.entry(counter.clone()).or_default())
    }
}

impl Figures {
    fn add(&mut self, ticket: &Ticket, sign: i32, measured: bool) {
        let step = |count: &mut u32, yes: bool| {
            if yes {
                *count = count.saturating_add_signed(sign);
            }
        };
        step(&mut self.issued, true);
        step(&mut self.finished, ticket.state == TicketState::Finished);
        step(&mut self.missed, ticket.state == TicketState::Missed);
        step(&mut self.cancelled, ticket.state == TicketState::Cancelled);
        let called = ticket.first_called_at.filter(|_| measured);
        step(&mut self.called, called.is_some());
        let sign = Millis::from(sign);
        if let Some(called) = called {
            self.waited_ms += sign * (called - ticket.issued_at).max(0);
        }
        if ticket.state == TicketState::Finished {
            self.served_ms += sign * ticket.served_ms;
        }
    }
}
