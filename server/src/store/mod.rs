//! The only SQL. One file, one connection that writes, a few that
//! read. Statements keep to what `SQLite` and `PostgreSQL` share: `$1` parameters,
//! `ON CONFLICT`, integers for instants; what is `SQLite`'s alone
//! (opening, backing up) stands in this file and in [`maintenance`].
//!
//! - [`write`]: a [`crate::change::Change`] becomes a row
//! - [`cases`]: cases, persons and results, written and read back
//! - [`load`]: rows become a [`crate::live_state::LiveState`]
//! - [`older`]: descriptions of halls as earlier versions kept them
//! - [`read`]: what is asked for past the live state: tickets that have ended
//! - [`trail`]: the walk along the chain of events
//! - [`maintenance`]: backup, and letting old rows go

mod cases;
mod fingerprint;
mod load;
pub mod maintenance;
mod older;
mod read;
mod rows;
pub mod trail;
mod write;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

pub use cases::{
    ByDay, ByDepartment, BySubject, Issued, Period, RecordedEvent, StepCursor, StepFilter, StepRow,
    document_digest,
};
pub use load::{Loaded, Next};
pub use read::{Ended, Reader};
pub use write::{Answered, Writing};

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or the disk did.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables could not be brought up to date.
    #[error("the tables could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Another server has it.
    #[error("{0} is being served by another jiban; stop that one first")]
    InUse(PathBuf),
    /// The file cannot be made or opened.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A row does not hold what its column is for.
    #[error("the database holds a row that cannot be read: {0}")]
    Unreadable(String),
}

/// An opened database: whoever holds it is the one server of it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    // Held while the store lives; the system lets go of it with the process,
    // however that ends.
    _lock: File,
    writer: SqliteConnection,
    readers: SqlitePool,
}

const READERS: u32 = 4;

impl Store {
    /// Opens a database, makes it where there is none, and brings its tables
    /// up to date.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it open this way.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        let mut writer = options(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Tokens and request ids fall all over their indexes: with room for
            // their pages, and the log carried over less often, a page that
            // many tickets touch is written once.
            .pragma("cache_size", "-65536")
            .pragma("wal_autocheckpoint", "8192")
            .connect()
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&mut writer).await?;
        let readers = reading_pool(path).await?;
        Ok(Self { path: path.to_owned(), _lock: lock, writer, readers })
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is asked for past the live state.
    pub fn reader(&self) -> Reader {
        Reader::new(self.readers.clone())
    }

    /// Closes it, so that nothing is left in the write-ahead log.
    pub async fn close(self) {
        self.readers.close().await;
        // What cannot be closed was committed all the same.
        let _ = self.writer.close().await;
    }
}

/// Opens a database only to look at it, also while it is being served.
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
    let pool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(5))
        .connect_with(options(path).pragma("query_only", "on").read_only(true))
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

/// Takes the file for this process alone, under whichever name it is opened:
/// the lock belongs to the file. `SQLite`'s own locks are of another kind and
/// are not met by it. A new file is for its owner's eyes only: it holds tokens.
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
