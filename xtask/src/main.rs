//! Build, run, test and measure Jiban: `cargo xtask COMMAND`.
//!
//! - [`build`]: the pages, from Rust to the files that the server embeds
//!   ([`page`]: WebAssembly, which [`split`] cuts; [`style`]: the sheets; [`site`]: names, manifest)
//! - [`run`]: the demo hall, a terminal beside it, and their measurement
//! - [`test`]: the tests that every change must pass
//! - [`tools`]: what has to be on the machine, installed if it is missing

mod browser;
mod build;
mod cargo;
mod command;
mod compress;
mod esbuild;
mod fingerprint;
mod page;
mod profile;
mod run;
mod server;
mod site;
mod split;
mod steps;
mod style;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use profile::BuildProfile;
use workspace::Workspace;

const HELP: &str = "\
Build, run, test and measure Jiban.

  cargo xtask run [-- ARGUMENTS]    build everything, then serve the demo hall at
                                    http://127.0.0.1:3000 and to the local network;
                                    ARGUMENTS go to `jiban serve` (--listen, --db, ...)
  cargo xtask terminal [-- ARGUMENTS]
                                    build everything, then run a terminal of the demo's
                                    kiosk K1 at http://127.0.0.1:3080/kiosk/K1, beside
                                    `cargo xtask run`; ARGUMENTS go to `jiban terminal`
  cargo xtask test                  run every test: unit, API, then browser
  cargo xtask test --unit [-- ARGUMENTS]
                                    run only `cargo test`, and check the pages;
                                    ARGUMENTS go to `cargo test`
  cargo xtask test --browser [-- ARGUMENTS]
                                    run only the browser tests; ARGUMENTS go to
                                    `playwright test`
  cargo xtask torture [TIMES]       kill the server, cut its power and damage its files
                                    TIMES (20) as often as the tests do, and print a table
  cargo xtask day [HOURS]           simulate HOURS (24) of visitors at two terminals, with
                                    faults at random: a real second is 144 simulated
  cargo xtask bench [-- ARGUMENTS]  measure a release build and print one table
  cargo xtask build                 build the pages for release: target/site/release
  cargo xtask build --debug         build the pages quickly, for a debug server:
                                    target/site/debug
";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.iter().position(|argument| argument == "--").map_or_else(Vec::new, |at| {
        let rest = arguments.split_off(at + 1);
        arguments.pop();
        rest
    });
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = Workspace::find().and_then(|workspace| match words[..] {
        ["build", ..] if !rest.is_empty() => Err(anyhow::anyhow!(
            "`build` takes no arguments after `--`, but got `{}`",
            rest.join(" ")
        )),
        ["build"] => build::build(&workspace, BuildProfile::Release),
        ["build", "--debug"] => build::build(&workspace, BuildProfile::Debug),
        ["run"] => run::run(&workspace, &rest),
        ["terminal"] => run::terminal(&workspace, &rest),
        ["torture"] => test::torture(&workspace, "20"),
        ["torture", times] => test::torture(&workspace, times),
        ["day"] => test::day(&workspace, "24"),
        ["day", hours] => test::day(&workspace, hours),
        ["bench"] => run::bench(&workspace, &rest),
        ["test"] => test::test(&workspace, test::Part::All, &rest),
        ["test", "--unit"] => test::test(&workspace, test::Part::Unit, &rest),
        ["test", "--browser"] => test::test(&workspace, test::Part::Browser, &rest),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => anyhow::bail!("`{}` is not a command of xtask.\n\n{HELP}", words.join(" ")),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
