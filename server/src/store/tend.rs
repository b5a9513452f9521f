//! Backup, and letting old rows go.

use std::path::Path;

use jiban_domain::Millis;
use sqlx::{ConnectOptions as _, Connection as _};

use super::{Reader, Store, StoreError};

impl Reader {
    /// Copies the whole database into a new file, while it is being served.
    ///
    /// # Errors
    /// When the file is there already, or cannot be written.
    pub async fn back_up(&self, into: &Path) -> Result<(), StoreError> {
        if into.exists() {
            let there = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(StoreError::File(into.to_owned(), there));
        }
        let into = into.to_str().ok_or_else(|| {
            let unusable = std::io::Error::from(std::io::ErrorKind::InvalidFilename);
            StoreError::File(into.to_owned(), unusable)
        })?;
        // SQLite counts the copy as a write, which the readers may not do.
        let options = self.pool.connect_options().as_ref().clone();
        let mut copying = options.pragma("query_only", "off").connect().await?;
        sqlx::query("VACUUM INTO $1").bind(into).execute(&mut copying).await?;
        copying.close().await?;
        Ok(())
    }
}

impl Store {
    /// Lets go of answers and slips nobody will ask for again, and of sessions
    /// that are over. A little at a time, so that no ticket waits for it;
    /// tickets and events are kept.
    ///
    /// # Errors
    /// When the rows cannot be removed.
    pub async fn let_go(&mut self, before: Millis, now: Millis) -> Result<u64, StoreError> {
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
