//! Finds out whether a key file is the one of a database, before anything is sealed with
//! it or called damaged.

use std::path::{Path, PathBuf};

use crate::service::about_person;
use crate::store::{Reader, Store, StoreError};
use crate::vault::{KeyFile, KeyId, Vault, VaultError};

/// Why a key file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database needs no particular key yet.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The file is missing or cannot be read.
    #[error("{fault}. The database needs {wanted}")]
    Unreadable { fault: VaultError, wanted: KeyId },
    /// The file has other keys.
    #[error(
        "the key file {} is not the one of this database: {fault}. The database needs {wanted}. \
         Put that key file in its place, or give its path in the setting \"key\"; a key that was \
         replaced by \"jiban key\" is in the file ending in \".retired\"",
        .path.display()
    )]
    Wrong { path: PathBuf, fault: VaultError, wanted: KeyId },
    /// A database of an earlier version, whose persons this key does not open.
    #[error(
        "the key file {} is not the one of this database: it has {given}, which does not open \
         the applicant of case {case} ({fault}). Put the right key file in its place, or give \
         its path in the setting \"key\"",
        .path.display()
    )]
    OpensNobody { path: PathBuf, given: String, case: i64, fault: VaultError },
}

/// Opens the key file of a database that is about to be used, or creates it if nothing was
/// ever sealed. From then on the database knows its key.
///
/// # Errors
/// It is not the right one.
pub async fn unlock(store: &mut Store, path: &Path) -> Result<Vault, UnlockError> {
    KeyFile::remove_unfinished(path);
    let reader = store.reader();
    let known = reader.known_value().await?;
    let vault = if known.is_some() {
        unlock_to_read(&reader, path).await?
    } else {
        let vault = KeyFile::open(path, !reader.seals_anything().await?)?;
        require_first_opens(&reader, &vault, path).await?;
        vault
    };
    if known.is_none_or(|known| known.key != vault.newest()) {
        store.put_known_value(&vault.known_value()).await?;
    }
    Ok(vault)
}

/// Opens the key file of a database that is only read.
///
/// # Errors
/// It is missing, or not the right one.
pub async fn unlock_to_read(reader: &Reader, path: &Path) -> Result<Vault, UnlockError> {
    let Some(known) = reader.known_value().await? else {
        let vault = KeyFile::open(path, false)?;
        require_first_opens(reader, &vault, path).await?;
        return Ok(vault);
    };
    let wanted = known.key;
    let vault =
        KeyFile::open(path, false).map_err(|fault| UnlockError::Unreadable { fault, wanted })?;
    match vault.try_known(&known) {
        Ok(()) => Ok(vault),
        Err(fault) => Err(UnlockError::Wrong { path: path.to_owned(), fault, wanted }),
    }
}

/// Refuses keys that do not open the oldest applicant in the database, who came when the
/// hall surely had its own key.
async fn require_first_opens(
    reader: &Reader,
    vault: &Vault,
    path: &Path,
) -> Result<(), UnlockError> {
    let Some(person) = reader.sealed_persons_after(0).await?.into_iter().next() else {
        return Ok(());
    };
    let case = person.case;
    match vault.open(&about_person(person.token, "name"), &person.values[0].1) {
        Ok(_) => Ok(()),
        Err(fault) => Err(UnlockError::OpensNobody {
            path: path.to_owned(),
            given: vault.key_names(),
            case,
            fault,
        }),
    }
}
