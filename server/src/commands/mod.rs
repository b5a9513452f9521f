//! What each command does, a file a command. How they are asked for is in
//! [`crate::cli`].

mod backup;
mod check;
mod export;
mod import;
mod key;
mod password;
mod serve;
mod told;

use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiban_domain::{Lang, Refusal};

use crate::cli::Command;
use crate::clock::Clock;
use crate::hall_file;
use crate::serve::{StartError, open_desk};
use crate::service::{Addresses, HallService};
use crate::settings::{self, Fault, Settings};
use crate::store::{Store, StoreError};
use crate::uploads::pdf;
use crate::vault::VaultError;

/// Why a command did not do what was asked, as it is told to the operator.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// Settings that are not right.
    #[error("{}", listed("the settings are not right", .0))]
    Settings(Vec<Fault>),
    /// A hall file that is not right.
    #[error("{}", listed(&format!("{} is not right; nothing was changed", .0.display()), .1))]
    HallFile(PathBuf, Vec<hall_file::HallFileFault>),
    /// The database, and where it is.
    #[error("{}: {}", .0.display(), .1)]
    Database(PathBuf, StoreError),
    /// The folder a new database was to be put in.
    #[error("the folder {} cannot be made: {}", .0.display(), .1)]
    Folder(PathBuf, std::io::Error),
    /// A file that cannot be read or made.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server did not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The hall said no.
    #[error("{}", said(.0))]
    Refused(Refusal),
    /// A copy is not put over another file.
    #[error("{} is there already and was left as it is; name another file", .0.display())]
    There(PathBuf),
    /// The keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The trail is not as it was written.
    #[error("the database was changed behind the hall's back: table {table}, row {row}: {what}")]
    Broken {
        /// Where.
        table: &'static str,
        /// Its id.
        row: i64,
        /// What is wrong with it.
        what: String,
    },
    /// No password came.
    #[error("no password could be read: {0}")]
    NoPassword(std::io::Error),
}

impl CommandError {
    /// Names the database where only its fault is known.
    fn at(self, db: &Path) -> Self {
        match self {
            // These two name the file they are about.
            Self::Store(StoreError::InUse(_) | StoreError::File(..))
            | Self::Start(StartError::Store(StoreError::InUse(_) | StoreError::File(..))) => self,
            Self::Store(fault) | Self::Start(StartError::Store(fault)) => {
                Self::Database(db.to_owned(), fault)
            }
            other => other,
        }
    }
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A refusal as the operator needs it: the next step of a wrong request is for
/// programs.
fn said(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadRequest(place) => place.clone(),
        other => format!("{} {}", other.message(Lang::En), other.next(Lang::En)),
    }
}

fn listed<T: ToString>(head: &str, faults: &[T]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|fault| format!("  {}", fault.to_string())).collect();
    format!("{head}:\n{}", lines.join("\n"))
}

/// Does what was asked.
///
/// # Errors
/// What went wrong, in words for the operator.
pub async fn run(command: Command) -> Result<(), CommandError> {
    // It is the server's own, has bounds of its own, and takes no settings.
    if matches!(command, Command::FirstPage) {
        return pdf::first_page(stdin().lock(), stdout().lock())
            .map_err(|error| CommandError::File(PathBuf::from("standard input"), error));
    }
    let env = |name: &str| std::env::var_os(name);
    let settings = Settings::read(&command.flags(), env).map_err(CommandError::Settings)?;
    done(command, &settings).await.map_err(|error| error.at(&settings.db))
}

async fn done(command: Command, settings: &Settings) -> Result<(), CommandError> {
    match command {
        Command::Serve(_) => serve::run(settings).await,
        Command::Import(import) => import::run(settings, &import.file).await,
        Command::Export(_) => export::run(settings).await,
        Command::Check(_) => check::run(settings).await,
        Command::Backup(backup) => backup::run(settings, &backup.file).await,
        Command::Key(_) => key::run(settings).await,
        Command::Password(password) => password::run(settings, &password.clerk).await,
        Command::Settings => told::give(&settings::table()),
        Command::FirstPage => Ok(()),
    }
}

/// The service without a server before it, for commands that change the hall. It
/// has the database to itself, so what they change goes the same way as all
/// else: through the writer, onto the trail.
async fn service(settings: &Settings) -> Result<Arc<HallService>, CommandError> {
    let store = Store::open(&settings.db).await?;
    let addresses = Addresses { base: settings.public_url.clone().unwrap_or_default() };
    Ok(open_desk(settings, store, Clock::Machine, addresses).await?)
}

/// Makes the folder a new database is put in.
fn make_folder_of(file: &Path) -> Result<(), CommandError> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|error| CommandError::Folder(folder.to_owned(), error)),
        _ => Ok(()),
    }
}
