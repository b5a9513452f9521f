//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::{cargo, output};

/// The checkout, and where cargo puts what it builds (which need not be inside).
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo: `CARGO_TARGET_DIR` and configuration files may have moved the target directory.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent")?;
        let metadata = output(
            cargo().args(["metadata", "--format-version=1", "--no-deps"]).current_dir(root),
        )?;
        let metadata: Value =
            serde_json::from_slice(&metadata).context("`cargo metadata` printed no JSON")?;
        let path = |name: &str| {
            let path = metadata[name].as_str();
            path.map(PathBuf::from).with_context(|| format!("`cargo metadata` names no {name}"))
        };
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// What xtask and the servers it starts leave behind. Always inside the
    /// checkout, even when cargo's own target directory is elsewhere: the
    /// server finds the built site by this place.
    pub fn ours(&self) -> PathBuf {
        self.root.join("target")
    }
}
