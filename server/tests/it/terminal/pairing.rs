//! Where the hall wants a key: the code on the screen, the key, another key, and its end.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use super::{hall, store, take};
use crate::support::House;
use crate::support::terminal::{PAUSE, TerminalProcess};

/// The six figures that the screen shows.
async fn code(terminal: &TerminalProcess) -> String {
    terminal.until(|told| told.contains("code: Some")).await;
    let (status, page) = terminal.get("/kiosk/K1").await;
    assert_eq!(status, 401, "{page}");
    let shown = page.split("配对码 ").nth(1).and_then(|shown| shown.get(..7));
    shown.unwrap_or_else(|| panic!("{page}")).replace(' ', "")
}

async fn admin_does(house: &House, path: &str, body: Value) {
    let admin = house.admin().await;
    house.post_as(path, &admin, body).await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_terminal_shows_a_code_and_then_has_a_key_of_its_own() {
    let house = hall().await;
    let admin = house.admin().await;
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    setup["setup"]["hall"][0]["paired"] = json!(true);
    house.post_as("/api/admin/save_setup", &admin, setup).await.ok();
    let (folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    // Without a key it gives nothing.
    assert_eq!(terminal.call("/api/kiosk/issue", &crate::support::issue("marriage")).await.0, 503);
    let figures = code(&terminal).await;
    admin_does(&house, "/api/admin/pair_terminal", json!({ "code": figures, "kiosk": "K1" })).await;
    terminal.until_back().await;
    assert_eq!(terminal.get("/kiosk/K1").await.0, 200);
    assert_eq!(take(&terminal).await["number"], "E001");
    let key = folder.path().join("terminal.key");
    let mode = std::fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let first = std::fs::read_to_string(&key).unwrap();

    // Another key, without a visit to the machine.
    admin_does(&house, "/api/admin/change_terminal_key", json!({ "kiosk": "K1" })).await;
    while std::fs::read_to_string(&key).unwrap() == first {
        tokio::time::sleep(PAUSE).await;
    }
    terminal.kill().await;
    let mut terminal = TerminalProcess::start(house.address(), &store).await;
    terminal.until_back().await;
    assert_eq!(take(&terminal).await["number"], "E002");

    admin_does(&house, "/api/admin/revoke_terminal", json!({ "kiosk": "K1" })).await;
    terminal.until(|told| told.contains("Revoked")).await;
    let (status, page) = terminal.get("/kiosk/K1").await;
    assert_eq!((status, page.contains("已停用")), (401, true));
    assert_eq!(terminal.call("/api/kiosk/issue", &crate::support::issue("marriage")).await.0, 503);

    // It is accepted again by a code, in the same program as after a new start.
    for start_anew in [false, true] {
        let figures = code(&terminal).await;
        let (_, page) = terminal.get("/kiosk/K1").await;
        assert!(page.contains("已停用"), "it goes on saying that it was revoked");
        let issued = terminal.call("/api/kiosk/issue", &crate::support::issue("marriage")).await;
        assert_eq!(issued.0, 503, "a code on the screen is no leave");
        let revoked = std::fs::read_to_string(&key).unwrap();
        if start_anew {
            terminal.kill().await;
            terminal = TerminalProcess::start(house.address(), &store).await;
        }
        let figures = if start_anew { code(&terminal).await } else { figures };
        let accept = json!({ "code": figures, "kiosk": "K1" });
        admin_does(&house, "/api/admin/pair_terminal", accept).await;
        terminal.until_back().await;
        assert_eq!(terminal.get("/kiosk/K1").await.0, 200);
        assert_ne!(std::fs::read_to_string(&key).unwrap(), revoked);
        let number = take(&terminal).await["number"].clone();
        assert_eq!(number, if start_anew { "E004" } else { "E003" });
        admin_does(&house, "/api/admin/revoke_terminal", json!({ "kiosk": "K1" })).await;
        terminal.until(|told| told.contains("Revoked")).await;
    }
    house.stop().await;
}
