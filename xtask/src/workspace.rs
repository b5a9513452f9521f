//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout.
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// The checkout that this program was compiled in.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        Ok(Self { root: root.context("xtask is in a workspace")?.to_owned() })
    }

    /// What xtask and the servers it starts leave behind. Always inside the
    /// checkout, even when cargo's own target directory is elsewhere: the
    /// server finds the built site by this place.
    pub fn ours(&self) -> PathBuf {
        self.root.join("target")
    }
}
