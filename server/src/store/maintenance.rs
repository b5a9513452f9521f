//! Backup, and letting old rows go.

use std::io::{Error, ErrorKind};
use std::path::Path;

use jiban_domain::Millis;
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::NamedTempFile;

use super::{Reader, Store, StoreError};

impl Reader {
    /// Copies the whole database into a new file, while it is being served.
    /// The copy has its name once it is whole and on the disk; only its owner
    /// may read it, since it holds what opens every ticket.
    ///
    /// # Errors
    /// When the file is there already, or cannot be written; then nothing is
    /// left of it.
    pub async fn back_up(&self, into: &Path) -> Result<(), StoreError> {
        let failed = |error| StoreError::File(into.to_owned(), error);
        if into.exists() {
            return Err(failed(ErrorKind::AlreadyExists.into()));
        }
        let part = part_of(into).map_err(failed)?;
        let path = part.path().to_str();
        let path = path.ok_or_else(|| failed(ErrorKind::InvalidFilename.into()))?;
        // SQLite counts the copy as a write, which the readers may not do.
        let options = self.pool.connect_options().as_ref().clone();
        let mut copying = options.pragma("query_only", "off").connect().await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut copying).await?;
        copying.close().await?;
        part.as_file().sync_all().map_err(failed)?;
        part.persist_noclobber(into).map_err(|unnamed| failed(unnamed.error))?;
        Ok(())
    }

    /// Persons behind a case, in order, with the token of their case; those
    /// erased are not among them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn sealed_behind(&self, case: i64) -> Result<Vec<SealedRow>, StoreError> {
        type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);
        let found: Vec<Row> = sqlx::query_as(
            "SELECT p.case_id, c.token, p.name, p.number, p.telephone FROM persons p \
             JOIN cases c ON c.id = p.case_id WHERE p.case_id > $1 AND p.name IS NOT NULL \
             ORDER BY p.case_id LIMIT 500",
        )
        .bind(case)
        .fetch_all(&self.pool)
        .await?;
        let whole =
            |(case, token, name, number, telephone)| (case, token, [name, number, telephone]);
        Ok(found.into_iter().map(whole).collect())
    }
}

/// An empty file beside the one it will become; it goes when it is dropped.
fn part_of(file: &Path) -> Result<NamedTempFile, Error> {
    let name = file.file_name().ok_or(ErrorKind::InvalidFilename)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut prefix = name.to_owned();
    prefix.push(".");
    tempfile::Builder::new().prefix(&prefix).suffix(".part").tempfile_in(folder)
}

/// A person's sealed values, and the token they are sealed for.
pub type SealedRow = (i64, Vec<u8>, [Vec<u8>; 3]);

impl Store {
    /// Puts sealed values in place of those a person had.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn seal_anew(&mut self, case: i64, sealed: &[Vec<u8>; 3]) -> Result<(), StoreError> {
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

    /// Lets go of answers and slips nobody will ask for again, and of sessions
    /// that are over. A little at a time, so that no ticket waits for it;
    /// tickets and events are kept.
    ///
    /// # Errors
    /// When the rows cannot be removed.
    pub async fn prune(&mut self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        let mut gone = 0;
        for statement in [
            "DELETE FROM requests WHERE id IN \
             (SELECT id FROM requests WHERE at < $1 ORDER BY at LIMIT 500)",
            "DELETE FROM print_jobs WHERE id IN \
             (SELECT id FROM print_jobs WHERE at < $1 ORDER BY at LIMIT 500)",
        ] {
            let done = sqlx::query(statement).bind(before).execute(&mut self.writer).await?;
            gone += done.rows_affected();
        }
        let ended = sqlx::query("DELETE FROM sessions WHERE ends_at <= $1").bind(now);
        gone += ended.execute(&mut self.writer).await?.rows_affected();
        Ok(gone)
    }
}
