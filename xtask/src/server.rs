//! The server's program.

use std::path::PathBuf;

use anyhow::Result;

use crate::cargo::{artifact, cargo};
use crate::profile::BuildProfile;
use crate::workspace::Workspace;

/// Builds `jiban` and returns its path.
pub fn compile(workspace: &Workspace, profile: BuildProfile) -> Result<PathBuf> {
    let mut command = cargo();
    command.current_dir(&workspace.root).arg("build");
    match profile {
        // Built with its neighbours, as `cargo test` does: alone it would get
        // other features, and half of the dependencies be built a second time.
        BuildProfile::Debug => &mut command,
        BuildProfile::Release => command.args(["--release", "--package=jiban"]),
    };
    artifact(&mut command, "jiban")
}
