//! `jiban check`: verifies that the rows are as they were written, and that encrypted data can be
//! read.

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiban_domain::{CaseId, DraftId};

use super::{CommandError, console};
use crate::service::self_print::{about_record, content_digest, opened_record};
use crate::service::{REMARKS, about_booking, about_draft, about_person, of_paper};
use crate::settings::Settings;
use crate::store::maintenance::SealedPerson;
use crate::store::trail::Walked;
use crate::store::{self, Reader, SealedDraftFile, SealedRecord, StoredFile};
use crate::unlock::unlock_to_read;
use crate::uploads::{FileError, UploadStore};
use crate::vault::{Vault, VaultError};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let db = settings.db.display();
    let reader = store::open_to_read(&settings.db).await?;
    let damage = reader.damage().await?;
    if !damage.is_empty() {
        return Err(CommandError::Damaged(settings.db.clone(), damage));
    }
    match reader.walk().await? {
        Walked::Whole { events, tickets, cases, older } => {
            console::print_line(&format!(
                "{db} is intact. Checked: events {events}, tickets {tickets}, cases {cases}."
            ));
            if older > 0 {
                console::print_line(&format!(
                    "Rows of earlier versions, whose events have no digest of them: {older}."
                ));
            }
        }
        Walked::Broken { table, row, what } => {
            return Err(CommandError::Broken { table, row, what });
        }
    }
    let unlocked = unlock_to_read(&reader, &settings.key_file()).await;
    if !reader.seals_anything().await? {
        // A backup of a hall without cases needs no key.
        if let Err(error) = unlocked {
            console::print_line(&format!("Nothing in it is encrypted yet. Note: {error}."));
        }
        return Ok(());
    }
    let vault = Arc::new(unlocked?);
    let persons = persons(&reader, &vault).await?;
    let bookings = bookings(&reader, &vault).await?;
    let records = records(&reader, &vault).await?;
    let drafts = drafts(&reader, &vault).await?;
    let files = files(&reader, settings, &vault).await?;
    let files = files + draft_files(&reader, settings, vault).await?;
    console::print_line(&format!(
        "The key opens all encrypted data: persons {persons}, files {files}, bookings {bookings}, \
         records {records}, drafts {drafts}."
    ));
    Ok(())
}

async fn persons(reader: &Reader, vault: &Vault) -> Result<u64, CommandError> {
    let (mut after, mut opened) = (0, 0);
    loop {
        let persons = reader.sealed_persons_after(after).await?;
        let Some(last) = persons.last() else { return Ok(opened) };
        after = last.case;
        for SealedPerson { case, token, values, number_key } in persons {
            let mut number = Vec::new();
            for (field, value) in values {
                let plain = vault.open(&about_person(token, field), &value).map_err(|error| {
                    let what = format!("the {field} cannot be decrypted: {error}");
                    unopened("persons", case, what, &error)
                })?;
                if field == "number" {
                    number = plain;
                }
            }
            // By which the applicant's cases are found. Its paper is sealed with it, and is no
            // part of it.
            let number = String::from_utf8_lossy(&number);
            if number_key != vault.index("number", of_paper(&number).1) {
                let what = "the hash is not that of the number".to_owned();
                return Err(CommandError::Broken { table: "persons", row: case, what });
            }
            opened += 1;
        }
    }
}

async fn bookings(reader: &Reader, vault: &Vault) -> Result<u64, CommandError> {
    let (mut after, mut opened) = (0, 0);
    loop {
        let bookings = reader.sealed_bookings_after(after).await?;
        let Some(last) = bookings.last() else { return Ok(opened) };
        after = last.id;
        for booking in bookings {
            for (field, value) in &booking.values {
                let about = about_booking(booking.token, field);
                let plain = vault.open(&about, value).map_err(|error| {
                    let what = format!("the {field} cannot be decrypted: {error}");
                    unopened("bookings", booking.id, what, &error)
                })?;
                // By which the booking is found.
                let key = booking.keys.iter().find(|(name, _)| name == field);
                let plain = String::from_utf8_lossy(&plain);
                if key.is_some_and(|(_, key)| *key != vault.index(field, &plain)) {
                    let what = format!("the hash is not that of the {field}");
                    return Err(CommandError::Broken { table: "bookings", row: booking.id, what });
                }
            }
            opened += 1;
        }
    }
}

/// Opens every answer and remark of drafts.
async fn drafts(reader: &Reader, vault: &Vault) -> Result<u64, CommandError> {
    let (mut after, mut opened) = (DraftId(0), 0);
    loop {
        let drafts = reader.sealed_drafts_after(after).await?;
        let Some(last) = drafts.last() else { return Ok(opened) };
        after = last.id;
        for draft in drafts {
            let answers = draft.values.iter().map(|(field, value)| (field.as_str(), value));
            let remarks = draft.remarks.iter().map(|remarks| (REMARKS, remarks));
            for (field, value) in answers.chain(remarks) {
                vault.open(&about_draft(draft.token, field), value).map_err(|error| {
                    let what = format!("{field} cannot be decrypted: {error}");
                    unopened("drafts", draft.id.0, what, &error)
                })?;
            }
            opened += 1;
        }
    }
}

/// Opens every record of statements, and compares them with the keyed hash of their import.
async fn records(reader: &Reader, vault: &Vault) -> Result<u64, CommandError> {
    let broken =
        |row, what: &str| CommandError::Broken { table: "records", row, what: what.to_owned() };
    let mut plain: BTreeMap<_, Vec<Vec<u8>>> = BTreeMap::new();
    let (mut after, mut opened) = (0, 0);
    loop {
        let page = reader.sealed_records_after(after).await?;
        let Some(last) = page.last() else { break };
        after = last.row;
        for SealedRecord { row, hall, statement, number_key, sealed } in page {
            let about = about_record(&hall, &statement, &number_key);
            let (content, bytes) = opened_record(vault, &about, &sealed).map_err(|error| {
                unopened("records", row, format!("cannot be decrypted: {error}"), &error)
            })?;
            if number_key != vault.index("number", &content.number) {
                return Err(broken(row, "the hash is not that of the number"));
            }
            plain.entry((hall, statement)).or_default().push(bytes);
            opened += 1;
        }
    }
    for (place, version) in (1..).zip(reader.records_in_force().await?) {
        let key = (version.hall, version.statement);
        let found = plain.remove(&key).unwrap_or_default();
        let digest = content_digest(vault, found.iter().map(Vec::as_slice));
        if version.digest != digest || i64::try_from(found.len()) != Ok(version.records) {
            let what = format!("{}/{}: the records are not those of the import", key.0, key.1);
            return Err(CommandError::Broken { table: "record_versions", row: place, what });
        }
    }
    match plain.into_keys().next() {
        Some((hall, statement)) => {
            Err(broken(0, &format!("{hall}/{statement}: no import tells of these records")))
        }
        None => Ok(opened),
    }
}

/// A value that does not open was changed, or needs another key, which is no fault of the row.
fn unopened(table: &'static str, row: i64, what: String, error: &VaultError) -> CommandError {
    match error {
        VaultError::UnknownKey { .. } => CommandError::KeyMissing { table, row, what },
        _ => CommandError::Broken { table, row, what },
    }
}

/// Checks every file of a case against the digest in the case.
async fn files(
    reader: &Reader,
    settings: &Settings,
    vault: &Arc<Vault>,
) -> Result<u64, CommandError> {
    let folder = settings.files_folder();
    let failed = |error| CommandError::File(folder.clone(), error);
    let mut page = reader.cases_with_files_after(CaseId(0)).await?;
    if page.is_empty() {
        return Ok(0);
    }
    // The check must not create a missing folder.
    std::fs::metadata(&folder).map_err(failed)?;
    let files = UploadStore::open(&folder, vault.clone()).map_err(failed)?;
    let mut opened = 0;
    while let Some((last, _)) = page.last() {
        let after = last.id;
        for (case, kept) in &page {
            for StoredFile { id: name, sha256 } in kept {
                let mut attached = case.materials.iter().flat_map(|one| &one.files);
                let attached = attached.find(|file| file.file == *name).map(|file| &*file.sha256);
                // One of an earlier version has its digest in the case alone, if it is no
                // signature.
                let known = attached.or(Some(&**sha256)).filter(|known| !known.is_empty());
                let checked = check_file(&files, name, known).await;
                checked.map_err(|error| {
                    let what = format!("{name}: {error}");
                    match &error {
                        FileError::Sealed(sealed) => unopened("files", case.id.0, what, sealed),
                        _ => CommandError::Broken { table: "files", row: case.id.0, what },
                    }
                })?;
                opened += 1;
            }
        }
        page = reader.cases_with_files_after(after).await?;
    }
    Ok(opened)
}

/// Checks every file of a draft against its digest.
async fn draft_files(
    reader: &Reader,
    settings: &Settings,
    vault: Arc<Vault>,
) -> Result<u64, CommandError> {
    let folder = settings.files_folder();
    let failed = |error| CommandError::File(folder.clone(), error);
    let mut page = reader.draft_files_after("").await?;
    if page.is_empty() {
        return Ok(0);
    }
    std::fs::metadata(&folder).map_err(failed)?;
    let files = UploadStore::open(&folder, vault).map_err(failed)?;
    let mut opened = 0;
    while let Some(last) = page.last().map(|last| last.file.clone()) {
        for SealedDraftFile { file, draft, sha256 } in &page {
            let digest = HEXLOWER.encode(sha256);
            check_file(&files, file, Some(&digest)).await.map_err(|error| {
                let what = format!("{file}: {error}");
                match &error {
                    FileError::Sealed(sealed) => unopened("draft_files", draft.0, what, sealed),
                    _ => CommandError::Broken { table: "draft_files", row: draft.0, what },
                }
            })?;
            opened += 1;
        }
        page = reader.draft_files_after(&last).await?;
    }
    Ok(opened)
}

/// An older signature has no digest; that it can be decrypted shows that it is genuine.
async fn check_file(
    files: &UploadStore,
    name: &str,
    sha256: Option<&str>,
) -> Result<(), FileError> {
    let id = name.parse().map_err(|_| FileError::Gone)?;
    if let Some(known) = sha256 {
        let digest = HEXLOWER.decode(known.as_bytes()).ok();
        let digest = digest.and_then(|digest| digest.try_into().ok());
        return files.check(id, digest.ok_or(FileError::Changed)?).await;
    }
    files.read_thumbnail(id).await?;
    files.read(id).await.map(|_| ())
}
