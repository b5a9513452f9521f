//! The order of one line.

use std::collections::VecDeque;

use jiban_domain::TicketId;
use jiban_domain::line::Rank;

/// Waiting tickets, sorted by rank. Newcomers mostly go to the end and calls take
/// the first, so both are quick. A place is found by binary search, so that
/// sending ten thousand phones their place stays cheap.
#[derive(Debug, Clone, Default)]
pub struct Order(VecDeque<(Rank, TicketId)>);

impl Order {
    /// Puts a ticket at its rank.
    pub fn insert(&mut self, rank: Rank, ticket: TicketId) {
        let place = self.before(rank);
        self.0.insert(place, (rank, ticket));
    }

    /// Removes the ticket at a rank.
    pub fn remove(&mut self, rank: Rank) {
        let place = self.before(rank);
        if self.0.get(place).is_some_and(|(found, _)| *found == rank) {
            self.0.remove(place);
        }
    }

    /// How many are before a rank.
    pub fn before(&self, rank: Rank) -> usize {
        self.0.partition_point(|(other, _)| *other < rank)
    }

    pub fn first(&self) -> Option<(Rank, TicketId)> {
        self.0.front().copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Rank, TicketId)> {
        self.0.iter().copied()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
