//! Rows of terminals become what the live state has of them.

use std::sync::Arc;

use jiban_domain::terminal_alert::AlertKind;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use super::StoreError;
use super::rows::{has_table, unreadable};
use crate::change::Change;
use crate::change::terminals::{Alert, KeyHash, KeyedTerminal, LentBlock, TerminalChange};
use crate::live_state::LiveState;

/// Loads what the live state has of terminals. Before tickets: they count in blocks. A block
/// that cannot be read costs its visitors another number, and does not stop the hall.
pub(super) async fn load(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<Vec<String>, StoreError> {
    for table in ["lent_numbers", "terminals", "alerts"] {
        if !has_table(&mut *rows, table).await? {
            return Ok(Vec::new());
        }
    }
    let blocks = sqlx::query("SELECT hall, day, letter, first, kiosk, store, at FROM lent_numbers")
        .fetch_all(&mut *rows)
        .await?;
    let terminals = sqlx::query(
        "SELECT id, kiosk, key, next_key, paired_at, by, revoked_at, run, replaced FROM terminals",
    )
    .fetch_all(&mut *rows)
    .await?;
    let mut set_aside = alerts(rows, live_state).await?;
    for row in &blocks {
        match block(row) {
            Ok(block) => live_state.apply(&Change::Terminal(TerminalChange::Lent(block))),
            Err(error) => set_aside.push(format!("table lent_numbers: {error}")),
        }
    }
    for row in &terminals {
        match keyed_row(row) {
            Ok(terminal) => {
                live_state.apply(&Change::Terminal(TerminalChange::Keyed(Arc::new(terminal))));
            }
            // Its terminal has to be paired again.
            Err(error) => set_aside.push(format!("table terminals: {error}")),
        }
    }
    Ok(set_aside)
}

fn block(row: &SqliteRow) -> Result<LentBlock, StoreError> {
    let letter: String = row.try_get(2)?;
    Ok(LentBlock {
        hall: row.try_get::<String, _>(0)?.as_str().into(),
        day: row.try_get(1)?,
        letter: letter.chars().next().ok_or_else(|| unreadable("lent_numbers.letter is empty"))?,
        first: row.try_get(3)?,
        kiosk: row.try_get::<String, _>(4)?.as_str().into(),
        store: store(row.try_get(5)?)?,
        at: row.try_get(6)?,
    })
}

pub(super) fn store(bytes: Vec<u8>) -> Result<Uuid, StoreError> {
    Uuid::from_slice(&bytes).map_err(|_| unreadable("a store's id is not 16 bytes"))
}

fn keyed_row(row: &SqliteRow) -> Result<KeyedTerminal, StoreError> {
    let hash = |bytes: Vec<u8>| {
        KeyHash::try_from(bytes).map_err(|_| unreadable("a key's hash is not 32 bytes"))
    };
    let run = row.try_get::<Option<Vec<u8>>, _>(7)?;
    let replaced = row.try_get::<String, _>(8)?;
    let replaced = replaced.split_whitespace().map(str::parse).collect::<Result<_, _>>();
    Ok(KeyedTerminal {
        id: row.try_get(0)?,
        kiosk: row.try_get::<String, _>(1)?.as_str().into(),
        key: hash(row.try_get(2)?)?,
        next_key: row.try_get::<Option<Vec<u8>>, _>(3)?.map(hash).transpose()?,
        paired_at: row.try_get(4)?,
        by: row.try_get(5)?,
        revoked_at: row.try_get(6)?,
        run: run.map(store).transpose()?,
        replaced: replaced.map_err(|_| unreadable("terminals.replaced"))?,
    })
}

/// Loads the alerts that are not over.
async fn alerts(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<Vec<String>, StoreError> {
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM alerts").fetch_one(&mut *rows).await?;
    live_state.last_alert(last);
    let open = sqlx::query(
        "SELECT id, kiosk, kind, begun_at, ended_at FROM alerts WHERE ended_at IS NULL",
    )
    .fetch_all(rows)
    .await?;
    let mut set_aside = Vec::new();
    for row in &open {
        match alert(row) {
            Ok(alert) => live_state.apply(&Change::Terminal(TerminalChange::Alert(alert))),
            // It begins anew, if it is still so.
            Err(error) => set_aside.push(format!("table alerts: {error}")),
        }
    }
    Ok(set_aside)
}

pub(super) fn alert(row: &SqliteRow) -> Result<Alert, StoreError> {
    let kind: String = row.try_get(2)?;
    Ok(Alert {
        id: row.try_get(0)?,
        kiosk: row.try_get::<String, _>(1)?.as_str().into(),
        kind: kind.parse::<AlertKind>().map_err(|_| unreadable(&format!("alerts.kind {kind}")))?,
        begun_at: row.try_get(3)?,
        ended_at: row.try_get(4)?,
    })
}
