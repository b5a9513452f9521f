//! Whether what the hall is told can be kept: the database, the key and the folder of files
//! are in their places, and something can be written.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiban_domain::Refusal;
use tokio::sync::{Mutex, oneshot};
use tokio::time::Instant;

use super::HallService;
use super::writer::WriterMessage;
use crate::store::{Ground, GroundLost};
use crate::uploads::UploadStore;
use crate::vault::{KeyFile, Vault};

/// How long the result of a write is taken for the next question, so that whoever asks often
/// does not make the disk busy.
const TAKEN_FOR: Duration = Duration::from_secs(1);

/// Why nothing can be kept, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unhealthy {
    #[error(
        "{0}. Nothing is saved and every change is refused until it is back; put it back, or stop \
         the server and restore a backup"
    )]
    Ground(GroundLost),
    #[error(
        "the key file {} was removed or replaced while it was in use: {}. No case is opened and no \
         file is taken until it is back", .path.display(), .fault
    )]
    Key { path: PathBuf, fault: String },
    #[error(
        "the folder {} was moved or replaced while it was in use. No file is taken until it is back",
        .0.display()
    )]
    Files(PathBuf),
    #[error("nothing can be written to the database; is the disk full, or read-only?")]
    NotWritten,
    #[error("the database cannot be read")]
    NotRead,
    #[error("the writer has stopped")]
    Stopped,
    #[error(
        "the machine's clock is not believed, so nothing is cancelled, erased or decided by time. \
         Numbers are given. Set it right, or confirm it on the admin page"
    )]
    Clock,
}

impl Unhealthy {
    /// The reason for anyone who asks, without a path.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Ground(_) => "the database was deleted, moved, replaced or cut short",
            Self::Key { .. } => "the key file was removed or replaced",
            Self::Files(_) => "the folder of uploaded files was moved or replaced",
            Self::NotWritten => "nothing can be written to the database",
            Self::NotRead => "the database cannot be read",
            Self::Stopped => "the writer has stopped",
            Self::Clock => "the machine's clock is wrong, or waits to be confirmed",
        }
    }
}

/// What must stay in its place while the hall is served.
pub(super) struct Health {
    ground: Arc<Ground>,
    key: PathBuf,
    last_write: Mutex<Option<(Instant, bool)>>,
}

impl Health {
    pub(super) fn new(ground: Arc<Ground>, key: PathBuf) -> Self {
        Self { ground, key, last_write: Mutex::default() }
    }
}

impl HallService {
    /// Whether the files of the hall are in their places.
    ///
    /// # Errors
    /// The first that is not.
    pub async fn check_ground(&self) -> Result<(), Unhealthy> {
        self.health.ground.check_with_lock().map_err(Unhealthy::Ground)?;
        self.check_sealed().await
    }

    /// Whether what is sealed now can be opened tomorrow: the key file and the folder of
    /// files are those that the server started with.
    async fn check_sealed(&self) -> Result<(), Unhealthy> {
        let (key, vault, uploads) =
            (self.health.key.clone(), self.vault.clone(), self.uploads.clone());
        let checked = tokio::task::spawn_blocking(move || sealed(key, &vault, &uploads));
        checked.await.unwrap_or(Err(Unhealthy::Stopped))
    }

    /// Refuses what would be sealed with a key, or stored in a folder, that is gone.
    pub(super) async fn require_sealing(&self) -> Result<(), Refusal> {
        self.check_sealed().await.map_err(|unhealthy| {
            tracing::error!("{unhealthy}");
            Refusal::Unavailable
        })
    }

    /// Whether everything that the hall is told can be kept. It writes something, at most
    /// once a second.
    ///
    /// # Errors
    /// Why not.
    pub async fn health(&self) -> Result<(), Unhealthy> {
        if self.inbox.is_closed() {
            return Err(Unhealthy::Stopped);
        }
        self.check_ground().await?;
        self.reader.answers().await.map_err(|error| {
            tracing::error!(%error, "the database does not respond");
            Unhealthy::NotRead
        })?;
        let mut last = self.health.last_write.lock().await;
        let written = match *last {
            Some((at, written)) if at.elapsed() < TAKEN_FOR => written,
            _ => {
                let (reply, written) = oneshot::channel();
                let sent = self.inbox.send(WriterMessage::Probe(reply)).await;
                let written = sent.is_ok() && written.await.unwrap_or(false);
                *last = Some((Instant::now(), written));
                written
            }
        };
        drop(last);
        if !written {
            return Err(Unhealthy::NotWritten);
        }
        if self.clock.is_in_doubt() { Err(Unhealthy::Clock) } else { Ok(()) }
    }
}

fn sealed(key: PathBuf, vault: &Vault, uploads: &UploadStore) -> Result<(), Unhealthy> {
    let found = KeyFile::open(&key, false).and_then(|now| now.try_known(&vault.known_value()));
    if let Err(error) = found {
        return Err(Unhealthy::Key { path: key, fault: error.to_string() });
    }
    if uploads.is_in_place() { Ok(()) } else { Err(Unhealthy::Files(uploads.folder().to_owned())) }
}
