//! The pages that run in the browser: Rust compiled to WebAssembly, and the
//! script that starts it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::{artifact, cargo};
use crate::command::show;
use crate::esbuild::bundle;
use crate::fingerprint::fingerprint;
use crate::profile::BuildProfile;
use crate::split;
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
    /// What the script loads later, by the names that it has for the files.
    pub later: Vec<(String, Vec<u8>)>,
}

/// The WebAssembly features that rustc emits, and no others: given all of them,
/// wasm-opt may write code that a hall's browser cannot read. They decide which browsers are
/// the oldest: `app/src/least_browser.rs` tries each of them.
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
    let wasm = std::fs::read(artifact(&mut command, "jiban_browser")?);
    let wasm = wasm.context("the compiled page is gone")?;
    let unknown = unknown_features(&wasm);
    if !unknown.is_empty() {
        bail!(
            "rustc uses {unknown:?}, which is not in FEATURES: add it there and to \
             app/src/least_browser.rs, and raise the least browsers"
        );
    }
    Ok(wasm)
}

/// What a compiled module says it uses (its section `target_features`: a count, then for each
/// a sign, a length and a name) beyond [`FEATURES`].
fn unknown_features(wasm: &[u8]) -> Vec<String> {
    // Only a longer way to write what every browser reads.
    const HARMLESS: &str = "call-indirect-overlong";
    const SECTION: &[u8] = b"target_features";
    let start = wasm.windows(SECTION.len()).rposition(|name| name == SECTION);
    let mut rest = start.map_or(&[][..], |start| &wasm[start + SECTION.len() + 1..]);
    let mut unknown = Vec::new();
    while let [b'+', length, after @ ..] = rest
        && let Some((name, after)) = after.split_at_checked(usize::from(*length))
    {
        let name = String::from_utf8_lossy(name).into_owned();
        let option = match name.as_str() {
            "nontrapping-fptoint" => "--enable-nontrapping-float-to-int".to_owned(),
            name => format!("--enable-{name}"),
        };
        if name != HARMLESS && !FEATURES.contains(&option.as_str()) {
            unknown.push(name);
        }
        rest = after;
    }
    unknown
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
        let (bound, later) = (folder.join("bound"), folder.join("later"));
        let parts = split::split(&compiled, &later)?;
        bind(parts.first, &bound)?;
        std::fs::write(bound.join(split::LINK_SCRIPT), parts.link_script)?;
        bundle(&bound.join("page.js"), &script, tools)?;
        std::fs::copy(bound.join("page_bg.wasm"), &wasm)?;
        if profile == BuildProfile::Release {
            shrink(&wasm, tools)?;
            for (_, part) in split::files(&later)? {
                shrink(&part, tools)?;
            }
        }
        std::fs::write(&stamp, made_from)?;
    }
    let later = split::files(&folder.join("later"))?.into_iter();
    let later = later.map(|(name, path)| Ok((name, std::fs::read(path)?)));
    Ok(Module {
        name,
        wasm: std::fs::read(wasm)?,
        script: std::fs::read(script)?,
        later: later.collect::<Result<_>>()?,
    })
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
        // The later files find what they share with the first by these names.
        .keep_lld_exports(true)
        .demangle(false)
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

#[cfg(test)]
mod tests {
    use super::unknown_features;

    #[test]
    fn a_feature_that_the_least_browser_may_lack_is_noticed() {
        let section = |names: &[&str]| {
            let mut wasm = b"\0asm\x0ftarget_features".to_vec();
            wasm.push(u8::try_from(names.len()).unwrap());
            for name in names {
                wasm.push(b'+');
                wasm.push(u8::try_from(name.len()).unwrap());
                wasm.extend(name.as_bytes());
            }
            wasm
        };
        let known = ["bulk-memory", "nontrapping-fptoint", "call-indirect-overlong"];
        assert!(unknown_features(&section(&known)).is_empty());
        assert_eq!(unknown_features(&section(&["sign-ext", "simd128"])), ["simd128"]);
    }
}
