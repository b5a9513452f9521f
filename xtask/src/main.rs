//! Build, run, test and measure Jiban: `cargo xtask <what>`.
//!
//! - [`build`]: the page, from Rust to the files the server embeds
//!   ([`page`]: the WebAssembly; [`site`]: names, compression, manifest)
//! - [`run`]: a hall to try
//! - [`test`]: everything a change must pass
//! - [`tools`]: what has to be on the machine, installed where it is missing

mod browser;
mod build;
mod command;
mod page;
mod run;
mod server;
mod site;
mod squeeze;
mod steps;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

const HELP: &str = "\
Build, run, test and measure Jiban.

  cargo xtask run [-- ARGUMENTS]    build all, then serve the demo hall at http://127.0.0.1:3000,
                                    and to phones on the same network; ARGUMENTS go to
                                    `jiban serve` (--listen, --db, ...)
  cargo xtask test                  every test: unit, store, API, then the browser's
  cargo xtask test --unit           only those of `cargo test`, and a check of the page
  cargo xtask test --browser [-- ARGUMENTS]
                                    only the browser's; ARGUMENTS go to `playwright test`
  cargo xtask bench [-- ARGUMENTS]  measure a release build and print one table
  cargo xtask build                 the page as it is shipped: target/site/release
  cargo xtask build --debug         the page quickly built, for a debug server: target/site/debug
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
        ["build", ..] if !rest.is_empty() => {
            Err(anyhow::anyhow!("`{}` is for nothing: the page has no settings", rest.join(" ")))
        }
        ["build"] => build::build(&workspace, page::Kind::Release),
        ["build", "--debug"] => build::build(&workspace, page::Kind::Debug),
        ["run"] => run::run(&workspace, &rest),
        ["bench"] => run::bench(&workspace, &rest),
        ["test"] => test::test(&workspace, test::Part::All, &rest),
        ["test", "--unit"] => test::test(&workspace, test::Part::Unit, &rest),
        ["test", "--browser"] => test::test(&workspace, test::Part::Browser, &rest),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => anyhow::bail!("`{}` is not something xtask does.\n\n{HELP}", words.join(" ")),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
