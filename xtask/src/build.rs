//! The pages, as the files that a server embeds.

use anyhow::Result;

use crate::profile::BuildProfile;
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{page, site, tools};

/// The number of steps that [`steps`] takes.
pub const STEPS: usize = 3;

/// `cargo xtask build`.
pub fn build(workspace: &Workspace, profile: BuildProfile) -> Result<()> {
    let mut counted = Steps::new(STEPS);
    let built = steps(workspace, profile, &mut counted)?;
    counted.finish(&format!("The pages are in {}", built.display()));
    Ok(())
}

/// Builds the pages as part of a longer command and returns their folder.
pub fn steps(
    workspace: &Workspace,
    profile: BuildProfile,
    steps: &mut Steps,
) -> Result<std::path::PathBuf> {
    steps.next("tools: Rust's WebAssembly target, wasm-opt, esbuild");
    tools::wasm_target(workspace)?;
    let packages = tools::node_packages(&workspace.root.join("xtask/tools"))?;

    steps.next("compiling the pages to WebAssembly (about 2 minutes the first time)");
    let mut compiled = Vec::new();
    for name in page::MODULES {
        compiled.push((name, page::compile(workspace, profile, name)?));
    }

    steps.next(match profile {
        BuildProfile::Debug => "hashing and compressing the pages' files",
        BuildProfile::Release => "making the pages small (about a minute, if they changed)",
    });
    let mut modules = Vec::new();
    for (name, compiled) in compiled {
        modules.push(page::finish(workspace, profile, name, compiled, &packages)?);
    }
    site::write(workspace, profile, modules, &packages)
}
