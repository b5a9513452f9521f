//! The server's program, and finding what cargo built.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::{cargo, output};
use crate::page::Kind;
use crate::workspace::Workspace;

/// Builds `jiban`; returns where it is.
pub fn compile(workspace: &Workspace, kind: Kind) -> Result<PathBuf> {
    let mut command = cargo();
    command.current_dir(&workspace.root).arg("build");
    match kind {
        // Built with its neighbours, as `cargo test` does: by itself, features
        // would be joined otherwise and half the tree be built a second time.
        Kind::Debug => &mut command,
        Kind::Release => command.args(["--release", "--package=jiban"]),
    };
    artifact(&mut command, "jiban")
}

/// Runs a cargo build; returns the program or library called `name` that came of it.
pub fn artifact(build: &mut Command, name: &str) -> Result<PathBuf> {
    let messages =
        output(build.arg("--message-format=json-render-diagnostics").stdin(Stdio::null()))?;
    let messages = String::from_utf8_lossy(&messages);
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == name
        })
        .filter_map(|message| {
            let program = message["executable"].as_str();
            let library = message["filenames"][0].as_str();
            program.or(library).map(PathBuf::from)
        })
        .next_back()
        .with_context(|| format!("cargo built, but named no `{name}`"))
}
