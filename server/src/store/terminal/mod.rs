//! The file of a kiosk's terminal: one connection, every commit on the disk before it counts.
//!
//! - [`forgetting`]: what is over
//! - [`numbers`]: lent numbers, and those that were given
//! - [`requests`]: requests and their answers
//! - [`slips`]: slips on their way to the printer, and what happened
//! - [`salvage`]: what is saved of a file that is damaged

mod forgetting;
mod numbers;
mod requests;
mod salvage;
mod slips;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiban_app::api::terminal::TerminalHall;
use jiban_domain::Token;
use sha2::{Digest as _, Sha256};
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteJournalMode, SqliteRow};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

pub use numbers::{GivenNumber, HandInPart};
pub use requests::{Begun, Kept, ToAbandon};
pub use slips::StoredSlip;

use super::ground::{NameLock, open_private};
use super::rows::unreadable;
use super::{StoreError, options};

/// An open store.
#[derive(Debug)]
pub struct TerminalStore {
    path: PathBuf,
    connection: Mutex<SqliteConnection>,
    own: Own,
    /// The log may hold what was forgotten: so it is after a start, since a program that was
    /// killed leaves one.
    unclean: AtomicBool,
    _lock: NameLock,
}

/// What a store is.
#[derive(Debug, Clone)]
struct Own {
    id: Uuid,
    secret: [u8; 32],
}

/// The hall's clock, with what this machine's clocks said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptClock {
    pub hall: i64,
    pub machine: i64,
    pub steady: i64,
    /// Of this start of the machine.
    pub boot: String,
}

/// What was set aside, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub why: String,
    pub to: PathBuf,
    /// Numbers that could still be read, and will be handed in.
    pub saved: usize,
}

impl TerminalStore {
    /// Opens a store, or makes one. `random` is for a new one: its secret.
    ///
    /// A damaged file is set aside under another name, and a new one is begun.
    ///
    /// # Errors
    /// Another terminal uses it; the disk is full; it may not be written.
    pub async fn open(
        path: &Path,
        random: [u8; 32],
    ) -> Result<(Self, Option<SetAside>), StoreError> {
        let lock = NameLock::lock(path)?;
        let (connection, set_aside) = match connect(path).await {
            Ok(connection) => (connection, None),
            Err(error) => {
                let Some(why) = damage(&error) else { return Err(error) };
                let saved = salvage::read(path).await;
                let to = salvage::set_aside(path)?;
                let mut connection = connect(path).await?;
                let saved = salvage::write(&mut connection, saved).await?;
                (connection, Some(SetAside { why, to, saved }))
            }
        };
        let mut connection = connection;
        let own = own(&mut connection, random).await?;
        let store = Self {
            path: path.to_owned(),
            connection: Mutex::new(connection),
            own,
            unclean: AtomicBool::new(true),
            _lock: lock,
        };
        Ok((store, set_aside))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The id by which the server knows it.
    pub const fn id(&self) -> Uuid {
        self.own.id
    }

    /// The token of a request: the same at each try, and not to be guessed.
    pub fn token(&self, request: Uuid) -> Token {
        let mut hash = Sha256::new();
        hash.update(b"token");
        hash.update(self.own.secret);
        hash.update(request.as_bytes());
        let mut token = [0; 16];
        token.copy_from_slice(&hash.finalize()[..16]);
        Token(token)
    }

    async fn connection(&self) -> MutexGuard<'_, SqliteConnection> {
        self.connection.lock().await
    }

    /// The hall as it was kept last.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn hall(&self) -> Result<Option<TerminalHall>, StoreError> {
        let found: Option<String> = sqlx::query_scalar("SELECT hall FROM hall")
            .fetch_optional(&mut *self.connection().await)
            .await?;
        // One of another version of this program is asked for again.
        Ok(found.and_then(|hall| serde_json::from_str(&hall).ok()))
    }

    /// Keeps the hall.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn keep_hall(&self, hall: &TerminalHall) -> Result<(), StoreError> {
        let hall = serde_json::to_string(hall).map_err(|_| unreadable("a hall"))?;
        sqlx::query(
            "INSERT INTO hall (one, hall) VALUES (1, $1) \
             ON CONFLICT (one) DO UPDATE SET hall = excluded.hall",
        )
        .bind(hall)
        .execute(&mut *self.connection().await)
        .await?;
        Ok(())
    }

    /// The clock as it was kept last.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn clock(&self) -> Result<Option<KeptClock>, StoreError> {
        let row: SqliteRow = sqlx::query("SELECT hall_time, machine, steady, boot FROM own")
            .fetch_one(&mut *self.connection().await)
            .await?;
        let number = |name: &str| row.try_get::<Option<i64>, _>(name);
        let boot: Option<String> = row.try_get("boot")?;
        Ok((|hall, machine, steady, boot| {
            Some(KeptClock { hall: hall?, machine: machine?, steady: steady?, boot: boot? })
        })(number("hall_time")?, number("machine")?, number("steady")?, boot))
    }

    /// Keeps the clock.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn keep_clock(&self, clock: &KeptClock) -> Result<(), StoreError> {
        sqlx::query("UPDATE own SET hall_time = $1, machine = $2, steady = $3, boot = $4")
            .bind(clock.hall)
            .bind(clock.machine)
            .bind(clock.steady)
            .bind(&clock.boot)
            .execute(&mut *self.connection().await)
            .await?;
        Ok(())
    }

    /// Counts a slip, and the paper that it used.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn count_slip(&self, paper_mm: u32) -> Result<(), StoreError> {
        sqlx::query("UPDATE own SET slips = slips + 1, paper_mm = paper_mm + $1")
            .bind(paper_mm)
            .execute(&mut *self.connection().await)
            .await?;
        Ok(())
    }

    /// The slips printed, and the millimetres of paper used. It writes first: whether the
    /// disk takes anything is only told by that.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn printed(&self) -> Result<(u64, u64), StoreError> {
        let row: (i64, i64) =
            sqlx::query_as("UPDATE own SET slips = slips RETURNING slips, paper_mm")
                .fetch_one(&mut *self.connection().await)
                .await?;
        let positive = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok((positive(row.0), positive(row.1)))
    }

    /// Forgets what ended before: answers of some days ago, and the numbers of days over.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn prune(&self, before: i64, today: &str) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let mut work = connection.begin().await?;
        // A number that is still to be handed in is kept for as long as it takes.
        sqlx::query("DELETE FROM numbers WHERE day < $1 AND taken IS NOT NULL AND taken_at < $2")
            .bind(today)
            .bind(before)
            .execute(&mut *work)
            .await?;
        sqlx::query(
            "DELETE FROM requests WHERE at < $1 AND abandoned <> 1 \
             AND id NOT IN (SELECT request FROM numbers)",
        )
        .bind(before)
        .execute(&mut *work)
        .await?;
        sqlx::query("DELETE FROM jobs WHERE at < $1").bind(before).execute(&mut *work).await?;
        sqlx::query("DELETE FROM lent WHERE day < $1").bind(today).execute(&mut *work).await?;
        work.commit().await?;
        Ok(())
    }

    /// Closes it.
    pub async fn close(self) {
        // Even if it cannot be closed, everything is committed.
        let _ = self.connection.into_inner().close().await;
    }
}

/// Opens the file and looks whether it is whole.
async fn connect(path: &Path) -> Result<SqliteConnection, StoreError> {
    // Only its owner may read it: it holds tokens.
    open_private(path).map_err(|error| StoreError::File(path.to_owned(), error))?;
    let mut connection = options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("secure_delete", "on")
        .connect()
        .await?;
    let told: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_all(&mut connection).await?;
    if told != ["ok"] {
        return Err(StoreError::Unreadable(told.join("; ")));
    }
    sqlx::migrate!("migrations/terminal").run(&mut connection).await?;
    Ok(connection)
}

/// Why a file is no store any more; none where only the disk or its rights are at fault.
pub fn damage(error: &StoreError) -> Option<String> {
    let damaged = match error {
        StoreError::Database(error) | StoreError::Migrate(MigrateError::Execute(error)) => {
            is_damage(error)
        }
        StoreError::Unreadable(_) | StoreError::Migrate(_) => true,
        _ => false,
    };
    damaged.then(|| error.to_string())
}

/// Whether the disk takes no more.
pub fn is_full(error: &StoreError) -> bool {
    /// `SQLITE_FULL`.
    const CODE: i64 = 13;
    match error {
        StoreError::Database(sqlx::Error::Database(error)) => error
            .code()
            .and_then(|code| code.parse::<i64>().ok())
            .is_some_and(|code| code & 0xff == CODE),
        _ => false,
    }
}

fn is_damage(error: &sqlx::Error) -> bool {
    /// `SQLITE_CORRUPT`, `SQLITE_NOTADB`; the rest of an extended code says where.
    const CODES: [i64; 2] = [11, 26];
    match error {
        sqlx::Error::Database(error) => error
            .code()
            .and_then(|code| code.parse::<i64>().ok())
            .is_some_and(|code| CODES.contains(&(code & 0xff))),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => true,
        _ => false,
    }
}

async fn own(connection: &mut SqliteConnection, secret: [u8; 32]) -> Result<Own, StoreError> {
    sqlx::query("INSERT INTO own (one, id, secret) VALUES (1, $1, $2) ON CONFLICT DO NOTHING")
        .bind(Uuid::new_v4().as_bytes().as_slice())
        .bind(secret.as_slice())
        .execute(&mut *connection)
        .await?;
    let (id, secret): (Vec<u8>, Vec<u8>) =
        sqlx::query_as("SELECT id, secret FROM own").fetch_one(connection).await?;
    Ok(Own {
        id: Uuid::from_slice(&id).map_err(|_| unreadable("own.id"))?,
        secret: secret.try_into().map_err(|_| unreadable("own.secret"))?,
    })
}
