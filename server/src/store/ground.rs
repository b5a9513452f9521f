//! The files under an open database. An open file lives on when its name is removed
//! or given to another, and `SQLite` would go on writing to it: every answer would be
//! 200, and nothing of it would be there after a restart. So the names are compared
//! with the open files before a command is decided and again before it is answered.
//!
//! Two locks keep a second server away. The one on the database file goes with it
//! under every name; the one on `hall.db.lock` goes with the name, for as long as a
//! database that was moved away is still being served.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::StoreError;

/// What became of a file under an open database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GroundLost {
    #[error("{} was deleted or moved while it was being served", .0.display())]
    Gone(PathBuf),
    #[error("{} was replaced by another file while it was being served", .0.display())]
    Replaced(PathBuf),
    #[error("{} was cut short while it was being served", .0.display())]
    Truncated(PathBuf),
    #[error("{}: {}", .0.display(), .1)]
    Unknown(PathBuf, String),
}

/// The files of an open database, and the locks on them.
#[derive(Debug)]
pub struct Ground {
    database: Watched,
    log: Watched,
    /// `SQLite`'s index of the log. Connections with different ones would not see each
    /// other's locks.
    log_index: Watched,
    name: NameLock,
    // Held while this lives. The system releases it with the process, however that ends.
    _lock: File,
}

impl Ground {
    /// Locks a database, whose name is locked, as the file it is. It is created if it is
    /// missing. Only its owner may read a new file, since it holds tokens.
    pub(super) fn lock(path: &Path, name: NameLock) -> Result<Self, StoreError> {
        let real = name.database.clone();
        let failed = |error| StoreError::File(real.clone(), error);
        let file = open_private(&real).map_err(failed)?;
        try_lock(&file, path, &real)?;
        let about = file.metadata().map_err(failed)?;
        // Under another name `SQLite` would look for another log, and what is in the first
        // would be missing.
        if names_of(&about) > 1 {
            return Err(StoreError::HardLinked(path.to_owned()));
        }
        let ground = Self {
            log: Watched::new(with_suffix(&real, "-wal")),
            log_index: Watched::new(with_suffix(&real, "-shm")),
            database: Watched::new(real.clone()),
            name,
            _lock: file,
        };
        ground.database.identity.get_or_init(|| identity(&about));
        Ok(ground)
    }

    /// Whether all names still lead to the open files. Takes some microseconds.
    ///
    /// # Errors
    /// What is no longer there.
    pub fn check(&self) -> Result<(), GroundLost> {
        self.database.check()?;
        self.log.check()?;
        self.log_index.check()
    }

    /// [`Ground::check`], and whether the lock on the name is still held. A lock file that
    /// was removed is made again.
    ///
    /// # Errors
    /// As there, and if another process has the lock now.
    pub fn check_with_lock(&self) -> Result<(), GroundLost> {
        self.check()?;
        self.name.renew()
    }

    /// For as long as the result lives the log may become shorter: this program empties it.
    pub(super) fn emptying_log(&self) -> Emptying<'_> {
        self.log.length.lock().unwrap_or_else(PoisonError::into_inner).may_shrink = true;
        Emptying(&self.log)
    }
}

/// The log is being emptied.
pub(super) struct Emptying<'g>(&'g Watched);

impl Drop for Emptying<'_> {
    fn drop(&mut self) {
        *self.0.length.lock().unwrap_or_else(PoisonError::into_inner) = Length::default();
    }
}

/// A file that must stay where it is and never become shorter: `SQLite` writes into its
/// files and beyond their ends, and only a VACUUM would shorten one.
#[derive(Debug)]
struct Watched {
    path: PathBuf,
    /// Known from the first look at it, which is when the database has been opened.
    identity: OnceLock<Identity>,
    /// Locked while the file is looked at, so that no look is older than the last.
    length: Mutex<Length>,
}

#[derive(Debug, Default)]
struct Length {
    most: u64,
    may_shrink: bool,
}

impl Watched {
    fn new(path: PathBuf) -> Self {
        Self { path, identity: OnceLock::new(), length: Mutex::default() }
    }

    fn check(&self) -> Result<(), GroundLost> {
        let mut length = self.length.lock().unwrap_or_else(PoisonError::into_inner);
        let about = fs::metadata(&self.path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => GroundLost::Gone(self.path.clone()),
            _ => GroundLost::Unknown(self.path.clone(), error.to_string()),
        })?;
        if *self.identity.get_or_init(|| identity(&about)) != identity(&about) {
            return Err(GroundLost::Replaced(self.path.clone()));
        }
        if about.len() < length.most && !length.may_shrink {
            return Err(GroundLost::Truncated(self.path.clone()));
        }
        length.most = about.len();
        Ok(())
    }
}

/// The lock on the name of a database.
#[derive(Debug)]
pub(super) struct NameLock {
    /// The path of the database without symbolic links.
    database: PathBuf,
    path: PathBuf,
    file: Mutex<File>,
}

impl NameLock {
    /// Locks the name of a database, which may be missing.
    pub(super) fn lock(path: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::File(path.to_owned(), error);
        let database = real_path(path).map_err(failed)?;
        let lock = with_suffix(&database, ".lock");
        let file = open_private(&lock).map_err(failed)?;
        try_lock(&file, path, &lock)?;
        Ok(Self { database, path: lock, file: Mutex::new(file) })
    }

    fn renew(&self) -> Result<(), GroundLost> {
        let unknown =
            |error: std::io::Error| GroundLost::Unknown(self.path.clone(), error.to_string());
        let mut held = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let own = identity(&held.metadata().map_err(unknown)?);
        let file = match fs::metadata(&self.path) {
            Ok(about) if identity(&about) == own => return Ok(()),
            _ => open_private(&self.path).map_err(unknown)?,
        };
        match file.try_lock() {
            Ok(()) => {
                *held = file;
                Ok(())
            }
            Err(_) => Err(GroundLost::Replaced(self.path.clone())),
        }
    }
}

/// What a file is, whatever its name: its device and its number there.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(about: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (about.dev(), about.ino())
}

#[cfg(unix)]
fn names_of(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(about)
}

// Other systems do not let anyone move or remove an open file.
#[cfg(not(unix))]
const fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(not(unix))]
const fn names_of(_: &Metadata) -> u64 {
    1
}

/// The path without symbolic links; the file itself may be missing.
fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            Ok(fs::canonicalize(folder)?.join(name))
        }
        real => real,
    }
}

/// The path of a file that stands beside a database, such as its log.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(super) fn open_private(path: &Path) -> std::io::Result<File> {
    let mut open = File::options();
    open.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path)
}

fn try_lock(file: &File, database: &Path, path: &Path) -> Result<(), StoreError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::File(path.to_owned(), error)),
    }
}
