//! `jiban backup FILE`

use std::io::Error;
use std::path::Path;
use std::sync::Arc;

use super::{CommandError, told};
use crate::settings::Settings;
use crate::store;
use crate::uploads::{FileError, Files};
use crate::vault::KeyFile;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::There(file.to_owned()));
    }
    store::open_to_read(&settings.db).await?.back_up(file).await?;
    // After the rows: a file that is there without one is swept, a row whose
    // file is missing would be a paper lost.
    let into = file.with_added_extension("files");
    let from = settings.files_folder();
    let files = if from.is_dir() {
        let vault = Arc::new(KeyFile::open(&settings.key_file(), false)?);
        let failed = |error: FileError| CommandError::File(into.clone(), Error::other(error));
        let there =
            Files::open(&from, vault).map_err(|error| CommandError::File(from.clone(), error))?;
        there.copy_to(&into).await.map_err(failed)?
    } else {
        0
    };
    told::say(&format!("{} is a copy of {}.", file.display(), settings.db.display()));
    if files > 0 {
        told::say(&format!("{} holds its papers, {files} files.", into.display()));
    }
    told::say(&format!(
        "Names and papers in it open only with {}: keep a copy of that too, and elsewhere.",
        settings.key_file().display()
    ));
    Ok(())
}
