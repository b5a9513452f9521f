//! Cargo, and the files that it builds.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::output;

/// The cargo that started xtask, so that toolchain overrides hold.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// Runs a cargo build and returns the path of the program or library `name`
/// that it built.
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
        .with_context(|| format!("cargo built, but reported no `{name}`"))
}
