//! The pages that run in the browser: Rust compiled to WebAssembly, and the
//! script that starts it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::{artifact, cargo};
use crate::command::show;
use crate::esbuild::bundle;
use crate::fingerprint::fingerprint;
use crate::profile::BuildProfile;
use crate::tools::WASM;
use crate::workspace::Workspace;

/// The modules, each a feature of the browser's crate. A kiosk loads only its own.
pub const MODULES: [&str; 2] = ["kiosk", "desks"];

/// What a browser loads to run pages.
pub struct Module {
    /// Its feature of the browser's crate.
    pub name: &'static str,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
    /// The script that loads and starts it.
    pub script: Vec<u8>,
}

/// The WebAssembly features that rustc emits, and no others: given all of them,
/// wasm-opt may write code that a hall's browser cannot read.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Compiles a module and returns its WebAssembly.
pub fn compile(workspace: &Workspace, profile: BuildProfile, name: &str) -> Result<Vec<u8>> {
    let mut command = cargo();
    command.current_dir(&workspace.root).args(["build", "--package=jiban-browser"]);
    command.args(["--target", WASM, "--profile", profile.of_pages()]);
    command.args(["--no-default-features", "--features", name]);
    // Read now: the next module is built to the same path.
    std::fs::read(artifact(&mut command, "jiban_browser")?).context("the compiled page is gone")
}

/// Writes the bindings of a compiled module and makes it small. The result of an
/// earlier build from the same bytes is used again.
pub fn finish(
    workspace: &Workspace,
    profile: BuildProfile,
    name: &'static str,
    compiled: Vec<u8>,
    tools: &Path,
) -> Result<Module> {
    let tools_lock = std::fs::read(workspace.root.join("xtask/tools/package-lock.json"))?;
    let made_from = fingerprint(&[compiled.as_slice(), &tools_lock].concat());

    let folder = workspace.target().join("page").join(profile.name()).join(name);
    let (wasm, script) = (folder.join("page.wasm"), folder.join("page.js"));
    let stamp = folder.join("made-from");
    if std::fs::read_to_string(&stamp).ok().as_ref() != Some(&made_from) {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(&stamp, "unfinished")?;
        let bound = folder.join("bound");
        bind(compiled, &bound)?;
        bundle(&bound.join("page.js"), &script, tools)?;
        std::fs::copy(bound.join("page_bg.wasm"), &wasm)?;
        if profile == BuildProfile::Release {
            shrink(&wasm, tools)?;
        }
        std::fs::write(&stamp, made_from)?;
    }
    Ok(Module { name, wasm: std::fs::read(wasm)?, script: std::fs::read(script)? })
}

/// Does what the wasm-bindgen program does, with its library: Cargo.lock then
/// keeps it at the version that the page was compiled with.
fn bind(compiled: Vec<u8>, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Bindgen::new()
        .input_bytes("page", compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(folder)
}

fn shrink(wasm: &Path, tools: &Path) -> Result<()> {
    show(
        Command::new("node")
            .arg(tools.join("binaryen/bin/wasm-opt"))
            .args(["-Oz"])
            .args(FEATURES)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
}
