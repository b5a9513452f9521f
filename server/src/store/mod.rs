//! The only SQL. One file, one connection that writes, a few that read.
//! Statements keep to what `SQLite` and `PostgreSQL` share: `$1` parameters or
//! those of sqlx's `QueryBuilder`, `ON CONFLICT`, integers for instants. What is
//! `SQLite`'s alone is in this file (opening), in [`checkpoint`], in
//! [`transaction`] (several statements in one call) and in [`maintenance`] (backup).
//!
//! - [`ground`]: the files under the database, and the locks on them
//! - [`transaction`]: a batch is collected and committed in one call
//! - [`write`]: a [`crate::change::Change`] becomes a row; [`statements`]: many rows in one
//! - [`answer`]: what a repeated request gets
//! - [`checkpoint`]: the write-ahead log is copied into the database
//! - [`cases`]: cases, persons and results, written and read back
//! - [`known_value`]: what a key file is tried on
//! - [`clock`]: what the trail says of the machine's clock
//! - [`tellings`]: what applicants are to be told
//! - [`terminal`]: the file of a kiosk's terminal, apart from all of this
//! - [`bookings`]: bookings, and the places that they take
//! - [`drafts`]: drafts and their answers; [`sealed_drafts`]: what of them is sealed
//! - [`document_prints`]: what people print by themselves; [`records`]: from what statements
//!   are made
//! - [`load`]: rows become a [`crate::live_state::LiveState`]
//! - [`older`]: descriptions of halls as earlier versions kept them
//! - [`read`]: reads past the live state, such as a ticket that has ended
//! - [`cover`], [`covered`]: digests of rows in the trail, and their comparison
//! - [`damage`]: lost pages, and rows that a start could not read
//! - [`trail`]: the walk along the chain of events
//! - [`maintenance`]: backup, and pruning of old rows

mod alerts;
mod answer;
pub mod booked;
mod bookings;
mod cases;
mod checkpoint;
mod clock;
mod columns;
mod cover;
mod covered;
mod damage;
mod document_prints;
mod draft_figures;
mod draft_writes;
mod drafts;
mod drafts_in_hand;
mod fingerprint;
mod ground;
mod known_value;
mod load;
mod loaded_drafts;
mod loaded_prints;
mod loaded_terminals;
pub mod maintenance;
mod older;
mod read;
mod records;
mod rows;
mod sealed_drafts;
mod statements;
mod tellings;
pub mod terminal;
pub mod terminals;
#[cfg(test)]
mod tests;
pub mod trail;
mod transaction;
mod walked;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

pub use answer::{Answer, Answered};
pub use cases::{
    ByDay, ByDepartment, BySubject, CheckRow, Issued, Period, RecordedEvent, StepCursor,
    StepFilter, StepRow, StoredFile, document_digest,
};
pub use cover::cover;
pub use document_prints::{PrintFigure, Verifiable};
pub use draft_figures::{DraftFigure, FaultFigure};
pub use drafts::StoredDraft;
pub use drafts_in_hand::AnswersInHand;
pub use ground::{Ground, GroundLost};
pub use load::{Loaded, Next};
pub use read::{Ended, Reader};
pub use records::{RecordsInForce, SealedRecord};
pub use sealed_drafts::{SealedDraft, SealedDraftFile};
pub use transaction::{Batch, Transaction};

use checkpoint::Checkpointer;
use ground::{NameLock, with_suffix};

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
    /// The database file has a second name.
    #[error(
        "{} has a second name (a hard link), under which its write-ahead log would not be found; \
         remove the other name, or serve a copy",
        .0.display()
    )]
    HardLinked(PathBuf),
    /// There is no database, and what lies beside it says that there was one.
    #[error(
        "{} is {}, but {} is still there, so this is not a new hall. Nothing was changed. \
         Restore the database from a backup (docs/INSTALL.md, \"Back up\"). To begin a new hall \
         here all the same, first move {} to another place",
        .path.display(), .state, .remains, .remains
    )]
    Lost { path: PathBuf, state: &'static str, remains: String },
    /// The files were moved, replaced or cut short while the database was open.
    #[error("{0}; nothing is saved until it is back")]
    Ground(#[from] GroundLost),
    /// A value does not fit its column.
    #[error("the database holds a row that cannot be read: {0}")]
    Unreadable(String),
}

impl StoreError {
    /// Whether the message already contains the path.
    pub const fn names_its_file(&self) -> bool {
        !matches!(self, Self::Database(_) | Self::Migrate(_) | Self::Unreadable(_))
    }
}

/// An open database. Only one process can hold it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    ground: Arc<Ground>,
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
    /// As [`Store::open_beside`].
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_beside(path, &[]).await
    }

    /// [`Store::open`] for a database that belongs to other files: `remains` are those of
    /// them that exist. Beside them, or beside its own log, a missing or empty database
    /// was lost, and no new one is begun.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it open this way;
    /// [`StoreError::Lost`].
    pub async fn open_beside(path: &Path, remains: &[&Path]) -> Result<Self, StoreError> {
        let name = NameLock::lock(path)?;
        let log = with_suffix(path, "-wal");
        let log_is_left = std::fs::metadata(&log).is_ok_and(|about| about.len() > 0);
        let remains = remains.iter().copied().chain(log_is_left.then_some(&*log));
        let remains: Vec<String> = remains.map(|path| path.display().to_string()).collect();
        // Before SQLite sees it, which removes the log of an empty database.
        if let (Some(state), false) = (missing_or_empty(path).await?, remains.is_empty()) {
            let remains = remains.join(" and ");
            return Err(StoreError::Lost { path: path.to_owned(), state, remains });
        }
        let ground = Ground::lock(path, name)?;
        let mut writer = options(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Tokens and request ids are random, so their rows are spread over
            // their indexes: the cache holds those pages (64 MB).
            .pragma("cache_size", "-65536")
            // Pages (32 MB). Mostly the checkpointer has copied them by then.
            .pragma("wal_autocheckpoint", "8192")
            // What is erased is overwritten with zeros, and not only forgotten.
            .pragma("secure_delete", "on")
            .connect()
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&mut writer).await?;
        let checkpointer = Checkpointer::start(path).await?;
        let readers = reading_pool(path).await?;
        let ground = Arc::new(ground);
        // The first look at them, which is what later ones are compared with.
        ground.check()?;
        Ok(Self { path: path.to_owned(), ground, writer, checkpointer, readers })
    }

    /// The files under it.
    pub fn ground(&self) -> Arc<Ground> {
        self.ground.clone()
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
        if let Err(lost) = self.ground.check() {
            // The last connection that is closed removes the log by its name, and that
            // may be another database's now.
            tracing::error!(%lost, "the database was left as it is");
            std::mem::forget(self.writer);
            return;
        }
        // Even if it cannot be closed, everything is committed.
        let _ = self.writer.close().await;
    }
}

/// Whether there is no database yet: what it is then, in words.
async fn missing_or_empty(path: &Path) -> Result<Option<&'static str>, StoreError> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some("missing")),
        Err(error) => return Err(StoreError::File(path.to_owned(), error)),
        Ok(about) if about.len() == 0 => return Ok(Some("empty")),
        Ok(_) => {}
    }
    let mut reading = options(path).read_only(true).connect().await?;
    let tables: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema").fetch_one(&mut reading).await?;
    reading.close().await?;
    Ok((tables == 0).then_some("without any table"))
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
