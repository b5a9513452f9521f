//! `jiban backup FILE`

use std::io::Error;
use std::path::Path;

use super::{CommandError, console};
use crate::settings::Settings;
use crate::store;
use crate::unlock::unlock_to_read;
use crate::uploads::FileError;
use crate::uploads::maintenance::copy;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::Exists(file.to_owned()));
    }
    let reader = store::open_to_read(&settings.db).await?;
    reader.back_up(file).await?;
    // Files are copied after the rows: a file without a row is harmless, but a row without its
    // file would be a lost document.
    let into = file.with_added_extension("files");
    let from = settings.files_folder();
    let failed = |error: FileError| CommandError::File(into.clone(), Error::other(error));
    let files = if from.is_dir() { copy(&from, &into).await.map_err(failed)? } else { 0 };
    console::print_line(&format!("{} is a copy of {}.", file.display(), settings.db.display()));
    if files > 0 {
        console::print_line(&format!("{} contains its {files} files.", into.display()));
    }
    let key = settings.key_file();
    match unlock_to_read(&reader, &key).await {
        Ok(vault) => console::print_line(&format!(
            "Names and files in it can be read only with {}, which is in {}: keep a copy of that \
             too, in another place.",
            vault.newest(),
            key.display()
        )),
        // The copy is made all the same: it is worth more than none.
        Err(error) => console::print_line(&format!("Warning: {error}.")),
    }
    Ok(())
}
