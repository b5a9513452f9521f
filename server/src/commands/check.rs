//! `jiban check`: the rows are as they were written, and what is sealed opens.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiban_domain::{CaseId, Token};

use super::{CommandError, told};
use crate::service::about_person;
use crate::settings::Settings;
use crate::store::trail::Walked;
use crate::store::{self, Reader};
use crate::uploads::{FileError, Files};
use crate::vault::{KeyFile, Vault};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let db = settings.db.display();
    let reader = store::open_to_read(&settings.db).await?;
    match reader.walk().await? {
        Walked::Whole { events, tickets, cases } => {
            told::say(&format!(
                "{db} is whole: {events} events, {tickets} tickets and {cases} cases are as they \
                 were written."
            ));
        }
        Walked::Broken { table, row, what } => {
            return Err(CommandError::Broken { table, row, what });
        }
    }
    if !reader.seals_anyone().await? {
        return Ok(());
    }
    let vault = Arc::new(KeyFile::open(&settings.key_file(), false)?);
    let persons = persons(&reader, &vault).await?;
    let files = files(&reader, settings, vault).await?;
    told::say(&format!("The key opens what is sealed: {persons} persons and {files} files."));
    Ok(())
}

async fn persons(reader: &Reader, vault: &Vault) -> Result<u64, CommandError> {
    let (mut after, mut opened) = (0, 0);
    loop {
        let some = reader.sealed_behind(after).await?;
        let Some((last, ..)) = some.last() else { return Ok(opened) };
        after = *last;
        for (case, token, sealed) in some {
            let token = token.try_into().map_or(Token([0; 16]), Token);
            for (field, value) in ["name", "number", "telephone"].into_iter().zip(&sealed) {
                vault.open_text(&about_person(token, field), value).map_err(|error| {
                    let what = format!("the {field} does not open: {error}");
                    CommandError::Broken { table: "persons", row: case, what }
                })?;
            }
            opened += 1;
        }
    }
}

/// Every file that a case has, against the hash the case has of it.
async fn files(
    reader: &Reader,
    settings: &Settings,
    vault: Arc<Vault>,
) -> Result<u64, CommandError> {
    let folder = settings.files_folder();
    let failed = |error| CommandError::File(folder.clone(), error);
    let mut some = reader.with_files_behind(CaseId(0)).await?;
    if some.is_empty() {
        return Ok(0);
    }
    // Looking must not make what is missing.
    std::fs::metadata(&folder).map_err(failed)?;
    let files = Files::open(&folder, vault).map_err(failed)?;
    let mut opened = 0;
    while let Some((last, _)) = some.last() {
        let after = last.id;
        for (case, kept) in &some {
            for name in kept {
                let mut attached = case.materials.iter().flat_map(|one| &one.files);
                let known = attached.find(|file| file.file == *name);
                let looked = looked_at(&files, name, known.map(|file| &*file.sha256)).await;
                looked.map_err(|error| {
                    let what = format!("{name}: {error}");
                    CommandError::Broken { table: "files", row: case.id.0, what }
                })?;
                opened += 1;
            }
        }
        some = reader.with_files_behind(after).await?;
    }
    Ok(opened)
}

/// A signature has no hash in its case: that it opens says it is genuine.
async fn looked_at(files: &Files, name: &str, sha256: Option<&str>) -> Result<(), FileError> {
    let id = name.parse().map_err(|_| FileError::Gone)?;
    if let Some(known) = sha256 {
        let digest = HEXLOWER.decode(known.as_bytes()).ok();
        let digest = digest.and_then(|digest| digest.try_into().ok());
        return files.check(id, digest.ok_or(FileError::Changed)?).await;
    }
    files.read_thumbnail(id).await?;
    files.read(id).await.map(|_| ())
}
