//! Two terminals are cut off at once, and come back in either order.

use serde_json::Value;

use super::{hall, progress, store, take, until_lent};
use crate::support::issue;
use crate::support::terminal::TerminalProcess;

async fn come_back(first_is_back_first: bool) {
    let mut house = hall().await;
    let (_folder, store_of_first) = store();
    let (_other_folder, store_of_second) = store();
    let server = house.address();
    let first = TerminalProcess::start(server, &store_of_first).await;
    let second = TerminalProcess::of_kiosk("K2", &[], server, &store_of_second, &[]).await;
    until_lent(&first).await;
    until_lent(&second).await;
    house.pause().await;
    first.until_cut_off().await;
    second.until_cut_off().await;
    let mut given: Vec<Value> = Vec::new();
    for round in 0..6 {
        // Two clocks agree to some milliseconds, and no visitor is that close to another.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let mut request = issue("marriage");
        let terminal = if round % 2 == 0 { &first } else { &second };
        request["kiosk"] = if round % 2 == 0 { "K1" } else { "K2" }.into();
        given.push(terminal.ok("/api/kiosk/issue", &request).await);
    }
    let numbers: std::collections::HashSet<&str> =
        given.iter().map(|ticket| ticket["number"].as_str().unwrap()).collect();
    assert_eq!(numbers.len(), given.len(), "no number twice: {numbers:?}");

    // One of them stays away for longer: its machine is off.
    let (back, store_of_away, kiosk) = if first_is_back_first {
        second.kill().await;
        (first, &store_of_second, "K2")
    } else {
        first.kill().await;
        (second, &store_of_first, "K1")
    };
    house.start_again().await;
    back.until_back().await;
    let away = TerminalProcess::of_kiosk(kiosk, &[], server, store_of_away, &[]).await;
    away.until_back().await;
    for (place, ticket) in given.iter().enumerate() {
        let now = progress(&house, ticket).await;
        assert_eq!(now["number"], ticket["number"]);
        assert_eq!(now["ahead"], place, "each where it would have stood");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_terminals_come_back_one_after_the_other() {
    come_back(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn and_in_the_other_order() {
    come_back(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_store_has_one_terminal() {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    let second = tokio::process::Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(["terminal", "--no-browser", "--kiosk", "K1", "--listen", "127.0.0.1:0"])
        .args(["--server", "http://127.0.0.1:9", "--store"])
        .arg(&store)
        .output()
        .await
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("stop that one first"), "{said}");
    take(&terminal).await;
    house.stop().await;
}
