//! The key file: text with one key per line, accessible only to its owner.
//!
//! ```text
//! # a comment
//! set <16 hexadecimal digits>
//! index <64 hexadecimal digits>
//! 1 <64 hexadecimal digits>
//! 2 <64 hexadecimal digits>
//! ```
//!
//! The newest key is the last. The set follows from the index key and is there to be
//! compared; files of earlier versions do not have the line. A change writes a complete new file, which then replaces
//! the old one.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use tempfile::NamedTempFile;

use super::{KeySet, Vault, VaultError, random};
use crate::part_file;

const ABOUT: &str = "\
# 即办的密钥。数据库中的姓名、号码、电话和上传的文件由它加密；没有它，谁也读不出来。
# 请另存一份，不要与数据库的备份放在一起，也不要给他人看。
# The keys of Jiban. Names, numbers, telephones and uploaded files are sealed with
# them; without this file nobody can read those. Keep a copy apart from the copies
# of the database, and show it to no one.
";

/// How the name of an unfinished key file begins.
const UNFINISHED: &str = ".key.";

/// The limit of a key file: about 900 keys.
const MAX_BYTES: u64 = 64 * 1024;

/// The content of the key file.
pub struct KeyFile {
    index: [u8; 32],
    /// Not empty.
    keys: BTreeMap<u32, [u8; 32]>,
}

impl KeyFile {
    /// Removes what a process left that was killed while it wrote a key file.
    pub fn remove_unfinished(path: &Path) {
        let _ = part_file::remove_abandoned(parent(path), UNFINISHED);
    }

    /// Reads the keys. If the file is missing and `may_create` is set, it is created; its
    /// folder must exist. If two processes create it at once, both get the same keys.
    ///
    /// # Errors
    /// [`VaultError::Missing`] if the file is missing and may not be created;
    /// [`VaultError::Exposed`], [`VaultError::Malformed`] and
    /// [`VaultError::File`].
    pub fn open(path: &Path, may_create: bool) -> Result<Vault, VaultError> {
        let read = match Self::read(path) {
            Err(VaultError::Missing(_)) if may_create => {
                Self { index: random(), keys: BTreeMap::from([(1, random())]) }.create(path)?;
                Self::read(path)
            }
            read => read,
        };
        Ok(read?.0.into_vault())
    }

    /// Adds a new key, which seals from now on. The old keys stay in the file, to open what
    /// they sealed. A running server continues with the keys it has read.
    ///
    /// # Errors
    /// As [`KeyFile::open`]; the file is then unchanged.
    pub fn rotate(path: &Path) -> Result<Vault, VaultError> {
        Self::change(path, |_, file| {
            let newest = file.keys.last_key_value().map_or(0, |(id, _)| *id);
            file.keys.insert(newest + 1, random());
            Ok(())
        })
    }

    /// Moves all keys but the newest to a file of retired keys beside this one, which has
    /// the same format: backups from before still need them. Values still sealed with an
    /// old key no longer open then, so call it only after all of them have been resealed.
    /// Returns the file of retired keys, if there was an old key.
    ///
    /// # Errors
    /// As [`KeyFile::open`]; the file is then unchanged.
    pub fn retire_old(path: &Path) -> Result<(Vault, Option<PathBuf>), VaultError> {
        let mut retired = None;
        let vault = Self::change(path, |real, file| {
            let newest = file.keys.pop_last();
            if !file.keys.is_empty() {
                // First there, then no longer here: no moment without them.
                let old = Self { index: file.index, keys: std::mem::take(&mut file.keys) };
                retired = Some(old.keep_retired(real)?);
            }
            file.keys.extend(newest);
            Ok(())
        })?;
        Ok((vault, retired))
    }

    /// Adds these keys to the first file of retired keys that has none that contradicts
    /// them.
    fn keep_retired(&self, of: &Path) -> Result<PathBuf, VaultError> {
        for count in 1_u32.. {
            let ending = if count == 1 { "retired".to_owned() } else { format!("retired-{count}") };
            let path = of.with_added_extension(ending);
            let mut all = Self { index: self.index, keys: self.keys.clone() };
            match Self::read(&path) {
                Ok((before, _)) => {
                    let agrees = |(id, key)| before.keys.get(id).is_none_or(|old| old == key);
                    if before.index != self.index || !self.keys.iter().all(agrees) {
                        continue;
                    }
                    all.keys.extend(before.keys);
                }
                Err(VaultError::Missing(_)) => {}
                Err(error) => return Err(error),
            }
            let failed = |error| VaultError::File(path.clone(), error);
            let part = all.written_beside(&path).map_err(failed)?;
            let like = fs::metadata(of).map_err(failed)?;
            keep_owner(part.as_file(), &like).map_err(failed)?;
            part.persist(&path).map_err(|unnamed| failed(unnamed.error))?;
            folder_of(&path).and_then(|folder| folder.sync_all()).map_err(failed)?;
            return Ok(path);
        }
        unreachable!("some number is free")
    }

    fn change(
        path: &Path,
        change: impl FnOnce(&Path, &mut Self) -> Result<(), VaultError>,
    ) -> Result<Vault, VaultError> {
        let failed = |error| VaultError::File(path.to_owned(), error);
        // A symbolic link stays a link.
        let real = match fs::canonicalize(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(VaultError::Missing(path.to_owned()));
            }
            real => real.map_err(failed)?,
        };
        // The lock is held to the end: of two simultaneous changes, the second sees the
        // first. The file itself cannot be the lock, since it is replaced.
        let folder = folder_of(&real).map_err(failed)?;
        folder.lock().map_err(failed)?;
        let (mut file, old) = Self::read(&real)?;
        change(&real, &mut file)?;
        let part = file.written_beside(&real).map_err(failed)?;
        keep_owner(part.as_file(), &old).map_err(failed)?;
        part.persist(&real).map_err(|unnamed| failed(unnamed.error))?;
        folder.sync_all().map_err(failed)?;
        Ok(file.into_vault())
    }

    fn create(&self, path: &Path) -> Result<(), VaultError> {
        let failed = |error| VaultError::File(path.to_owned(), error);
        let part = self.written_beside(path).map_err(failed)?;
        match part.persist_noclobber(path) {
            // Another process was faster: its keys are the ones to use.
            Err(exists) if exists.error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(unnamed) => Err(failed(unnamed.error)),
            Ok(_) => folder_of(path).and_then(|folder| folder.sync_all()).map_err(failed),
        }
    }

    /// Writes a temporary file in the same folder. It is removed when dropped; only its
    /// owner may read it.
    fn written_beside(&self, path: &Path) -> std::io::Result<NamedTempFile> {
        let mut part = part_file::create(parent(path), UNFINISHED)?;
        part.write_all(self.text().as_bytes())?;
        part.as_file().sync_all()?;
        Ok(part)
    }

    fn text(&self) -> String {
        let keys = self.keys.iter().map(|(id, key)| format!("{id} {}\n", HEXLOWER.encode(key)));
        let (set, index) = (KeySet::of(&self.index), HEXLOWER.encode(&self.index));
        format!("{ABOUT}set {set}\nindex {index}\n{}", keys.collect::<String>())
    }

    fn read(path: &Path) -> Result<(Self, Metadata), VaultError> {
        let failed = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => VaultError::Missing(path.to_owned()),
            _ => VaultError::File(path.to_owned(), error),
        };
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if let Some(mode) = exposed(&about) {
            return Err(VaultError::Exposed(path.to_owned(), mode));
        }
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        let parsed = if bytes.len() as u64 > MAX_BYTES {
            Err((1, "the file is too long to be a key file"))
        } else {
            Self::parse(&bytes)
        };
        match parsed {
            Ok(file) => Ok((file, about)),
            Err((line, what)) => Err(VaultError::Malformed { path: path.to_owned(), line, what }),
        }
    }

    /// The error is the line, counted from 1, and what is wrong with it.
    fn parse(bytes: &[u8]) -> Result<Self, (usize, &'static str)> {
        let text = str::from_utf8(bytes).map_err(|_| (1, "the file is not UTF-8 text"))?;
        let (mut set, mut index, mut keys) = (None, None, BTreeMap::new());
        let mut lines = 0;
        for (line, written) in (1..).zip(text.lines()) {
            lines = line;
            let wrong = |what| Err((line, what));
            let written = written.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let Some((name, key)) = written.split_once(char::is_whitespace) else {
                return wrong("expected an id or \"index\", a space, and a key");
            };
            if name == "set" {
                set = Some((line, key.trim_start().to_owned()));
                continue;
            }
            let Some(key) = key_from_hex(key.trim_start()) else {
                return wrong("the key is not 64 hexadecimal digits; is the file complete?");
            };
            if name == "index" {
                if index.replace(key).is_some() {
                    return wrong("there is a second index key");
                }
                continue;
            }
            // The highest id is not used, so that there is always a next one.
            let Some(id) = name.parse().ok().filter(|id| (1..u32::MAX).contains(id)) else {
                return wrong("expected the id of the key, from 1, or \"index\"");
            };
            if keys.last_key_value().is_some_and(|(last, _)| *last >= id) {
                return wrong("the keys are not in the order of their ids, the newest last");
            }
            keys.insert(id, key);
        }
        let index =
            index.ok_or((lines.max(1), "the index key is missing; is the file complete?"))?;
        if keys.is_empty() {
            return Err((lines, "there is no key; is the file complete?"));
        }
        if let Some((line, _)) = set.filter(|(_, set)| *set != KeySet::of(&index).to_string()) {
            return Err((line, "the set is not that of the index key; was the file edited?"));
        }
        Ok(Self { index, keys })
    }

    fn into_vault(self) -> Vault {
        Vault::new(self.keys.into_iter(), self.index)
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The folder of a file. A new name is durable once its folder is synced.
fn folder_of(path: &Path) -> std::io::Result<File> {
    File::open(parent(path))
}

/// The mode, if others than the owner have any access.
#[cfg(unix)]
fn exposed(about: &Metadata) -> Option<u32> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Keeps the owner: an administrator often changes the keys, but the server's user must be
/// able to read them.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    fchown(file, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn exposed(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> std::io::Result<()> {
    Ok(())
}

/// A key as the file holds it; capitals are accepted.
fn key_from_hex(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}
