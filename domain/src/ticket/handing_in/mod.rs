//! Numbers that a terminal gave by itself, handed in when the hall's server is back.
//!
//! Each is looked for by its token first, so it does not matter how often it comes, in which
//! order, or together with which others: its place is by when it was taken and by its number,
//! never by when it was handed in.

use super::detail::{Detail, Issued, Renumbered};
use super::moves::Moved;
use super::{Priority, Ticket, TicketState, Verb};
use crate::event::TicketEvent;
use crate::ids::{KioskId, LineId, MatterId, Millis, TicketId, Token};
use crate::line::Rank;
use crate::setup::{Hall, Line};

/// A number that a terminal gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberGiven {
    pub token: Token,
    pub kiosk: KioskId,
    /// As the terminal knew the hall.
    pub line: LineId,
    pub matter: MatterId,
    pub priority: Priority,
    pub letter: char,
    /// What its slip says.
    pub number: u32,
    /// The business day that it counts on.
    pub day: String,
    /// When it was taken, not later than now.
    pub taken_at: Millis,
    pub given_back: bool,
}

impl NumberGiven {
    /// The line that its visitor waits in: the matter's, else the one on the slip, else the
    /// general one, else any. Closed or not: the visitor holds a slip. None in a hall without
    /// lines.
    pub fn line_in<'a>(&self, hall: &'a Hall) -> Option<&'a Line> {
        let matters = hall.matter(&self.matter).and_then(|matter| hall.line(&matter.line));
        let slips = hall.line(&self.line);
        let general = hall.general_line.as_ref().and_then(|line| hall.line(line));
        let candidates = || [matters, slips, general].into_iter().flatten().chain(&hall.lines);
        let served =
            |line: &&Line| hall.counters.iter().any(|counter| counter.lines.contains(&line.id));
        candidates().find(served).or_else(|| candidates().next())
    }
}

/// What handing a number in changes, event by event; nothing where it was handed in before.
/// `found` is the ticket with its token, `other` the number it gets where somebody else has its
/// own, and `id` its row if it is new.
pub fn hand_in(
    found: Option<Ticket>,
    given: &NumberGiven,
    (hall, line): (&Hall, &Line),
    (id, other): (TicketId, Option<u32>),
    now: Millis,
) -> Vec<Moved> {
    let slip = (given.letter, given.number);
    let mut moves = match &found {
        None => Ticket::of_given(id, given, (hall, line), other.unwrap_or(given.number)),
        Some(ticket) if (ticket.letter, ticket.number) == slip || other.is_some() => Vec::new(),
        Some(ticket) => ticket.clone().renumber(given, hall, now),
    };
    if given.given_back {
        let last = moves.last().map(|moved| moved.ticket.clone()).or(found);
        // One that is called or has ended stays as it is.
        moves.extend(last.and_then(|ticket| ticket.give_back(Some(given.kiosk.clone()), now).ok()));
    }
    moves
}

impl Ticket {
    /// A ticket for a number that the hall does not know yet. `number` is the one it gets: that
    /// on the slip, or another where somebody else has that one.
    fn of_given(
        id: TicketId,
        given: &NumberGiven,
        (hall, line): (&Hall, &Line),
        number: u32,
    ) -> Vec<Moved> {
        let mut ticket = Self {
            id,
            token: given.token,
            hall: hall.id.clone(),
            day: given.day.clone(),
            letter: given.letter,
            number: given.number,
            line: line.id.clone(),
            matter: given.matter.clone(),
            priority: given.priority,
            state: TicketState::Waiting,
            rank: Rank { at: 0, anchor: id.0, seq: 0 },
            counter: None,
            reserved_for: None,
            calls: 0,
            kiosk: Some(given.kiosk.clone()),
            issued_at: given.taken_at,
            first_called_at: None,
            called_at: None,
            begun_at: None,
            served_ms: 0,
            ended_at: None,
        };
        let slip = ticket.label();
        ticket.number = number;
        // By the number that it has in the end: no two tickets have one rank.
        ticket.rank = ticket.own_rank(hall);
        let detail = Detail::Issued(ticket.as_issued());
        let mut moves = vec![Moved { ticket, event: TicketEvent::Issued, detail }];
        if number != given.number {
            let ticket = moves[0].ticket.clone();
            let detail = Detail::Renumbered(Renumbered { from: slip, issued: ticket.as_issued() });
            moves.push(Moved { ticket, event: TicketEvent::Renumbered, detail });
        }
        moves
    }

    /// A ticket whose holder has another number on the slip: the answer of the hall was lost,
    /// and the terminal gave one of its own. Whoever was called by the number that nobody knew
    /// and did not come waits again at their place, and one who is being called is called again.
    fn renumber(mut self, given: &NumberGiven, hall: &Hall, now: Millis) -> Vec<Moved> {
        if !self.state.is_active() {
            return Vec::new();
        }
        let from = self.label();
        (self.letter, self.number) = (given.letter, given.number);
        let detail = Detail::Renumbered(Renumbered { from, issued: self.as_issued() });
        let event = TicketEvent::Renumbered;
        let mut moves = vec![Moved { ticket: self.clone(), event, detail }];
        match self.state {
            TicketState::Missed => {
                let rank = Rank::on_arrival(self.id, self.issued_at, self.priority, &hall.rules);
                self.state = TicketState::Waiting;
                self.wait_again(rank);
                let detail = Detail::HandedIn { kiosk: given.kiosk.clone() };
                moves.push(Moved { ticket: self, event: TicketEvent::Reinstated, detail });
            }
            TicketState::Called => {
                if let Some(counter) = self.counter.clone() {
                    self.calls += 1;
                    self.called_at = Some(now);
                    let detail = Detail::Called { number: self.label(), counter };
                    moves.push(Moved { ticket: self, event: Verb::Recall.event(), detail });
                }
            }
            _ => {}
        }
        moves
    }

    /// What the trail says of its number.
    fn as_issued(&self) -> Issued {
        Issued {
            number: self.label(),
            line: self.line.clone(),
            matter: self.matter.clone(),
            priority: self.priority,
            taken_at: Some(self.issued_at),
        }
    }
}

#[cfg(test)]
mod tests;
