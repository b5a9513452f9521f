//! Reads past the live state: what is not in memory.

use std::sync::Arc;

use jiban_domain::event::{EventKind, TicketEvent};
use jiban_domain::hall_clock::Remembered;
use jiban_domain::setup::Setup;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{ClerkId, Millis, TicketId, Token};
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

use super::rows::{self, ticket_columns};
use super::{StoreError, clock, load, rows::TICKET_COLUMNS};

/// Reads beside the writer. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Reader {
    pub(super) pool: SqlitePool,
}

/// A ticket from the database, and its events.
#[derive(Debug, Clone)]
pub struct Ended {
    pub ticket: Arc<Ticket>,
    /// Its events, oldest first.
    pub happened: Vec<(Millis, TicketEvent)>,
}

impl Reader {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// What is known of the time, see [`super::Store::remembered`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn remembered(&self) -> Result<Remembered, StoreError> {
        let mut rows = self.pool.acquire().await?;
        clock::remembered(&mut rows).await
    }

    /// The latest setup.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn setup(&self) -> Result<Setup, StoreError> {
        let mut rows = self.pool.acquire().await?;
        Ok(load::setup(&mut rows).await?.setup)
    }

    /// A ticket by its token, in any state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ticket(&self, token: Token) -> Result<Option<Ended>, StoreError> {
        let found = sqlx::query(concat!(
            "SELECT ",
            ticket_columns!(),
            ", e.at, e.kind FROM tickets t LEFT JOIN events e ON e.ticket = t.id \
             WHERE t.token = $1 ORDER BY e.id"
        ))
        .bind(token.0.as_slice())
        .fetch_all(&self.pool)
        .await?;
        let Some(first) = found.first() else {
            return Ok(None);
        };
        let ticket = Arc::new(rows::ticket(first)?);
        let mut happened = Vec::with_capacity(found.len());
        for row in &found {
            let at: Option<Millis> = row.try_get(TICKET_COLUMNS)?;
            let kind: Option<String> = row.try_get(TICKET_COLUMNS + 1)?;
            if let (Some(at), Some(EventKind::Ticket(kind))) =
                (at, kind.as_deref().and_then(EventKind::parse))
            {
                happened.push((ticket.happened_at(kind, at), kind));
            }
        }
        Ok(Some(Ended { ticket, happened }))
    }

    /// A ticket by its id, in any state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ticket_by_id(&self, id: TicketId) -> Result<Option<Ended>, StoreError> {
        let token: Option<Vec<u8>> = sqlx::query_scalar("SELECT token FROM tickets WHERE id = $1")
            .bind(id.0)
            .fetch_optional(&self.pool)
            .await?;
        match token {
            Some(token) => self.ticket(rows::token(token)?).await,
            None => Ok(None),
        }
    }

    /// The state of a ticket, ended or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn state(&self, ticket: TicketId) -> Result<Option<TicketState>, StoreError> {
        let found: Option<String> = sqlx::query_scalar("SELECT state FROM tickets WHERE id = $1")
            .bind(ticket.0)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.as_deref().and_then(|state| state.parse().ok()))
    }

    /// What a request was answered.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answer(&self, request: Uuid) -> Result<Option<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT answer FROM requests WHERE id = $1")
            .bind(request.as_bytes().as_slice())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found)
    }

    /// A clerk's password, as an argon2 PHC string.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn password(&self, clerk: &ClerkId) -> Result<Option<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT phc FROM passwords WHERE clerk = $1")
            .bind(clerk.as_str())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }
}
