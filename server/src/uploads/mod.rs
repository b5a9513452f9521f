//! Photographs, scans and signatures that visitors and clerks put to a case.
//! They lie in a folder beside the database, sealed, under random names: what
//! a file was called elsewhere is not asked, and what it is its bytes say.
//!
//! - [`Files::receive`]: a body becomes a file with a thumbnail, or leaves nothing
//! - [`Files::read`], [`Files::read_thumbnail`], [`Files::check`], [`Files::remove`]
//! - [`maintenance`]: leftovers, new keys, copies
//! - [`pdf`], `picture`: looking at what was sent; `disk`: names and writing
//!
//! Not here: to which case a file belongs, and who may see it. A file nothing
//! refers to goes with the next [`Files::sweep`].

mod disk;
pub mod maintenance;
pub mod pdf;
mod picture;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use data_encoding::HEXLOWER;
use futures::{Stream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until, timeout};

use crate::vault::{Vault, VaultError, random};
use disk::{Disk, Part, Placed};

/// A file's name: 128 random bits, as 32 hexadecimal digits in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId([u8; 16]);

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// It is not the name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a file's name is 32 hexadecimal digits in small letters")]
pub struct NoFileId;

impl FromStr for FileId {
    type Err = NoFileId;

    fn from_str(text: &str) -> Result<Self, NoFileId> {
        // Capitals are refused: a file has exactly one name.
        let id = HEXLOWER.decode(text.as_bytes()).map_err(|_| NoFileId)?;
        id.try_into().map(Self).map_err(|_| NoFileId)
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A scan or a drawn signature.
    Png,
    /// A document.
    Pdf,
}

impl FileKind {
    /// What bytes begin as; none for all else. That they go on as such is not
    /// looked at.
    fn of(bytes: &[u8]) -> Option<Self> {
        match infer::get(bytes)?.mime_type() {
            "image/jpeg" => Some(Self::Jpeg),
            "image/png" => Some(Self::Png),
            // Elsewhere the mark may stand some way in, after anything at all.
            "application/pdf" if bytes.starts_with(b"%PDF-") => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Its content type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A file that was taken in and is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its name from now on.
    pub id: FileId,
    /// What it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
    /// Of the bytes as they came.
    pub sha256: [u8; 32],
    /// Dots across and down as it is looked at, turned upright; none for a PDF.
    pub size: Option<(u32, u32)>,
    /// Pages of a PDF, where they could be counted; none for a picture.
    pub pages: Option<u32>,
}

/// Why a body did not become a file. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
pub enum FileRefused {
    /// More bytes than allowed, or more dots than can be looked at.
    #[error("it is too large")]
    TooLarge,
    /// Neither JPEG, PNG nor PDF, whatever it is called.
    #[error("it is neither JPEG, PNG nor PDF")]
    NotAKind,
    /// It begins as one of them, and cannot be read as such to its end.
    #[error("it cannot be read")]
    Broken,
    /// The sender stopped in the middle.
    #[error("it did not come whole")]
    Cut,
    /// The disk.
    #[error("it cannot be kept: {0}")]
    Disk(#[from] io::Error),
}

/// Why a file does not open.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("the file is not there")]
    Gone,
    /// It is not as it was sealed, or its key is not known.
    #[error("the file cannot be opened: {0}")]
    Sealed(#[from] VaultError),
    /// It opens, and is not what was received.
    #[error("the file is not the one that was received")]
    Changed,
    /// The disk.
    #[error("the file cannot be read: {0}")]
    Disk(io::Error),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Gone } else { Self::Disk(error) }
    }
}

/// The folder of files. A clone is the same folder, and waits its turn with it.
#[derive(Debug, Clone)]
pub struct Files {
    disk: Disk,
    vault: Arc<Vault>,
    /// Looking at a picture takes a core for up to a second, and writing it
    /// keeps the disk busy: one at a time, since the machine may have two cores
    /// and tickets go first.
    turn: Arc<Semaphore>,
    /// Bodies lie in memory until they are whole: so many at once, the others
    /// wait unread.
    coming: Arc<Semaphore>,
    /// When the next piece may be taken in.
    gate: Arc<Mutex<Instant>>,
    patience: Patience,
    program: Option<PathBuf>,
}

impl Files {
    /// Opens the folder. Where there is none it is made, for its owner alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path, vault: Arc<Vault>) -> io::Result<Self> {
        let disk = Disk::open(folder)?;
        Ok(Self {
            disk,
            vault,
            turn: Arc::new(Semaphore::new(1)),
            coming: Arc::new(Semaphore::new(COMING)),
            gate: Arc::new(Mutex::new(Instant::now())),
            patience: Patience::default(),
            program: None,
        })
    }

    /// Looks into PDFs with this program, which is `jiban` itself; see [`pdf`].
    /// Without one, a PDF has a drawn page for a thumbnail, its pages are not
    /// counted, and that it can be read is not known.
    #[must_use]
    pub fn looking_with(self, program: PathBuf) -> Self {
        Self { program: Some(program), ..self }
    }

    /// Waits so long for bodies.
    #[must_use]
    pub fn waiting(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// Takes in a body of at most `most` bytes, which are held in memory until
    /// they are written. A future that is dropped leaves nothing either.
    ///
    /// # Errors
    /// See [`FileRefused`].
    pub async fn receive<B: AsRef<[u8]>, E>(
        &self,
        body: impl Stream<Item = Result<B, E>>,
        most: usize,
    ) -> Result<Received, FileRefused> {
        let place = Arc::clone(&self.coming).acquire_owned().await.map_err(io::Error::other)?;
        let Patience { silence, longest } = self.patience;
        let bytes = timeout(longest, self.whole(body, most, silence)).await;
        let bytes = bytes.map_err(|_| FileRefused::Cut)??;
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(io::Error::other)?;
        let files = self.clone();
        // The turn is held to the end, also when nobody waits for the answer any
        // more: then the file goes, and after it the turn.
        let (done, told) = oneshot::channel();
        let system = Handle::current();
        thread::Builder::new().name("file".to_owned()).spawn(move || {
            // A PDF is looked at by a process, which the runtime waits for.
            let _within = system.enter();
            let _ = go_behind_others();
            let _ = done.send((files.take(&bytes), turn, place));
        })?;
        let Ok((took, ..)) = told.await else {
            // A decoder that stumbles over a file must not take the hall with it.
            tracing::error!("a file could not be looked at");
            return Err(FileRefused::Broken);
        };
        took.map(|(placed, received)| {
            placed.keep();
            received
        })
    }

    /// A body of at most `most` bytes, whole.
    async fn whole<B: AsRef<[u8]>, E>(
        &self,
        body: impl Stream<Item = Result<B, E>>,
        most: usize,
        silence: Duration,
    ) -> Result<Vec<u8>, FileRefused> {
        let mut body = pin!(body);
        let mut bytes = Vec::new();
        while let Some(piece) = timeout(silence, body.next()).await.map_err(|_| FileRefused::Cut)? {
            let piece = piece.map_err(|_| FileRefused::Cut)?;
            let piece = piece.as_ref();
            if bytes.len() + piece.len() > most {
                return Err(FileRefused::TooLarge);
            }
            bytes.extend_from_slice(piece);
            sleep_until(self.after(piece.len())).await;
        }
        Ok(bytes)
    }

    /// When whoever brought so many bytes may bring more: all senders together
    /// go no faster than [`RATE`].
    fn after(&self, bytes: usize) -> Instant {
        let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let nanoseconds = bytes as u64 * 1_000_000_000 / RATE;
        *gate = (*gate).max(now) + Duration::from_nanos(nanoseconds);
        *gate
    }

    fn take(&self, bytes: &[u8]) -> Result<(Placed, Received), FileRefused> {
        let kind = FileKind::of(bytes).ok_or(FileRefused::NotAKind)?;
        let Seen { thumbnail, size, pages } = match kind {
            FileKind::Jpeg | FileKind::Png => picture::look(kind, bytes)?,
            FileKind::Pdf => pdf::look(bytes, self.program.as_deref())?,
        };
        let id = FileId(random());
        let parts = [(Part::Original, bytes), (Part::Thumbnail, &*thumbnail)]
            .map(|(part, plain)| (part, self.vault.seal(&part.about(id), plain)));
        let placed = self.disk.place(id, &parts)?;
        let sha256 = Sha256::digest(bytes).into();
        Ok((placed, Received { id, kind, bytes: bytes.len() as u64, sha256, size, pages }))
    }

    /// The file as it came, and what it is.
    ///
    /// # Errors
    /// See [`FileError`].
    pub async fn read(&self, id: FileId) -> Result<(FileKind, Vec<u8>), FileError> {
        let bytes = self.opened(id, Part::Original).await?;
        Ok((FileKind::of(&bytes).ok_or(FileError::Changed)?, bytes))
    }

    /// Its thumbnail, a JPEG of at most [`THUMBNAIL`] dots either way.
    ///
    /// # Errors
    /// See [`FileError`].
    pub async fn read_thumbnail(&self, id: FileId) -> Result<Vec<u8>, FileError> {
        self.opened(id, Part::Thumbnail).await
    }

    /// Whether the file opens, with its thumbnail, and has this hash.
    ///
    /// # Errors
    /// Where it does not; [`FileError::Changed`] for another hash.
    pub async fn check(&self, id: FileId, sha256: [u8; 32]) -> Result<(), FileError> {
        self.opened(id, Part::Thumbnail).await?;
        let bytes = self.opened(id, Part::Original).await?;
        let same = off_thread(move || Ok(<[u8; 32]>::from(Sha256::digest(bytes)) == sha256));
        if same.await? { Ok(()) } else { Err(FileError::Changed) }
    }

    async fn opened(&self, id: FileId, part: Part) -> Result<Vec<u8>, FileError> {
        let files = self.clone();
        off_thread(move || {
            let sealed = files.disk.read(id, part)?;
            Ok(files.vault.open(&part.about(id), &sealed)?)
        })
        .await
    }

    /// Removes a file and its thumbnail; one that is gone already is no fault.
    ///
    /// # Errors
    /// The disk's.
    pub async fn remove(&self, id: FileId) -> Result<(), FileError> {
        let disk = self.disk.clone();
        off_thread(move || Ok(disk.remove(id)?)).await
    }
}

/// The longer side of a thumbnail, in dots.
pub const THUMBNAIL: u32 = 320;

/// Puts the thread that asks behind all others: a picture takes a core for some
/// tenths of a second, and whoever takes a number needs one at once. By thread
/// on Linux alone; elsewhere it would be the whole program.
#[cfg(target_os = "linux")]
fn go_behind_others() -> io::Result<()> {
    rustix::process::nice(19)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
const fn go_behind_others() -> io::Result<()> {
    Ok(())
}

/// Bodies taken in at once: 320 MB of memory at the most.
const COMING: usize = 32;
/// Bytes a second that are taken in, from all senders together: half of what a
/// gigabit network carries. What comes as fast as it can keeps both cores busy
/// with copying, and whoever takes a number waits.
const RATE: u64 = 64 * 1024 * 1024;

/// How long a body is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// A sender who is silent for so long is gone: phones lose their network.
    pub silence: Duration,
    /// For all of it; 10 MB take a minute where the network is bad.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silence: Duration::from_secs(30), longest: Duration::from_mins(5) }
    }
}

/// What was seen in a file.
#[derive(Debug)]
struct Seen {
    /// A JPEG.
    thumbnail: Vec<u8>,
    size: Option<(u32, u32)>,
    pages: Option<u32>,
}

/// Does what waits for the disk where nothing else waits for it.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, FileError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(FileError::Disk(io::Error::other(panic))),
    }
}
