//! Nobody is stranded at an empty counter: what becomes of its tickets when the clerk
//! signs out, when the session just ends, and when the counter stays empty.

use serde::{Deserialize, Serialize};

use super::at_counter::Tickets;
use super::detail::Detail;
use super::moves::{Moment, Moved};
use super::{Ticket, TicketState, Verb};
use crate::event::TicketEvent;
use crate::ids::Millis;
use crate::refusal::Refusal;
use crate::setup::Hall;
use crate::text::Text;

/// What becomes of a ticket that the clerk leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Its service ends; it is missed if its visitor has not come.
    Finish,
    /// Back into its line.
    PutBack,
    /// On hold at the counter, where any counter of the line can take it up.
    #[default]
    Hold,
}

/// What becomes of the tickets of a counter whose clerk signs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Leaving {
    /// The ticket in hand.
    pub in_hand: Left,
    /// Those on hold.
    pub on_hold: Left,
}

/// The tickets that a counter has: the one in hand, then those on hold.
pub fn tickets_of(tickets: &impl Tickets, at: &Moment<'_>) -> Vec<Ticket> {
    let here = |ticket: &&Ticket| ticket.counter.as_ref() == Some(&at.counter.id);
    let held = tickets
        .in_hall(&at.hall.id)
        .filter(here)
        .filter(|ticket| ticket.state == TicketState::OnHold);
    let mut held: Vec<Ticket> = held.cloned().collect();
    held.sort_unstable_by_key(|ticket| ticket.id);
    tickets.in_hand(&at.counter.id).cloned().into_iter().chain(held).collect()
}

/// The moves of a clerk who signs out.
///
/// # Errors
/// [`Refusal::TicketsLeft`] where the counter has tickets and nothing is said of them.
pub fn sign_out(
    tickets: &impl Tickets,
    at: &Moment<'_>,
    leaving: Option<Leaving>,
) -> Result<Vec<Moved>, Refusal> {
    let left = tickets_of(tickets, at);
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let number = |ticket: &Ticket| Text::from(ticket.label().as_str());
    let Some(leaving) = leaving else {
        return Err(Refusal::TicketsLeft(left.iter().map(number).collect()));
    };
    let mut moves = Vec::new();
    for ticket in left {
        let what = if ticket.state.is_in_hand() { leaving.in_hand } else { leaving.on_hold };
        let moved = match what {
            Left::Hold if ticket.state == TicketState::OnHold => continue,
            Left::Hold => ticket.hold(at)?,
            Left::PutBack => ticket.put_back(at)?,
            Left::Finish if ticket.state == TicketState::Called => {
                ticket.end(Verb::MarkMissed, at)?
            }
            Left::Finish => ticket.end(Verb::Finish, at)?,
        };
        moves.push(moved);
    }
    Ok(moves)
}

/// What becomes of the ticket in hand when the session ends by itself. Whoever was being
/// served is on hold, since their clerk may come back; whoever was only called waits in the
/// line again, where the next counter calls them.
///
/// # Errors
/// None that can be: a ticket in hand can be held and put back.
pub fn abandon(tickets: &impl Tickets, at: &Moment<'_>) -> Result<Option<Moved>, Refusal> {
    let Some(ticket) = tickets.in_hand(&at.counter.id).cloned() else { return Ok(None) };
    let moved = match ticket.state {
        TicketState::Called => ticket.put_back(at)?,
        _ => ticket.hold(at)?,
    };
    Ok(Some(moved))
}

impl Ticket {
    /// Whether it has waited long enough for a counter that has been empty since an
    /// instant.
    pub fn returns_to_line(&self, hall: &Hall, empty_since: Millis, now: Millis) -> bool {
        let minutes = Millis::from(hall.rules.empty_counter_minutes);
        let sent_on = self.state == TicketState::Waiting && self.reserved_for.is_some();
        sent_on && minutes > 0 && now - empty_since >= minutes * 60_000
    }

    /// Gives it back to its line, at its own place: any counter of the line may call it.
    pub fn return_to_line(mut self) -> Moved {
        let counter = self.reserved_for.take().unwrap_or_default();
        let detail = Detail::AtCounter { counter };
        Moved { ticket: self, event: TicketEvent::Returned, detail }
    }
}
