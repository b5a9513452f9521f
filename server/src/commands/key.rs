//! `jiban key`

use jiban_domain::DraftId;
use std::sync::Arc;

use super::{CommandError, console};
use crate::serve::open_store;
use crate::service::self_print::about_record;
use crate::service::{REMARKS, about_booking, about_draft, about_person};
use crate::settings::Settings;
use crate::store::Store;
use crate::store::maintenance::SealedPerson;
use crate::unlock::unlock;
use crate::uploads::UploadStore;
use crate::vault::{KeyFile, Vault};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    let mut store = open_store(settings).await?;
    let path = settings.key_file();
    // With another hall's key nothing could be encrypted again.
    let before = unlock(&mut store, &path).await?.newest();
    let vault = Arc::new(KeyFile::rotate(&path)?);
    let id = vault.newest();
    let persons = persons(&mut store, &vault).await?;
    let bookings = bookings(&mut store, &vault).await?;
    let records = records(&mut store, &vault).await?;
    let drafts = drafts(&mut store, &vault).await?;
    let files = files(settings, vault.clone()).await?;
    store.put_known_value(&vault.known_value()).await?;
    // Only now is the old key no longer needed here.
    let (_, retired) = KeyFile::retire_old(&path)?;
    store.close().await;
    console::print_line(&format!(
        "The hall uses {id} now. Encrypted again: persons {persons}, files {files}, bookings \
         {bookings}, records {records}, drafts {drafts}."
    ));
    console::print_line(&format!("Make a new copy of {}.", path.display()));
    if let Some(retired) = retired {
        let retired = retired.display();
        console::print_line(&format!(
            "Backups made before now still need {before}, which is in {retired}: keep that file \
             where the copies of the key are, and open such a backup with --key {retired}. If the \
             old key became known to others, delete it together with those backups."
        ));
    }
    Ok(())
}

async fn persons(store: &mut Store, vault: &Vault) -> Result<usize, CommandError> {
    let (mut after, mut resealed) = (0, 0);
    loop {
        let persons = store.reader().sealed_persons_after(after).await?;
        let Some(last) = persons.last() else { return Ok(resealed) };
        after = last.case;
        for SealedPerson { case, token, mut values, .. } in persons {
            let mut changed = false;
            for (field, value) in &mut values {
                if let Some(sealed) = vault.reseal(&about_person(token, field), value)? {
                    *value = sealed;
                    changed = true;
                }
            }
            if changed {
                store.replace_sealed(case, &values).await?;
                resealed += 1;
            }
        }
    }
}

async fn bookings(store: &mut Store, vault: &Vault) -> Result<usize, CommandError> {
    let (mut after, mut resealed) = (0, 0);
    loop {
        let bookings = store.reader().sealed_bookings_after(after).await?;
        let Some(last) = bookings.last() else { return Ok(resealed) };
        after = last.id;
        for mut booking in bookings {
            let mut changed = false;
            for (field, value) in &mut booking.values {
                let about = about_booking(booking.token, field);
                if let Some(sealed) = vault.reseal(&about, value)? {
                    *value = sealed;
                    changed = true;
                }
            }
            if changed {
                store.replace_sealed_booking(&booking).await?;
                resealed += 1;
            }
        }
    }
}

async fn records(store: &mut Store, vault: &Vault) -> Result<usize, CommandError> {
    let (mut after, mut resealed) = (0, 0);
    loop {
        let page = store.reader().sealed_records_after(after).await?;
        let Some(last) = page.last() else { return Ok(resealed) };
        after = last.row;
        for record in page {
            let about = about_record(&record.hall, &record.statement, &record.number_key);
            if let Some(sealed) = vault.reseal(&about, &record.sealed)? {
                store.replace_sealed_record(record.row, &sealed).await?;
                resealed += 1;
            }
        }
    }
}

async fn drafts(store: &mut Store, vault: &Vault) -> Result<usize, CommandError> {
    let (mut after, mut resealed) = (DraftId(0), 0);
    loop {
        let drafts = store.reader().sealed_drafts_after(after).await?;
        let Some(last) = drafts.last() else { return Ok(resealed) };
        after = last.id;
        for mut draft in drafts {
            let token = draft.token;
            let answers = draft.values.iter_mut().map(|(field, value)| (field.as_str(), value));
            let remarks = draft.remarks.iter_mut().map(|remarks| (REMARKS, remarks));
            let mut changed = false;
            for (field, value) in answers.chain(remarks) {
                if let Some(sealed) = vault.reseal(&about_draft(token, field), value)? {
                    *value = sealed;
                    changed = true;
                }
            }
            if changed {
                store.replace_sealed_draft(&draft).await?;
                resealed += 1;
            }
        }
    }
}

async fn files(settings: &Settings, vault: Arc<Vault>) -> Result<u64, CommandError> {
    let folder = settings.files_folder();
    let failed = |error| CommandError::File(folder.clone(), error);
    let files = UploadStore::open(&folder, vault).map_err(failed)?;
    let resealed =
        files.reseal_all().await.map_err(|error| failed(std::io::Error::other(error)))?;
    match resealed.failed.into_iter().next() {
        // The old key is kept, since these files still need it.
        Some((id, error)) => Err(failed(std::io::Error::other(format!("{id}: {error}")))),
        None => Ok(resealed.done),
    }
}
