//! A unit of work: what one command changes, before any of it is written.

use std::sync::Arc;

use jiban_domain::booking::BookingId;
use jiban_domain::case::{Case, CaseNumber, CaseRefusal};
use jiban_domain::draft::DraftRefusal;
use jiban_domain::event::EventKind;
use jiban_domain::hall_clock::ClockDoubt;
use jiban_domain::setup::{Counter, Hall, Kiosk, Setup};
use jiban_domain::ticket::Moved;
use jiban_domain::{CaseId, CounterId, DraftId, HallId, KioskId, Millis, Refusal, TicketId};
use jiff::civil::Date;
use serde::Serialize;

use super::prefetch::Prefetched;
use crate::change::{Change, Event, SetupVersion};
use crate::live_state::LiveState;
use crate::store::{Next, StoredDraft};

/// The writer's live state, and the changes made to it so far. A change is
/// applied to the live state at once, so that the next command of the same
/// batch sees it.
pub struct UnitOfWork<'a> {
    live_state: &'a mut LiveState,
    prefetched: &'a mut Prefetched,
    next: &'a mut Next,
    changes: &'a mut Vec<Change>,
    instant: Instant,
}

/// When a command is decided.
#[derive(Debug, Clone, Copy)]
pub struct Instant {
    pub now: Millis,
    /// By [`crate::clock::HallTime::steady`].
    pub steady: Millis,
    /// Why the machine's clock is not believed, if it is not.
    pub doubt: Option<ClockDoubt>,
}

impl<'a> UnitOfWork<'a> {
    pub(super) fn new(
        live_state: &'a mut LiveState,
        prefetched: &'a mut Prefetched,
        next: &'a mut Next,
        changes: &'a mut Vec<Change>,
        instant: Instant,
    ) -> Self {
        Self { live_state, prefetched, next, changes, instant }
    }

    /// What was fetched for this command.
    pub fn prefetched(&self) -> &Prefetched {
        self.prefetched
    }

    /// A case that was fetched for this command.
    pub fn case(&self, id: CaseId) -> Result<&Case, Refusal> {
        Ok(self.prefetched.cases.get(&id).ok_or(CaseRefusal::UnknownCase)?)
    }

    /// The instant of the command.
    pub fn now(&self) -> Millis {
        self.instant.now
    }

    /// The same by what measures things that are kept in memory only.
    pub fn steady(&self) -> Millis {
        self.instant.steady
    }

    /// Why the machine's clock is not believed, if it is not.
    pub fn doubt(&self) -> Option<&ClockDoubt> {
        self.instant.doubt.as_ref()
    }

    /// Refuses what would be given a date while nobody knows it.
    ///
    /// # Errors
    /// [`Refusal::ClockInDoubt`].
    pub fn require_date(&self) -> Result<(), Refusal> {
        let unknown = self.doubt().is_some_and(|doubt| !doubt.known);
        if unknown { Err(Refusal::ClockInDoubt) } else { Ok(()) }
    }

    /// The live state with the changes made so far.
    pub fn live_state(&self) -> &LiveState {
        self.live_state
    }

    /// Makes a change.
    pub fn put(&mut self, change: Change) {
        self.live_state.apply(&change);
        self.changes.push(change);
    }

    /// Puts a ticket as a move left it, and appends the move's event.
    pub fn move_ticket(&mut self, moved: Moved, by: &str) {
        let Moved { ticket, event, detail } = moved;
        let (hall, id) = (ticket.hall.clone(), ticket.id);
        self.put(Change::Ticket(Arc::new(ticket)));
        self.append_event(event, hall, About::Ticket(id), by, &detail);
    }

    /// Appends an event to the trail. `by` is a clerk, a kiosk, or empty for the
    /// program itself; `detail` is a JSON object.
    pub fn append_event(
        &mut self,
        kind: impl Into<EventKind>,
        hall: HallId,
        about: About,
        by: &str,
        detail: &impl Serialize,
    ) {
        let (ticket, case) = match about {
            About::Hall => (None, None),
            About::Ticket(id) => (Some(id), None),
            About::Case(id) => (None, Some(id)),
        };
        let id = self.next.event;
        self.next.event += 1;
        let event = Event {
            id,
            at: self.instant.now,
            kind: kind.into(),
            hall,
            ticket,
            case,
            by: by.to_owned(),
            // Details are of our own shapes, which JSON can hold.
            detail: serde_json::to_string(detail).unwrap_or_default(),
        };
        self.put(Change::Event(event));
    }

    /// The row of a new ticket.
    pub fn ticket_id(&mut self) -> TicketId {
        self.next.ticket += 1;
        TicketId(self.next.ticket - 1)
    }

    /// The row that the next ticket will have: larger than any so far.
    pub fn next_ticket(&self) -> TicketId {
        TicketId(self.next.ticket)
    }

    /// The row of a new slip.
    pub fn job_id(&mut self) -> i64 {
        self.next.job += 1;
        self.next.job - 1
    }

    /// The row of a new case.
    pub fn case_id(&mut self) -> CaseId {
        self.next.case += 1;
        CaseId(self.next.case - 1)
    }

    /// The row of a new booking.
    pub fn booking_id(&mut self) -> BookingId {
        self.next.booking += 1;
        BookingId(self.next.booking - 1)
    }

    /// The row of a new draft.
    pub fn draft_id(&mut self) -> DraftId {
        self.next.draft += 1;
        DraftId(self.next.draft - 1)
    }

    /// A draft that was fetched for this command.
    pub fn draft(&self, id: DraftId) -> Result<&StoredDraft, Refusal> {
        Ok(self.prefetched.drafts.get(&id).ok_or(DraftRefusal::UnknownDraft)?)
    }

    /// The number of a new case. A day that is over, here or in a hall further
    /// east, does not begin again.
    pub fn case_number(&mut self, today: Date) -> CaseNumber {
        if today > self.next.case_day {
            self.next.case_day = today;
            self.next.cases_today = 0;
        }
        self.next.cases_today += 1;
        CaseNumber::new(self.next.case_day, self.next.cases_today)
    }

    /// The number the next event will have: larger than any so far.
    pub fn event_id(&self) -> i64 {
        self.next.event
    }
}

impl UnitOfWork<'_> {
    /// The setup now in force; shared, so that the unit of work can still change.
    pub fn setup(&self) -> Arc<SetupVersion> {
        self.live_state.setup().clone()
    }
}

/// What an event is about, beside its hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing more; the hall may be empty where it concerns all.
    Hall,
    Ticket(TicketId),
    Case(CaseId),
}

/// A kiosk and its hall.
pub fn kiosk<'a>(setup: &'a Setup, id: &KioskId) -> Result<(&'a Hall, &'a Kiosk), Refusal> {
    setup.kiosk(id).ok_or(Refusal::UnknownKiosk)
}

/// A counter and its hall.
pub fn counter<'a>(setup: &'a Setup, id: &CounterId) -> Result<(&'a Hall, &'a Counter), Refusal> {
    setup.counter(id).ok_or(Refusal::UnknownCounter)
}
