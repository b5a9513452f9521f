//! A kiosk's terminal: a real `jiban terminal` beside a real server, which goes away and comes
//! back.

mod alone;
mod damage;
mod forgetting;
mod kills;
mod network;
mod pairing;
mod printer;
mod reports;
mod two;
mod update;

use std::net::SocketAddr;
use std::path::PathBuf;

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::House;
use crate::support::terminal::{TerminalProcess, free_port};

/// A hall whose server comes back at the same address.
async fn hall() -> House {
    hall_at(free_port()).await
}

async fn hall_at(address: SocketAddr) -> House {
    House::with(Clock::Machine, |settings| {
        settings.listen = address;
        settings.limits = Limits::lifted();
    })
    .await
}

/// A folder with the store of a terminal.
fn store() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("terminal.db");
    (folder, store)
}

/// Takes a number at a terminal.
async fn take(terminal: &TerminalProcess) -> Value {
    terminal.ok("/api/kiosk/issue", &crate::support::issue("marriage")).await
}

/// Waits until the terminal has enough lent numbers of the line of marriages.
async fn until_lent(terminal: &TerminalProcess) {
    terminal
        .until(|told| {
            let left = told.lines().find_map(|line| line.strip_prefix("numbers left: "));
            left.is_some_and(|left| left.contains(" E on ")) && told.contains(": reached")
        })
        .await;
}

/// A hall that is paused, and a terminal that has numbers of it; then where the terminal keeps
/// what it has.
async fn cut_off() -> (House, TerminalProcess, (TempDir, PathBuf)) {
    let mut house = hall().await;
    let (folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    house.pause().await;
    terminal.until_cut_off().await;
    (house, terminal, (folder, store))
}

/// What the hall says of a ticket.
async fn progress(house: &House, ticket: &Value) -> Value {
    let token = ticket["token"].as_str().unwrap();
    house.get(&format!("/api/progress?token={token}")).await.ok()
}

/// Gives the kiosk another printer.
async fn set_printer(house: &House, printer: Value) {
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    now["setup"]["hall"][0]["kiosk"][0]["printer"] = printer;
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_the_server_a_terminal_passes_calls_on() {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    let request = crate::support::issue("marriage");
    let issued = terminal.ok("/api/kiosk/issue", &request).await;
    assert_eq!(issued["number"], "E001", "an ordinary number");
    assert_eq!(issued["confirmed"], true);
    assert_eq!(issued["ahead"], 0);
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await, issued, "a repeat");
    assert_eq!(progress(&house, &issued).await["number"], "E001");
    // At the server itself, the same request is the same number.
    assert_eq!(house.post("/api/kiosk/issue", request).await.ok()["token"], issued["token"]);

    // What only the server knows.
    let token = issued["token"].as_str().unwrap();
    let (status, told) = terminal.get(&format!("/api/progress?token={token}")).await;
    assert_eq!((status, told.contains("E001")), (200, true), "{told}");
    let find = json!({ "number": "261125000173", "last_four": "002X", "kiosk": "K1" });
    assert_eq!(terminal.call("/api/case/find", &find).await.0, 404, "the server's own no");
    // The server's own words for a no, in the page's language.
    let (status, no) = terminal.call("/api/kiosk/issue", &crate::support::issue("none")).await;
    assert_eq!((status, &no["code"]), (404, &json!("unknown_matter")));

    // The page and its files, and nothing of anybody else.
    let (status, page) = terminal.get("/kiosk/K1").await;
    assert_eq!((status, page.contains("data-page=\"kiosk\"")), (200, true));
    assert_eq!(terminal.get("/kiosk/K2").await.0, 404);
    for other in ["/admin", "/counter", "/display/main", "/api/admin/setup", "/events/admin"] {
        assert_eq!(terminal.get(other).await.0, 404, "{other}");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_terminal_answers_to_its_own_address_and_page_alone() {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    let request = |host: &str, origin: &str| {
        format!(
            "POST /api/kiosk/heartbeat HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{origin}\
             content-type: application/json\r\ncontent-length: 14\r\n\r\n{{\"kiosk\":\"K1\"}}"
        )
    };
    let answer = async |host: &str, origin: &str| {
        let sent = request(host, origin);
        let answer = crate::support::process::exchange(terminal.address, &sent).await.unwrap();
        answer[9..12].to_owned()
    };
    let own = terminal.address.to_string();
    assert_eq!(answer(&own, "").await, "200");
    assert_eq!(answer("evil.example", "").await, "421");
    assert_eq!(answer(&own, "origin: http://evil.example\r\n").await, "403");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_terminal_that_never_met_its_server_says_so_and_begins_by_itself() {
    let address = free_port();
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(address, &store).await;
    let (status, no) = terminal.call("/api/kiosk/issue", &crate::support::issue("marriage")).await;
    assert_eq!((status, &no["code"]), (503, &json!("no_numbers_left")));
    let house = hall_at(address).await;
    terminal.until_back().await;
    assert_eq!(take(&terminal).await["number"], "E001");
    house.stop().await;
}

/// A photograph of two or three megabytes, as cameras take them.
fn large_photograph() -> Vec<u8> {
    let mut noise = 1_u32;
    let picture = image::RgbImage::from_fn(1600, 1200, |_, _| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [red, green, blue, _] = noise.to_be_bytes();
        image::Rgb([red, green, blue])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_photograph_by_a_terminals_camera_reaches_the_draft_and_stays_in_no_cache() {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    let begin = json!({
        "request_id": uuid::Uuid::new_v4(), "hall": "main", "matter": "food-permit", "kiosk": "K1",
    });
    let draft = terminal.ok("/api/apply/begin", &begin).await;
    let (token, key) = (&draft["token"], &draft["materials"][0]["key"]);
    let (token, key) = (token.as_str().unwrap(), key.as_str().unwrap());
    let key = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC);
    let photograph = large_photograph();
    assert!(photograph.len() > 1024 * 1024, "{}", photograph.len());
    let path = format!("/api/apply/attach?token={token}&material={key}");
    let (status, answer) = terminal.post_photograph(&path, &photograph).await;
    assert_eq!(status, 200, "{answer}");
    let file = answer["materials"][0]["files"][0]["file"].as_str().unwrap();
    // The next visitor finds nothing of it in the kiosk's browser.
    let head = terminal.head(&format!("/api/apply/file?token={token}&file={file}")).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    // A phone's draft is gone on with here by its figures.
    let code = house.share_with(token, "device").await;
    let there = terminal.ok("/api/apply/continue", &json!({ "code": code })).await;
    assert_eq!(there["token"], token);
    terminal.kill().await;
    house.stop().await;
}
