//! Maintenance of the whole folder: removing leftovers, sealing with a new key, copying.
//! It works file by file and shares the limit with uploads, so that nothing waits long
//! for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use jiban_domain::Millis;

use super::disk::{self, Disk, Entry};
use super::{FileError, FileId, UploadStore, blocking};
use crate::part_file;
use crate::vault::Vault;

/// The result of sealing all files with a new key.
#[derive(Debug, Default)]
pub struct Resealed {
    /// Files that were resealed; originals and thumbnails are counted separately.
    pub done: u64,
    /// Files that could not be resealed and still need their old key.
    pub failed: Vec<(FileId, FileError)>,
}

impl UploadStore {
    /// Removes what a crash left: incomplete files that nobody writes any more, and files that
    /// are not `known`, if they are older than `older_than`, since a younger one may be part
    /// of an upload in progress. Returns how many were removed.
    pub async fn sweep(
        &self,
        known: impl Fn(&FileId) -> bool,
        older_than: Millis,
        now: Millis,
    ) -> Result<u64, FileError> {
        let mut count = 0;
        for entry in self.all().await? {
            if entry.of.is_some_and(|(id, _)| known(&id)) {
                continue;
            }
            let removed = blocking(move || {
                if entry.of.is_none() {
                    let abandoned = part_file::is_abandoned(&entry.path);
                    return Ok(abandoned && disk::remove(&entry.path)?);
                }
                match fs::metadata(&entry.path).and_then(|about| about.modified()) {
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
                    // One of the future was written under a wrong clock.
                    Ok(at) if millis(at).abs_diff(now) < older_than.unsigned_abs() => Ok(false),
                    Ok(_) => Ok(disk::remove(&entry.path)?),
                    Err(error) => Err(error.into()),
                }
            });
            count += u64::from(removed.await?);
        }
        Ok(count)
    }

    /// Seals all files with the newest key. A failure does not stop the others. A file
    /// that is removed at the same moment may reappear; the next sweep removes it.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn reseal_all(&self) -> Result<Resealed, FileError> {
        let mut resealed = Resealed::default();
        for entry in self.all().await? {
            let Some((id, part)) = entry.of else { continue };
            let turn =
                Arc::clone(&self.processing).acquire_owned().await.map_err(io::Error::other)?;
            let store = self.clone();
            let done = blocking(move || {
                let _turn = turn;
                if Vault::key_of(&head(&entry.path)?) == Some(store.vault.newest()) {
                    return Ok(false);
                }
                let sealed = store.disk.read(id, part)?;
                let Some(anew) = store.vault.reseal(&part.about(id), &sealed)? else {
                    return Ok(false);
                };
                store.disk.put(id, part, &anew)?;
                Ok(true)
            });
            match done.await {
                Ok(done) => resealed.done += u64::from(done),
                Err(FileError::Gone) => {}
                Err(error) => resealed.failed.push((id, error)),
            }
        }
        Ok(resealed)
    }

    /// [`copy`] of this folder.
    ///
    /// # Errors
    /// As there.
    pub async fn copy_to(&self, other: &Path) -> Result<u64, FileError> {
        copy(self.folder(), other).await
    }

    async fn all(&self) -> Result<Vec<Entry>, FileError> {
        let disk = self.disk.clone();
        blocking(move || Ok(disk.all()?)).await
    }
}

/// Copies the sealed files of a folder to another, which is created if it is missing; no
/// key is needed. Files that the other folder already has, sealed with the same key, are
/// skipped. On the same file system a copy is a hard link and takes no space. Nothing is
/// removed from the other folder. Returns how many files were copied.
///
/// # Errors
/// A file cannot be read or written.
pub async fn copy(from: &Path, to: &Path) -> Result<u64, FileError> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let (entries, to) = blocking(move || Ok((Disk::open(&from)?.all()?, Disk::open(&to)?))).await?;
    let mut copied = 0;
    for entry in entries {
        let Some((id, part)) = entry.of else { continue };
        let to = to.clone();
        let done = blocking(move || {
            let copy = to.path(id, part);
            match head(&copy) {
                Ok(existing) if existing == head(&entry.path)? => return Ok(false),
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                existing => {
                    let folder = to.folder_of(id)?;
                    // A hard link cannot replace an existing file.
                    if existing.is_err() && fs::hard_link(&entry.path, &copy).is_ok() {
                        disk::sync(&folder)?;
                    } else {
                        to.put(id, part, &fs::read(&entry.path)?)?;
                    }
                }
            }
            Ok(true)
        });
        match done.await {
            Ok(done) => copied += u64::from(done),
            // It was removed meanwhile.
            Err(FileError::Gone) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(copied)
}

/// The first bytes of a sealed file: they contain the id of the key and the nonce.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(Vault::HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn millis(at: std::time::SystemTime) -> Millis {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
