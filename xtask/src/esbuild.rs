//! The JavaScript tool that bundles and minifies scripts and style sheets.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::command::{filter, show};

/// What [`minify`] is given.
#[derive(Debug, Clone, Copy)]
pub enum Minify {
    /// A style sheet.
    Style,
    /// A script for any visitor's phone, however old; its source is ES5.
    Script,
    /// A script for the hall's own machines.
    MachineScript,
}

/// Makes a script or style sheet smaller, and rewrites what older browsers do
/// not understand.
pub fn minify(source: &[u8], what: Minify, tools: &Path) -> Result<Vec<u8>> {
    let arguments = match what {
        Minify::Style => ["--loader=css", LEAST_BROWSERS, "--minify"],
        Minify::Script => ["--loader=js", "--target=es5", "--minify"],
        Minify::MachineScript => ["--loader=js", "--target=chrome80", "--minify"],
    };
    filter(esbuild(tools).args(arguments), source)
}

/// The oldest browsers that run the WebAssembly of the pages, see `app/src/least_browser.rs`.
const LEAST_BROWSERS: &str = "--target=chrome96,edge96,firefox98,safari15.4";

/// Kiosks, counters and displays run a browser that the hall chooses.
const MODULE: [&str; 3] = ["--format=esm", LEAST_BROWSERS, "--minify"];

/// Makes one module of the several that wasm-bindgen writes.
pub fn bundle(module: &Path, bundled: &Path, tools: &Path) -> Result<()> {
    let mut outfile = OsString::from("--outfile=");
    outfile.push(bundled);
    show(esbuild(tools).arg("--bundle").arg(module).args(MODULE).arg(outfile))
}

fn esbuild(tools: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(tools.join("esbuild/bin/esbuild")).args(["--charset=utf8", "--log-level=warning"]);
    command
}
