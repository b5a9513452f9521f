//! What is held in memory: every ticket that can still move, sessions, today's
//! figures. A projection of the database, changed only by [`LiveState::apply`]
//! with what was (or is about to be) written.
//!
//! There are two: the writer's own, which runs ahead within a batch, and the
//! published one, which takes over a batch once it is committed. Their queries
//! are in [`read`].

mod alerts;
mod bookings;
mod drafts;
mod figures;
mod keyed;
mod lent;
mod order;
mod read;
mod tickets;
mod visit;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use jiban_domain::event::{EventKind, TicketEvent};
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CaseId, CounterId, HallId, LineId, MatterId, Millis, TicketId, Token};

pub use alerts::Alerts;
pub use bookings::Bookings;
pub use drafts::DraftsInHand;
pub use figures::{Day, Figures};
pub use keyed::KeyedTerminals;
pub use lent::{Block, LentNumbers};
pub use order::Order;
use visit::Visit;

use crate::calendar_file;
use crate::change::drafts::DraftChange;
use crate::change::terminals::TerminalChange;
use crate::change::{
    CalendarVersion, Change, DocumentPrint, Event, Job, Session, SessionKey, SetupVersion,
};
use crate::pace::Paces;

/// How much longer than slips documents are kept that people printed by themselves: those of
/// a whole day are counted.
const PRINTS_COUNTED: Millis = 24 * 60 * 60 * 1000;

/// Calls kept for the display, in each hall, and those that are still open.
const CALLS_KEPT: usize = 12;

/// The state that can still change, in memory.
#[derive(Debug, Clone)]
pub struct LiveState {
    setup: Arc<SetupVersion>,
    standing: HashMap<TicketId, Standing>,
    tokens: HashMap<Token, TicketId>,
    lines: HashMap<(HallId, LineId), Order>,
    reserved: HashMap<CounterId, Order>,
    in_hand: HashMap<CounterId, TicketId>,
    days: HashMap<HallId, Day>,
    calls: HashMap<HallId, VecDeque<Called>>,
    sessions: HashMap<SessionKey, Session>,
    jobs: HashMap<i64, Arc<Job>>,
    // What people printed by themselves in the last days.
    document_prints: HashMap<i64, Arc<DocumentPrint>>,
    held: HashSet<(HallId, char, u32)>,
    // The business day with which a ticket ends, where it is not its own.
    kept_until: HashMap<TicketId, String>,
    // Tickets before this one waited while the clock was set.
    measured_from: TicketId,
    // Waiting tickets by line and matter, for estimating the wait.
    work: HashMap<(HallId, LineId), BTreeMap<MatterId, u32>>,
    // The last ticket that each counter finished, whose end may still be taken back.
    just_finished: HashMap<CounterId, Ended>,
    // Of tickets at a counter or on hold.
    visits: HashMap<TicketId, Visit>,
    paces: Paces,
    // Cases opened from tickets that can still move.
    cases: HashMap<TicketId, Vec<(CaseId, String)>>,
    calendar: Arc<CalendarVersion>,
    lent: LentNumbers,
    bookings: Bookings,
    drafts: DraftsInHand,
    keyed: KeyedTerminals,
    alerts: Alerts,
}

/// A ticket that can still move, and its events.
#[derive(Debug, Clone)]
pub struct Standing {
    pub ticket: Arc<Ticket>,
    /// Its events, oldest first.
    pub happened: Vec<(Millis, TicketEvent)>,
}

/// A finished ticket, with what belonged to it while it could move.
#[derive(Debug, Clone)]
struct Ended {
    standing: Standing,
    cases: Vec<(CaseId, String)>,
}

/// A call for the display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The event's number.
    pub seq: i64,
    pub ticket: TicketId,
    /// `A001`.
    pub number: String,
    pub counter: CounterId,
    pub at: Millis,
}

impl LiveState {
    /// A live state without tickets.
    pub fn new(setup: Arc<SetupVersion>) -> Self {
        Self {
            setup,
            standing: HashMap::new(),
            tokens: HashMap::new(),
            lines: HashMap::new(),
            reserved: HashMap::new(),
            in_hand: HashMap::new(),
            days: HashMap::new(),
            calls: HashMap::new(),
            sessions: HashMap::new(),
            jobs: HashMap::new(),
            document_prints: HashMap::new(),
            held: HashSet::new(),
            kept_until: HashMap::new(),
            measured_from: TicketId(0),
            work: HashMap::new(),
            just_finished: HashMap::new(),
            visits: HashMap::new(),
            paces: Paces::default(),
            cases: HashMap::new(),
            bookings: Bookings::default(),
            drafts: DraftsInHand::default(),
            calendar: Arc::new(CalendarVersion {
                version: 0,
                calendar: calendar_file::built_in(),
                at: 0,
                by: String::new(),
            }),
            lent: LentNumbers::default(),
            keyed: KeyedTerminals::default(),
            alerts: Alerts::default(),
        }
    }

    /// The current setup.
    pub fn setup(&self) -> &Arc<SetupVersion> {
        &self.setup
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Ticket(ticket) => self.put_ticket(ticket),
            Change::Event(event) => self.append_event(event),
            Change::SessionBegun(session) => {
                self.sessions.insert(session.key, session.clone());
            }
            Change::SessionEnded(key) => {
                self.sessions.remove(key);
            }
            Change::Job(job) => {
                self.jobs.insert(job.id, job.clone());
            }
            Change::DocumentPrint(print) => {
                self.document_prints.insert(print.id, print.clone());
            }
            Change::Setup(setup) => self.setup = setup.clone(),
            Change::Case(row) => {
                if let Some(ticket) = row.case.ticket {
                    self.remember_case(ticket, row.case.id, row.case.number.to_string());
                }
            }
            Change::Calendar(calendar) => self.calendar = calendar.clone(),
            Change::Terminal(TerminalChange::Lent(block)) => self.lent.put(block),
            Change::Booking(row) => self.bookings.put(row),
            Change::Draft(DraftChange::Put(draft)) => self.drafts.put(draft),
            Change::BookingErased(id) => self.bookings.remove(*id),
            Change::Terminal(TerminalChange::Keyed(terminal)) => self.keyed.put(terminal),
            Change::Terminal(TerminalChange::Alert(alert)) => self.alerts.put(alert),
            // Read from the database when they are needed.
            Change::Draft(_)
            | Change::Password { .. }
            | Change::PasswordRemoved(_)
            | Change::Person(_)
            | Change::PersonErased(_)
            | Change::NotesKey { .. }
            | Change::PromiseBroken { .. }
            | Change::FileKept { .. }
            | Change::FileGone(_)
            | Change::StatementIssued(_)
            | Change::Records(_)
            | Change::RecordsErased { .. }
            | Change::Telling(_)
            | Change::Terminal(_) => {}
        }
    }

    fn put_ticket(&mut self, ticket: &Arc<Ticket>) {
        self.take_end_back(ticket);
        let old = self.standing.get(&ticket.id).map(|standing| standing.ticket.clone());
        if let Some(old) = &old {
            if old.state == TicketState::Waiting {
                self.order_of(old).remove(old.rank);
                self.count_waiting(old, false);
            }
            if let Some(counter) = old.counter.as_ref().filter(|_| old.state.is_in_hand()) {
                self.in_hand.remove(counter);
            }
        }
        let renumbered = old.as_ref().filter(|old| old.label() != ticket.label());
        if let Some(old) = renumbered {
            self.held.remove(&(old.hall.clone(), old.letter, old.number));
        }
        if old.is_none() || renumbered.is_some() {
            self.lent.count(ticket);
        }
        // The day of a ticket that ends with another is not the hall's.
        if !self.kept_until.contains_key(&ticket.id) {
            let measured = ticket.id >= self.measured_from;
            let day = self.days.entry(ticket.hall.clone()).or_default();
            day.count(old.as_deref(), ticket, measured);
        }
        if !ticket.state.is_active() {
            if let Some(ended) = ticket.ended_at {
                self.learn_visit(ticket, ended, ticket.state);
            }
            let standing = self.standing.remove(&ticket.id);
            let cases = self.cases.remove(&ticket.id).unwrap_or_default();
            if let Some(mut standing) = standing
                && let Some(counter) = ticket.counter.clone()
                && ticket.state == TicketState::Finished
            {
                standing.ticket = ticket.clone();
                self.just_finished.insert(counter, Ended { standing, cases });
            }
            self.tokens.remove(&ticket.token);
            self.kept_until.remove(&ticket.id);
            self.held.remove(&(ticket.hall.clone(), ticket.letter, ticket.number));
            return;
        }
        if ticket.state == TicketState::Waiting {
            self.order_of(ticket).insert(ticket.rank, ticket.id);
            self.count_waiting(ticket, true);
        }
        if let Some(counter) = ticket.counter.as_ref().filter(|_| ticket.state.is_in_hand()) {
            self.in_hand.insert(counter.clone(), ticket.id);
        }
        if old.is_none() || renumbered.is_some() {
            self.tokens.insert(ticket.token, ticket.id);
            self.held.insert((ticket.hall.clone(), ticket.letter, ticket.number));
        }
        let standing = self
            .standing
            .entry(ticket.id)
            .or_insert_with(|| Standing { ticket: ticket.clone(), happened: Vec::new() });
        standing.ticket = ticket.clone();
    }

    /// Where a finished ticket moves again, it stands as before its end.
    fn take_end_back(&mut self, ticket: &Ticket) {
        let Some(counter) = ticket.counter.as_ref().filter(|_| ticket.state.is_active()) else {
            return;
        };
        let is_it = |ended: &Ended| ended.standing.ticket.id == ticket.id;
        if !self.just_finished.get(counter).is_some_and(is_it) {
            return;
        }
        if let Some(Ended { standing, cases }) = self.just_finished.remove(counter) {
            self.tokens.insert(ticket.token, ticket.id);
            self.held.insert((ticket.hall.clone(), ticket.letter, ticket.number));
            self.cases.insert(ticket.id, cases);
            self.standing.insert(ticket.id, standing);
        }
    }

    fn count_waiting(&mut self, ticket: &Ticket, joins: bool) {
        let line = self.work.entry((ticket.hall.clone(), ticket.line.clone())).or_default();
        let people = line.entry(ticket.matter.clone()).or_default();
        *people = if joins { *people + 1 } else { people.saturating_sub(1) };
    }

    /// Learns how long a visit occupies its counter: from the call until the ticket
    /// leaves it, without the time on hold.
    fn learn_visit(&mut self, ticket: &Ticket, at: Millis, state: TicketState) {
        if state.is_in_hand() {
            self.visits.entry(ticket.id).or_default().go_on(at);
        } else if state == TicketState::OnHold {
            self.visits.entry(ticket.id).or_default().pause(at);
        } else if let Some(visit) = self.visits.remove(&ticket.id) {
            let (setup, kept) = (self.setup.clone(), visit.length(at));
            self.paces.learn(&setup.setup, &ticket.hall, &ticket.matter, kept);
        }
    }

    fn order_of(&mut self, ticket: &Ticket) -> &mut Order {
        match &ticket.reserved_for {
            Some(counter) => self.reserved.entry(counter.clone()).or_default(),
            None => self.lines.entry((ticket.hall.clone(), ticket.line.clone())).or_default(),
        }
    }

    fn append_event(&mut self, event: &Event) {
        let EventKind::Ticket(kind) = event.kind else {
            return;
        };
        let Some(id) = event.ticket else { return };
        let Some(standing) = self.standing.get_mut(&id) else {
            let mut ended = self.just_finished.values_mut();
            if let Some(ended) = ended.find(|ended| ended.standing.ticket.id == id) {
                ended.standing.happened.push((event.at, kind));
            }
            return;
        };
        let ticket = standing.ticket.clone();
        standing.happened.push((ticket.happened_at(kind, event.at), kind));
        if let Some(state) = kind.state_after() {
            self.learn_visit(&ticket, event.at, state);
        }
        if kind.is_call()
            && let Some(counter) = &ticket.counter
        {
            let called = Called {
                seq: event.id,
                ticket: ticket.id,
                number: ticket.label(),
                counter: counter.clone(),
                at: event.at,
            };
            self.remember_call(&event.hall, called);
        }
    }

    /// Adds a call to those the display shows. The oldest drops out, but never one whose
    /// visitor has not come yet.
    pub fn remember_call(&mut self, hall: &HallId, called: Called) {
        let mut calls = self.calls.remove(hall).unwrap_or_default();
        // Called again: the earlier call says nothing more.
        calls.retain(|known| (known.ticket, &known.counter) != (called.ticket, &called.counter));
        calls.push_front(called);
        while calls.len() > CALLS_KEPT {
            let Some(over) = calls.iter().rposition(|call| !self.is_open(call)) else { break };
            calls.remove(over);
        }
        self.calls.insert(hall.clone(), calls);
    }

    /// Whether the visitor of a call has not come yet, and was not called elsewhere since.
    pub fn is_open(&self, called: &Called) -> bool {
        self.standing.get(&called.ticket).is_some_and(|standing| {
            standing.ticket.state == TicketState::Called
                && standing.ticket.counter.as_ref() == Some(&called.counter)
        })
    }

    /// Adds an event of a ticket from before the live state was loaded.
    pub fn remember_happened(&mut self, ticket: TicketId, at: Millis, kind: TicketEvent) {
        if let Some(standing) = self.standing.get_mut(&ticket) {
            let ticket = standing.ticket.clone();
            standing.happened.push((ticket.happened_at(kind, at), kind));
            if let Some(state) = kind.state_after() {
                self.learn_visit(&ticket, at, state);
            }
        }
    }

    /// Counts a ticket that ended before the live state was loaded.
    pub fn count_ended(&mut self, ticket: &Ticket) {
        let measured = ticket.id >= self.measured_from;
        self.lent.count(ticket);
        self.days.entry(ticket.hall.clone()).or_default().count(None, ticket, measured);
    }

    /// A ticket that ends with another business day than the one it was taken on.
    pub fn keep_until(&mut self, ticket: TicketId, day: String) {
        self.kept_until.insert(ticket, day);
    }

    /// The waits of tickets before this one are not known.
    pub fn not_measured_before(&mut self, ticket: TicketId) {
        self.measured_from = ticket;
    }

    /// Adds a finished ticket whose end may still be taken back, with its events.
    pub fn remember_finished(&mut self, ticket: Ticket, happened: Vec<(Millis, TicketEvent)>) {
        if let Some(counter) = ticket.counter.clone() {
            let standing = Standing { ticket: Arc::new(ticket), happened };
            self.just_finished.insert(counter, Ended { standing, cases: Vec::new() });
        }
    }

    /// Learns from a visit that ended before the live state was loaded.
    pub fn learn(&mut self, ticket: &Ticket) {
        let setup = self.setup.clone();
        self.paces.learn_from(&setup.setup, ticket);
    }

    /// Removes slips older than an instant. Their rows stay.
    pub fn forget_jobs(&mut self, before: Millis) {
        self.jobs.retain(|_, job| job.at >= before);
        self.document_prints.retain(|_, print| print.at >= before - PRINTS_COUNTED);
    }

    /// The numbers that terminals may give by themselves.
    pub fn lent(&self) -> &LentNumbers {
        &self.lent
    }

    /// The terminals that have a key, or had one.
    pub fn keyed_terminals(&self) -> &KeyedTerminals {
        &self.keyed
    }

    /// What is wrong with terminals now.
    pub fn alerts(&self) -> &Alerts {
        &self.alerts
    }

    /// The last alert that there was.
    pub fn last_alert(&mut self, id: i64) {
        self.alerts.set_last(id);
    }

    /// Forgets numbers that were lent for days before this one. Their rows go too.
    pub fn forget_lent(&mut self, before: &str) {
        self.lent.forget_before(before);
    }

    /// Removes sessions that are over.
    pub fn forget_sessions(&mut self, now: Millis) {
        self.sessions.retain(|_, session| session.ends_at > now);
    }

    /// Adds a case opened from a ticket that can still move.
    pub fn remember_case(&mut self, ticket: TicketId, case: CaseId, number: String) {
        if self.standing.contains_key(&ticket) {
            let cases = self.cases.entry(ticket).or_default();
            if !cases.iter().any(|(known, _)| *known == case) {
                cases.push((case, number));
            }
        }
    }
}
