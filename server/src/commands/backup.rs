//! `jiban backup FILE`

use std::path::Path;

use super::{CommandError, told};
use crate::files::Files;
use crate::settings::Settings;
use crate::store;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::There(file.to_owned()));
    }
    store::open_to_read(&settings.db).await?.back_up(file).await?;
    // After the rows: a file that is there without one is swept, a row whose
    // file is missing would be a paper lost.
    let (from, into) = (Files::beside(&settings.db), Files::beside(file));
    let files =
        Files::copy_to(&from, &into).map_err(|error| CommandError::File(into.clone(), error))?;
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
