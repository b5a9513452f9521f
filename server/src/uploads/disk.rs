//! Where a file lies, and how it gets there: `ab/abcd…` and its thumbnail
//! `ab/abcd….small`, whole and on the disk before they have these names. Until
//! then they are `.….part` in the same folder.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::FileId;

/// How much is written before the disk is waited for. A ticket's commit waits
/// for the same disk, and on most file systems for all that was written to it
/// before, whoever wrote it: ten megabytes at once would stand before it like a
/// lorry at a gate. Of a piece this small it hardly notices.
const PIECE: usize = 256 * 1024;

const UNFINISHED: (&str, &str) = (".", ".part");
const SMALL: &str = ".small";

/// One of the two things kept of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Original,
    Thumbnail,
}

impl Part {
    /// What it is sealed about.
    pub(super) fn about(self, id: FileId) -> String {
        match self {
            Self::Original => format!("file/{id}"),
            Self::Thumbnail => format!("file/{id}/thumbnail"),
        }
    }
}

/// Something that lies in the folder.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    /// None for one that was not finished.
    pub(super) of: Option<(FileId, Part)>,
}

/// The folder.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    folder: Arc<Path>,
}

impl Disk {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        make(folder)?;
        Ok(Self { folder: folder.into() })
    }

    pub(super) fn path(&self, id: FileId, part: Part) -> PathBuf {
        let mut name = id.to_string();
        let folder = self.folder.join(&name[..2]);
        if part == Part::Thumbnail {
            name.push_str(SMALL);
        }
        folder.join(name)
    }

    /// Writes the parts of a new file. They go again unless they are kept.
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

    /// Puts a part in place of what lies there.
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
            // What was erased must not come back with the power.
            Some(folder) if gone => sync(folder),
            _ => Ok(()),
        }
    }

    /// All that this program has put here, in no order; what others have is
    /// passed over.
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
                let (begin, end) = UNFINISHED;
                if let Ok(id) = stem.parse() {
                    all.push(Entry { path, of: Some((id, part)) });
                } else if name.starts_with(begin) && name.ends_with(end) {
                    all.push(Entry { path, of: None });
                }
            }
        }
        Ok(all)
    }

    /// The folder a file lies in, made where there is none.
    pub(super) fn folder_of(&self, id: FileId) -> io::Result<PathBuf> {
        let folder = self.folder.join(&id.to_string()[..2]);
        if make(&folder)? {
            sync(&self.folder)?;
        }
        Ok(folder)
    }
}

/// Parts of a file that go with this, unless they are kept.
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
            // What stays goes with a sweep.
            let _ = remove(path);
        }
    }
}

/// Writes an unnamed file of a folder, for its owner alone; it goes when it is
/// dropped.
pub(super) fn write(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let (begin, end) = UNFINISHED;
    let mut file = tempfile::Builder::new().prefix(begin).suffix(end).tempfile_in(folder)?;
    for piece in bytes.chunks(PIECE) {
        file.write_all(piece)?;
        file.as_file().sync_data()?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// A name is kept for certain once its folder is on the disk too.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Whether it was there.
pub(super) fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether it was not there.
fn make(folder: &Path) -> io::Result<bool> {
    let mut make = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    match make.create(folder) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(false),
        Err(error) => Err(error),
    }
}
