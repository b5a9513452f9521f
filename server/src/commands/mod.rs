//! The commands, one file each. Their arguments are in [`crate::cli`].

mod backup;
mod check;
mod clock;
mod console;
mod export;
mod import;
mod import_records;
mod key;
mod machine_file;
mod password;
mod serve;
mod terminal;

use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiban_domain::{Lang, Refusal};

use crate::cli::Command;
use crate::clock::Clock;
use crate::hall_file;
use crate::record_file::RecordFault;
use crate::serve::{StartError, open_service, open_store};
use crate::service::{Addresses, HallService};
use crate::settings::{self, Settings, SettingsFault};
use crate::store::StoreError;
use crate::terminal::start::TerminalError;
use crate::unlock::UnlockError;
use crate::uploads::pdf;
use crate::vault::VaultError;

/// Why a command failed, as the operator reads it.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("{}", list("some settings are invalid", .0))]
    Settings(Vec<SettingsFault>),
    #[error("{}", list(&format!("{} has faults; nothing was changed", .0.display()), .1))]
    HallFile(PathBuf, Vec<hall_file::HallFileFault>),
    #[error("there is no file `{0}`; the files are {1}")]
    MachineFile(String, String),
    #[error("{}", list(&format!("{} has faults; nothing was changed", .0.display()), .1))]
    RecordFile(PathBuf, Vec<RecordFault>),
    /// The path of the database and its error.
    #[error("{}: {}", .0.display(), .1)]
    Database(PathBuf, StoreError),
    /// The folder for a new database.
    #[error("the folder {} cannot be created: {}", .0.display(), .1)]
    Folder(PathBuf, std::io::Error),
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    #[error("--printer {0}: expected host:port, /dev/usb/lp0, or /dev/ttyUSB0,19200")]
    Printer(String),
    #[error("{}", message(.0))]
    Refused(Refusal),
    #[error("{} already exists and was not changed; give another file name", .0.display())]
    Exists(PathBuf),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Key(#[from] UnlockError),
    /// Pages are lost, or rows that a start could not read.
    #[error("{}", list(&format!("{} is damaged; restore a backup", .0.display()), .1))]
    Damaged(PathBuf, Vec<String>),
    /// A row is not as it was written.
    #[error("the database was changed by other means: table {table}, row {row}: {what}")]
    Broken { table: &'static str, row: i64, what: String },
    /// A key that a row was sealed with is not in the key file.
    #[error("a key is missing: table {table}, row {row}: {what}")]
    KeyMissing { table: &'static str, row: i64, what: String },
    #[error("the password could not be read: {0}")]
    NoPassword(std::io::Error),
}

impl CommandError {
    /// Adds the path of the database to its errors.
    fn at(self, db: &Path) -> Self {
        match self {
            Self::Store(fault)
            | Self::Start(StartError::Store(fault) | StartError::Key(UnlockError::Store(fault)))
            | Self::Key(UnlockError::Store(fault)) => {
                if fault.names_its_file() {
                    Self::Store(fault)
                } else {
                    Self::Database(db.to_owned(), fault)
                }
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

/// A refusal as the operator needs it. The next step of a bad request is meant for programs.
fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadRequest(place) => place.clone(),
        other => format!("{} {}", other.message(Lang::En), other.next(Lang::En)),
    }
}

fn list<T: ToString>(heading: &str, faults: &[T]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|fault| format!("  {}", fault.to_string())).collect();
    format!("{heading}:\n{}", lines.join("\n"))
}

/// Runs a command.
pub async fn run(command: Command) -> Result<(), CommandError> {
    // The server starts this one itself: it sets its own limits and needs no settings.
    if let Command::DrawPage { page, side } = command {
        return pdf::draw_page(page, side, stdin().lock(), stdout().lock())
            .map_err(|error| CommandError::File(PathBuf::from("standard input"), error));
    }
    let env = |name: &str| std::env::var_os(name);
    let settings = Settings::read(&command.flags(), env).map_err(CommandError::Settings)?;
    execute(command, &settings).await.map_err(|error| error.at(&settings.db))
}

async fn execute(command: Command, settings: &Settings) -> Result<(), CommandError> {
    match command {
        Command::Serve(_) => serve::run(settings).await,
        Command::Terminal(arguments) => terminal::run(settings, &arguments).await,
        Command::Import(import) => import::run(settings, &import.file).await,
        Command::ImportRecords(import) => import_records::run(settings, &import).await,
        Command::Export(_) => export::run(settings).await,
        Command::Check(_) => check::run(settings).await,
        Command::Backup(backup) => backup::run(settings, &backup.file).await,
        Command::Key(_) => key::run(settings).await,
        Command::Password(password) => password::run(settings, &password.clerk).await,
        Command::Clock(clock) => clock::run(settings, clock.accept).await,
        Command::MachineFile { name } => machine_file::write(&name),
        Command::Settings => console::print(&settings::table()),
        Command::DrawPage { .. } => Ok(()),
    }
}

/// The service without a server, for commands that change the hall. It has the database to
/// itself, so their changes go through the writer and into the audit trail like all others.
async fn service(settings: &Settings) -> Result<Arc<HallService>, CommandError> {
    let store = open_store(settings).await?;
    let addresses = Addresses { base: settings.public_url.clone().unwrap_or_default() };
    Ok(open_service(settings, store, Clock::from_environment(), addresses).await?)
}

/// Creates the folder for a new database.
fn create_folder_of(file: &Path) -> Result<(), CommandError> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|error| CommandError::Folder(folder.to_owned(), error)),
        _ => Ok(()),
    }
}
