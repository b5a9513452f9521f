//! What a build needs beyond cargo, installed if it is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{output, show, works};
use crate::fingerprint::fingerprint;
use crate::workspace::Workspace;

/// The target that the pages are compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for WebAssembly.
pub fn wasm_target(workspace: &Workspace) -> Result<()> {
    if has_wasm_target(workspace) {
        return Ok(());
    }
    eprintln!("      adding Rust's {WASM} (a download, up to two minutes)");
    if works("rustup", &["--version"]) {
        // In the checkout, so that rustup picks the toolchain of rust-toolchain.toml.
        let added = Command::new("rustup")
            .args(["target", "add", WASM])
            .current_dir(&workspace.root)
            .status()
            .is_ok_and(|status| status.success());
        if added && has_wasm_target(workspace) {
            return Ok(());
        }
    }
    bail!("Rust's {WASM} could not be added here; run `rustup target add {WASM}`, then try again")
}

/// Asks rustc, not rustup: a distribution's Rust may have the target without rustup.
fn has_wasm_target(workspace: &Workspace) -> bool {
    let folder = output(
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", WASM])
            .current_dir(&workspace.root),
    );
    folder.is_ok_and(|folder| Path::new(String::from_utf8_lossy(&folder).trim()).is_dir())
}

/// Installs the packages of a folder's `package-lock.json`, unless they are
/// installed already, and returns the folder of the packages.
pub fn node_packages(folder: &Path) -> Result<PathBuf> {
    let lock = folder.join("package-lock.json");
    let wanted = fingerprint(&std::fs::read(&lock).with_context(|| format!("{}", lock.display()))?);
    let packages = folder.join("node_modules");
    let stamp = packages.join(".installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(packages);
    }
    eprintln!("      installing the packages of {}", lock.display());
    show(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(folder),
    )?;
    std::fs::write(&stamp, wanted)?;
    Ok(packages)
}
