//! Everything a change must pass.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::command::{cargo, show};
use crate::page::Kind;
use crate::steps::Steps;
use crate::tools::{self, WASM};
use crate::workspace::Workspace;
use crate::{browser, build, server};

/// How much to test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Both of the others.
    All,
    /// What needs no browser.
    Unit,
    /// What does.
    Browser,
}

/// Two runners would each meet words meant for the other.
fn one_takes(part: Part, arguments: &[String]) -> Result<()> {
    ensure!(
        part != Part::All || arguments.is_empty(),
        "`{}` would go to two test runners: say which, with --unit or --browser",
        arguments.join(" ")
    );
    Ok(())
}

/// `cargo xtask test`. `arguments` go to the test runner of a single part.
pub fn test(workspace: &Workspace, part: Part, arguments: &[String]) -> Result<()> {
    one_takes(part, arguments)?;
    match part {
        Part::Unit => {
            let mut steps = Steps::new(2);
            steps.next("checking the page");
            tools::wasm_target(workspace)?;
            let check = ["check", "--package=jiban-browser", "--target", WASM];
            show(cargo().current_dir(&workspace.root).args(check))?;
            unit(workspace, &mut steps, arguments)?;
            steps.finish("All tests but the browser's passed");
        }
        Part::Browser => {
            let mut steps = Steps::new(build::STEPS + 3);
            build::steps(workspace, Kind::Debug, &mut steps)?;
            in_browser(workspace, &mut steps, arguments)?;
            steps.finish("The browser's tests passed");
        }
        Part::All => {
            let mut steps = Steps::new(build::STEPS + 4);
            // First: the page is compiled into what the tests after it run.
            build::steps(workspace, Kind::Debug, &mut steps)?;
            unit(workspace, &mut steps, &[])?;
            in_browser(workspace, &mut steps, &[])?;
            steps.finish("All tests passed");
        }
    }
    Ok(())
}

/// The workspace's default members: the browser's crate would bring the
/// browser's half of Leptos into the server.
fn unit(workspace: &Workspace, steps: &mut Steps, arguments: &[String]) -> Result<()> {
    steps.next("unit, store and API tests (to compile: about 4 minutes the first time)");
    show(cargo().current_dir(&workspace.root).arg("test").args(arguments))
}

fn in_browser(workspace: &Workspace, steps: &mut Steps, arguments: &[String]) -> Result<()> {
    steps.next("compiling the server");
    let program = server::compile(workspace, Kind::Debug)?;
    steps.next("Chromium, a Chinese font and the browser tests' packages");
    let chromium = browser::chromium()?;
    let folder = workspace.root.join("end2end");
    let packages = tools::node_packages(&folder)?;
    steps.next("tests in Chromium");
    show(
        Command::new("node")
            .arg(packages.join("@playwright/test/cli.js"))
            .arg("test")
            .args(arguments)
            .current_dir(folder)
            .env("JIBAN_BIN", program)
            .env("CHROMIUM", chromium),
    )
}

#[cfg(test)]
mod tests {
    use super::{Part, one_takes};

    #[test]
    fn words_for_the_runner_go_to_one_runner() {
        let words = ["store".to_owned()];
        assert!(one_takes(Part::All, &words).is_err());
        assert!(one_takes(Part::All, &[]).is_ok());
        assert!(one_takes(Part::Unit, &words).is_ok());
        assert!(one_takes(Part::Browser, &words).is_ok());
    }
}
