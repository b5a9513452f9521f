//! A newer program is put in the place of a terminal's own.

use serde_json::{Value, json};

use super::{hall, store, take};
use crate::support::terminal::TerminalProcess;

fn sign(shows: &str, idle_seconds: u32) -> Value {
    json!({ "kiosk": "K1", "shows": shows, "idle_seconds": idle_seconds })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_terminal_ends_for_a_newer_program_when_its_visitor_is_gone() {
    let house = hall().await;
    let (_folder, store) = store();
    // A second name of the program itself, which is on the same disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("jiban");
    std::fs::hard_link(env!("CARGO_BIN_EXE_jiban"), &program).unwrap();
    let begin = format!("exec '{}' \"$@\"", program.display());
    let as_by_systemd = ["env", "NOTIFY_SOCKET=/nowhere", "sh", "-c", &begin];
    let mut terminal = TerminalProcess::with(&as_by_systemd, house.address(), &store, &[]).await;
    terminal.ok("/api/kiosk/heartbeat", &sign("visit", 0)).await;
    let newer = folder.path().join("jiban.new");
    std::os::unix::fs::symlink("/bin/true", &newer).unwrap();
    std::fs::rename(&newer, &program).unwrap();
    let before = take(&terminal).await;
    terminal.ok("/api/kiosk/heartbeat", &sign("home", 20)).await;
    let ended = terminal.child.wait().await.unwrap();
    assert!(ended.success(), "{ended}");
    // The next goes on with what it kept.
    let terminal = TerminalProcess::start(house.address(), &store).await;
    assert_ne!(take(&terminal).await["number"], before["number"]);
    terminal.kill().await;
    house.stop().await;
}
