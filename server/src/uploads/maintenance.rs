//! What is done with the folder as a whole: leftovers go, files are sealed with
//! a new key, and copied. A file at a time, each in its turn with those that
//! come in, so that nothing waits long for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use jiban_domain::Millis;

use super::disk::{self, Disk, Entry};
use super::{FileError, FileId, Files, off_thread};
use crate::vault::Vault;

/// What became of sealing everything anew.
#[derive(Debug, Default)]
pub struct Resealed {
    /// How many were sealed anew; originals and thumbnails count each.
    pub done: u64,
    /// Those that could not be, and still need their old key.
    pub failed: Vec<(FileId, FileError)>,
}

impl Files {
    /// Removes what a power cut left: files that were not finished, and those
    /// that are not `known`, where they are older than this. Those that are
    /// younger may just be coming in. Returns how many.
    ///
    /// # Errors
    /// The disk's.
    pub async fn sweep(
        &self,
        known: impl Fn(&FileId) -> bool,
        older_than: Millis,
        now: Millis,
    ) -> Result<u64, FileError> {
        let mut gone = 0;
        for entry in self.all().await? {
            if entry.of.is_some_and(|(id, _)| known(&id)) {
                continue;
            }
            let removed = off_thread(move || {
                match fs::metadata(&entry.path).and_then(|about| about.modified()) {
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
                    Ok(at) if millis(at) > now - older_than => Ok(false),
                    Ok(_) => Ok(disk::remove(&entry.path)?),
                    Err(error) => Err(error.into()),
                }
            });
            gone += u64::from(removed.await?);
        }
        Ok(gone)
    }

    /// Seals with the newest key what is not yet; one that fails does not stop
    /// the others. A file that is removed in the very moment may come back, and
    /// goes with the next sweep.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn reseal_all(&self) -> Result<Resealed, FileError> {
        let mut resealed = Resealed::default();
        for entry in self.all().await? {
            let Some((id, part)) = entry.of else { continue };
            let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(io::Error::other)?;
            let files = self.clone();
            let done = off_thread(move || {
                let _turn = turn;
                if Vault::key_of(&head(&entry.path)?) == Some(files.vault.newest()) {
                    return Ok(false);
                }
                let sealed = files.disk.read(id, part)?;
                let Some(anew) = files.vault.reseal(&part.about(id), &sealed)? else {
                    return Ok(false);
                };
                files.disk.put(id, part, &anew)?;
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

    /// Copies into another folder, which is made where there is none, what is
    /// not there yet or is there sealed with another key; still sealed. Where
    /// both folders are on one disk, a copy is a second name of the same bytes
    /// and takes no room. Nothing is taken out of the other folder. Returns how
    /// many.
    ///
    /// # Errors
    /// The disk's.
    pub async fn copy_to(&self, other: &Path) -> Result<u64, FileError> {
        let other = other.to_owned();
        let to = off_thread(move || Ok(Disk::open(&other)?)).await?;
        let mut copied = 0;
        for entry in self.all().await? {
            let Some((id, part)) = entry.of else { continue };
            let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(io::Error::other)?;
            let to = to.clone();
            let done = off_thread(move || {
                let _turn = turn;
                let copy = to.path(id, part);
                match head(&copy) {
                    Ok(there) if there == head(&entry.path)? => return Ok(false),
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                    there => {
                        let folder = to.folder_of(id)?;
                        // Another name cannot be put over one that is there.
                        if there.is_err() && fs::hard_link(&entry.path, &copy).is_ok() {
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
                // Removed meanwhile.
                Err(FileError::Gone) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(copied)
    }

    async fn all(&self) -> Result<Vec<Entry>, FileError> {
        let disk = self.disk.clone();
        off_thread(move || Ok(disk.all()?)).await
    }
}

/// Enough of a sealed file to know its key, and one sealing from another.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(Vault::HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn millis(at: std::time::SystemTime) -> Millis {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
