//! `jiban backup FILE`

use std::path::Path;

use super::{CommandError, told};
use crate::settings::Settings;
use crate::store;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::There(file.to_owned()));
    }
    store::open_to_read(&settings.db).await?.back_up(file).await?;
    told::say(&format!("{} is a copy of {}.", file.display(), settings.db.display()));
    Ok(())
}
