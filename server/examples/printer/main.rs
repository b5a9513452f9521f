//! An emulated network printer: `printer PORT FOLDER [80|58]`.
//!
//! It prints `ready ADDRESS`, then `slip FILE` for each slip. Lines on its standard input
//! are commands: `paper in|low|out`, `cover open|closed`, `silent on|off`,
//! `receipts on|off`, `slow MILLISECONDS`, `drop BYTES|never`. It stops at the end of the
//! input.

// The tests use the rest of it.
#[allow(dead_code)]
mod emulator;

use std::io::BufRead;
use std::path::PathBuf;
use std::time::Duration;

use emulator::{Emulator, Paper, Switches};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().ok_or("which port?")?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or("which folder for the slips?")?);
    let paper = arguments.next().unwrap_or_else(|| "80".to_owned()).parse()?;
    std::fs::create_dir_all(&folder)?;
    let printer = Emulator::start(port, jiban_app::slip::dots(paper), Some(folder)).await?;
    println!("ready {}", printer.address());
    tokio::task::spawn_blocking(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let mut known = true;
            printer.set(|switches| known = apply(switches, &line).is_some());
            println!("{} {line}", if known { "done" } else { "not known:" });
        }
    })
    .await?;
    Ok(())
}

fn apply(switches: &mut Switches, line: &str) -> Option<()> {
    let (switch, to) = line.trim().split_once(' ')?;
    let on = || match to {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    match switch {
        "paper" => {
            switches.paper = match to {
                "in" => Paper::In,
                "low" => Paper::Low,
                "out" => Paper::Out,
                _ => return None,
            }
        }
        "cover" => switches.cover_open = to == "open",
        "silent" => switches.silent = on()?,
        "receipts" => (switches.receipts, switches.in_turn) = (on()?, on()?),
        "slow" => switches.slow = Duration::from_millis(to.parse().ok()?),
        "drop" => switches.drop_after = to.parse().ok(),
        _ => return None,
    }
    Some(())
}
