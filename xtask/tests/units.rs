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
