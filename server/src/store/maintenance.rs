//! Backup, resealing, and pruning old rows.

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::path::Path;

use jiban_domain::{Millis, Token};
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::NamedTempFile;

use super::ground::with_suffix;
use super::known_value::has_column;
use super::{Reader, Store, StoreError};
use crate::part_file;

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

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
    pub async fn sealed_persons_after(&self, case: i64) -> Result<Vec<SealedPerson>, StoreError> {
        type Sealed = Option<Vec<u8>>;
        type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Sealed, Sealed);
        // A backup of an earlier version has no keys of notes, or no agents.
        let notes = has_column(&self.pool, "persons", "notes_key").await?;
        let agents = has_column(&self.pool, "persons", "agent").await?;
        let statement = match (notes, agents) {
            (_, true) => {
                "SELECT p.case_id, c.token, p.name, p.number, p.telephone, p.number_key, \
                 p.notes_key, p.agent FROM persons p JOIN cases c ON c.id = p.case_id \
                 WHERE p.case_id > $1 AND p.name IS NOT NULL ORDER BY p.case_id LIMIT 500"
            }
            (true, false) => {
                "SELECT p.case_id, c.token, p.name, p.number, p.telephone, p.number_key, \
                 p.notes_key, NULL FROM persons p JOIN cases c ON c.id = p.case_id \
                 WHERE p.case_id > $1 AND p.name IS NOT NULL ORDER BY p.case_id LIMIT 500"
            }
            (false, false) => {
                "SELECT p.case_id, c.token, p.name, p.number, p.telephone, p.number_key, \
                 NULL, NULL FROM persons p JOIN cases c ON c.id = p.case_id \
                 WHERE p.case_id > $1 AND p.name IS NOT NULL ORDER BY p.case_id LIMIT 500"
            }
        };
        let found: Vec<Row> = sqlx::query_as(statement).bind(case).fetch_all(&self.pool).await?;
        let row = |(case, token, name, number, telephone, number_key, notes_key, agent): Row| {
            let mut values = vec![("name", name), ("number", number), ("telephone", telephone)];
            values.extend(notes_key.map(|key| ("notes", key)));
            values.extend(agent.map(|agent| ("agent", agent)));
            let token = token.try_into().map_or(Token([0; 16]), Token);
            SealedPerson { case, token, values, number_key }
        };
        Ok(found.into_iter().map(row).collect())
    }
}

/// What the name of an unfinished copy has after the name that it will get.
const UNFINISHED: &str = ".jiban-";

/// An empty temporary file in the folder of the final one. It is removed when dropped. What
/// killed backups left there is removed first.
fn temporary_beside(file: &Path) -> Result<NamedTempFile, Error> {
    let name = file.file_name().ok_or(ErrorKind::InvalidFilename)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = name.to_str().ok_or(ErrorKind::InvalidFilename)?;
    let mut beginnings = unfinished_in(folder);
    // As earlier versions named them.
    beginnings.insert(format!("{name}."));
    for beginning in beginnings {
        for left in part_file::remove_abandoned(folder, &beginning) {
            // SQLite's own file beside it.
            let _ = std::fs::remove_file(with_suffix(&left, "-journal"));
            tracing::info!("removed {}, which a killed backup left", left.display());
        }
    }
    part_file::create(folder, &format!("{name}{UNFINISHED}"))
}

/// The beginnings of the names of unfinished copies in a folder, of whichever day.
fn unfinished_in(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    names
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (of, _) = name.rsplit_once(UNFINISHED)?;
            Some(format!("{of}{UNFINISHED}"))
        })
        .collect()
}

/// The person of a case.
#[derive(Debug)]
pub struct SealedPerson {
    pub case: i64,
    /// The token of the case.
    pub token: Token,
    /// Name, number, telephone number, and the key of the notes and the agent if there are any:
    /// each by its name in the context of the sealing, and sealed.
    pub values: Vec<(&'static str, Vec<u8>)>,
    /// The keyed hash of the number.
    pub number_key: Vec<u8>,
}

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
        sealed: &[(&'static str, Vec<u8>)],
    ) -> Result<(), StoreError> {
        let value = |field| sealed.iter().find(|(name, _)| *name == field).map(|(_, value)| value);
        sqlx::query(
            "UPDATE persons SET name = $2, number = $3, telephone = $4, notes_key = $5, \
             agent = $6 WHERE case_id = $1",
        )
        .bind(case)
        .bind(value("name"))
        .bind(value("number"))
        .bind(value("telephone"))
        .bind(value("notes"))
        .bind(value("agent"))
        .execute(&mut self.writer)
        .await?;
        Ok(())
    }

    /// Deletes old answers and print jobs, and sessions that have ended; a few at a time, so that
    /// no ticket waits for it. Tickets and events are kept for ever.
    pub async fn prune(&mut self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        // What is dated later was written under a clock that was wrong. It is as good as new,
        // and must not stay for ever.
        let wrong = now + DAY_MS;
        for statement in [
            "UPDATE requests SET at = $1 WHERE at > $2",
            "UPDATE print_jobs SET at = $1 WHERE at > $2",
        ] {
            sqlx::query(statement).bind(now).bind(wrong).execute(&mut self.writer).await?;
        }
        self.forget_printing_persons(now).await?;
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
