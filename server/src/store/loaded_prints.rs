//! What people printed by themselves, as it is read at the start. Apart from
//! [`super::document_prints`], whose readers need what the start has read.

use std::sync::Arc;

use jiban_domain::{CaseId, Millis};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use super::StoreError;
use super::rows::{has_table, job_state, unreadable};
use crate::change::{Change, DocumentPrint};
use crate::live_state::LiveState;

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// The prints of the last two days, which are counted and may still move.
pub(super) async fn load(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    if !has_table(&mut *rows, "document_prints").await? {
        return Ok(Vec::new());
    }
    let found = sqlx::query(
        "SELECT id, request, digest, hall, kiosk, day, kind, case_id, statement, person, proof, \
         pages, came_out, state, printer, at, changed_at FROM document_prints WHERE at > $1",
    )
    .bind(now - 2 * DAY_MS)
    .fetch_all(rows)
    .await?;
    let mut set_aside = Vec::new();
    for row in &found {
        match print(row) {
            Ok(print) => live_state.apply(&Change::DocumentPrint(Arc::new(print))),
            Err(error) => {
                let id: i64 = row.try_get(0).unwrap_or_default();
                set_aside.push(format!("table document_prints, row {id}: {error}"));
            }
        }
    }
    Ok(set_aside)
}

fn print(row: &SqliteRow) -> Result<DocumentPrint, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let wrong = |column: &str| unreadable(&format!("document_prints.{column}"));
    let bytes = |column: usize| row.try_get::<Vec<u8>, _>(column);
    let person: Option<Vec<u8>> = row.try_get(9)?;
    let day = text(5)?;
    Ok(DocumentPrint {
        id: row.try_get(0)?,
        request: Uuid::from_slice(&bytes(1)?).map_err(|_| wrong("request"))?,
        digest: bytes(2)?.try_into().map_err(|_| wrong("digest"))?,
        hall: text(3)?.as_str().into(),
        kiosk: text(4)?.as_str().into(),
        day: day.parse().map_err(|_| wrong("day"))?,
        kind: text(6)?.parse().map_err(|_| wrong("kind"))?,
        case: row.try_get::<Option<i64>, _>(7)?.map(CaseId),
        statement: row.try_get::<Option<String>, _>(8)?.as_deref().map(Into::into),
        person: person.map(|key| key.try_into().map_err(|_| wrong("person"))).transpose()?,
        proof: text(10)?,
        pages: row.try_get(11)?,
        came_out: row.try_get(12)?,
        state: job_state(&text(13)?)?,
        printer: text(14)?.parse().map_err(|_| wrong("printer"))?,
        at: row.try_get(15)?,
        changed_at: row.try_get(16)?,
    })
}
