//! The browser of the tests: Debian's Chromium, and a Chinese font.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{output, show, works};

/// The Debian packages that a page with Chinese text needs.
const PACKAGES: [&str; 3] = ["chromium", "fontconfig", "fonts-noto-cjk"];

/// The path of Chromium; the environment variable `CHROMIUM` may name another.
/// Installs it and the font with apt if no password is needed for that; the error
/// gives the command otherwise.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!("CHROMIUM names {}, which does not exist", named.display());
        }
        return Ok(named);
    }
    if let (Some(chromium), true) = (on_path("chromium"), reads_chinese()) {
        return Ok(chromium);
    }
    install()?;
    match on_path("chromium") {
        Some(chromium) => Ok(chromium),
        None => bail!("apt-get installed chromium, but it is not on the PATH"),
    }
}

fn install() -> Result<()> {
    let by_hand = format!("sudo apt-get install --no-install-recommends {}", PACKAGES.join(" "));
    if !works("apt-get", &["--version"]) {
        bail!("the browser tests need Chromium and a Chinese font; set CHROMIUM to the browser");
    }
    let apt: &[&str] = if is_root() {
        &["apt-get"]
    } else if works("sudo", &["-n", "true"]) {
        &["sudo", "-n", "apt-get"]
    } else {
        bail!(
            "the browser tests need Chromium and a Chinese font; run this, then try again:\n\n  {by_hand}\n"
        );
    };
    eprintln!("      installing {} with apt-get (about 2 minutes)", PACKAGES.join(", "));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(apt[0]);
        command.args(&apt[1..]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        show(&mut command)
    };
    run(&["update", "--quiet=2"])?;
    run(&[&["install", "--yes", "--quiet=2", "--no-install-recommends"], &PACKAGES[..]].concat())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0")
}

fn reads_chinese() -> bool {
    output(Command::new("fc-list").arg(":lang=zh-cn")).is_ok_and(|fonts| !fonts.is_empty())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
