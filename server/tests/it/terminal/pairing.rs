//! Where the hall wants a key: the code on the screen, the key, another key, and its end.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use super::{hall, progress, store, take, until_lent};
use crate::support::terminal::{PAUSE, TerminalProcess};
use crate::support::{House, issue};

/// A hall that serves terminals by their keys alone.
async fn paired_hall() -> House {
    let house = hall().await;
    house.change_setup(|setup| setup["hall"][0]["paired"] = json!(true)).await;
    house
}

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
    let house = paired_hall().await;
    let (folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    // Without a key it gives nothing.
    assert_eq!(terminal.call("/api/kiosk/issue", &issue("marriage")).await.0, 503);
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
    assert_eq!(terminal.call("/api/kiosk/issue", &issue("marriage")).await.0, 503);

    // It is accepted again by a code, in the same program as after a new start.
    for start_anew in [false, true] {
        let figures = code(&terminal).await;
        let (_, page) = terminal.get("/kiosk/K1").await;
        assert!(page.contains("已停用"), "it goes on saying that it was revoked");
        let issued = terminal.call("/api/kiosk/issue", &issue("marriage")).await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_terminals_with_one_key_the_older_says_so_and_nothing_is_given_twice() {
    let mut house = paired_hall().await;
    let (folder, store_of_older) = store();
    let (other_folder, store_of_newer) = store();
    let older = TerminalProcess::start(house.address(), &store_of_older).await;
    let figures = code(&older).await;
    admin_does(&house, "/api/admin/pair_terminal", json!({ "code": figures, "kiosk": "K1" })).await;
    older.until_back().await;
    let mut given = vec![take(&older).await];

    // Somebody takes the key to another machine.
    let key = |folder: &tempfile::TempDir| folder.path().join("terminal.key");
    std::fs::copy(key(&folder), key(&other_folder)).unwrap();
    let newer = TerminalProcess::start(house.address(), &store_of_newer).await;
    until_lent(&newer).await;
    given.push(take(&newer).await);
    let refuses = async || {
        older.until(|told| told.contains("KeyInUse")).await;
        let (status, page) = older.get("/kiosk/K1").await;
        assert_eq!((status, page.contains("另一台终端正在使用同一密钥")), (401, true), "{page}");
        assert_eq!(older.call("/api/kiosk/issue", &issue("marriage")).await.0, 503);
    };
    refuses().await;
    house.service().check_terminals().await.unwrap();
    let address = house.url("/events/terminals?hall=main");
    let now = crate::nothing_lost::first_snapshot(&address, &house.admin().await).await;
    let alerts = now["terminals"][0]["alerts"].as_array().unwrap();
    assert!(alerts.iter().any(|alert| alert["kind"] == "key_in_use"), "{alerts:?}");

    // Nor while the hall is away, nor after that.
    house.pause().await;
    newer.until_cut_off().await;
    given.push(take(&newer).await);
    refuses().await;
    house.start_again().await;
    newer.until_back().await;
    refuses().await;
    given.push(take(&newer).await);
    for (place, ticket) in given.iter().enumerate() {
        let now = progress(&house, ticket).await;
        assert_eq!((&now["number"], &now["ahead"]), (&ticket["number"], &json!(place)));
    }
    house.stop().await;
}
