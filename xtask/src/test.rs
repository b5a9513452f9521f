//! The tests that every change must pass.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::cargo::cargo;
use crate::command::show;
use crate::profile::BuildProfile;
use crate::steps::Steps;
use crate::tools::{self, WASM};
use crate::workspace::Workspace;
use crate::{browser, build, server};

/// How much to test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Both parts.
    All,
    /// The tests that need no browser.
    Unit,
    /// The tests in a browser.
    Browser,
}

/// Arguments are for one test runner; two of them would each get the other's.
fn check_arguments(part: Part, arguments: &[String]) -> Result<()> {
    ensure!(
        part != Part::All || arguments.is_empty(),
        "`{}` would go to two test runners: choose one with --unit or --browser",
        arguments.join(" ")
    );
    Ok(())
}

/// `cargo xtask test`. `arguments` go to the test runner of a single part.
pub fn test(workspace: &Workspace, part: Part, arguments: &[String]) -> Result<()> {
    check_arguments(part, arguments)?;
    match part {
        Part::Unit => {
            let mut steps = Steps::new(2);
            steps.next("checking the pages");
            tools::wasm_target(workspace)?;
            let check = ["check", "--package=jiban-browser", "--target", WASM];
            show(cargo().current_dir(&workspace.root).args(check))?;
            unit(workspace, &mut steps, arguments)?;
            steps.finish("All tests but the browser's passed");
        }
        Part::Browser => {
            let mut steps = Steps::new(build::STEPS + 3);
            build::steps(workspace, BuildProfile::Debug, &mut steps)?;
            in_browser(workspace, &mut steps, arguments, &[])?;
            steps.finish("The browser's tests passed");
        }
        Part::All => {
            let mut steps = Steps::new(build::STEPS + 4);
            // First: the tests after it run a server that embeds the pages.
            build::steps(workspace, BuildProfile::Debug, &mut steps)?;
            unit(workspace, &mut steps, &[])?;
            in_browser(workspace, &mut steps, &[], &[])?;
            steps.finish("All tests passed");
        }
    }
    Ok(())
}

/// `cargo xtask torture`: the tests that kill the server, cut its power and damage its files,
/// with many times their usual rounds. Minutes long, so it is run by hand.
pub fn torture(workspace: &Workspace, times: &str) -> Result<()> {
    ensure!(
        times.parse::<u32>().is_ok_and(|times| times > 0),
        "`{times}` is not a number of times"
    );
    let arguments = ["test", "--package=jiban", "--test=it", "--"];
    let of_the_tests =
        ["torture::", "damage::what_check_calls_whole", "--nocapture", "--test-threads=1"];
    let mut torture = cargo();
    torture.current_dir(&workspace.root).args(arguments).args(of_the_tests);
    show(torture.env("JIBAN_TORTURE", times))
}

/// `cargo xtask day`: the browser test of hours of visitors, with as many hours as are asked for.
pub fn day(workspace: &Workspace, hours: &str) -> Result<()> {
    ensure!(
        hours.parse::<u32>().is_ok_and(|hours| hours > 0),
        "`{hours}` is not a number of hours"
    );
    let mut steps = Steps::new(build::STEPS + 3);
    build::steps(workspace, BuildProfile::Debug, &mut steps)?;
    let day = ["day_and_night".to_owned()];
    in_browser(workspace, &mut steps, &day, &[("JIBAN_DAY_HOURS", hours)])?;
    steps.finish("The day is over");
    Ok(())
}

/// Tests the workspace's default members. The browser's crate is not one of them:
/// it would bring the browser's half of Leptos into the server.
fn unit(workspace: &Workspace, steps: &mut Steps, arguments: &[String]) -> Result<()> {
    steps.next("unit, store and API tests (to compile: about 4 minutes the first time)");
    show(cargo().current_dir(&workspace.root).arg("test").args(arguments))
}

fn in_browser(
    workspace: &Workspace,
    steps: &mut Steps,
    arguments: &[String],
    settings: &[(&str, &str)],
) -> Result<()> {
    steps.next("compiling the server");
    let program = server::compile(workspace, BuildProfile::Debug)?;
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
            .env("CHROMIUM", chromium)
            .envs(settings.iter().copied()),
    )
}

#[cfg(test)]
mod tests {
    use super::{Part, check_arguments};

    #[test]
    fn arguments_go_to_one_test_runner() {
        let words = ["store".to_owned()];
        assert!(check_arguments(Part::All, &words).is_err());
        assert!(check_arguments(Part::All, &[]).is_ok());
        assert!(check_arguments(Part::Unit, &words).is_ok());
        assert!(check_arguments(Part::Browser, &words).is_ok());
    }
}
