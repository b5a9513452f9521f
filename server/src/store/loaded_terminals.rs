//! Rows of terminals become what the live state has of them.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use super::StoreError;
use super::rows::unreadable;
use crate::change::Change;
use crate::change::terminals::{LentBlock, TerminalChange};
use crate::live_state::LiveState;

/// Loads what the live state has of terminals. Before tickets: they count in blocks. A block
/// that cannot be read costs its visitors another number, and does not stop the hall.
pub(super) async fn load(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<Vec<String>, StoreError> {
    let blocks = sqlx::query("SELECT hall, day, letter, first, kiosk, store, at FROM lent_numbers")
        .fetch_all(rows)
        .await?;
    let mut set_aside = Vec::new();
    for row in &blocks {
        match block(row) {
            Ok(block) => live_state.apply(&Change::Terminal(TerminalChange::Lent(block))),
            Err(error) => set_aside.push(format!("table lent_numbers: {error}")),
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
