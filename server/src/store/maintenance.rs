//! Backup, resealing, and pruning old rows.

use std::io::{Error, ErrorKind};
use std::path::Path;

use jiban_domain::Millis;
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::NamedTempFile;

use super::{Reader, Store, StoreError};

impl Reader {
    /// Copies the whole database to a new file, even while a server uses it. The copy gets its
    /// name when it is complete and on the disk. Only its owner may read it, since it contains
    /// the tokens of all tickets.
    ///
    /// # Errors
    /// The file exists, or cannot be written; then nothing of it is left.
    pub async fn back_up(&self, into: &Path) -> Result<(), StoreError> {
        let failed = |error| StoreError::File(into.to_owned(), error);
        if into.exists() {
            return Err(failed(ErrorKind::AlreadyExists.into()));
        }
        let part = temporary_beside(into).map_err(failed)?;
        let path = part.path().to_str();
        let path = path.ok_or_else(|| failed(ErrorKind::InvalidFilename.into()))?;
        // For SQLite the copy is a write, which the connections of readers refuse.
        let options = self.pool.connect_options().as_ref().clone();
        let mut copying = options.pragma("query_only", "off").connect().await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut copying).await?;
        copying.close().await?;
        part.as_file().sync_all().map_err(failed)?;
        part.persist_noclobber(into).map_err(|unnamed| failed(unnamed.error))?;
        Ok(())
    }

    /// The next persons after this case, in the order of their cases, with the token of each
    /// case; without those that are erased.
    pub async fn sealed_persons_after(&self, case: i64) -> Result<Vec<SealedRow>, StoreError> {
        type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);
        let found: Vec<Row> = sqlx::query_as(
            "SELECT p.case_id, c.token, p.name, p.number, p.telephone FROM persons p \
             JOIN cases c ON c.id = p.case_id WHERE p.case_id > $1 AND p.name IS NOT NULL \
             ORDER BY p.case_id LIMIT 500",
        )
        .bind(case)
        .fetch_all(&self.pool)
        .await?;
        let row = |(case, token, name, number, telephone)| (case, token, [name, number, telephone]);
        Ok(found.into_iter().map(row).collect())
    }
}

/// An empty temporary file in the folder of the final one. It is removed when dropped.
fn temporary_beside(file: &Path) -> Result<NamedTempFile, Error> {
    let name = file.file_name().ok_or(ErrorKind::InvalidFilename)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut prefix = name.to_owned();
    prefix.push(".");
    tempfile::Builder::new().prefix(&prefix).suffix(".part").tempfile_in(folder)
}

/// The id and token of a case, and the sealed name, number and telephone number of its person.
pub type SealedRow = (i64, Vec<u8>, [Vec<u8>; 3]);

impl Store {
    /// Whether the files of the database are where they were.
    ///
    /// # Errors
    /// [`StoreError::Ground`].
    pub fn check_ground(&self) -> Result<(), StoreError> {
        Ok(self.ground.check()?)
    }

    /// Writes something that means nothing, to see whether anything can be written.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn probe(&mut self) -> Result<(), StoreError> {
        self.ground.check()?;
        // A number in the database's first page that SQLite leaves to programs.
        sqlx::query("PRAGMA user_version = 1").execute(&mut self.writer).await?;
        Ok(self.ground.check()?)
    }

    /// Copies the whole write-ahead log into the database and empties it: rows as they were
    /// before they were erased are still in it. Returns whether that was possible; a long
    /// read prevents it.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub async fn empty_log(&mut self) -> Result<bool, StoreError> {
        let ground = self.ground.clone();
        let _emptying = ground.emptying_log();
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut self.writer).await?;
        Ok(busy == 0)
    }

    /// Replaces the sealed values of a person.
    pub async fn replace_sealed(
        &mut self,
        case: i64,
        sealed: &[Vec<u8>; 3],
    ) -> Result<(), StoreError> {
        let [name, number, telephone] = sealed;
        sqlx::query("UPDATE persons SET name = $2, number = $3, telephone = $4 WHERE case_id = $1")
            .bind(case)
            .bind(name)
            .bind(number)
            .bind(telephone)
            .execute(&mut self.writer)
            .await?;
        Ok(())
    }

    /// Deletes old answers and print jobs, and sessions that have ended; a few at a time, so that
    /// no ticket waits for it. Tickets and events are kept for ever.
    pub async fn prune(&mut self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        let mut deleted = 0;
        for statement in [
            "DELETE FROM requests WHERE id IN \
             (SELECT id FROM requests WHERE at < $1 ORDER BY at LIMIT 500)",
            "DELETE FROM print_jobs WHERE id IN \
             (SELECT id FROM print_jobs WHERE at < $1 ORDER BY at LIMIT 500)",
        ] {
            let done = sqlx::query(statement).bind(before).execute(&mut self.writer).await?;
            deleted += done.rows_affected();
        }
        let ended = sqlx::query("DELETE FROM sessions WHERE ends_at <= $1").bind(now);
        deleted += ended.execute(&mut self.writer).await?.rows_affected();
        Ok(deleted)
    }
}
