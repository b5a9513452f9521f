//! Requests of the page, kept before anything is sent, with what they were answered.

use jiban_domain::print_job::JobState;
use sqlx::{Connection as _, SqliteConnection};
use uuid::Uuid;

use super::super::StoreError;
use super::TerminalStore;
use super::slips::{StoredSlip, queue};

/// What is known of a request that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: it is kept now.
    New,
    /// It was asked before and not answered, or the program ended meanwhile.
    Asked,
    Answered(String),
    /// Its id was used for something else.
    Other,
}

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub digest: [u8; 32],
    pub answer: Option<String>,
}

/// A number that nobody wants any more, of which the server has to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToAbandon(pub Uuid);

impl TerminalStore {
    /// Keeps a request.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn begin(&self, id: Uuid, digest: [u8; 32], at: i64) -> Result<Begun, StoreError> {
        let mut connection = self.connection().await;
        if let Some(kept) = find(&mut connection, id).await? {
            return Ok(match kept {
                kept if kept.digest != digest => Begun::Other,
                Kept { answer: Some(answer), .. } => Begun::Answered(answer),
                Kept { .. } => Begun::Asked,
            });
        }
        sqlx::query("INSERT INTO requests (id, digest, at) VALUES ($1, $2, $3)")
            .bind(id.as_bytes().as_slice())
            .bind(digest.as_slice())
            .bind(at)
            .execute(&mut *connection)
            .await?;
        Ok(Begun::New)
    }

    /// A request by its id.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn request(&self, id: Uuid) -> Result<Option<Kept>, StoreError> {
        find(&mut *self.connection().await, id).await
    }

    /// Keeps the answer, and the slip to be printed.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn answered(
        &self,
        id: Uuid,
        said: &str,
        slip: Option<&mut StoredSlip>,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let mut work = connection.begin().await?;
        answer(&mut work, id, said).await?;
        if let Some(slip) = slip {
            queue(&mut work, slip).await?;
        }
        work.commit().await?;
        Ok(())
    }

    /// Forgets a request that was refused: nothing came of it.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn refused(&self, id: Uuid) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM requests WHERE id = $1 AND answer IS NULL")
            .bind(id.as_bytes().as_slice())
            .execute(&mut *self.connection().await)
            .await?;
        Ok(())
    }

    /// Notes that nobody wants the number of a request any more: slips that wait are not
    /// printed; a number given here is handed in as given back. Where the server may know
    /// the number, it has to hear of it. `digest` is that of the request to abandon it.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn abandon(&self, id: Uuid, digest: [u8; 32]) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let mut work = connection.begin().await?;
        let token = self.token(id);
        let id = id.as_bytes().as_slice();
        sqlx::query("UPDATE jobs SET state = $1 WHERE token = $2 AND state = $3")
            .bind(<&str>::from(JobState::Failed))
            .bind(token.0.as_slice())
            .bind(<&str>::from(JobState::Queued))
            .execute(&mut *work)
            .await?;
        let given_here =
            sqlx::query("UPDATE numbers SET given_back = 1 WHERE request = $1 AND taken IS NULL")
                .bind(id)
                .execute(&mut *work)
                .await?;
        let abandoned = if given_here.rows_affected() > 0 { 2 } else { 1 };
        // Where it was not answered, this is its answer: a repeat is refused.
        sqlx::query(
            "UPDATE requests SET abandoned = $1, \
                 digest = CASE WHEN answer IS NULL THEN $2 ELSE digest END, \
                 answer = COALESCE(answer, '{}') WHERE id = $3 AND abandoned = 0",
        )
        .bind(abandoned)
        .bind(digest.as_slice())
        .bind(id)
        .execute(&mut *work)
        .await?;
        work.commit().await?;
        Ok(())
    }

    /// The numbers of whose end the server has to hear.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn to_abandon(&self) -> Result<Vec<ToAbandon>, StoreError> {
        let ids: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT id FROM requests WHERE abandoned = 1 ORDER BY at LIMIT 100")
                .fetch_all(&mut *self.connection().await)
                .await?;
        Ok(ids.iter().filter_map(|id| Uuid::from_slice(id).ok()).map(ToAbandon).collect())
    }

    /// The server has heard it.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn abandoned(&self, id: ToAbandon) -> Result<(), StoreError> {
        sqlx::query("UPDATE requests SET abandoned = 2 WHERE id = $1")
            .bind(id.0.as_bytes().as_slice())
            .execute(&mut *self.connection().await)
            .await?;
        Ok(())
    }

    /// Requests that were asked before an instant and never answered: the program ended in
    /// the middle, and the page did not ask again.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn left_open(&self, before: i64) -> Result<Vec<Uuid>, StoreError> {
        let ids: Vec<Vec<u8>> = sqlx::query_scalar(
            "SELECT id FROM requests WHERE answer IS NULL AND abandoned = 0 AND at < $1",
        )
        .bind(before)
        .fetch_all(&mut *self.connection().await)
        .await?;
        Ok(ids.iter().filter_map(|id| Uuid::from_slice(id).ok()).collect())
    }
}

async fn find(connection: &mut SqliteConnection, id: Uuid) -> Result<Option<Kept>, StoreError> {
    let found: Option<(Vec<u8>, Option<String>)> =
        sqlx::query_as("SELECT digest, answer FROM requests WHERE id = $1")
            .bind(id.as_bytes().as_slice())
            .fetch_optional(connection)
            .await?;
    let Some((digest, answer)) = found else { return Ok(None) };
    let digest =
        digest.try_into().map_err(|_| super::super::rows::unreadable("requests.digest"))?;
    Ok(Some(Kept { digest, answer }))
}

/// Writes an answer.
pub(super) async fn answer(
    work: &mut SqliteConnection,
    id: Uuid,
    said: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE requests SET answer = $1 WHERE id = $2")
        .bind(said)
        .bind(id.as_bytes().as_slice())
        .execute(work)
        .await?;
    Ok(())
}
