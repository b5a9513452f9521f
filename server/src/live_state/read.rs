//! Queries of the live state.

use std::sync::Arc;

use jiban_domain::day::business_day;
use jiban_domain::lent::next_ordinary;
use jiban_domain::line::{Head, Rank};
use jiban_domain::print_job::JobState;
use jiban_domain::schedule::HallTime;
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::Ticket;
use jiban_domain::{CaseId, CounterId, HallId, KioskId, LineId, MatterId, Millis, TicketId, Token};
use jiff::tz::TimeZone;

use super::visit::Visit;
use super::{Bookings, Called, Day, LiveState, Order, Standing};
use crate::change::{CalendarVersion, DocumentPrint, Job, Session, SessionKey};
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

    /// All tickets of a hall that can still move, in no order.
    pub fn standing_in<'a>(&'a self, hall: &'a HallId) -> impl Iterator<Item = &'a Standing> {
        self.standing.values().filter(move |standing| standing.ticket.hall == *hall)
    }

    /// The order of a line, without tickets reserved for one counter.
    pub fn line(&self, hall: &HallId, line: &LineId) -> Option<&Order> {
        self.lines.get(&(hall.clone(), line.clone()))
    }

    /// Tickets reserved for one counter.
    pub fn reserved(&self, counter: &CounterId) -> Option<&Order> {
        self.reserved.get(counter)
    }

    /// How many wait in a line, with those reserved for one counter.
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

    /// How many are called before a waiting ticket.
    pub fn ahead(&self, ticket: &Ticket) -> usize {
        let order = match &ticket.reserved_for {
            Some(counter) => self.reserved(counter),
            None => self.line(&ticket.hall, &ticket.line),
        };
        order.map_or(0, |order| order.before(ticket.rank))
    }

    /// The head of each of a counter's lines, and of the tickets reserved for it.
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

    /// The first ranks of a line, for inserting a ticket after them.
    pub fn first_ranks(&self, hall: &HallId, line: &LineId, how_many: usize) -> Vec<Rank> {
        self.line(hall, line)
            .map(|order| order.iter().take(how_many).map(|(rank, _)| rank).collect())
            .unwrap_or_default()
    }

    /// The ticket a counter has in hand.
    pub fn in_hand(&self, counter: &CounterId) -> Option<&Standing> {
        self.in_hand.get(counter).and_then(|id| self.standing.get(id))
    }

    /// The ticket that a counter finished last.
    pub fn just_finished(&self, counter: &CounterId) -> Option<&Standing> {
        self.just_finished.get(counter).map(|ended| &ended.standing)
    }

    /// Numbers and figures of the latest day, if a number was ever taken.
    pub fn day(&self, hall: &HallId) -> Option<&Day> {
        self.days.get(hall)
    }

    /// The next number of a letter on a business day. In a hall that carries its
    /// lines over, a number still held from the day before is skipped: two
    /// visitors must never hear the same number called.
    pub fn next_number(&self, hall: &HallId, day: &str, letter: char) -> u32 {
        let last = self
            .day(hall)
            .filter(|known| known.day == day)
            .and_then(|known| known.numbers.get(&letter).copied())
            .unwrap_or_default();
        let held = |number| self.held.contains(&(hall.clone(), letter, number));
        let mut next = next_ordinary(last);
        while held(next) {
            next = next_ordinary(next);
        }
        next
    }

    /// Whether a ticket that can still move has a number, of whichever day.
    pub fn is_held(&self, hall: &HallId, letter: char, number: u32) -> bool {
        self.held.contains(&(hall.clone(), letter, number))
    }

    /// The current business day of a hall. If the clock was set back, the old day
    /// does not begin again, since its numbers are taken.
    pub fn business_day(&self, hall: &Hall, now: Millis) -> String {
        let by_clock = business_day(now, &zone(hall), hall.day_turns_at);
        self.day(&hall.id).map_or(by_clock.clone(), |known| known.day.clone().max(by_clock))
    }

    /// The last business day of a ticket in a hall that carries nobody over.
    pub fn last_day(&self, ticket: &Ticket, hall: &Hall) -> String {
        let zone = zone(hall);
        let kept = self.kept_until.get(&ticket.id).cloned().unwrap_or_default();
        ticket.last_day(hall, self.time(&zone)).max(kept)
    }

    /// Whether the turn of the day ends a ticket.
    pub fn ends_with_day(&self, ticket: &Ticket, hall: &Hall, today: &str) -> bool {
        let day = self.kept_until.get(&ticket.id).unwrap_or(&ticket.day);
        let zone = zone(hall);
        ticket.ends_with_day(hall, day, today, self.time(&zone))
    }

    /// The last calls of a hall, newest first.
    pub fn calls(&self, hall: &HallId) -> impl Iterator<Item = &Called> {
        self.calls.get(hall).into_iter().flatten()
    }

    /// A session that has not ended.
    pub fn session(&self, key: &SessionKey, now: Millis) -> Option<&Session> {
        self.sessions.get(key).filter(|session| session.ends_at > now)
    }

    /// All sessions, including expired ones.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// The session at a counter, the latest if several share it.
    pub fn clerk_at(&self, counter: &CounterId, now: Millis) -> Option<&Session> {
        self.sessions
            .values()
            .filter(|session| session.counter.as_ref() == Some(counter) && session.ends_at > now)
            .max_by_key(|session| session.begun_at)
    }

    /// Print jobs that are still shown.
    pub fn jobs(&self) -> impl Iterator<Item = &Arc<Job>> {
        self.jobs.values()
    }

    pub fn job(&self, id: i64) -> Option<&Arc<Job>> {
        self.jobs.get(&id)
    }

    /// What people printed by themselves in the last days.
    pub fn document_prints(&self) -> impl Iterator<Item = &Arc<DocumentPrint>> {
        self.document_prints.values()
    }

    pub fn document_print(&self, id: i64) -> Option<&Arc<DocumentPrint>> {
        self.document_prints.get(&id)
    }

    /// How many slips of a kiosk may not have been printed.
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

    /// When a ticket came to its counter, while it is there; later by the time it was on
    /// hold since.
    pub fn kept_since(&self, ticket: TicketId) -> Option<Millis> {
        self.visits.get(&ticket).and_then(Visit::since)
    }

    /// The cases opened from a ticket that can still move, oldest first.
    pub fn cases(&self, ticket: TicketId) -> &[(CaseId, String)] {
        self.cases.get(&ticket).map_or(&[], Vec::as_slice)
    }

    /// The bookings that are kept.
    pub fn bookings(&self) -> &Bookings {
        &self.bookings
    }

    pub fn calendar(&self) -> &Arc<CalendarVersion> {
        &self.calendar
    }

    /// The clock and calendar by which a hall in this time zone opens.
    pub fn time<'a>(&'a self, zone: &'a TimeZone) -> HallTime<'a> {
        HallTime { zone, calendar: &self.calendar.calendar }
    }

    /// How long visits take, as learned so far.
    pub fn paces(&self) -> &Paces {
        &self.paces
    }
}
