//! An emulated IPP printer: `ipp_printer PORT FOLDER`.
//!
//! It prints `ready ADDRESS`, then `document FILE` for each job that has ended, with the pages
//! that came out. Lines on its standard input are commands: `paper in|out`,
//! `door open|closed`, `queue paused|running`, `pages come|vanish|jam|abort`,
//! `silent on|off`. It stops at the end of the input.

// The tests use the rest of it.
#[allow(dead_code)]
mod emulator;

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use emulator::{Emulator, Pages, Switches};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().ok_or("which port?")?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or("which folder for the documents?")?);
    std::fs::create_dir_all(&folder)?;
    let printer = Arc::new(Emulator::start(port).await?);
    println!("ready {}", printer.address());
    let kept = tokio::spawn(keep(printer.clone(), folder));
    tokio::task::spawn_blocking(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let mut known = true;
            printer.set(|switches| known = apply(switches, &line).is_some());
            println!("{} {line}", if known { "done" } else { "not known:" });
        }
    })
    .await?;
    kept.abort();
    Ok(())
}

/// Writes each document that has ended.
async fn keep(printer: Arc<Emulator>, folder: PathBuf) {
    let mut written = 0;
    loop {
        let ended =
            printer.tray(|tray| tray.jobs.get(written).filter(|job| job.state >= 7).cloned());
        match ended {
            Some(job) => {
                let file = folder.join(format!("{}.pdf", Path::new(&job.name).display()));
                match std::fs::write(&file, &job.pdf) {
                    Ok(()) => println!("document {} pages {}", file.display(), job.came_out),
                    Err(error) => println!("{}: {error}", file.display()),
                }
                written += 1;
            }
            None => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

fn apply(switches: &mut Switches, line: &str) -> Option<()> {
    let (switch, to) = line.trim().split_once(' ')?;
    match (switch, to) {
        ("paper", "in") | ("door", "closed") => switches.reasons.clear(),
        ("paper", "out") => switches.reasons = vec!["media-empty"],
        ("door", "open") => switches.reasons = vec!["door-open"],
        ("queue", "paused") => switches.paused = true,
        ("queue", "running") => switches.paused = false,
        ("pages", "come") => switches.pages = Pages::Come,
        ("pages", "vanish") => switches.pages = Pages::Vanish,
        ("pages", "jam") => switches.pages = Pages::JamAfter(1),
        ("pages", "abort") => switches.pages = Pages::AbortAfter(1),
        ("silent", "on") => switches.silent = true,
        ("silent", "off") => switches.silent = false,
        _ => return None,
    }
    Some(())
}
