//! A hall to try, and its measurement.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, show};
use crate::page::Kind;
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{build, server};

/// What `jiban serve` is told unless the command line says otherwise.
const USUAL: [(&str, &str); 2] = [("--db", "data/hall.db"), ("--listen", "127.0.0.1:3000")];

/// `cargo xtask run`: builds all that has changed, then becomes the server.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut steps = Steps::new(build::STEPS + 2);
    build::steps(workspace, Kind::Release, &mut steps)?;
    steps.next("compiling the server (about 5 minutes the first time)");
    let program = server::compile(workspace, Kind::Release)?;
    steps.next("opening the hall; Ctrl-C ends it");
    std::fs::create_dir_all(workspace.root.join("data"))?;
    let mut serve = Command::new(&program);
    serve.current_dir(&workspace.root).arg("serve").args(with_usual(arguments));
    // In xtask's place, so that whoever ends xtask ends the server.
    let error = serve.exec();
    Err(error).with_context(|| format!("{} cannot be started", program.display()))
}

/// `cargo xtask bench`: a release build with the page in it, measured.
pub fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut steps = Steps::new(build::STEPS + 2);
    build::steps(workspace, Kind::Release, &mut steps)?;
    steps.next("compiling the server (about 5 minutes the first time)");
    let program = server::compile(workspace, Kind::Release)?;
    steps.next("measuring");
    show(
        cargo()
            .current_dir(&workspace.root)
            .env("JIBAN_BIN", program)
            .args(["run", "--release", "--quiet", "--package=jiban-bench", "--"])
            .args(arguments),
    )
}

fn with_usual(arguments: &[String]) -> Vec<String> {
    let said =
        |flag: &str| arguments.iter().any(|argument| argument.split('=').next() == Some(flag));
    let mut all = Vec::new();
    for (flag, value) in USUAL {
        if !said(flag) {
            all.extend([flag.to_owned(), value.to_owned()]);
        }
    }
    if !said("--demo") {
        all.push("--demo".to_owned());
    }
    all.extend_from_slice(arguments);
    all
}

#[cfg(test)]
mod tests {
    use super::with_usual;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_said_takes_the_place_of_what_is_usual() {
        assert_eq!(with_usual(&[]), words("--db data/hall.db --listen 127.0.0.1:3000 --demo"));
        assert_eq!(
            with_usual(&words("--listen=0.0.0.0:80 --db /tmp/h.db")),
            words("--demo --listen=0.0.0.0:80 --db /tmp/h.db")
        );
    }
}
