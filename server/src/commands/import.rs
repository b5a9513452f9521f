//! `jiban import FILE`

use std::io::Read as _;
use std::path::Path;

use super::{CommandError, console, create_folder_of, service};
use crate::hall_file;
use crate::service::Author;
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    let bytes = read(file).map_err(|error| CommandError::File(file.to_owned(), error))?;
    let setup = hall_file::text(bytes)
        .map_err(|fault| vec![fault])
        .and_then(|text| hall_file::read(&text))
        .map_err(|faults| CommandError::HallFile(file.to_owned(), faults))?;
    create_folder_of(&settings.db)?;
    let service = service(settings).await?;
    let replaced = service.replace_setup(setup, None, Author::Operator("jiban import")).await;
    service.close().await;
    let now = replaced?;
    console::print_line(&format!("{} is imported as version {}:", file.display(), now.version));
    for hall in &now.setup.halls {
        console::print_line(&format!(
            "  {} ({}): lines {}, matters {}, counters {}, kiosks {}",
            hall.name.zh,
            hall.id,
            hall.lines.len(),
            hall.matters.len(),
            hall.counters.len(),
            hall.kiosks.len()
        ));
    }
    Ok(())
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file)
}
