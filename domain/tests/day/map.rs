//! The tickets of a day in a plain map.

use std::collections::BTreeMap;

use jiban_domain::line::{Head, Rank};
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::{Ticket, TicketState, Tickets};
use jiban_domain::{CounterId, HallId, LineId, Millis, TicketId};

pub struct Map(pub BTreeMap<TicketId, Ticket>);

impl Map {
    pub fn waiting(&self, wanted: impl Fn(&Ticket) -> bool) -> Vec<(Rank, &Ticket)> {
        let mut places: Vec<_> = (self.0.values())
            .filter(|ticket| ticket.state == TicketState::Waiting && wanted(ticket))
            .map(|ticket| (ticket.rank, ticket))
            .collect();
        places.sort_unstable_by_key(|(rank, _)| *rank);
        places
    }

    pub fn line(&self, line: &LineId) -> Vec<(Rank, &Ticket)> {
        self.waiting(|ticket| ticket.line == *line && ticket.reserved_for.is_none())
    }

    pub fn callable(&self, counter: &Counter) -> Vec<(Rank, &Ticket)> {
        self.waiting(|ticket| match &ticket.reserved_for {
            Some(reserved) => *reserved == counter.id,
            None => counter.lines.contains(&ticket.line),
        })
    }
}

impl Tickets for Map {
    fn find(&self, id: TicketId) -> Option<&Ticket> {
        self.0.get(&id).filter(|ticket| ticket.state.is_active())
    }

    fn in_hall<'a>(&'a self, _: &'a HallId) -> impl Iterator<Item = &'a Ticket> {
        self.0.values().filter(|ticket| ticket.state.is_active())
    }

    fn in_hand(&self, counter: &CounterId) -> Option<&Ticket> {
        let here = |ticket: &&Ticket| ticket.counter.as_ref() == Some(counter);
        self.0.values().filter(here).find(|ticket| ticket.state.is_in_hand())
    }

    fn just_finished(&self, counter: &CounterId) -> Option<&Ticket> {
        let here = |ticket: &&Ticket| ticket.counter.as_ref() == Some(counter);
        let finished = self.0.values().filter(|ticket| ticket.state == TicketState::Finished);
        finished.filter(here).max_by_key(|ticket| (ticket.ended_at, ticket.id))
    }

    /// Nobody sits at the last counter.
    fn is_staffed(&self, counter: &CounterId, _: Millis) -> bool {
        counter.as_str() != "3"
    }

    fn heads(&self, _: &Hall, counter: &Counter) -> Vec<Head> {
        let mine = self.waiting(|ticket| ticket.reserved_for.as_ref() == Some(&counter.id));
        let lines = counter.lines.iter().map(|line| self.line(line));
        lines
            .chain([mine])
            .filter_map(|places| places.first().copied())
            .map(|(rank, first)| Head { line: first.line.clone(), ticket: first.id, rank })
            .collect()
    }

    fn first_ranks(&self, _: &HallId, line: &LineId, how_many: usize) -> Vec<Rank> {
        self.line(line).into_iter().map(|(rank, _)| rank).take(how_many).collect()
    }
}
