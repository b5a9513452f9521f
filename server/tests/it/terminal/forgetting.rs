//! Nothing of the last visitor in the terminal's own files: neither in its store nor in the
//! store's log.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::printer::ended;
use super::{hall, progress, set_printer, store, take, until_lent};
use crate::support::emulator::Emulator;
use crate::support::terminal::{Listening, TerminalProcess};
use crate::support::{House, issue};

/// A file that shifts the clock of a terminal.
struct Shift {
    folder: TempDir,
    minutes: i64,
}

impl Shift {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), minutes: 0 }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    async fn terminal(&self, house: &House, store: &Path) -> TerminalProcess {
        let variable = format!("JIBAN_TEST_CLOCK={}", self.file().display());
        TerminalProcess::with(&["env", &variable], house.address(), store, &[]).await
    }

    /// Lets minutes pass until nothing of a ticket is in the files of a folder. The hall's clock
    /// goes its own way, and the terminal follows it at each report.
    async fn until_forgotten(&mut self, folder: &Path, ticket: &Value) {
        while is_known(folder, ticket) {
            self.minutes += 1;
            std::fs::write(self.file(), format!("{} 0", self.minutes * 60_000)).unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
    }
}

/// Whether anything of a ticket is in the files of a folder.
fn is_known(folder: &Path, ticket: &Value) -> bool {
    let token = ticket["token"].as_str().unwrap();
    let bytes = token.parse::<jiban_domain::Token>().unwrap().0;
    let number = format!("\"{}\"", ticket["number"].as_str().unwrap());
    let needles = [token.as_bytes(), &bytes, number.as_bytes()];
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let held = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        needles.iter().any(|needle| held.windows(needle.len()).any(|part| part == *needle))
    })
}

/// A hall whose kiosk prints, and a place for the files of its terminal.
async fn hall_with_printer() -> (House, Emulator, TempDir, PathBuf) {
    let house = hall().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, json!({ "kind": "escpos", "address": printer.address() })).await;
    let (folder, store) = store();
    (house, printer, folder, store)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn slips_are_forgotten_when_printed_and_numbers_when_handed_in() {
    let (mut house, _printer, folder, store) = hall_with_printer().await;
    let mut clock = Shift::new();
    let terminal = clock.terminal(&house, &store).await;
    until_lent(&terminal).await;
    let request = issue("marriage");
    let online = terminal.ok("/api/kiosk/issue", &request).await;
    assert_eq!(ended(&terminal, &online).await, "confirmed");
    house.pause().await;
    terminal.until_cut_off().await;
    let alone = take(&terminal).await;
    assert_eq!(ended(&terminal, &alone).await, "confirmed");
    assert!(is_known(folder.path(), &online), "for as long as its visitor is there");

    // A program that was killed leaves its log behind.
    terminal.kill().await;
    let terminal = clock.terminal(&house, &store).await;
    clock.until_forgotten(folder.path(), &online).await;
    assert!(is_known(folder.path(), &alone), "the hall does not have it yet");
    house.start_again().await;
    terminal.until_back().await;
    clock.until_forgotten(folder.path(), &alone).await;

    // What was forgotten is nobody else's.
    assert_eq!(progress(&house, &alone).await["number"], alone["number"]);
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await["token"], online["token"]);
    house.pause().await;
    terminal.until_cut_off().await;
    let next = take(&terminal).await;
    assert_eq!((&alone["number"], &next["number"]), (&json!("E9001"), &json!("E9002")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slip_is_known_as_long_as_a_page_shows_its_ticket() {
    let (house, printer, folder, store) = hall_with_printer().await;
    let mut clock = Shift::new();
    let terminal = clock.terminal(&house, &store).await;
    until_lent(&terminal).await;
    let (shown, other) = (take(&terminal).await, take(&terminal).await);
    for ticket in [&shown, &other] {
        assert_eq!(ended(&terminal, ticket).await, "confirmed");
    }
    let stream = format!("/events/kiosk?kiosk=K1&token={}", shown["token"].as_str().unwrap());
    let mut page = Listening::to(terminal.address, &stream).await;
    page.until(|now| now["jobs"][0]["state"] == "confirmed").await;
    clock.until_forgotten(folder.path(), &other).await;
    assert!(is_known(folder.path(), &shown));
    let again = |ticket: &Value| json!({ "request_id": Uuid::new_v4(), "kiosk": "K1", "token": ticket["token"] });
    assert_eq!(terminal.call("/api/kiosk/reprint", &again(&other)).await.0, 404);
    terminal.ok("/api/kiosk/reprint", &again(&shown)).await;
    printer.slips(3).await;
    page.until(|now| now["jobs"][1]["state"] == "confirmed").await;
    drop(page);
    clock.until_forgotten(folder.path(), &shown).await;
    house.stop().await;
}
