//! The built site: every file under a name that says what is in it, so that
//! a browser may keep it for ever, and a manifest of those names.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::page::{Kind, Minify, Module, minify};
use crate::squeeze::Squeeze;
use crate::workspace::Workspace;

/// The style sheets that others build on, in this order; the rest follow by name.
const STYLES_FIRST: [&str; 7] =
    ["tokens", "parts", "kiosk", "progress", "display", "counter", "admin"];

/// Writes the site to `target/site/<kind>`: `assets/` and, last,
/// `manifest.txt`, a line a file: the name it goes by, a space, the name it
/// has. What is there already is not touched, so that the server is not built anew.
pub fn write(
    workspace: &Workspace,
    kind: Kind,
    modules: Vec<Module>,
    tools: &Path,
) -> Result<PathBuf> {
    let mut files = public(&workspace.root.join("public"), tools)?;
    let mut style = String::from_utf8(style(&workspace.root.join("style"))?)?;
    for (name, bytes) in &files {
        style =
            style.replace(&format!("/assets/{name}"), &format!("/assets/{}", hashed(name, bytes)));
    }
    files.insert("jiban.css".into(), minify(style.as_bytes(), Minify::Style, tools)?);
    for module in modules {
        files.insert(format!("{}.js", module.name), module.script);
        files.insert(format!("{}.wasm", module.name), module.wasm);
    }

    let folder = workspace.ours().join("site").join(kind.name());
    let assets = folder.join("assets");
    let squeeze = Squeeze { assets: &assets, kind };
    let mut wanted = Vec::new();
    let mut manifest = String::new();
    let mut weights = Vec::new();
    for (name, bytes) in &files {
        let hashed = hashed(name, bytes);
        writeln!(manifest, "{name} {hashed}")?;
        let mut weight = bytes.len();
        for (suffix, squeezed) in squeeze.squeezed(&hashed, bytes)? {
            weight = weight.min(squeezed.len());
            wanted.push((assets.join(format!("{hashed}.{suffix}")), squeezed));
        }
        weights.push((name.as_str(), weight));
        wanted.push((assets.join(hashed), bytes.clone()));
    }
    wanted.push((folder.join("manifest.txt"), manifest.into_bytes()));

    std::fs::create_dir_all(&assets)?;
    keep_only(&assets, &wanted)?;
    for (path, bytes) in &wanted {
        if std::fs::read(path).ok().as_ref() != Some(bytes) {
            put(path, bytes).with_context(|| format!("{}", path.display()))?;
        }
    }
    if kind == Kind::Release {
        tell(&weights);
    }
    Ok(folder)
}

/// Sixteen hexadecimal digits that change when the bytes do.
pub fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let first = digest.iter().take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    format!("{first:016x}")
}

/// `sounds/chime.wav` becomes `chime.0123456789abcdef.wav`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    format!("{stem}.{}.{extension}", hash(bytes))
}

/// All style sheets as one.
fn style(folder: &Path) -> Result<Vec<u8>> {
    let mut sheets: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("{}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    sheets.retain(|sheet| sheet.extension().is_some_and(|extension| extension == "css"));
    sheets.sort_by_key(|sheet| {
        let stem = sheet.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let place = STYLES_FIRST.iter().position(|first| *first == stem);
        (place.unwrap_or(STYLES_FIRST.len()), stem)
    });
    let mut all = Vec::new();
    for sheet in sheets {
        all.extend(std::fs::read(sheet)?);
        all.push(b'\n');
    }
    Ok(all)
}

/// Every file under `public/` by its path there; scripts made small.
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
                bytes = minify(&bytes, Minify::Script, tools)?;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// Removes what an earlier build left behind.
fn keep_only(folder: &Path, wanted: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !wanted.iter().any(|(name, _)| *name == path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Writes a file whole or not at all: a build that is stopped halfway must not
/// leave half a file under a name that vouches for all of it.
fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_added_extension("unfinished");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(unfinished, path)
}

fn tell(weights: &[(&str, usize)]) {
    for (name, weight) in weights {
        let tenths = (weight * 10).div_ceil(1024);
        eprintln!("      {name:<20} {:>5}.{} KB to load", tenths / 10, tenths % 10);
    }
}
