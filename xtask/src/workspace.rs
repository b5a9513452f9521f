//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout.
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// The checkout that cargo started this program in: not the one it was
    /// compiled in, which may be another that shares its target directory.
    pub fn find() -> Result<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .context("xtask is started by cargo: `cargo xtask`")?;
        let root = Path::new(&package).parent().context("xtask is in a workspace")?;
        Ok(Self { root: root.to_owned() })
    }

    /// What xtask and the servers it starts leave behind. Always inside the
    /// checkout, even when cargo's own target directory is elsewhere: the
    /// server finds the built site by this place.
    pub fn ours(&self) -> PathBuf {
        self.root.join("target")
    }
}
