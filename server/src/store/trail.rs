//! The walk along the trail: `jiban check`.

use std::collections::HashMap;

use futures::TryStreamExt;
use jiban_domain::chain::{self, Link};
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CaseId, Millis, TicketId};
use serde::Deserialize;
use sqlx::Row;

use super::cases;
use super::rows::{self, hash, ticket_columns};
use super::{Reader, StoreError};
use crate::change::EventKind;

/// What the walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// Every row is as it was written.
    Whole {
        /// Events walked.
        events: u64,
        /// Tickets compared.
        tickets: u64,
        /// Cases compared.
        cases: u64,
    },
    /// The first row that is not as it was written.
    Broken {
        /// `events` or `tickets`.
        table: &'static str,
        /// Its id.
        row: i64,
        /// What is wrong with it.
        what: String,
    },
}

impl Reader {
    /// Walks the trail from its first event, and compares each ticket with what
    /// its events tell: where it stands, number, hall, line, matter, class, and
    /// when it was taken. Events cut off at the very end of the trail, with
    /// their tickets, leave nothing to compare: keep the last link elsewhere to
    /// see that too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn walk(&self) -> Result<Walked, StoreError> {
        // One connection, one transaction: a server may be writing meanwhile.
        let mut look = self.pool.begin().await?;
        let mut before: Link = chain::START;
        let mut expected = 1;
        let mut told = Told::default();
        {
            let mut events = sqlx::query(
                "SELECT id, at, kind, hall, ticket, by, detail, link, case_id FROM events \
                 ORDER BY id",
            )
            .fetch(&mut *look);
            while let Some(row) = events.try_next().await? {
                let id: i64 = row.try_get(0)?;
                let broken = |row, what: &str| Walked::Broken {
                    table: "events",
                    row,
                    what: what.to_owned(),
                };
                if id != expected {
                    return Ok(broken(expected, "is missing"));
                }
                let (kind, hall): (String, String) = (row.try_get(2)?, row.try_get(3)?);
                let (ticket, case): (Option<i64>, Option<i64>) = (row.try_get(4)?, row.try_get(8)?);
                let (by, detail): (String, String) = (row.try_get(5)?, row.try_get(6)?);
                let link = chain::link(
                    &before,
                    &chain::Event {
                        id,
                        at: row.try_get(1)?,
                        kind: &kind,
                        hall: &hall,
                        ticket: ticket.map(TicketId),
                        case: case.map(CaseId),
                        by: &by,
                        detail: &detail,
                    },
                );
                if row.try_get::<Vec<u8>, _>(7)? != link {
                    return Ok(broken(id, "is not as it was written"));
                }
                if let Some(case) = case {
                    told.hear_of_case(case, &detail);
                }
                if let (Some(ticket), Some(kind)) = (ticket, EventKind::parse(&kind)) {
                    told.hear(ticket, kind, &hall, row.try_get(1)?, &detail);
                }
                before = link;
                expected += 1;
            }
        }
        let mut tickets = 0;
        let mut rows =
            sqlx::query(concat!("SELECT ", ticket_columns!(), " FROM tickets t ORDER BY t.id"))
                .fetch(&mut *look);
        while let Some(row) = rows.try_next().await? {
            let ticket = rows::ticket(&row)?;
            let row = ticket.id.0;
            match told.tickets.remove(&row) {
                Some(told) if told == Known::of(&ticket) => tickets += 1,
                Some(_) => {
                    let what = "is not as its events tell".to_owned();
                    return Ok(Walked::Broken { table: "tickets", row, what });
                }
                None => {
                    let what = "has no event that made it".to_owned();
                    return Ok(Walked::Broken { table: "tickets", row, what });
                }
            }
        }
        if let Some(missing) = told.tickets.keys().min() {
            return Ok(Walked::Broken {
                table: "tickets",
                row: *missing,
                what: "is missing, but events tell of it".to_owned(),
            });
        }
        drop(rows);
        let cases = match cases::compare(&mut look, told.cases).await? {
            Ok(cases) => cases,
            Err((row, what)) => return Ok(Walked::Broken { table: "cases", row, what }),
        };
        Ok(Walked::Whole { events: (expected - 1).unsigned_abs(), tickets, cases })
    }
}

/// What events tell of every ticket.
#[derive(Default)]
struct Told {
    tickets: HashMap<i64, Known>,
    /// What the last event of each case says of its document.
    cases: HashMap<i64, u64>,
}

/// What is compared of a ticket: where it stands, and, hashed, what it is and
/// the line it is in. A million of them are held at once.
#[derive(PartialEq, Eq)]
struct Known {
    state: TicketState,
    line: u64,
    issued: u64,
}

impl Known {
    fn of(ticket: &Ticket) -> Self {
        let issued = (
            ticket.hall.as_str(),
            ticket.label(),
            ticket.matter.as_str(),
            ticket.priority.as_str(),
            ticket.issued_at,
        );
        Self { state: ticket.state, line: hash(&ticket.line.as_str()), issued: hash(&issued) }
    }
}

#[derive(Deserialize)]
struct IssuedDetail {
    number: String,
    line: String,
    matter: String,
    priority: String,
}

#[derive(Deserialize)]
struct TransferredDetail {
    line: Option<String>,
}

#[derive(Deserialize)]
struct DocumentDetail {
    document: Option<String>,
}

impl Told {
    fn hear_of_case(&mut self, case: i64, detail: &str) {
        if let Ok(DocumentDetail { document: Some(document) }) = serde_json::from_str(detail) {
            self.cases.insert(case, hash(&document));
        }
    }

    fn hear(&mut self, ticket: i64, kind: EventKind, hall: &str, at: Millis, detail: &str) {
        if kind == EventKind::TicketIssued
            && let Ok(IssuedDetail { number, line, matter, priority }) =
                serde_json::from_str(detail)
        {
            let issued = hash(&(hall, number, matter.as_str(), priority.as_str(), at));
            let line = hash(&line.as_str());
            self.tickets.insert(ticket, Known { state: TicketState::Waiting, line, issued });
        }
        let Some(known) = self.tickets.get_mut(&ticket) else {
            return;
        };
        if let Some(state) = state_after(kind) {
            known.state = state;
        }
        if kind == EventKind::TicketTransferred
            && let Ok(TransferredDetail { line: Some(line) }) = serde_json::from_str(detail)
        {
            known.line = hash(&line.as_str());
        }
    }
}

/// Where a ticket stands after an event; none where the event moves none.
const fn state_after(kind: EventKind) -> Option<TicketState> {
    Some(match kind {
        EventKind::TicketIssued | EventKind::TicketTransferred | EventKind::TicketReinstated => {
            TicketState::Waiting
        }
        EventKind::TicketCalled | EventKind::TicketRecalled => TicketState::Called,
        EventKind::TicketBegun | EventKind::TicketResumed => TicketState::Serving,
        EventKind::TicketHeld => TicketState::OnHold,
        EventKind::TicketFinished => TicketState::Finished,
        EventKind::TicketMissed => TicketState::Missed,
        EventKind::TicketCancelled => TicketState::Cancelled,
        _ => return None,
    })
}
