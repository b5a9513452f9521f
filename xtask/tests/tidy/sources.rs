//! The files of the checkout.

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// A text file of the checkout.
pub struct Source {
    /// Its path in the checkout, with slashes.
    pub path: String,
    pub text: String,
}

pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The folders of Rust code.
pub const CRATES: [&str; 6] = ["domain", "app", "app/browser", "server", "xtask", "bench"];

/// Every file with this extension below the folders of the checkout, by path.
pub fn files(folders: &[&str], extension: &str) -> Vec<Source> {
    let root = checkout();
    let mut sources = Vec::new();
    for folder in folders {
        for file in files_below(&root.join(folder)) {
            if file.extension().is_some_and(|of_file| of_file == extension) {
                let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                sources.push(Source { text: read_to_string(&file).unwrap(), path });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources.dedup_by(|one, other| one.path == other.path);
    assert!(!sources.is_empty(), "no .{extension} below {folders:?}");
    sources
}

/// Every folder below a folder of the checkout, by path.
pub fn folders(folder: &str) -> Vec<String> {
    let root = checkout();
    let mut found = Vec::new();
    let mut waiting = vec![root.join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                waiting.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What is built or downloaded is not ours to judge.
const NOT_OURS: [&str; 3] = ["target", "node_modules", ".git"];

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            files.push(path);
        } else if !NOT_OURS.iter().any(|name| path.ends_with(name)) {
            files.extend(files_below(&path));
        }
    }
    files
}
