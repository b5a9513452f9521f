//! Network printers: each request is printed once, no slip is stuck, and an ill printer is
//! told as what it is.

use std::sync::Arc;
use std::time::Duration;

use jiban::views::kiosk::kiosk_now;
use jiban_domain::print_job::JobState;
use jiban_domain::{KioskId, Token};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::support::House;
use crate::support::emulator::{Emulator, Paper};
use crate::support::process::Process;
use crate::support::small_disk::{SmallDisk, issue_on_screen, until_nothing_is_kept};

/// Gives a kiosk or counter of the first hall another printer.
async fn set_printer(house: &House, place: &str, at: usize, printer: Value) {
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    now["setup"]["hall"][0][place][at]["printer"] = printer;
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();
}

fn network(printer: &Emulator) -> Value {
    json!({ "kind": "escpos", "address": printer.address() })
}

/// The state of the only slip of a ticket.
fn slip_state(house: &House, ticket: &Value) -> JobState {
    let token: Token = ticket["token"].as_str().unwrap().parse().unwrap();
    let now = kiosk_now(house.service(), &KioskId::from("K1"), Some(token), 0).unwrap();
    let [job] = &now.jobs[..] else { panic!("{:?}", now.jobs) };
    job.state
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_document_is_printed_once_for_a_request() {
    let mut house = House::open().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, "counter", 0, network(&printer)).await;
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let path = "/api/counter/print_paper";
    let question =
        json!({ "request_id": Uuid::new_v4(), "case": opened["id"], "paper": "receipt" });

    let house_and_cookie = Arc::new((house, cookie));
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (shared, question) = (house_and_cookie.clone(), question.clone());
        asking.spawn(async move { shared.0.post_as(path, &shared.1, question).await.ok() });
    }
    for answer in asking.join_all().await {
        assert_eq!(answer, json!({ "state": "confirmed" }));
    }
    assert_eq!(printer.tray().slips.len(), 1);
    let cookie = house_and_cookie.1.clone();
    house = Arc::into_inner(house_and_cookie).unwrap().0;

    // After a restart nobody knows how it ended, but it is not printed again.
    house.restart().await;
    let repeated = house.post_as(path, &cookie, question.clone()).await.ok();
    assert_eq!(repeated, json!({ "state": "unknown" }));
    let mut again = question;
    again["request_id"] = json!(Uuid::new_v4());
    house.post_as(path, &cookie, again).await.ok();
    assert_eq!(printer.tray().slips.len(), 2, "a new request prints");
}

#[tokio::test]
async fn an_ill_printer_of_a_counter_is_told_as_what_it_is() {
    let house = House::open().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let print = async || {
        let question =
            json!({ "request_id": Uuid::new_v4(), "case": opened["id"], "paper": "receipt" });
        let answer = house.post_as("/api/counter/print_paper", &cookie, question).await;
        assert_eq!(answer.refusal(), (409, "printer_not_ready".to_owned()));
        answer.json()["message"].as_str().unwrap().to_owned()
    };
    assert!(print().await.contains("is not set up"));
    set_printer(&house, "counter", 0, network(&printer)).await;
    printer.set(|switches| switches.paper = Paper::Out);
    assert!(print().await.contains("out of paper"));
    printer.set(|switches| (switches.paper, switches.cover_open) = (Paper::In, true));
    assert!(print().await.contains("cover open"));
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nowhere = json!({ "kind": "escpos", "address": nobody.to_string() });
    set_printer(&house, "counter", 0, nowhere).await;
    assert!(print().await.contains("does not answer"));
    assert_eq!(printer.tray().received, 0);
}

#[tokio::test]
async fn a_slip_ends_when_its_kiosk_gets_another_printer() {
    let house = House::open().await;
    // It accepts the connection and says nothing, so that slips wait.
    let printer = Emulator::start(0, 576, None).await.unwrap();
    printer.set(|switches| switches.slow = Duration::from_secs(100_000));
    set_printer(&house, "kiosk", 0, network(&printer)).await;
    let (being_sent, queued) = (house.issue("marriage").await, house.issue("marriage").await);
    while slip_state(&house, &being_sent) != JobState::Sent {
        tokio::task::yield_now().await;
    }
    assert_eq!(slip_state(&house, &queued), JobState::Queued);
    set_printer(&house, "kiosk", 0, json!({ "kind": "none" })).await;
    assert_eq!(slip_state(&house, &being_sent), JobState::Unknown);
    assert_eq!(slip_state(&house, &queued), JobState::Failed);
}

/// Reads a stream until a snapshot fits. Gives up after four beats, of which each is ten
/// seconds of silence.
async fn wait_for(address: std::net::SocketAddr, path: &str, fits: impl Fn(&Value) -> bool) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut beats = 0;
    while let Some(line) = lines.next_line().await.unwrap() {
        if line == "event: beat" {
            beats += 1;
            assert!(beats < 4, "it does not come");
        }
        let snapshot = line.strip_prefix("data:").and_then(|data| serde_json::from_str(data).ok());
        if snapshot.is_some_and(|snapshot| fits(&snapshot)) {
            return;
        }
    }
    panic!("the stream has ended");
}

#[tokio::test]
async fn a_slip_that_a_full_disk_held_up_goes_on() {
    let disk = SmallDisk::of_mebibytes(4);
    let server = Process::start(&disk.command(), &disk.file("hall.db")).await;
    let house = House::of_a_process().moved_to(server.address);
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, "kiosk", 0, network(&printer)).await;

    // The first slip is being printed while the disk fills.
    printer.set(|switches| switches.slow = Duration::from_millis(400));
    let ticket = house.issue("marriage").await;
    let stream = format!("/events/kiosk?kiosk=K1&token={}", ticket["token"].as_str().unwrap());
    let state_is = |state: &'static str| move |now: &Value| now["jobs"][0]["state"] == state;
    wait_for(server.address, &stream, state_is("sent")).await;
    disk.fill(&server.child).await;
    until_nothing_is_kept(&house).await;
    printer.slips(1).await;
    // By then the writer has refused the state of the slip as well.
    for _ in 0..50 {
        assert_eq!(issue_on_screen(&house).await, 503);
    }
    disk.empty(&server.child);
    wait_for(server.address, &stream, |now| {
        ["confirmed", "unknown"].contains(&now["jobs"][0]["state"].as_str().unwrap_or_default())
    })
    .await;
    assert_eq!(printer.tray().slips.len(), 1);
}
