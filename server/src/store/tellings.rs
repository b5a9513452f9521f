//! What applicants are to be told: written with the event that calls for it, read by whoever
//! sends or calls.

use jiban_domain::case::{TellingState, ToldBy};
use jiban_domain::{CaseId, Millis};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::rows::unreadable;
use super::statements::{Statements, insert};
use super::{Reader, StoreError};
use crate::change::Telling;

/// How many of a list are shown.
const SHOWN: i64 = 200;

pub(super) fn tellings(statements: &mut Statements, tellings: &[&Telling]) {
    insert(
        statements,
        "tellings (id, case_id, hall, why, way, state, at, tries, next_at, changed_at, by) ",
        tellings,
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, tries = excluded.tries, \
         next_at = excluded.next_at, changed_at = excluded.changed_at, by = excluded.by",
        |mut row, telling| {
            row.push_bind(telling.id)
                .push_bind(telling.case.0)
                .push_bind(telling.hall.as_str())
                .push_bind(telling.why.into_str())
                .push_bind(way(telling.way))
                .push_bind(telling.state.into_str())
                .push_bind(telling.at)
                .push_bind(telling.tries)
                .push_bind(telling.next_at)
                .push_bind(telling.changed_at)
                .push_bind(&telling.by);
        },
    );
}

const fn way(way: ToldBy) -> &'static str {
    match way {
        ToldBy::Message => "message",
        ToldBy::Call | ToldBy::Page => "call",
    }
}

fn telling(row: &SqliteRow) -> Result<Telling, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let (why, state) = (text(3)?, text(5)?);
    Ok(Telling {
        id: row.try_get(0)?,
        case: CaseId(row.try_get(1)?),
        hall: text(2)?.as_str().into(),
        why: why.parse().map_err(|_| unreadable(&format!("tellings.why {why}")))?,
        way: if text(4)? == "message" { ToldBy::Message } else { ToldBy::Call },
        state: state.parse().map_err(|_| unreadable(&format!("tellings.state {state}")))?,
        at: row.try_get(6)?,
        tries: row.try_get(7)?,
        next_at: row.try_get(8)?,
        changed_at: row.try_get(9)?,
        by: text(10)?,
    })
}

impl Reader {
    /// One, by its id.
    pub async fn telling(&self, id: i64) -> Result<Option<Telling>, StoreError> {
        let found = sqlx::query(
            "SELECT id, case_id, hall, why, way, state, at, tries, next_at, changed_at, by \
             FROM tellings WHERE id = $1",
        );
        found.bind(id).fetch_optional(&self.pool).await?.as_ref().map(telling).transpose()
    }

    /// Messages whose time has come, the oldest first.
    pub async fn messages_to_send(&self, now: Millis) -> Result<Vec<Telling>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, case_id, hall, why, way, state, at, tries, next_at, changed_at, by \
             FROM tellings WHERE state = 'waiting' AND way = 'message' AND next_at <= $1 \
             ORDER BY next_at, id LIMIT 50",
        );
        let rows = rows.bind(now).fetch_all(&self.pool).await?;
        rows.iter().map(telling).collect()
    }

    /// Those to do, the oldest first, then the last ones that are done.
    pub async fn tellings(&self) -> Result<Vec<Telling>, StoreError> {
        let open = sqlx::query(
            "SELECT id, case_id, hall, why, way, state, at, tries, next_at, changed_at, by \
             FROM tellings WHERE state IN ('waiting', 'failed') ORDER BY id LIMIT $1",
        );
        let done = sqlx::query(
            "SELECT id, case_id, hall, why, way, state, at, tries, next_at, changed_at, by \
             FROM tellings WHERE state NOT IN ('waiting', 'failed') ORDER BY id DESC LIMIT $1",
        );
        let mut rows = open.bind(SHOWN).fetch_all(&self.pool).await?;
        rows.extend(done.bind(SHOWN / 4).fetch_all(&self.pool).await?);
        rows.iter().map(telling).collect()
    }
}

impl Telling {
    /// Whether somebody has to call: nothing sends messages here, or it could not be sent.
    pub fn is_to_call(&self, sends_messages: bool) -> bool {
        match self.state {
            TellingState::Failed => true,
            TellingState::Waiting => self.way == ToldBy::Call || !sends_messages,
            TellingState::Sent | TellingState::Called | TellingState::Dropped => false,
        }
    }
}
