//! The only SQL. One file, one connection that writes, a few that read.
//! Statements keep to what `SQLite` and `PostgreSQL` share: `$1` parameters or
//! those of sqlx's `QueryBuilder`, `ON CONFLICT`, integers for instants. What is
//! `SQLite`'s alone is in this file (opening), in [`checkpoint`], in
//! [`transaction`] (several statements in one call) and in [`maintenance`] (backup).
//!
//! - [`transaction`]: a batch is collected and committed in one call
//! - [`write`]: a [`crate::change::Change`] becomes a row; [`statements`]: many rows in one
//! - [`answer`]: what a repeated request gets
//! - [`checkpoint`]: the write-ahead log is copied into the database
//! - [`cases`]: cases, persons and results, written and read back
//! - [`load`]: rows become a [`crate::live_state::LiveState`]
//! - [`older`]: descriptions of halls as earlier versions kept them
//! - [`read`]: reads past the live state, such as a ticket that has ended
//! - [`trail`]: the walk along the chain of events
//! - [`maintenance`]: backup, and pruning of old rows

mod answer;
mod cases;
mod checkpoint;
mod fingerprint;
mod load;
pub mod maintenance;
mod older;
mod read;
mod rows;
mod statements;
#[cfg(test)]
mod tests;
pub mod trail;
mod transaction;
mod write;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

pub use answer::{Answer, Answered};
pub use cases::{
    ByDay, ByDepartment, BySubject, Issued, Period, RecordedEvent, StepCursor, StepFilter, StepRow,
    document_digest,
};
pub use load::{Loaded, Next};
pub use read::{Ended, Reader};
pub use transaction::{Batch, Transaction};

use checkpoint::Checkpointer;

/// Why a command of the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the tables could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("{0} is being served by another jiban; stop that one first")]
    InUse(PathBuf),
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A value does not fit its column.
    #[error("the database holds a row that cannot be read: {0}")]
    Unreadable(String),
}

/// An open database. Only one process can hold it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    // Held while the store lives. The system releases it with the process,
    // however that ends.
    _lock: File,
    writer: SqliteConnection,
    checkpointer: Checkpointer,
    readers: SqlitePool,
}

const READERS: u32 = 4;

impl Store {
    /// Opens a database, creates it if there is none, and brings its tables up
    /// to date.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it open this way.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        let mut writer = options(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Tokens and request ids are random, so their rows are spread over
            // their indexes: the cache holds those pages (64 MB).
            .pragma("cache_size", "-65536")
            // Pages (32 MB). Mostly the checkpointer has copied them by then.
            .pragma("wal_autocheckpoint", "8192")
            .connect()
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&mut writer).await?;
        let checkpointer = Checkpointer::start(path).await?;
        let readers = reading_pool(path).await?;
        Ok(Self { path: path.to_owned(), _lock: lock, writer, checkpointer, readers })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads past the live state.
    pub fn reader(&self) -> Reader {
        Reader::new(self.readers.clone())
    }

    /// Closes it, so that nothing is left in the write-ahead log.
    pub async fn close(self) {
        self.readers.close().await;
        self.checkpointer.stop().await;
        // Even if it cannot be closed, everything is committed.
        let _ = self.writer.close().await;
    }
}

/// Opens a database for reading only, also while it is being served.
///
/// # Errors
/// Where there is no such file.
pub async fn open_to_read(path: &Path) -> Result<Reader, StoreError> {
    if let Err(missing) = std::fs::metadata(path) {
        return Err(StoreError::File(path.to_owned(), missing));
    }
    Ok(Reader::new(reading_pool(path).await?))
}

async fn reading_pool(path: &Path) -> Result<SqlitePool, StoreError> {
    let reading = options(path)
        .pragma("query_only", "on")
        // The rows of an old ticket are spread over four trees: more pages than the
        // 2 MB that a connection caches by itself. Not mapped (mmap_size): a page
        // that cannot be read would end the process instead of refusing.
        .pragma("cache_size", "-32768")
        .read_only(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(5))
        .connect_with(reading)
        .await?;
    Ok(pool)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        // An answered ticket survives a power cut; NORMAL may lose it.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging()
}

/// Locks the file for this process alone, under whichever name it is opened:
/// the lock belongs to the file. It does not meet `SQLite`'s own locks, which are
/// of another kind. Only its owner may read a new file, since it holds tokens.
fn lock(path: &Path) -> Result<File, StoreError> {
    let failed = |error| StoreError::File(path.to_owned(), error);
    let mut open = File::options();
    open.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let file = open.open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
