//! The unit of a terminal: how much of the machine it leaves open, as systemd itself judges.

use std::path::Path;
use std::process::Command;

/// Of 10; most services as distributions ship them have 9.
const MOST_EXPOSED: &str = "--threshold=30";

#[test]
fn the_terminals_unit_leaves_little_of_the_machine_open() {
    let unit =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/terminal/jiban-terminal.service");
    let judged = Command::new("systemd-analyze")
        .args(["security", "--no-pager", "--offline=true", MOST_EXPOSED])
        .arg(&unit)
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
    let unit =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/terminal/jiban-terminal.service");
    let unit = std::fs::read_to_string(unit).unwrap();
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
    let unit =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/terminal/jiban-terminal.service");
    let unit = std::fs::read_to_string(unit).unwrap();
    for line in ["LimitCORE=0", "MemorySwapMax=0"] {
        assert!(unit.lines().any(|own| own == line), "{line}");
    }
}
