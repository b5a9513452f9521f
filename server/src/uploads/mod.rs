//! Photographs, scans and signatures that visitors and clerks upload for a case. They
//! are stored encrypted in a folder beside the database, under random names. Original
//! names are not stored, and the type is determined from the content.
//!
//! - [`UploadStore::receive`]: stores a body with a thumbnail, or leaves nothing
//! - [`UploadStore::read`], [`UploadStore::read_thumbnail`], [`UploadStore::check`],
//!   [`UploadStore::remove`]
//! - [`maintenance`]: sweeping, new keys, copies
//! - [`kind`]: what a file is; [`pdf`], `picture`: inspecting it; `disk`: the names of
//!   files and how they are written
//!
//! This module does not know which case a file belongs to, or who may see it. A file
//! that nothing refers to is removed by the next [`UploadStore::sweep`].

mod disk;
mod kind;
pub mod maintenance;
mod name;
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
pub use kind::FileKind;
pub use name::sent_name;

/// The name of a file: 128 random bits, as 32 hexadecimal digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId([u8; 16]);

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// A text is not the name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a file is 32 hexadecimal digits in lower case")]
pub struct InvalidFileId;

impl FromStr for FileId {
    type Err = InvalidFileId;

    fn from_str(text: &str) -> Result<Self, InvalidFileId> {
        // Capitals are refused: a file has exactly one name.
        let id = HEXLOWER.decode(text.as_bytes()).map_err(|_| InvalidFileId)?;
        id.try_into().map(Self).map_err(|_| InvalidFileId)
    }
}

/// A file that was received and is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub id: FileId,
    pub kind: FileKind,
    /// The length.
    pub bytes: u64,
    /// The digest of the bytes as received.
    pub sha256: [u8; 32],
    /// Width and height in pixels of an upright picture; `None` for a PDF.
    pub size: Option<(u32, u32)>,
    /// The pages of a PDF, if they could be counted; `None` for a picture.
    pub pages: Option<u32>,
}

/// Why a body was not stored. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum UploadRefused {
    /// It has more bytes than allowed, or more pixels than can be decoded.
    #[error("the file is too large")]
    TooLarge,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    #[error("the file is not a picture, a PDF or an OFD")]
    NotAKind,
    /// A photograph as iPhones store them. Its decoder would have to be licensed.
    #[error("the picture is in HEIC format")]
    Heic,
    /// A picture of a kind that is not taken.
    #[error("the picture is not a JPEG, PNG or WebP")]
    OtherPicture,
    /// A PDF that nobody can open without its password.
    #[error("the file is locked with a password")]
    Locked,
    /// It begins as one of these types, but cannot be decoded to its end.
    #[error("the file is damaged")]
    Broken,
    /// The sender stopped before the end.
    #[error("the file is incomplete")]
    Cut,
    #[error("the file cannot be stored: {0}")]
    Disk(#[from] io::Error),
}

/// Why a stored file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file does not exist")]
    Gone,
    /// It was changed since it was encrypted, or its key is unknown.
    #[error("the file cannot be decrypted: {0}")]
    Sealed(#[from] VaultError),
    /// It decrypts, but is not the file that was received.
    #[error("the file is not the one that was received")]
    Changed,
    #[error("the file cannot be read: {0}")]
    Disk(io::Error),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Gone } else { Self::Disk(error) }
    }
}

/// The folder of uploaded files. Clones share the folder and its limits.
#[derive(Debug, Clone)]
pub struct UploadStore {
    disk: Disk,
    vault: Arc<Vault>,
    /// One file is processed at a time: decoding takes a core for up to a second and
    /// writing keeps the disk busy, while the machine may have two cores and tickets
    /// come first.
    processing: Arc<Semaphore>,
    /// Bodies are in memory until they are complete, so their number is limited. Further
    /// ones wait unread.
    receiving: Arc<Semaphore>,
    /// When the next piece may be received, see [`RECEIVE_RATE`].
    next_piece_at: Arc<Mutex<Instant>>,
    /// As many pages of PDFs are drawn at once for those who look at them.
    drawing: Arc<Semaphore>,
    timeouts: Timeouts,
    /// The program that inspects PDFs.
    renderer: Option<PathBuf>,
}

/// Bytes that files of strangers leave free.
const LEAST_FREE: u64 = 256 * 1024 * 1024;

impl UploadStore {
    /// Opens the folder. A missing one is created, accessible only to its owner.
    ///
    /// # Errors
    /// The folder cannot be created.
    pub fn open(folder: &Path, vault: Arc<Vault>) -> io::Result<Self> {
        let disk = Disk::open(folder)?;
        Ok(Self {
            disk,
            vault,
            processing: Arc::new(Semaphore::new(1)),
            receiving: Arc::new(Semaphore::new(CONCURRENT_BODIES)),
            next_piece_at: Arc::new(Mutex::new(Instant::now())),
            drawing: Arc::new(Semaphore::new(1)),
            timeouts: Timeouts::default(),
            renderer: None,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.disk.folder()
    }

    /// Whether the folder is still the one that was opened.
    pub fn is_in_place(&self) -> bool {
        self.disk.is_in_place()
    }

    /// Inspects PDFs with this program, which is `jiban` itself; see [`pdf`]. Without it
    /// the thumbnail of a PDF is a drawn page, its pages are not counted, and it is not
    /// known whether it can be read.
    #[must_use]
    pub fn with_pdf_renderer(self, program: PathBuf) -> Self {
        Self { renderer: Some(program), ..self }
    }

    /// Receives so many bodies at once.
    #[must_use]
    pub fn with_bodies(self, bodies: usize) -> Self {
        Self { receiving: Arc::new(Semaphore::new(bodies)), ..self }
    }

    #[must_use]
    pub fn with_timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// Whether strangers may fill the disk any further: what the hall itself writes needs room.
    pub fn has_room(&self) -> bool {
        self.disk.free().is_none_or(|free| free >= LEAST_FREE)
    }

    /// Receives a body of at most `limit` bytes, which are held in memory until they are
    /// written. If the future is dropped, nothing is left.
    ///
    /// # Errors
    /// See [`UploadRefused`].
    pub async fn receive<B: AsRef<[u8]>, E>(
        &self,
        body: impl Stream<Item = Result<B, E>>,
        limit: usize,
    ) -> Result<Received, UploadRefused> {
        let receiving = Arc::clone(&self.receiving).acquire_owned().await;
        let receiving = receiving.map_err(io::Error::other)?;
        let Timeouts { silence, total } = self.timeouts;
        let bytes = timeout(total, self.collect(body, limit, silence)).await;
        let bytes = bytes.map_err(|_| UploadRefused::Cut)??;
        let processing = Arc::clone(&self.processing).acquire_owned().await;
        let processing = processing.map_err(io::Error::other)?;
        let store = self.clone();
        // The permits travel with the result. If nobody waits for it any more, the file
        // is removed first and the permits are released after that.
        let (sender, receiver) = oneshot::channel();
        let runtime = Handle::current();
        thread::Builder::new().name("file".to_owned()).spawn(move || {
            // A PDF is inspected by another process, which the runtime waits for.
            let _guard = runtime.enter();
            let _ = lower_priority();
            let _ = sender.send((store.process(&bytes), processing, receiving));
        })?;
        let Ok((processed, ..)) = receiver.await else {
            // A decoder that panics over a file must not stop the hall.
            tracing::error!("a file could not be inspected");
            return Err(UploadRefused::Broken);
        };
        processed.map(|(placed, received)| {
            placed.keep();
            received
        })
    }

    /// The whole body, of at most `limit` bytes.
    async fn collect<B: AsRef<[u8]>, E>(
        &self,
        body: impl Stream<Item = Result<B, E>>,
        limit: usize,
        silence: Duration,
    ) -> Result<Vec<u8>, UploadRefused> {
        let mut body = pin!(body);
        let mut bytes = Vec::new();
        while let Some(piece) =
            timeout(silence, body.next()).await.map_err(|_| UploadRefused::Cut)?
        {
            let piece = piece.map_err(|_| UploadRefused::Cut)?;
            let piece = piece.as_ref();
            if bytes.len() + piece.len() > limit {
                return Err(UploadRefused::TooLarge);
            }
            bytes.extend_from_slice(piece);
            sleep_until(self.pace(piece.len())).await;
        }
        Ok(bytes)
    }

    /// When the sender of so many bytes may send more: all senders together are limited
    /// to [`RECEIVE_RATE`].
    fn pace(&self, bytes: usize) -> Instant {
        let mut next = self.next_piece_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let nanoseconds = bytes as u64 * 1_000_000_000 / RECEIVE_RATE;
        *next = (*next).max(now) + Duration::from_nanos(nanoseconds);
        *next
    }

    fn process(&self, bytes: &[u8]) -> Result<(Placed, Received), UploadRefused> {
        let kind = FileKind::of(bytes)?;
        let Inspected { thumbnail, size, pages } = match kind {
            FileKind::Jpeg | FileKind::Png | FileKind::Webp => picture::inspect(kind, bytes)?,
            FileKind::Pdf => pdf::inspect(bytes, self.renderer.as_deref())?,
            FileKind::Ofd => Inspected { thumbnail: pdf::blank()?, size: None, pages: None },
        };
        let id = FileId(random());
        let parts = [(Part::Original, bytes), (Part::Thumbnail, &*thumbnail)]
            .map(|(part, plain)| (part, self.vault.seal(&part.about(id), plain)));
        let placed = self.disk.place(id, &parts)?;
        let sha256 = Sha256::digest(bytes).into();
        Ok((placed, Received { id, kind, bytes: bytes.len() as u64, sha256, size, pages }))
    }

    /// The file as received, and its type.
    pub async fn read(&self, id: FileId) -> Result<(FileKind, Vec<u8>), FileError> {
        let bytes = self.opened(id, Part::Original).await?;
        Ok((FileKind::of_stored(&bytes).ok_or(FileError::Changed)?, bytes))
    }

    /// The thumbnail, a JPEG of at most [`THUMBNAIL`] pixels either way.
    pub async fn read_thumbnail(&self, id: FileId) -> Result<Vec<u8>, FileError> {
        self.opened(id, Part::Thumbnail).await
    }

    /// A page of a PDF as a JPEG, counted from 1. `None` if it has no such page, or nothing
    /// draws PDFs here. One page is drawn at a time.
    pub async fn read_page(&self, id: FileId, number: u32) -> Result<Option<Vec<u8>>, FileError> {
        let Some(program) = self.renderer.clone() else { return Ok(None) };
        let _turn = self.drawing.acquire().await.map_err(io::Error::other)?;
        let bytes = self.opened(id, Part::Original).await?;
        blocking(move || Ok(pdf::page(&bytes, number, &program)?)).await
    }

    /// Checks that the file and its thumbnail can be decrypted, and that the file has this
    /// digest.
    ///
    /// # Errors
    /// [`FileError::Changed`] for another digest.
    pub async fn check(&self, id: FileId, sha256: [u8; 32]) -> Result<(), FileError> {
        self.opened(id, Part::Thumbnail).await?;
        let bytes = self.opened(id, Part::Original).await?;
        let same = blocking(move || Ok(<[u8; 32]>::from(Sha256::digest(bytes)) == sha256));
        if same.await? { Ok(()) } else { Err(FileError::Changed) }
    }

    async fn opened(&self, id: FileId, part: Part) -> Result<Vec<u8>, FileError> {
        let store = self.clone();
        blocking(move || {
            let sealed = store.disk.read(id, part)?;
            Ok(store.vault.open(&part.about(id), &sealed)?)
        })
        .await
    }

    /// Removes a file and its thumbnail. It is no error if they do not exist.
    pub async fn remove(&self, id: FileId) -> Result<(), FileError> {
        let disk = self.disk.clone();
        blocking(move || Ok(disk.remove(id)?)).await
    }
}

/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL: u32 = 320;

/// Gives the current thread the lowest priority: a picture takes a core for some tenths
/// of a second, and a visitor who takes a number needs one at once. Only Linux sets the
/// priority per thread; elsewhere it would apply to the whole program.
#[cfg(target_os = "linux")]
pub(crate) fn lower_priority() -> io::Result<()> {
    rustix::process::nice(19)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn lower_priority() -> io::Result<()> {
    Ok(())
}

/// Bodies received at once: at most 320 MB of memory.
const CONCURRENT_BODIES: usize = 32;
/// Bytes per second received from all senders together: half of a gigabit network.
/// Without a limit, copying keeps both cores busy and visitors wait for their numbers.
const RECEIVE_RATE: u64 = 64 * 1024 * 1024;

/// How long to wait for a body.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Without a byte for this long the sender counts as gone: phones lose their network.
    pub silence: Duration,
    /// For the whole body; 10 MB take a minute on a bad network.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { silence: Duration::from_secs(30), total: Duration::from_mins(5) }
    }
}

/// What an inspection of a file found.
#[derive(Debug)]
struct Inspected {
    /// A JPEG.
    thumbnail: Vec<u8>,
    size: Option<(u32, u32)>,
    pages: Option<u32>,
}

/// Runs disk work on a thread for blocking tasks.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, FileError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(FileError::Disk(io::Error::other(panic))),
    }
}
