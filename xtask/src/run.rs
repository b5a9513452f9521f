//! Running the demo hall, and measuring it.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use toml::Table;

use crate::cargo::cargo;
use crate::command::show;
use crate::profile::BuildProfile;
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{build, server};

/// `cargo xtask run`: builds what has changed, then becomes the server.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut steps = Steps::new(build::STEPS + 2);
    build::steps(workspace, BuildProfile::Release, &mut steps)?;
    steps.next("compiling the server (about 5 minutes the first time)");
    let program = server::compile(workspace, BuildProfile::Release)?;
    steps.next("opening the hall; Ctrl-C ends it");
    let words = with_defaults(&workspace.root, arguments, |name| std::env::var_os(name));
    let mut serve = Command::new(&program);
    serve.current_dir(&workspace.root).arg("serve").args(words);
    // Replaces xtask, so that a signal to xtask reaches the server.
    let error = serve.exec();
    Err(error).with_context(|| format!("{} cannot be started", program.display()))
}

/// `cargo xtask terminal`: builds what has changed, then becomes a terminal of the demo's first
/// kiosk.
pub fn terminal(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut steps = Steps::new(build::STEPS + 2);
    build::steps(workspace, BuildProfile::Release, &mut steps)?;
    steps.next("compiling the server (about 5 minutes the first time)");
    let program = server::compile(workspace, BuildProfile::Release)?;
    steps.next("starting the terminal: http://127.0.0.1:3080/kiosk/K1; Ctrl-C ends it");
    let mut terminal = Command::new(&program);
    terminal.current_dir(&workspace.root).arg("terminal").args(of_the_demo(arguments));
    let error = terminal.exec();
    Err(error).with_context(|| format!("{} cannot be started", program.display()))
}

/// The arguments of `jiban terminal` for the demo, where nothing else is said. It starts no
/// browser: whoever tries it has one open.
fn of_the_demo(arguments: &[String]) -> Vec<String> {
    let said = |name: &str| arguments.iter().any(|word| word.split('=').next() == Some(name));
    let mut all = Vec::new();
    for (flag, value) in [("--server", "http://127.0.0.1:3000"), ("--kiosk", "K1")] {
        if !said(flag) {
            all.extend([flag.to_owned(), value.to_owned()]);
        }
    }
    if !said("--browser") && !said("--no-browser") {
        all.push("--no-browser".to_owned());
    }
    all.extend_from_slice(arguments);
    all
}

/// `cargo xtask bench`: measures a release build with the pages in it.
pub fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut steps = Steps::new(build::STEPS + 2);
    build::steps(workspace, BuildProfile::Release, &mut steps)?;
    steps.next("compiling the server (about 5 minutes the first time)");
    let program = server::compile(workspace, BuildProfile::Release)?;
    steps.next("measuring");
    show(
        cargo()
            .current_dir(&workspace.root)
            .env("JIBAN_BIN", program)
            .args(["run", "--release", "--quiet", "--package=jiban-bench", "--"])
            .args(arguments),
    )
}

/// The demo's settings where nothing else is set: open to the network, so that a
/// phone beside the machine can scan a slip.
const DEFAULTS: [(&str, &str, &[&str]); 2] = [
    ("listen", "JIBAN_LISTEN", &["--listen", "0.0.0.0:3000"]),
    ("demo", "JIBAN_DEMO", &["--demo"]),
];

/// The arguments of `jiban serve`. A flag takes precedence over the environment and
/// the settings file, so what is set there must not get a flag.
fn with_defaults(
    root: &Path,
    arguments: &[String],
    env: impl Fn(&str) -> Option<OsString>,
) -> Vec<String> {
    let env = |name: &str| env(name).filter(|value| !value.is_empty());
    let flag = |name: &str| {
        let mut rest = arguments.iter().skip_while(|word| word.split('=').next() != Some(name));
        let given = rest.next()?;
        Some(given.split_once('=').map(|(_, value)| value.to_owned()).or(rest.next().cloned()))
    };
    let named = flag("--config").flatten().map(OsString::from).or_else(|| env("JIBAN_CONFIG"));
    let file = root.join(named.unwrap_or_else(|| "jiban.toml".into()));
    // If the file cannot be read, the server reports it.
    let settings: Table =
        std::fs::read_to_string(file).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut all = Vec::new();
    for (key, variable, words) in DEFAULTS {
        let is_set =
            flag(words[0]).is_some() || env(variable).is_some() || settings.contains_key(key);
        if !is_set {
            all.extend(words.iter().map(|word| (*word).to_owned()));
        }
    }
    all.extend_from_slice(arguments);
    all
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::Path;

    use super::{of_the_demo, with_defaults};

    const EMPTY: &str = "/nowhere";

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn served_with(root: impl AsRef<Path>, line: &str, set: &[(&str, &str)]) -> String {
        let env = |name: &str| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        with_defaults(root.as_ref(), &words(line), env).join(" ")
    }

    #[test]
    fn the_demo_is_open_to_a_phone_on_the_network() {
        assert_eq!(served_with(EMPTY, "", &[]), "--listen 0.0.0.0:3000 --demo");
        let db = "--listen 0.0.0.0:3000 --demo --db /tmp/h.db";
        assert_eq!(served_with(EMPTY, "--db /tmp/h.db", &[("JIBAN_LISTEN", "")]), db);
    }

    #[test]
    fn a_setting_made_anywhere_replaces_the_default() {
        for line in ["--listen=127.0.0.1:80", "--listen 127.0.0.1:80"] {
            assert_eq!(served_with(EMPTY, line, &[]), format!("--demo {line}"));
        }
        let set = [("JIBAN_LISTEN", "127.0.0.1:80"), ("JIBAN_DEMO", "false")];
        assert_eq!(served_with(EMPTY, "", &set), "");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("jiban.toml"), "listen = \"127.0.0.1:80\"\n").unwrap();
        std::fs::write(folder.path().join("other.toml"), "demo = false\n").unwrap();
        assert_eq!(served_with(&folder, "", &[]), "--demo");
        let other = "--listen 0.0.0.0:3000 --config other.toml";
        assert_eq!(served_with(&folder, "--config other.toml", &[]), other);
        let env = [("JIBAN_CONFIG", "other.toml")];
        assert_eq!(served_with(&folder, "", &env), "--listen 0.0.0.0:3000");
    }

    #[test]
    fn a_terminal_is_the_demos_unless_it_is_said() {
        assert_eq!(
            of_the_demo(&[]).join(" "),
            "--server http://127.0.0.1:3000 --kiosk K1 --no-browser"
        );
        assert_eq!(
            of_the_demo(&words("--kiosk=K2 --browser chromium")).join(" "),
            "--server http://127.0.0.1:3000 --kiosk=K2 --browser chromium"
        );
    }
}
