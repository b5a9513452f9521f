//! The terminal is killed at every moment: during a touch, between number and slip, during the
//! hand-in.

use serde_json::Value;

use super::{hall, progress, set_printer, store, until_lent};
use crate::support::emulator::Emulator;
use crate::support::process::post;
use crate::support::terminal::TerminalProcess;
use crate::support::{House, issue};

const ROUNDS: u64 = 20;

/// Sends a request without waiting for its answer, kills the terminal somewhere in it, and
/// repeats the request at the next one until it is answered, as the page does.
async fn killed_during_a_touch(house: &House, store: &std::path::Path, round: u64) -> Value {
    let terminal = TerminalProcess::start(house.address(), store).await;
    let request = issue("marriage");
    let (address, sent) = (terminal.address, request.clone());
    let asking = tokio::spawn(async move { post(address, "/api/kiosk/issue", &sent).await });
    // Each time a little later: no clock, but turns of this program.
    for _ in 0..round * round * 40 {
        tokio::task::yield_now().await;
    }
    terminal.kill().await;
    let heard = asking.await.unwrap().ok().filter(|answer| answer.ends_with('}'));
    let terminal = TerminalProcess::start(house.address(), store).await;
    let answer = terminal.ok("/api/kiosk/issue", &request).await;
    if let Some(heard) = heard {
        let heard: Value = serde_json::from_str(heard.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(heard, answer, "round {round}: what was answered stays");
    }
    terminal.kill().await;
    answer
}

/// Every ticket is there, once, and in the order of its numbers.
async fn check(house: &House, given: &[Value]) {
    for (place, ticket) in given.iter().enumerate() {
        let now = progress(house, ticket).await;
        assert_eq!(now["number"], ticket["number"], "{ticket}");
        assert_eq!(now["state"], "waiting");
        assert_eq!(now["ahead"], place, "nobody else is in the line: {ticket}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_during_a_touch_with_the_server() {
    let house = hall().await;
    let (_folder, store) = store();
    let mut given = Vec::new();
    for round in 0..ROUNDS {
        given.push(killed_during_a_touch(&house, &store, round).await);
    }
    check(&house, &given).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_during_a_touch_without_the_server_and_during_the_hand_in() {
    let mut house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    terminal.kill().await;
    house.pause().await;
    let mut given = Vec::new();
    // As many as were lent.
    for round in 0..ROUNDS {
        given.push(killed_during_a_touch(&house, &store, round).await);
    }
    house.start_again().await;
    for round in 0..ROUNDS {
        // It hands in as soon as it starts.
        let terminal = TerminalProcess::spawn("K1", &[], house.address(), &store, &[]);
        for _ in 0..round * round * 100 {
            tokio::task::yield_now().await;
        }
        terminal.kill().await;
    }
    let terminal = TerminalProcess::start(house.address(), &store).await;
    terminal.until_back().await;
    check(&house, &given).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_between_number_and_slip() {
    let house = hall().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    let there = serde_json::json!({ "kind": "escpos", "address": printer.address() });
    set_printer(&house, there).await;
    let (_folder, store) = store();
    let mut given = Vec::new();
    for round in 0..ROUNDS {
        let terminal = TerminalProcess::start(house.address(), &store).await;
        given.push(terminal.ok("/api/kiosk/issue", &issue("marriage")).await);
        for _ in 0..round * round * 60 {
            tokio::task::yield_now().await;
        }
        terminal.kill().await;
    }
    // What waited is printed by the next one; what was being sent is not sent again.
    let terminal = TerminalProcess::start(house.address(), &store).await;
    for ticket in &given {
        let token = ticket["token"].as_str().unwrap();
        let stream = format!("/events/kiosk?kiosk=K1&token={token}");
        let mut page = crate::support::terminal::Listening::to(terminal.address, &stream).await;
        let now = page
            .until(|now| {
                let state = now["jobs"][0]["state"].as_str().unwrap_or_default();
                ["confirmed", "unknown", "failed"].contains(&state)
            })
            .await;
        assert_eq!(now["jobs"].as_array().unwrap().len(), 1);
    }
    assert!(printer.tray().slips.len() <= given.len(), "no slip twice");
    check(&house, &given).await;
    house.stop().await;
}
