//! What a terminal tells of itself: the hall how it is, and systemd that it goes on.

use serde_json::json;
use tokio::net::UnixDatagram;
use uuid::Uuid;

use super::printer::ended;
use super::{hall, set_printer, store, take, until_lent};
use crate::support::emulator::Emulator;
use crate::support::terminal::{Listening, TerminalProcess};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_director_sees_how_a_terminal_is() {
    let house = hall().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, json!({ "kind": "escpos", "address": printer.address() })).await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    // Somebody touches the page, and takes a number.
    let sign = json!({
        "kiosk": "K1", "page": Uuid::new_v4(), "shows": "visit", "idle_seconds": 0,
    });
    terminal.ok("/api/kiosk/heartbeat", &sign).await;
    let ticket = take(&terminal).await;
    assert_eq!(ended(&terminal, &ticket).await, "confirmed");

    let admin = house.admin().await;
    let path = "/events/terminals?hall=main";
    let mut stream = Listening::signed_in(house.address(), path, &admin).await;
    let now = stream
        .until(|now| {
            let report = &now["terminals"][0]["report"];
            report["slips"] == 1 && report["up_seconds"].as_u64().unwrap() > 0
        })
        .await;
    let kiosk = &now["terminals"][0];
    assert_eq!((&kiosk["kiosk"], &kiosk["there"]), (&json!("K1"), &json!(true)));
    let report = &kiosk["report"];
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(report["version"], now["version"], "nor is it older than the server");
    assert!(report["page"].is_string(), "{report}");
    assert_eq!(report["page"], now["page"], "nor is its page");
    assert_eq!((&report["shows"], &report["printer"]), (&json!("visit"), &json!("ready")));
    let touched = report["last_touch"].as_i64().unwrap();
    assert!((ticket["issued_at"].as_i64().unwrap() - touched).abs() < 60_000, "{report}");
    let figure = |name: &str| report[name].as_u64().unwrap();
    assert!(figure("paper_mm") > 20, "{report}");
    assert!(figure("machine_up_seconds") >= figure("up_seconds"), "{report}");
    for (free, size) in [("disk_free", "disk_size"), ("memory_free", "memory_size")] {
        assert!((1..=figure(size)).contains(&figure(free)), "{free}: {report}");
    }
    let events = kiosk["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["kind"] == "started"), "{events:?}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn systemd_hears_that_it_is_ready_and_then_that_it_goes_on() {
    let house = hall().await;
    let (folder, store) = store();
    let socket = folder.path().join("notify");
    let systemd = UnixDatagram::bind(&socket).unwrap();
    let variable = format!("NOTIFY_SOCKET={}", socket.display());
    let prefix = ["env", variable.as_str()];
    let _terminal = TerminalProcess::with(&prefix, house.address(), &store, &[]).await;
    for told in ["READY=1\n", "WATCHDOG=1\n"] {
        let mut message = [0; 64];
        let length = systemd.recv(&mut message).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&message[..length]), told);
    }
    house.stop().await;
}
