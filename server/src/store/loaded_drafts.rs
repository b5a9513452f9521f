//! Drafts that the hall has in hand, loaded at the start.

use std::sync::Arc;

use jiban_domain::draft::Draft;
use sqlx::SqliteConnection;

use super::StoreError;
use super::rows::{has_table, unreadable};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::live_state::LiveState;

/// Loads the drafts in hand.
pub(super) async fn load(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<(), StoreError> {
    if !has_table(&mut *rows, "drafts").await? {
        return Ok(());
    }
    let documents: Vec<String> = sqlx::query_scalar(
        "SELECT document FROM drafts WHERE state IN ('sent', 'returned', 'cleared')",
    )
    .fetch_all(rows)
    .await?;
    for document in documents {
        let draft: Draft = serde_json::from_str(&document)
            .map_err(|error| unreadable(&format!("drafts.document: {error}")))?;
        live_state.apply(&Change::Draft(DraftChange::Put(Arc::new(draft))));
    }
    Ok(())
}

/// The id of the next draft.
pub(super) async fn next(rows: &mut SqliteConnection) -> Result<i64, StoreError> {
    if !has_table(&mut *rows, "drafts").await? {
        return Ok(1);
    }
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM drafts").fetch_one(rows).await?;
    Ok(last + 1)
}
