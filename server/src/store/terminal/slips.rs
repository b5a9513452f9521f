//! Slips on their way to the printer, and what happened at the terminal.

use std::sync::Arc;

use jiban_app::api::terminal::TerminalEvent;
use jiban_domain::print_job::JobState;
use jiban_domain::slip::Slip;
use jiban_domain::{Millis, Token};
use sqlx::SqliteConnection;

use super::super::StoreError;
use super::super::rows::unreadable;
use super::TerminalStore;

/// A print job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSlip {
    /// 0 until it is kept.
    pub id: i64,
    pub token: Token,
    pub state: JobState,
    pub slip: Arc<Slip>,
    /// When it was queued, by the hall's clock.
    pub at: Millis,
}

impl StoredSlip {
    /// One that is to be printed.
    pub fn queued(token: Token, slip: Slip, at: Millis) -> Self {
        Self { id: 0, token, state: JobState::Queued, slip: Arc::new(slip), at }
    }
}

type Row = (i64, Vec<u8>, String, String, i64);

impl TerminalStore {
    /// All slips that are kept, the oldest first.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn slips(&self) -> Result<Vec<StoredSlip>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT id, token, state, slip, at FROM jobs ORDER BY id")
                .fetch_all(&mut *self.connection().await)
                .await?;
        // One that cannot be read is not printed; its number is valid all the same.
        Ok(rows.into_iter().filter_map(|row| stored(row).ok()).collect())
    }

    /// Queues a slip.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn queue_slip(&self, slip: &mut StoredSlip) -> Result<(), StoreError> {
        queue(&mut *self.connection().await, slip).await
    }

    /// Stores how a slip stands, if it stood as expected. Returns whether it did.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn move_slip(
        &self,
        id: i64,
        from: Option<JobState>,
        to: JobState,
    ) -> Result<bool, StoreError> {
        let moved =
            sqlx::query("UPDATE jobs SET state = $1 WHERE id = $2 AND ($3 IS NULL OR state = $3)")
                .bind(<&str>::from(to))
                .bind(id)
                .bind(from.map(<&str>::from))
                .execute(&mut *self.connection().await)
                .await?;
        Ok(moved.rows_affected() > 0)
    }

    /// Notes that something happened. At most so many are kept: the oldest go first.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn happened(&self, at: Millis, kind: &str, detail: &str) -> Result<(), StoreError> {
        const MOST: i64 = 500;
        let mut connection = self.connection().await;
        sqlx::query("INSERT INTO happened (at, kind, detail) VALUES ($1, $2, $3)")
            .bind(at)
            .bind(kind)
            .bind(detail)
            .execute(&mut *connection)
            .await?;
        sqlx::query("DELETE FROM happened WHERE id <= (SELECT MAX(id) FROM happened) - $1")
            .bind(MOST)
            .execute(&mut *connection)
            .await?;
        Ok(())
    }

    /// What happened and was not told yet, the oldest first.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn events(&self, most: u32) -> Result<Vec<TerminalEvent>, StoreError> {
        let rows: Vec<(i64, i64, String, String)> =
            sqlx::query_as("SELECT id, at, kind, detail FROM happened ORDER BY id LIMIT $1")
                .bind(most)
                .fetch_all(&mut *self.connection().await)
                .await?;
        let events = rows.into_iter().map(|(id, at, kind, detail)| TerminalEvent {
            id: id.cast_unsigned(),
            at,
            kind,
            detail,
        });
        Ok(events.collect())
    }

    /// Forgets what the server has heard.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn forget_events(&self, through: u64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM happened WHERE id <= $1")
            .bind(through.cast_signed())
            .execute(&mut *self.connection().await)
            .await?;
        Ok(())
    }
}

/// Queues a slip, which then has an id.
pub(super) async fn queue(
    work: &mut SqliteConnection,
    slip: &mut StoredSlip,
) -> Result<(), StoreError> {
    let content = serde_json::to_string(&*slip.slip).map_err(|_| unreadable("a slip"))?;
    slip.id = sqlx::query_scalar(
        "INSERT INTO jobs (token, state, slip, at) VALUES ($1, $2, $3, $4) RETURNING id",
    )
    .bind(slip.token.0.as_slice())
    .bind(<&str>::from(slip.state))
    .bind(content)
    .bind(slip.at)
    .fetch_one(work)
    .await?;
    Ok(())
}

fn stored((id, token, state, slip, at): Row) -> Result<StoredSlip, StoreError> {
    Ok(StoredSlip {
        id,
        token: Token(token.try_into().map_err(|_| unreadable("jobs.token"))?),
        state: state.parse().map_err(|_| unreadable("jobs.state"))?,
        slip: serde_json::from_str(&slip).map_err(|_| unreadable("jobs.slip"))?,
        at,
    })
}
