//! Who is next.
//!
//! Every ticket has a [`Rank`], set when it joins a line and not changed by others
//! that come or go; the smallest goes first. An ordinary ticket's rank is its
//! arrival. A priority class is a head start: its ticket stands where one that
//! arrived so many minutes earlier would.
//!
//! This bounds overtaking: a newcomer passes an ordinary ticket only if it arrived
//! less than [`Rules::longest_head_start`] after it. However many priority visitors
//! keep coming, none of those who arrive later than that goes first, so nobody
//! starves. (A count per class, or strict classes, would have no such bound.)
//!
//! The two other ways to join: a transferred ticket keeps its first arrival,
//! so it never waits twice; a reinstated one goes behind a few others.

use serde::{Deserialize, Serialize};

use crate::ids::{LineId, Millis, TicketId};
use crate::setup::Rules;
use crate::ticket::priority::Priority;

/// A place in the order of a line, compared field by field, the smaller first.
///
/// `anchor` and `seq` make room between any two tickets, even those taken in
/// the same millisecond: a ticket of its own stands at (`at`, its id, 0), one
/// put behind another takes that one's `at` and `anchor`, and a larger `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rank {
    /// Arrival less head start, in milliseconds.
    pub at: Millis,
    /// Itself, or the ticket it was put behind.
    pub anchor: i64,
    /// Order among those behind one anchor; 0 for the anchor itself.
    pub seq: i64,
}

/// In the anchor of each lent number: larger than the row of any ticket.
const LENT: i64 = 1 << 56;

impl Rank {
    /// The rank of a ticket that arrived at `arrived`, of a class.
    pub fn on_arrival(id: TicketId, arrived: Millis, class: Priority, rules: &Rules) -> Self {
        Self { at: arrived - rules.head_start(class), anchor: id.0, seq: 0 }
    }

    /// The same for a lent number, whose ticket has no row yet while it is given. Of two that
    /// were taken in the same millisecond the smaller number goes first, in whichever order
    /// they are handed in; those that the hall gave itself go before them.
    pub fn of_lent(
        (letter, number): (char, u32),
        arrived: Millis,
        class: Priority,
        rules: &Rules,
    ) -> Self {
        let anchor = LENT | i64::from(u32::from(letter)) << 32 | i64::from(number);
        Self { at: arrived - rules.head_start(class), anchor, seq: 0 }
    }

    /// The place right behind `before`. `seq` must be larger than any used so
    /// far (the event's number serves), so that those put there keep their order.
    pub const fn behind(before: Self, seq: i64) -> Self {
        Self { at: before.at, anchor: before.anchor, seq }
    }
}

/// The place of a reinstated ticket: behind `others` of those who wait now, or
/// behind all where fewer wait. `first` are the first of the line in order, at least
/// `others` of them and at least one, where there are that many.
pub fn on_reinstate(id: TicketId, now: Millis, first: &[Rank], others: usize, seq: i64) -> Rank {
    match (first.iter().take(others).next_back(), first.first()) {
        (Some(before), _) => Rank::behind(*before, seq),
        // Behind no others: before the first.
        (None, Some(first)) => Rank { at: first.at - 1, anchor: id.0, seq: 0 },
        (None, None) => Rank { at: now, anchor: id.0, seq: 0 },
    }
}

/// The first ticket of one of a counter's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub line: LineId,
    pub ticket: TicketId,
    pub rank: Rank,
}

/// The next ticket for a counter: of the heads of its lines, and of those who wait
/// for this counter alone, the one with the smallest rank. Lines have no order among
/// themselves: whoever came first goes first.
pub fn next_of(heads: &[Head]) -> Option<&Head> {
    heads.iter().min_by_key(|head| head.rank)
}

#[cfg(test)]
mod tests;
