//! The check of the trail: `jiban check`.

use std::collections::HashMap;

use futures::TryStreamExt;
use jiban_domain::chain::{self, Link};
use jiban_domain::event::{EventKind, TicketEvent};
use jiban_domain::ticket::detail::{Issued, Renumbered, Transferred};
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CaseId, HallId, Millis, TicketId};
use serde::Deserialize;
use sqlx::Row;

use super::cases;
use super::covered::Covered;
use super::fingerprint::fingerprint;
use super::rows::{self, ticket_columns};
pub use super::walked::Walked;
use super::{Reader, StoreError};

impl Reader {
    /// Walks the trail from its first event, and compares each ticket with what
    /// its events say, and each row with its digest in the trail. Events cut off at the very end of the trail, with their tickets,
    /// leave nothing to compare: keep the last link elsewhere to see that too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn walk(&self) -> Result<Walked, StoreError> {
        // One connection, one transaction: a server may be writing meanwhile.
        let mut read = self.pool.begin().await?;
        let mut before: Link = chain::START;
        let mut next_id = 1;
        let mut expected = Expected::default();
        let mut covered = Covered::default();
        {
            let mut events = sqlx::query(
                "SELECT id, at, kind, hall, ticket, by, detail, link, case_id FROM events \
                 ORDER BY id",
            )
            .fetch(&mut *read);
            while let Some(row) = events.try_next().await? {
                let id: i64 = row.try_get(0)?;
                let broken = |row, what: &str| Walked::Broken {
                    table: "events",
                    row,
                    what: what.to_owned(),
                };
                if id != next_id {
                    return Ok(broken(next_id, "is missing"));
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
                    expected.read_case_event(case, &detail);
                }
                let (at, kind) = (row.try_get(1)?, EventKind::parse(&kind));
                covered.read_event((id, at), kind, case, &detail);
                if let (Some(ticket), Some(EventKind::Ticket(kind))) = (ticket, kind) {
                    expected.read_ticket_event(ticket, kind, &hall, at, &detail);
                }
                before = link;
                next_id += 1;
            }
        }
        let mut tickets = 0;
        let mut rows =
            sqlx::query(concat!("SELECT ", ticket_columns!(), " FROM tickets t ORDER BY t.id"))
                .fetch(&mut *read);
        while let Some(found) = rows.try_next().await? {
            let ticket = rows::ticket(&found)?;
            let row = ticket.id.0;
            let same = covered.ticket(row, &found)?.unwrap_or(true);
            match expected.tickets.remove(&row) {
                Some(expected) if same && expected == ExpectedTicket::of(&ticket) => tickets += 1,
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
        if let Some(missing) = expected.tickets.keys().min() {
            return Ok(Walked::Broken {
                table: "tickets",
                row: *missing,
                what: "is missing, but events tell of it".to_owned(),
            });
        }
        drop(rows);
        let cases = match cases::compare(&mut read, expected.cases).await? {
            Ok(cases) => cases,
            Err((row, what)) => return Ok(Walked::Broken { table: "cases", row, what }),
        };
        if let Some(wrong) = covered.compare(&mut read).await? {
            return Ok(wrong);
        }
        let (events, older) = ((next_id - 1).unsigned_abs(), covered.older);
        Ok(Walked::Whole { events, tickets, cases, older })
    }
}

/// What the events say every ticket and case should be.
#[derive(Default)]
struct Expected {
    tickets: HashMap<i64, ExpectedTicket>,
    /// The fingerprint of each case's document, by its last event.
    cases: HashMap<i64, u64>,
}

/// What is compared of a ticket: its state, and the fingerprints of its line
/// and of what it was issued as. A million of them are in memory at once.
#[derive(PartialEq, Eq)]
struct ExpectedTicket {
    state: TicketState,
    line: u64,
    issued: u64,
}

impl ExpectedTicket {
    fn of(ticket: &Ticket) -> Self {
        let issued =
            (&ticket.hall, &ticket.label(), &ticket.matter, ticket.priority, ticket.issued_at);
        Self { state: ticket.state, line: fingerprint(&ticket.line), issued: fingerprint(&issued) }
    }

    fn issued(hall: &HallId, detail: &Issued, at: Millis) -> Self {
        let at = detail.taken_at.unwrap_or(at);
        let issued = (hall, &detail.number, &detail.matter, detail.priority, at);
        Self {
            state: TicketState::Waiting,
            line: fingerprint(&detail.line),
            issued: fingerprint(&issued),
        }
    }
}

#[derive(Deserialize)]
struct DocumentDetail {
    document: Option<String>,
}

impl Expected {
    fn read_case_event(&mut self, case: i64, detail: &str) {
        if let Ok(DocumentDetail { document: Some(document) }) = serde_json::from_str(detail) {
            self.cases.insert(case, fingerprint(&document));
        }
    }

    fn read_ticket_event(
        &mut self,
        ticket: i64,
        kind: TicketEvent,
        hall: &str,
        at: Millis,
        detail: &str,
    ) {
        if kind == TicketEvent::Issued
            && let Ok(detail) = serde_json::from_str::<Issued>(detail)
        {
            let issued = ExpectedTicket::issued(&HallId::from(hall), &detail, at);
            self.tickets.insert(ticket, issued);
        }
        let Some(expected) = self.tickets.get_mut(&ticket) else {
            return;
        };
        if let Some(state) = kind.state_after() {
            expected.state = state;
        }
        if kind == TicketEvent::Renumbered
            && let Ok(Renumbered { issued, .. }) = serde_json::from_str(detail)
        {
            expected.issued = ExpectedTicket::issued(&HallId::from(hall), &issued, at).issued;
        }
        if kind == TicketEvent::Transferred
            && let Ok(Transferred { line: Some(line), .. }) = serde_json::from_str(detail)
        {
            expected.line = fingerprint(&line);
        }
    }
}
