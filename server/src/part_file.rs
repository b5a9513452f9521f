//! Files that are written completely before they get their name. A process that is killed
//! leaves such a part behind; since its owner holds a lock on it as long as it lives, the next
//! one can tell, and removes it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

const ENDING: &str = ".part";
/// Random letters and digits between the beginning of a name and its ending.
const RANDOM: usize = 6;

/// An empty part in a folder, which only its owner may read. It is removed when dropped.
///
/// # Errors
/// It cannot be created.
pub fn create(folder: &Path, beginning: &str) -> io::Result<NamedTempFile> {
    let mut name = tempfile::Builder::new();
    let part = name.prefix(beginning).suffix(ENDING).rand_bytes(RANDOM).tempfile_in(folder)?;
    // Some file systems have no locks; there, what is left is not removed.
    let _ = part.as_file().try_lock();
    Ok(part)
}

/// Whether a name is that of a part with this beginning.
pub fn is_part(name: &str, beginning: &str) -> bool {
    let random = name.strip_prefix(beginning).and_then(|rest| rest.strip_suffix(ENDING));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether no living process owns a part.
pub fn is_abandoned(path: &Path) -> bool {
    File::options().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// Removes the parts in a folder that a killed process left, and returns them. A fault is no
/// reason to stop: the next time tries again.
pub fn remove_abandoned(folder: &Path, beginning: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let ours = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| is_part(name, beginning)));
    ours.map(|entry| entry.path())
        .filter(|path| is_abandoned(path) && fs::remove_file(path).is_ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_writes_any_more_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let here = |name: &str| folder.path().join(name);
        let living = create(folder.path(), "hall.db.").unwrap();
        let others = [
            "hall.db.Ab12cd.part.txt",
            "hall.db.Ab12c.part",
            "film.Ab12cd.part",
            "hall.db.Ab-2cd.part",
        ];
        for name in others.iter().chain(&["hall.db.Ab12cd.part"]) {
            fs::write(here(name), "x").unwrap();
        }
        assert_eq!(remove_abandoned(folder.path(), "hall.db."), [here("hall.db.Ab12cd.part")]);
        assert!(living.path().exists());
        assert!(others.iter().all(|name| here(name).exists()));
        let left = living.into_temp_path().keep().unwrap();
        assert_eq!(remove_abandoned(folder.path(), "hall.db."), [left]);
    }
}
