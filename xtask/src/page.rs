//! The page: Rust compiled to WebAssembly, and the script that starts it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{cargo, filter, show};
use crate::server::artifact;
use crate::site::hash;
use crate::tools::WASM;
use crate::workspace::Workspace;

/// How the page is built; a server built by the like-named profile takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Soon ready: for tests and for whoever is at work on a page.
    Debug,
    /// Small: what is shipped.
    Release,
}

impl Kind {
    /// The name of its folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Debug => "dev",
            Self::Release => "wasm-release",
        }
    }
}

/// The modules, each a feature of the browser's crate: a kiosk loads only its own.
pub const MODULES: [&str; 2] = ["kiosk", "desks"];

/// What a browser loads to become a machine.
pub struct Module {
    /// Its feature.
    pub name: &'static str,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
    /// The script that loads and starts it.
    pub script: Vec<u8>,
}

/// What rustc emits for the browser, and no more: given every feature, wasm-opt
/// may write what a hall's browser cannot read.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Compiles a module; returns what cargo made.
pub fn compile(workspace: &Workspace, kind: Kind, name: &str) -> Result<Vec<u8>> {
    let mut command = cargo();
    command.current_dir(&workspace.root).args(["build", "--package=jiban-browser"]);
    command.args(["--target", WASM, "--profile", kind.profile()]);
    command.args(["--no-default-features", "--features", name]);
    // Read at once: the next module's goes to the same place.
    std::fs::read(artifact(&mut command, "jiban_browser")?).context("the compiled page is gone")
}

/// Joins a compiled module to the browser and makes it small. What was made
/// from the same bytes before is taken as it is.
pub fn finish(
    workspace: &Workspace,
    kind: Kind,
    name: &'static str,
    compiled: Vec<u8>,
    tools: &Path,
) -> Result<Module> {
    let tools_lock = std::fs::read(workspace.root.join("xtask/tools/package-lock.json"))?;
    let made_from = hash(&[compiled.as_slice(), &tools_lock].concat());

    let folder = workspace.ours().join("page").join(kind.name()).join(name);
    let (wasm, script) = (folder.join("page.wasm"), folder.join("page.js"));
    let stamp = folder.join("made-from");
    if std::fs::read_to_string(&stamp).ok().as_ref() != Some(&made_from) {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(&stamp, "unfinished")?;
        let bound = folder.join("bound");
        bind(compiled, &bound)?;
        bundle(&bound.join("page.js"), &script, tools)?;
        std::fs::copy(bound.join("page_bg.wasm"), &wasm)?;
        if kind == Kind::Release {
            shrink(&wasm, tools)?;
        }
        std::fs::write(&stamp, made_from)?;
    }
    Ok(Module { name, wasm: std::fs::read(wasm)?, script: std::fs::read(script)? })
}

/// The work of wasm-bindgen's program, by its library: Cargo.lock then keeps
/// it at the version that the page was compiled with.
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

/// One module of the several that wasm-bindgen writes.
fn bundle(module: &Path, bundled: &Path, tools: &Path) -> Result<()> {
    show(
        esbuild(tools)
            .arg("--bundle")
            .arg(module)
            .args(MODULE)
            .arg(as_option("--outfile", bundled)),
    )
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

/// For a script that machines load: their browser is of our choosing.
const MODULE: [&str; 3] = ["--format=esm", "--target=es2022", "--minify"];

/// What [`minify`] is given.
#[derive(Debug, Clone, Copy)]
pub enum Minify {
    /// A style sheet.
    Style,
    /// A script for any visitor's phone, however old; written in ES5 to begin with.
    Script,
}

/// Makes a script or style smaller, and says in older words what older
/// browsers would not understand.
pub fn minify(source: &[u8], what: Minify, tools: &Path) -> Result<Vec<u8>> {
    let arguments = match what {
        Minify::Style => ["--loader=css", "--target=chrome80,safari13.1,firefox78", "--minify"],
        Minify::Script => ["--loader=js", "--target=es5", "--minify"],
    };
    filter(esbuild(tools).args(arguments), source)
}

fn esbuild(tools: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(tools.join("esbuild/bin/esbuild")).args(["--charset=utf8", "--log-level=warning"]);
    command
}

fn as_option(name: &str, path: &Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push("=");
    option.push(path);
    option
}
