//! The checkout and its folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// The checkout in which cargo started this program. It may have been compiled in
    /// another one that shares its target directory.
    pub fn find() -> Result<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .context("xtask is started by cargo: `cargo xtask`")?;
        let root = Path::new(&package).parent().context("xtask is in a workspace")?;
        Ok(Self { root: root.to_owned() })
    }

    /// Where xtask and the servers it starts write files. Always inside the checkout,
    /// even if cargo's own target directory is elsewhere: the server looks for the
    /// built site here.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }
}
