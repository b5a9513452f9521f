//! The built site: every file under a name that contains a hash of its bytes, so
//! that browsers may cache it for ever, and a manifest of those names.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::compress::Compressor;
use crate::esbuild::{Minify, minify};
use crate::fingerprint::fingerprint;
use crate::page::Module;
use crate::profile::BuildProfile;
use crate::style;
use crate::workspace::Workspace;

/// Writes the site to `target/site/<profile>`: `assets/` and, last,
/// `manifest.txt` with one line for each file: its plain name, a space, its hashed
/// name. Unchanged files are not touched, so that cargo does not rebuild the server.
pub fn write(
    workspace: &Workspace,
    profile: BuildProfile,
    modules: Vec<Module>,
    tools: &Path,
) -> Result<PathBuf> {
    let mut files = public(&workspace.root.join("public"), tools)?;
    let joined = style::joined(&workspace.root.join("style"))?;
    let mut sheets = Vec::new();
    let joined = [
        ("jiban.css", joined.all),
        ("kiosk.css", joined.kiosk),
        ("accessibility.css", joined.accessibility),
    ];
    for (sheet, mut style) in joined {
        for (name, bytes) in &files {
            let plain = format!("/assets/{name}");
            style = style.replace(&plain, &format!("/assets/{}", hashed(name, bytes)));
        }
        sheets.push((sheet.to_owned(), minify(style.as_bytes(), Minify::Style, tools)?));
    }
    files.extend(sheets);
    for mut module in modules {
        for (name, part) in module.later {
            let file = format!("{}-{name}", module.name);
            module.script = renamed(&module.script, &name, &hashed(&file, &part))?;
            files.insert(file, part);
        }
        files.insert(format!("{}.js", module.name), module.script);
        files.insert(format!("{}.wasm", module.name), module.wasm);
    }

    let folder = workspace.target().join("site").join(profile.name());
    let assets = folder.join("assets");
    let compressor = Compressor { assets: &assets, profile };
    let mut wanted = Vec::new();
    let mut manifest = String::new();
    let mut weights = Vec::new();
    for (name, bytes) in &files {
        let hashed = hashed(name, bytes);
        writeln!(manifest, "{name} {hashed}")?;
        let mut weight = bytes.len();
        for (suffix, compressed) in compressor.compress(&hashed, bytes)? {
            weight = weight.min(compressed.len());
            wanted.push((assets.join(format!("{hashed}.{suffix}")), compressed));
        }
        weights.push((name.as_str(), weight));
        wanted.push((assets.join(hashed), bytes.clone()));
    }
    wanted.push((folder.join("manifest.txt"), manifest.into_bytes()));

    std::fs::create_dir_all(&assets)?;
    keep_only(&assets, &wanted)?;
    for (path, bytes) in &wanted {
        if std::fs::read(path).ok().as_ref() != Some(bytes) {
            replace(path, bytes).with_context(|| format!("{}", path.display()))?;
        }
    }
    if profile == BuildProfile::Release {
        report(&weights);
    }
    Ok(folder)
}

/// `sounds/chime.wav` becomes `chime.0123456789abcdef.wav`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    format!("{stem}.{}.{extension}", fingerprint(bytes))
}

/// A script that loads a file of another name.
fn renamed(script: &[u8], old: &str, new: &str) -> Result<Vec<u8>> {
    let script = std::str::from_utf8(script).context("a script is text")?;
    let (old, new) = (format!("./{old}"), format!("./{new}"));
    ensure!(script.contains(&old), "the script does not load {old}");
    Ok(script.replace(&old, &new).into_bytes())
}

/// The folder of `public/` with scripts that no phone loads.
const MACHINES: &str = "machines";

/// Every file under `public/` by its path there; scripts are minified.
fn public(folder: &Path, tools: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(&inner).with_context(|| format!("{}", inner.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut bytes = std::fs::read(&path)?;
            if path.extension().is_some_and(|extension| extension == "js") {
                let machines = inner.ends_with(MACHINES);
                let kind = if machines { Minify::MachineScript } else { Minify::Script };
                bytes = minify(&bytes, kind, tools)?;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// Removes the files of earlier builds.
fn keep_only(folder: &Path, wanted: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !wanted.iter().any(|(name, _)| *name == path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Writes a file completely or not at all: an interrupted build must not leave
/// half a file under a name that stands for its full content.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_added_extension("unfinished");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(unfinished, path)
}

fn report(weights: &[(&str, usize)]) {
    for (name, weight) in weights {
        let tenths = (weight * 10).div_ceil(1024);
        eprintln!("      {name:<20} {:>5}.{} KB to load", tenths / 10, tenths % 10);
    }
}
