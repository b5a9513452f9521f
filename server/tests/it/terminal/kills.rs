//! The terminal is killed at every moment: during a touch, between number and slip, during the
//! hand-in.

use serde_json::Value;

use super::network::{Network, StoppedCall};
use super::{hall, progress, set_printer, store, take, until_lent};
use crate::support::emulator::Emulator;
use crate::support::paper::codes_on;
use crate::support::process::post;
use crate::support::terminal::TerminalProcess;
use crate::support::{House, issue};

const ROUNDS: u64 = 20;
/// At each of two moments of the hand-in.
const HAND_INS: u64 = 10;

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

/// Kills a terminal in the middle of its hand-in, again and again: it is given the terminal, its
/// call as it has left it, and the round.
async fn killed_during_the_hand_in(kill: impl AsyncFn(TerminalProcess, StoppedCall, u64)) {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    terminal.kill().await;
    let mut given = Vec::new();
    for round in 0..HAND_INS {
        let mut network = Network::to(house.address(), Some("/api/terminal/hand_in")).await;
        network.cut(true);
        let terminal = TerminalProcess::start(network.address, &store).await;
        given.push(take(&terminal).await);
        network.cut(false);
        // After each number of its own it looks for the server at once.
        given.push(take(&terminal).await);
        let call = network.next_call().await;
        kill(terminal, call, round).await;
    }
    let terminal = TerminalProcess::start(house.address(), &store).await;
    terminal.until_back().await;
    assert!(given.iter().all(|ticket| ticket["confirmed"] == false), "{given:?}");
    check(&house, &given).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_when_it_has_sent_the_hand_in() {
    killed_during_the_hand_in(async |terminal, mut call, round| {
        terminal.kill().await;
        // Every other call is lost with it.
        if round.is_multiple_of(2) {
            call.pass_on().await.unwrap();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_when_the_answer_to_the_hand_in_comes() {
    killed_during_the_hand_in(async |terminal, mut call, round| {
        let answer = call.pass_on().await.unwrap();
        call.pass_back(&answer).await;
        for _ in 0..round * round * 40 {
            tokio::task::yield_now().await;
        }
        terminal.kill().await;
    })
    .await;
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
    let mut unknown = 0;
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
        unknown += usize::from(now["jobs"][0]["state"] != "confirmed");
    }
    let slips = printer.tray().slips;
    assert!(slips.len() <= given.len(), "no slip twice");
    let codes: Vec<Vec<String>> = slips.iter().map(|slip| codes_on(slip)).collect();
    // One that was cut off in the middle may spoil the slip that it is on.
    let unreadable = codes.iter().filter(|on_slip| on_slip.is_empty()).count();
    assert!(unreadable <= unknown, "{unreadable} of {} slips, {unknown} in doubt", slips.len());
    let mut tokens: Vec<&str> =
        codes.iter().flatten().map(|code| code.rsplit('/').next().unwrap()).collect();
    for token in &tokens {
        assert!(given.iter().any(|ticket| ticket["token"] == **token), "{token} is no ticket");
    }
    let printed = tokens.len();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), printed, "a ticket is on two slips");
    check(&house, &given).await;
    house.stop().await;
}
