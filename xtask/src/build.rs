//! The page as the files that a server embeds.

use anyhow::Result;

use crate::page::Kind;
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{page, site, tools};

/// How many steps [`steps`] takes.
pub const STEPS: usize = 3;

/// `cargo xtask build`.
pub fn build(workspace: &Workspace, kind: Kind) -> Result<()> {
    let mut counted = Steps::new(STEPS);
    let built = steps(workspace, kind, &mut counted)?;
    counted.finish(&format!("The page is in {}", built.display()));
    Ok(())
}

/// Builds the page as part of a longer command; returns its folder.
pub fn steps(workspace: &Workspace, kind: Kind, steps: &mut Steps) -> Result<std::path::PathBuf> {
    steps.next("tools: Rust's WebAssembly target, wasm-opt, esbuild");
    tools::wasm_target(workspace)?;
    let packages = tools::node_packages(&workspace.root.join("xtask/tools"))?;

    steps.next("compiling the page to WebAssembly (about 2 minutes the first time)");
    let mut compiled = Vec::new();
    for name in page::MODULES {
        compiled.push((name, page::compile(workspace, kind, name)?));
    }

    steps.next(match kind {
        Kind::Debug => "naming and compressing the page's files",
        Kind::Release => "making the page small (about a minute, if it changed)",
    });
    let mut modules = Vec::new();
    for (name, compiled) in compiled {
        modules.push(page::finish(workspace, kind, name, compiled, &packages)?);
    }
    site::write(workspace, kind, modules, &packages)
}
