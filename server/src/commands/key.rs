//! `jiban key`

use std::sync::Arc;

use jiban_domain::Token;

use super::{CommandError, told};
use crate::service::about_person;
use crate::settings::Settings;
use crate::store::Store;
use crate::uploads::Files;
use crate::vault::{KeyFile, Vault};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    let mut store = Store::open(&settings.db).await?;
    let path = settings.key_file();
    KeyFile::open(&path, !store.reader().seals_anyone().await?)?;
    let vault = Arc::new(KeyFile::rotate(&path)?);
    let id = vault.newest();
    let persons = persons(&mut store, &vault).await?;
    let files = files(settings, vault).await?;
    // Only now does nothing need the old one any more.
    KeyFile::drop_old(&path)?;
    store.close().await;
    told::say(&format!("Key {id} seals from now on: {persons} persons and {files} files anew."));
    told::say(&format!("Keep a new copy of {}.", settings.key_file().display()));
    Ok(())
}

async fn persons(store: &mut Store, vault: &Vault) -> Result<usize, CommandError> {
    let (mut after, mut anew) = (0, 0);
    loop {
        let some = store.reader().sealed_behind(after).await?;
        let Some((last, ..)) = some.last() else { return Ok(anew) };
        after = *last;
        for (case, token, sealed) in some {
            let token = token.try_into().map_or(Token([0; 16]), Token);
            let mut changed = false;
            let mut values = sealed;
            for (field, value) in ["name", "number", "telephone"].into_iter().zip(&mut values) {
                if let Some(sealed) = vault.reseal(&about_person(token, field), value)? {
                    *value = sealed;
                    changed = true;
                }
            }
            if changed {
                store.seal_anew(case, &values).await?;
                anew += 1;
            }
        }
    }
}

async fn files(settings: &Settings, vault: Arc<Vault>) -> Result<u64, CommandError> {
    let folder = settings.files_folder();
    let failed = |error| CommandError::File(folder.clone(), error);
    let files = Files::open(&folder, vault).map_err(failed)?;
    let resealed =
        files.reseal_all().await.map_err(|error| failed(std::io::Error::other(error)))?;
    match resealed.failed.into_iter().next() {
        // The old key stays: it may still open them.
        Some((id, error)) => Err(failed(std::io::Error::other(format!("{id}: {error}")))),
        None => Ok(resealed.done),
    }
}
