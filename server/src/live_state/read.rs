//! What can be asked of the live state.

use std::sync::Arc;

use jiban_domain::day::business_day;
use jiban_domain::line::{Head, Rank};
use jiban_domain::print_job::JobState;
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::Ticket;
use jiban_domain::{CaseId, CounterId, HallId, KioskId, LineId, MatterId, Millis, TicketId, Token};

use super::{Called, Day, LiveState, Order, Standing};
use crate::change::{CalendarVersion, Job, Session, SessionKey};
use crate::pace::Paces;
use crate::zone::zone;

impl LiveState {
    /// A ticket that can still move.
    pub fn standing(&self, id: TicketId) -> Option<&Standing> {
        self.standing.get(&id)
    }

    /// A ticket that can still move, by its token.
    pub fn by_token(&self, token: Token) -> Option<&Standing> {
        self.tokens.get(&token).and_then(|id| self.standing.get(id))
    }

    /// Everything of a hall that can still move, in no order.
    pub fn standing_in<'a>(&'a self, hall: &'a HallId) -> impl Iterator<Item = &'a Standing> {
        self.standing.values().filter(move |standing| standing.ticket.hall == *hall)
    }

    /// The order of a line; those who wait for one counter alone not counted.
    pub fn line(&self, hall: &HallId, line: &LineId) -> Option<&Order> {
        self.lines.get(&(hall.clone(), line.clone()))
    }

    /// Those who wait for one counter alone.
    pub fn reserved(&self, counter: &CounterId) -> Option<&Order> {
        self.reserved.get(counter)
    }

    /// How many wait in a line, those for one counter alone with them.
    pub fn waiting(&self, hall: &Hall, line: &LineId) -> usize {
        let for_one = hall
            .counters
            .iter()
            .filter_map(|counter| self.reserved(&counter.id))
            .flat_map(Order::iter)
            .filter(|(_, id)| self.standing(*id).is_some_and(|one| one.ticket.line == *line))
            .count();
        self.line(&hall.id, line).map_or(0, Order::len) + for_one
    }

    /// How many go before a waiting ticket.
    pub fn ahead(&self, ticket: &Ticket) -> usize {
        let order = match &ticket.reserved_for {
            Some(counter) => self.reserved(counter),
            None => self.line(&ticket.hall, &ticket.line),
        };
        order.map_or(0, |order| order.before(ticket.rank))
    }

    /// The head of each of a counter's lines, and of those who wait for it alone.
    pub fn heads(&self, hall: &Hall, counter: &Counter) -> Vec<Head> {
        let head = |line: LineId, order: Option<&Order>| {
            let (rank, ticket) = order?.first()?;
            Some(Head { line, ticket, rank })
        };
        let mine = self.reserved(&counter.id);
        counter
            .lines
            .iter()
            .filter_map(|line| head(line.clone(), self.line(&hall.id, line)))
            .chain(head(LineId::default(), mine))
            .collect()
    }

    /// The first places of a line, for putting someone behind them.
    pub fn first_ranks(&self, hall: &HallId, line: &LineId, how_many: usize) -> Vec<Rank> {
        self.line(hall, line)
            .map(|order| order.iter().take(how_many).map(|(rank, _)| rank).collect())
            .unwrap_or_default()
    }

    /// The ticket a counter has in hand.
    pub fn in_hand(&self, counter: &CounterId) -> Option<&Standing> {
        self.in_hand.get(counter).and_then(|id| self.standing.get(id))
    }

    /// Today's numbers and figures, as far as anything happened today.
    pub fn day(&self, hall: &HallId) -> Option<&Day> {
        self.days.get(hall)
    }

    /// The next number of a letter on a business day. In a hall that carries
    /// its lines over, a number still held from the day before is passed over:
    /// two visitors must never hear the same one called.
    pub fn next_number(&self, hall: &HallId, day: &str, letter: char) -> u32 {
        let last = self
            .day(hall)
            .filter(|known| known.day == day)
            .and_then(|known| known.numbers.get(&letter).copied())
            .unwrap_or_default();
        (last + 1..u32::MAX)
            .find(|number| !self.held.contains(&(hall.clone(), letter, *number)))
            .unwrap_or(last + 1)
    }

    /// The business day of a hall now. A clock that was set back does not
    /// begin an old day again: its numbers were given.
    pub fn business_day(&self, hall: &Hall, now: Millis) -> String {
        let by_clock = business_day(now, &zone(hall), hall.day_turns_at);
        self.day(&hall.id).map_or(by_clock.clone(), |known| known.day.clone().max(by_clock))
    }

    /// The last calls of a hall, newest first.
    pub fn calls(&self, hall: &HallId) -> impl Iterator<Item = &Called> {
        self.calls.get(hall).into_iter().flatten()
    }

    /// A session that has not ended.
    pub fn session(&self, key: &SessionKey, now: Millis) -> Option<&Session> {
        self.sessions.get(key).filter(|session| session.ends_at > now)
    }

    /// All sessions, those whose time is over with them.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// Who is signed in at a counter, the one who came last where it is shared.
    pub fn clerk_at(&self, counter: &CounterId, now: Millis) -> Option<&Session> {
        self.sessions
            .values()
            .filter(|session| session.counter.as_ref() == Some(counter) && session.ends_at > now)
            .max_by_key(|session| session.begun_at)
    }

    /// Slips that are still of interest.
    pub fn jobs(&self) -> impl Iterator<Item = &Arc<Job>> {
        self.jobs.values()
    }

    /// A slip by its row.
    pub fn job(&self, id: i64) -> Option<&Arc<Job>> {
        self.jobs.get(&id)
    }

    /// Slips of a kiosk whose coming out is in doubt.
    pub fn doubtful_slips(&self, kiosk: &KioskId) -> usize {
        let doubtful = |job: &&Arc<Job>| {
            job.kiosk == *kiosk && matches!(job.state, JobState::Unknown | JobState::Failed)
        };
        self.jobs.values().filter(doubtful).count()
    }

    /// How many wait in a line for each matter.
    pub fn work(&self, hall: &HallId, line: &LineId) -> impl Iterator<Item = (&MatterId, u32)> {
        let matters = self.work.get(&(hall.clone(), line.clone()));
        matters.into_iter().flatten().map(|(matter, people)| (matter, *people))
    }

    /// Since when a ticket has kept its counter.
    pub fn kept_since(&self, ticket: TicketId) -> Option<Millis> {
        self.kept_since.get(&ticket).copied()
    }

    /// The cases opened from a ticket that still stands, oldest first.
    pub fn cases(&self, ticket: TicketId) -> &[(CaseId, String)] {
        self.cases.get(&ticket).map_or(&[], Vec::as_slice)
    }

    /// The calendar of working days.
    pub fn calendar(&self) -> &Arc<CalendarVersion> {
        &self.calendar
    }

    /// What was learned of how long visits take.
    pub fn paces(&self) -> &Paces {
        &self.paces
    }
}
