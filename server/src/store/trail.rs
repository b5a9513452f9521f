//! The walk along the trail: `jiban check`.

use std::collections::HashMap;

use futures::TryStreamExt;
use jiban_domain::TicketId;
use jiban_domain::chain::{self, Link};
use jiban_domain::ticket::TicketState;
use sqlx::Row;

use super::{Reader, StoreError};
use crate::change::Kind;

/// What the walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// Every row is as it was written.
    Whole {
        /// Events walked.
        events: u64,
        /// Tickets compared.
        tickets: u64,
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
    /// Walks the trail from its first event, and compares each ticket's state
    /// with what last happened to it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn walk(&self) -> Result<Walked, StoreError> {
        // One connection, one transaction: a server may be writing meanwhile.
        let mut look = self.pool.begin().await?;
        let mut before: Link = chain::START;
        let mut expected = 1;
        let mut states: HashMap<i64, TicketState> = HashMap::new();
        {
            let mut events = sqlx::query(
                "SELECT id, at, kind, hall, ticket, by, detail, link FROM events ORDER BY id",
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
                let ticket: Option<i64> = row.try_get(4)?;
                let (by, detail): (String, String) = (row.try_get(5)?, row.try_get(6)?);
                let link = chain::link(
                    &before,
                    &chain::Event {
                        id,
                        at: row.try_get(1)?,
                        kind: &kind,
                        hall: &hall,
                        ticket: ticket.map(TicketId),
                        by: &by,
                        detail: &detail,
                    },
                );
                if row.try_get::<Vec<u8>, _>(7)? != link {
                    return Ok(broken(id, "is not as it was written"));
                }
                if let (Some(ticket), Some(state)) =
                    (ticket, Kind::parse(&kind).and_then(state_after))
                {
                    states.insert(ticket, state);
                }
                before = link;
                expected += 1;
            }
        }
        let mut tickets = 0;
        let mut rows = sqlx::query("SELECT id, state FROM tickets ORDER BY id").fetch(&mut *look);
        while let Some(row) = rows.try_next().await? {
            let (id, state): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
            let broken = |what: String| Walked::Broken { table: "tickets", row: id, what };
            match states.remove(&id) {
                Some(told) if told.as_str() == state => tickets += 1,
                Some(told) => {
                    let told = told.as_str();
                    return Ok(broken(format!("is {state}, but its events say {told}")));
                }
                None => return Ok(broken("has no event that made it".to_owned())),
            }
        }
        if let Some(missing) = states.keys().min() {
            return Ok(Walked::Broken {
                table: "tickets",
                row: *missing,
                what: "is missing, but events tell of it".to_owned(),
            });
        }
        Ok(Walked::Whole { events: (expected - 1).unsigned_abs(), tickets })
    }
}

/// Where a ticket stands after an event; none where the event moves none.
const fn state_after(kind: Kind) -> Option<TicketState> {
    Some(match kind {
        Kind::TicketIssued | Kind::TicketTransferred | Kind::TicketReinstated => {
            TicketState::Waiting
        }
        Kind::TicketCalled | Kind::TicketRecalled => TicketState::Called,
        Kind::TicketBegun | Kind::TicketResumed => TicketState::Serving,
        Kind::TicketHeld => TicketState::OnHold,
        Kind::TicketFinished => TicketState::Finished,
        Kind::TicketMissed => TicketState::Missed,
        Kind::TicketCancelled => TicketState::Cancelled,
        _ => return None,
    })
}
