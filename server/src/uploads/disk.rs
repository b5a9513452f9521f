//! Where files are, and how they are written: `ab/abcd…` and its thumbnail
//! `ab/abcd….small`. Both are written completely as `.….part` in the same folder and
//! then renamed.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::FileId;
use crate::part_file;

/// Bytes written between two syncs. The commit of a ticket waits for the same disk, and
/// on most file systems for everything written before: ten megabytes at once would block
/// it, a piece of this size hardly delays it.
const PIECE: usize = 256 * 1024;

/// How the name of an incomplete file begins.
const UNFINISHED: &str = ".";
const SMALL: &str = ".small";

/// The two parts that are stored of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Original,
    Thumbnail,
}

impl Part {
    /// The context it is sealed with.
    pub(super) fn about(self, id: FileId) -> String {
        match self {
            Self::Original => format!("file/{id}"),
            Self::Thumbnail => format!("file/{id}/thumbnail"),
        }
    }
}

/// A file in the folder.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    /// `None` for one that was not completed.
    pub(super) of: Option<(FileId, Part)>,
}

#[derive(Debug, Clone)]
pub(super) struct Disk {
    folder: Arc<Path>,
    /// The device and the number of the folder when it was opened.
    identity: Option<(u64, u64)>,
}

impl Disk {
    /// The bytes that are free, where the system says it.
    pub(super) fn free(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(&*self.folder).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        create(folder)?;
        Ok(Self { folder: folder.into(), identity: identity(folder) })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn is_in_place(&self) -> bool {
        identity(&self.folder).is_some_and(|now| Some(now) == self.identity)
    }

    pub(super) fn path(&self, id: FileId, part: Part) -> PathBuf {
        let mut name = id.to_string();
        let folder = self.folder.join(&name[..2]);
        if part == Part::Thumbnail {
            name.push_str(SMALL);
        }
        folder.join(name)
    }

    /// Writes the parts of a new file. They are removed again unless [`Placed::keep`] is
    /// called.
    pub(super) fn place(&self, id: FileId, parts: &[(Part, Vec<u8>)]) -> io::Result<Placed> {
        let mut placed = Placed { paths: Vec::new() };
        let folder = self.folder_of(id)?;
        let mut written = Vec::new();
        for (part, sealed) in parts {
            written.push((self.path(id, *part), write(&folder, sealed)?));
        }
        for (path, file) in written {
            file.persist(&path).map_err(|unnamed| unnamed.error)?;
            placed.paths.push(path);
        }
        sync(&folder)?;
        Ok(placed)
    }

    /// Replaces a part.
    pub(super) fn put(&self, id: FileId, part: Part, sealed: &[u8]) -> io::Result<()> {
        let folder = self.folder_of(id)?;
        write(&folder, sealed)?.persist(self.path(id, part)).map_err(|unnamed| unnamed.error)?;
        sync(&folder)
    }

    pub(super) fn read(&self, id: FileId, part: Part) -> io::Result<Vec<u8>> {
        fs::read(self.path(id, part))
    }

    pub(super) fn remove(&self, id: FileId) -> io::Result<()> {
        let original = self.path(id, Part::Original);
        let mut gone = false;
        for path in [&original, &self.path(id, Part::Thumbnail)] {
            gone |= remove(path)?;
        }
        match original.parent() {
            // An erased file must not reappear after a power cut.
            Some(folder) if gone => sync(folder),
            _ => Ok(()),
        }
    }

    /// All files that this program has written, in no particular order. Others are
    /// ignored.
    pub(super) fn all(&self) -> io::Result<Vec<Entry>> {
        let mut all = Vec::new();
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            let name = folder.file_name();
            if name.len() != 2 || !folder.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(folder.path())? {
                let entry = entry?;
                let (path, name) = (entry.path(), entry.file_name());
                let Some(name) = name.to_str() else { continue };
                let (stem, part) = match name.strip_suffix(SMALL) {
                    Some(stem) => (stem, Part::Thumbnail),
                    None => (name, Part::Original),
                };
                if let Ok(id) = stem.parse() {
                    all.push(Entry { path, of: Some((id, part)) });
                } else if part_file::is_part(name, UNFINISHED) {
                    all.push(Entry { path, of: None });
                }
            }
        }
        Ok(all)
    }

    /// The subfolder of a file; created if it is missing.
    pub(super) fn folder_of(&self, id: FileId) -> io::Result<PathBuf> {
        let folder = self.folder.join(&id.to_string()[..2]);
        if create(&folder)? {
            sync(&self.folder)?;
        }
        Ok(folder)
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let about = fs::metadata(folder).ok()?;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    folder.is_dir().then_some((0, 0))
}

/// New parts of a file, which are removed when this is dropped.
#[derive(Debug)]
pub(super) struct Placed {
    paths: Vec<PathBuf>,
}

impl Placed {
    pub(super) fn keep(mut self) {
        self.paths.clear();
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        for path in &self.paths {
            // If this fails, the sweep removes it.
            let _ = remove(path);
        }
    }
}

/// Writes a temporary file that only its owner may read. It is removed when dropped.
pub(super) fn write(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = part_file::create(folder, UNFINISHED)?;
    for piece in bytes.chunks(PIECE) {
        file.write_all(piece)?;
        file.as_file().sync_data()?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// A new name is durable once its folder is synced too.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Removes a file; returns whether it existed.
pub(super) fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Creates a folder; returns whether it was missing.
fn create(folder: &Path) -> io::Result<bool> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(false),
        Err(error) => Err(error),
    }
}
