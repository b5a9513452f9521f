//! `jiban export`

use super::{CommandError, console};
use crate::settings::Settings;
use crate::{hall_file, store};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let setup = store::open_to_read(&settings.db).await?.setup().await?;
    console::print(&hall_file::write(&setup))
}
