//! A work of changes: what one command makes of the live state, before any of it
//! is written.

use std::sync::Arc;

use jiban_domain::case::{Case, CaseNumber, CaseRefusal};
use jiban_domain::setup::{Counter, Hall, Kiosk, Line, Matter, Setup};
use jiban_domain::ticket::Ticket;
use jiban_domain::{
    CaseId, ClerkId, CounterId, HallId, KioskId, LineId, MatterId, Millis, Refusal, TicketId,
};
use jiff::civil::Date;
use serde_json::Value;

use super::prefetch::Prefetched;
use crate::change::{Change, Event, EventKind, SetupVersion};
use crate::live_state::{LiveState, Standing};
use crate::store::Next;

/// The live state as the writer has it, and the changes made to it so far. A change
/// shows on the live state at once, so that the next command of the same batch
/// sees it.
pub struct UnitOfWork<'a> {
    live_state: &'a mut LiveState,
    prefetched: &'a mut Prefetched,
    next: &'a mut Next,
    changes: &'a mut Vec<Change>,
    now: Millis,
}

impl<'a> UnitOfWork<'a> {
    /// A work upon a live state.
    pub(super) fn new(
        live_state: &'a mut LiveState,
        prefetched: &'a mut Prefetched,
        next: &'a mut Next,
        changes: &'a mut Vec<Change>,
        now: Millis,
    ) -> Self {
        Self { live_state, prefetched, next, changes, now }
    }

    /// What was fetched for this command.
    pub fn prefetched(&self) -> &Prefetched {
        self.prefetched
    }

    /// A case that was fetched for this command.
    pub fn case(&self, id: CaseId) -> Result<&Case, Refusal> {
        Ok(self.prefetched.cases.get(&id).ok_or(CaseRefusal::UnknownCase)?)
    }

    /// When this happens.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// The live state as it is by now.
    pub fn live_state(&self) -> &LiveState {
        self.live_state
    }

    /// Makes a change.
    pub fn put(&mut self, change: Change) {
        self.live_state.apply(&change);
        self.changes.push(change);
    }

    /// Puts a ticket as it is from now on, and what happened to it.
    pub fn move_ticket(&mut self, ticket: Ticket, kind: EventKind, by: &str, detail: &Value) {
        let (hall, id) = (ticket.hall.clone(), ticket.id);
        self.put(Change::Ticket(Arc::new(ticket)));
        self.happen(kind, hall, Some(id), by, detail);
    }

    /// Tells the trail.
    pub fn happen(
        &mut self,
        kind: EventKind,
        hall: HallId,
        ticket: Option<TicketId>,
        by: &str,
        detail: &Value,
    ) {
        self.tell(kind, hall, (ticket, None), by, detail);
    }

    /// Tells the trail of a ticket, a case, or neither.
    pub fn tell(
        &mut self,
        kind: EventKind,
        hall: HallId,
        (ticket, case): (Option<TicketId>, Option<CaseId>),
        by: &str,
        detail: &Value,
    ) {
        let id = self.next.event;
        self.next.event += 1;
        self.next.last_at = self.now;
        let event = Event {
            id,
            at: self.now,
            kind,
            hall,
            ticket,
            case,
            by: by.to_owned(),
            detail: detail.to_string(),
        };
        self.put(Change::Event(event));
    }

    /// The row of a new ticket.
    pub fn ticket_id(&mut self) -> TicketId {
        self.next.ticket += 1;
        TicketId(self.next.ticket - 1)
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

    /// A ticket that can still move.
    pub fn standing(&self, id: TicketId) -> Result<&Standing, Refusal> {
        self.live_state.standing(id).ok_or(Refusal::UnknownTicket)
    }
}

impl UnitOfWork<'_> {
    /// The halls as described now; shared, so that the work stays free to change.
    pub fn setup(&self) -> Arc<SetupVersion> {
        self.live_state.setup().clone()
    }
}

/// A kiosk and its hall.
pub fn kiosk<'a>(setup: &'a Setup, id: &KioskId) -> Result<(&'a Hall, &'a Kiosk), Refusal> {
    setup.kiosk(id).ok_or(Refusal::UnknownKiosk)
}

/// A counter and its hall.
pub fn counter<'a>(setup: &'a Setup, id: &CounterId) -> Result<(&'a Hall, &'a Counter), Refusal> {
    setup.counter(id).ok_or(Refusal::UnknownCounter)
}

/// A matter of a hall.
pub fn matter<'a>(hall: &'a Hall, id: &MatterId) -> Result<&'a Matter, Refusal> {
    hall.matter(id).ok_or(Refusal::UnknownMatter)
}

/// A line of a hall.
pub fn line<'a>(hall: &'a Hall, id: &LineId) -> Result<&'a Line, Refusal> {
    hall.line(id).ok_or(Refusal::UnknownLine)
}

/// Who works at a counter: what a verb prefetch to know of the one who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtCounter {
    /// Who.
    pub clerk: ClerkId,
    /// Where.
    pub counter: CounterId,
}
