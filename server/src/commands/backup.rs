//! `jiban backup FILE`

use std::io::Error;
use std::path::Path;
use std::sync::Arc;

use super::{CommandError, console};
use crate::settings::Settings;
use crate::store;
use crate::uploads::{FileError, UploadStore};
use crate::vault::KeyFile;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::Exists(file.to_owned()));
    }
    store::open_to_read(&settings.db).await?.back_up(file).await?;
    // Files are copied after the rows: a file without a row is harmless, but a row without its
    // file would be a lost document.
    let into = file.with_added_extension("files");
    let from = settings.files_folder();
    let files = if from.is_dir() {
        let vault = Arc::new(KeyFile::open(&settings.key_file(), false)?);
        let failed = |error: FileError| CommandError::File(into.clone(), Error::other(error));
        let store = UploadStore::open(&from, vault)
            .map_err(|error| CommandError::File(from.clone(), error))?;
        store.copy_to(&into).await.map_err(failed)?
    } else {
        0
    };
    console::print_line(&format!("{} is a copy of {}.", file.display(), settings.db.display()));
    if files > 0 {
        console::print_line(&format!("{} contains its {files} files.", into.display()));
    }
    console::print_line(&format!(
        "Names and files in it can be read only with {}: keep a copy of that too, in another place.",
        settings.key_file().display()
    ));
    Ok(())
}
