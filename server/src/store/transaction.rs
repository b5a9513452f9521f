//! A transaction of the one writing connection.
//!
//! Every call of the database crosses to sqlx's own thread and back, which costs
//! more than a row does. So nothing is sent while a batch is decided: changes and
//! answers are collected here, and [`Transaction::commit`] sends `BEGIN`, a
//! statement for each table and `COMMIT` in one call. Only a read that must see
//! what the batch wrote before it sends earlier, with [`Transaction::flush`].

use jiban_domain::chain::Link;
use jiban_domain::ticket::Ticket;
use jiban_domain::{ClerkId, HallId, Token};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::answer::{Answer, Answered};
use super::checkpoint::Checkpointer;
use super::ground::Ground;
use super::rows::{self, ticket_columns};
use super::statements::Statements;
use super::{Store, StoreError, write};
use crate::change::Change;

/// Changes sent in one call. No batch of commands makes more; the turn of a day
/// makes thousands, which are too many for one statement.
const CHANGES_PER_CALL: usize = 512;

/// A transaction. Nothing is kept before [`Transaction::commit`] has returned.
#[derive(Debug)]
pub struct Transaction<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    ground: &'a Ground,
    checkpointer: &'a mut Checkpointer,
    batch: Batch,
    // How much of the batch was sent, and whether BEGIN was.
    sent_changes: usize,
    sent_answers: usize,
    begun: bool,
}

/// What a transaction writes, in the order in which it was decided.
#[derive(Debug)]
pub struct Batch {
    pub changes: Vec<Change>,
    pub answers: Vec<Answer>,
    /// The end of the trail, once the batch is written.
    pub link: Link,
}

impl Store {
    /// Begins a transaction. `link` is the end of the trail so far.
    pub fn begin(&mut self, link: Link) -> Transaction<'_> {
        Transaction {
            connection: &mut self.writer,
            ground: &self.ground,
            checkpointer: &mut self.checkpointer,
            batch: Batch { changes: Vec::new(), answers: Vec::new(), link },
            sent_changes: 0,
            sent_answers: 0,
            begun: false,
        }
    }
}

impl Transaction<'_> {
    /// What is to be written so far.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// Takes changes that are to be written.
    pub fn changes(&mut self) -> &mut Vec<Change> {
        &mut self.batch.changes
    }

    /// Takes an answer that is to be kept.
    pub fn keep(&mut self, answer: Answer) {
        self.batch.answers.push(answer);
    }

    /// What a request was answered by an earlier transaction, if it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answered(&mut self, request: Uuid) -> Result<Option<Answered>, StoreError> {
        let found: Option<(Vec<u8>, String)> =
            sqlx::query_as("SELECT digest, answer FROM requests WHERE id = $1")
                .bind(request.as_bytes().as_slice())
                .fetch_optional(&mut *self.connection)
                .await?;
        found
            .map(|(digest, answer)| {
                let digest = digest
                    .try_into()
                    .map_err(|_| super::rows::unreadable("requests.digest is not 32 bytes"))?;
                Ok(Answered { digest, answer })
            })
            .transpose()
    }

    /// A clerk's password, as an argon2 PHC string.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn password(&mut self, clerk: &ClerkId) -> Result<Option<String>, StoreError> {
        self.flush().await?;
        let found = sqlx::query_scalar("SELECT phc FROM passwords WHERE clerk = $1");
        Ok(found.bind(clerk.as_str()).fetch_optional(&mut *self.connection).await?)
    }

    /// The ids that have a password.
    ///
    /// # Errors
    /// As [`Transaction::password`].
    pub async fn passwords(&mut self) -> Result<Vec<ClerkId>, StoreError> {
        self.flush().await?;
        let found: Vec<String> = sqlx::query_scalar("SELECT clerk FROM passwords ORDER BY clerk")
            .fetch_all(&mut *self.connection)
            .await?;
        Ok(found.iter().map(|clerk| clerk.as_str().into()).collect())
    }

    /// A ticket by its token, in any state.
    ///
    /// # Errors
    /// As [`Transaction::password`].
    pub async fn ticket(&mut self, token: Token) -> Result<Option<Ticket>, StoreError> {
        self.flush().await?;
        let found = sqlx::query(concat!(
            "SELECT ",
            ticket_columns!(),
            " FROM tickets t WHERE t.token = $1"
        ))
        .bind(token.0.as_slice())
        .fetch_optional(&mut *self.connection)
        .await?;
        found.as_ref().map(rows::ticket).transpose()
    }

    /// The token of the ticket that has a number on a business day.
    ///
    /// # Errors
    /// As [`Transaction::password`].
    pub async fn holder(
        &mut self,
        hall: &HallId,
        day: &str,
        (letter, number): (char, u32),
    ) -> Result<Option<Token>, StoreError> {
        self.flush().await?;
        let found: Option<Vec<u8>> = sqlx::query_scalar(
            "SELECT token FROM tickets WHERE hall = $1 AND day = $2 AND letter = $3 \
             AND number = $4",
        )
        .bind(hall.as_str())
        .bind(day)
        .bind(letter.to_string())
        .bind(number)
        .fetch_optional(&mut *self.connection)
        .await?;
        found.map(rows::token).transpose()
    }

    pub(super) fn unsent_changes(&self) -> &[Change] {
        &self.batch.changes[self.sent_changes..]
    }

    /// Sends what was not sent yet, so that a read sees it.
    pub(super) async fn flush(&mut self) -> Result<(), StoreError> {
        self.send(false).await
    }

    /// Writes the batch and makes it durable.
    ///
    /// # Errors
    /// When it could not be written or brought to disk, or when the files it was written
    /// to are no longer those of the database; [`Transaction::roll_back`] then tells
    /// whether nothing of it was kept.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        self.send(true).await?;
        self.ground.check()?;
        self.checkpointer.count(self.sent_changes + self.sent_answers);
        Ok(())
    }

    /// What was written.
    pub fn into_batch(self) -> Batch {
        self.batch
    }

    /// Undoes what is not committed.
    ///
    /// # Errors
    /// When there was nothing to undo, or it could not be undone.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK").execute(&mut *self.connection).await?;
        Ok(())
    }

    async fn send(&mut self, commit: bool) -> Result<(), StoreError> {
        let changes = &self.batch.changes[self.sent_changes..];
        let answers = &self.batch.answers[self.sent_answers..];
        let nothing_to_write = changes.is_empty() && answers.is_empty();
        if nothing_to_write && !(commit && self.begun) {
            return Ok(());
        }
        let mut statements = Statements::new("");
        if !self.begun {
            // IMMEDIATE: a deferred transaction that reads and then writes can
            // be refused with BUSY without waiting.
            statements.push("BEGIN IMMEDIATE;");
            self.begun = true;
        }
        let mut parts = changes.chunks(CHANGES_PER_CALL).peekable();
        while let Some(part) = parts.next() {
            write::changes(&mut statements, part, &mut self.batch.link)?;
            if parts.peek().is_some() {
                statements.build().execute(&mut *self.connection).await?;
                statements = Statements::new("");
            }
        }
        write::answers(&mut statements, answers);
        if commit {
            statements.push("COMMIT");
        }
        statements.build().execute(&mut *self.connection).await?;
        self.sent_changes = self.batch.changes.len();
        self.sent_answers = self.batch.answers.len();
        Ok(())
    }
}
