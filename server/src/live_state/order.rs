//! The order of one line.

use std::collections::VecDeque;

use jiban_domain::TicketId;
use jiban_domain::line::Rank;

/// Those who wait, sorted by rank. Newcomers mostly go to the end and calls
/// take the first, so both are quick; a place is found by halving, so that
/// telling ten thousand phones their place stays cheap.
#[derive(Debug, Clone, Default)]
pub struct Order(VecDeque<(Rank, TicketId)>);

impl Order {
    /// Puts a ticket at its rank.
    pub fn insert(&mut self, rank: Rank, ticket: TicketId) {
        let place = self.before(rank);
        self.0.insert(place, (rank, ticket));
    }

    /// Takes the ticket at a rank out.
    pub fn remove(&mut self, rank: Rank) {
        let place = self.before(rank);
        if self.0.get(place).is_some_and(|(found, _)| *found == rank) {
            self.0.remove(place);
        }
    }

    /// How many stand before a rank.
    pub fn before(&self, rank: Rank) -> usize {
        self.0.partition_point(|(other, _)| *other < rank)
    }

    /// The first.
    pub fn first(&self) -> Option<(Rank, TicketId)> {
        self.0.front().copied()
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Rank, TicketId)> {
        self.0.iter().copied()
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
