//! The live state as the rules of tickets read it.

use jiban_domain::line::{Head, Rank};
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::{Ticket, Tickets};
use jiban_domain::{CounterId, HallId, LineId, Millis, TicketId};

use super::LiveState;

impl Tickets for LiveState {
    fn find(&self, id: TicketId) -> Option<&Ticket> {
        self.standing(id).map(|standing| &*standing.ticket)
    }

    fn in_hall<'a>(&'a self, hall: &'a HallId) -> impl Iterator<Item = &'a Ticket> {
        self.standing_in(hall).map(|standing| &*standing.ticket)
    }

    fn in_hand(&self, counter: &CounterId) -> Option<&Ticket> {
        self.in_hand(counter).map(|standing| &*standing.ticket)
    }

    fn just_finished(&self, counter: &CounterId) -> Option<&Ticket> {
        self.just_finished(counter).map(|standing| &*standing.ticket)
    }

    fn is_staffed(&self, counter: &CounterId, now: Millis) -> bool {
        self.clerk_at(counter, now).is_some()
    }

    fn heads(&self, hall: &Hall, counter: &Counter) -> Vec<Head> {
        self.heads(hall, counter)
    }

    fn first_ranks(&self, hall: &HallId, line: &LineId, how_many: usize) -> Vec<Rank> {
        self.first_ranks(hall, line, how_many)
    }
}
