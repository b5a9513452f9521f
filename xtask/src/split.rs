//! Cuts a module of WebAssembly in files: the one that a page starts with, and those that it
//! loads when a function in them is first called. Where to cut, the attribute `wasm_split` says
//! (`app/browser/src/deferred.rs`), and `app/browser/build.rs` has the linker keep what is needed for it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

/// The script that loads later files, by the name that the WebAssembly imports it by.
pub const LINK_SCRIPT: &str = "__wasm_split.______________________.js";

/// A cut module.
pub struct Parts {
    /// What the page starts with.
    pub first: Vec<u8>,
    pub link_script: Vec<u8>,
}

/// Cuts a module, and writes its later files to a folder.
pub fn split(compiled: &[u8], folder: &Path) -> Result<Parts> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let first = folder.join("first");
    let link_script = format!("./{LINK_SCRIPT}");
    let mut options = Options::new(compiled);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.main_module = "./page.js";
    options.link_name = &link_script;
    transform(options).map_err(|error| anyhow!("the page cannot be cut: {error:#}"))?;
    let take = |path: PathBuf| -> Result<Vec<u8>> {
        let bytes = std::fs::read(&path).with_context(|| format!("{}", path.display()))?;
        std::fs::remove_file(path)?;
        Ok(bytes)
    };
    Ok(Parts { first: take(first)?, link_script: take(folder.join(LINK_SCRIPT))? })
}

/// The later files: the names that the script has for them, and where they are.
pub fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}
