//! The files of a terminal's machine: how much of it the unit leaves open, as systemd itself judges,
//! and that the terminal is started again.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::process::Command;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/terminal").join(name)
}

/// Of 10; most services as distributions ship them have 9.
const MOST_EXPOSED: &str = "--threshold=30";

#[test]
fn the_terminals_unit_leaves_little_of_the_machine_open() {
    let judged = Command::new("systemd-analyze")
        .args(["security", "--no-pager", "--offline=true", MOST_EXPOSED])
        .arg(file("jiban-terminal.service"))
        .output();
    let Ok(judged) = judged else {
        eprintln!("systemd-analyze is not installed: the unit is not judged here");
        return;
    };
    let said = String::from_utf8_lossy(&judged.stdout);
    assert!(judged.status.success(), "{said}\n{}", String::from_utf8_lossy(&judged.stderr));
}

/// What was seen when the unit ran under systemd on a bare machine: a session of logind moves its
/// processes out of the unit, which then never hears that they are ready, and `/run/user` is not
/// there for a program without a home.
#[test]
fn the_terminals_unit_hears_its_processes_and_leaves_them_a_place() {
    let unit = read_to_string(file("jiban-terminal.service")).unwrap();
    let says = |line: &str| unit.lines().any(|own| own.starts_with(line));
    assert!(says("Type=notify") && says("NotifyAccess=all") && says("WatchdogSec="));
    assert!(!says("PAMName="));
    assert!(says("ProtectHome=yes"));
    for place in ["XDG_RUNTIME_DIR", "HOME"] {
        assert!(says(&format!("Environment={place}=/run/jiban-terminal")), "{place}");
    }
    assert!(says("RuntimeDirectory=jiban-terminal"));
}

/// A dump of the memory, or what of it is moved to the disk, would outlive the visitors who typed
/// it.
#[test]
fn the_terminals_unit_leaves_no_memory_on_the_disk() {
    let unit = read_to_string(file("jiban-terminal.service")).unwrap();
    for line in ["LimitCORE=0", "MemorySwapMax=0"] {
        assert!(unit.lines().any(|own| own == line), "{line}");
    }
}

/// A terminal ends by itself for a newer program, and when its store is damaged: somebody must
/// start it again, however often.
#[test]
fn whatever_shows_the_terminal_ends_with_it_and_is_started_again() {
    let lines = |name: &str| -> Vec<String> {
        let text = read_to_string(file(name)).unwrap();
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    };
    let unit = lines("jiban-terminal.service");
    for line in ["Restart=always", "StartLimitIntervalSec=0"] {
        assert!(unit.iter().any(|own| own == line), "{line}");
    }
    let begins = |lines: &[String]| -> Vec<String> {
        lines.iter().filter(|line| line.starts_with("ExecStart=")).cloned().collect()
    };
    assert_eq!(begins(&unit), ["ExecStart=/usr/bin/sway --config /etc/jiban/sway.conf"]);
    let terminal = "/usr/local/bin/jiban terminal";
    let sway = lines("sway.conf");
    let exec = format!("exec sh -c '{terminal}; swaymsg exit'");
    assert_eq!(sway.iter().filter(|line| **line == exec).count(), 1);
    // The first empties the list: of two programs systemd would start none.
    let cage = lines("cage.conf");
    let exec = format!("ExecStart=/usr/bin/cage -d -- {terminal}");
    assert_eq!(begins(&cage), ["ExecStart=".to_owned(), exec]);
}
