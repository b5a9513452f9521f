//! The store is damaged, its disk full, its clock or the server's wrong.

use std::os::unix::fs::FileExt as _;
use std::path::Path;

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::network::Network;
use super::{cut_off, hall, progress, store, take, until_lent};
use crate::support::process::post;
use crate::support::small_disk::SmallDisk;
use crate::support::terminal::{TerminalProcess, free_port};
use crate::support::{House, SATURDAY_TEN, issue};

const MINUTE: i64 = 60_000;
/// How far a clock is set: five minutes and a year, either way.
const WRONG_BY: [i64; 4] =
    [-5 * MINUTE, 5 * MINUTE, -365 * 24 * 60 * MINUTE, 365 * 24 * 60 * MINUTE];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_set_aside_is_not_kept_for_ever() {
    const NINE_DAYS: std::time::Duration = std::time::Duration::from_hours(9 * 24);
    let house = hall().await;
    let (folder, store) = store();
    let old = folder.path().join("terminal.db.damaged-1-wal");
    let new = folder.path().join("terminal.db.damaged-2");
    for (file, age) in [(&old, NINE_DAYS), (&new, std::time::Duration::ZERO)] {
        let file = std::fs::File::create(file).unwrap();
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
    }
    let _terminal = TerminalProcess::start(house.address(), &store).await;
    while old.exists() {
        tokio::task::yield_now().await;
    }
    assert!(new.exists(), "somebody may want to know why");
    house.stop().await;
}

/// The detail of the last event of a kind that the hall knows of the terminal.
async fn told(house: &House, kind: &str) -> Option<String> {
    let events = house.service().reader.terminal_events(&"K1".into(), 50).await.unwrap();
    events.into_iter().find(|event| event.kind == kind).map(|event| event.detail)
}

async fn goes_on_after(spoil: impl AsyncFn(&Path)) {
    let house = hall().await;
    let (folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let before = take(&terminal).await;
    terminal.kill().await;
    spoil(&store).await;
    let terminal = TerminalProcess::start(house.address(), &store).await;
    assert!(told(&house, "store_damaged").await.is_some(), "by its first report");
    until_lent(&terminal).await;
    assert_eq!(take(&terminal).await["number"], "E002", "it goes on");
    assert_eq!(progress(&house, &before).await["number"], "E001");
    let aside = folder.path().join("terminal.db.damaged-1");
    assert!(aside.exists(), "set aside, and not thrown away");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_is_no_database_is_set_aside() {
    goes_on_after(async |store| {
        // Its log alone would still be the whole database.
        checkpoint(store).await;
        std::fs::write(store, b"what is this?".repeat(500)).unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_with_a_damaged_page_is_set_aside() {
    goes_on_after(async |store| {
        // Everything is in the file, and not in its log.
        checkpoint(store).await;
        let mut bytes = std::fs::read(store).unwrap();
        let half = 4096 + 2048;
        let end = bytes.len().min(6 * 4096);
        bytes[half..end].fill(0xa5);
        std::fs::write(store, bytes).unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_was_cut_short_is_set_aside() {
    goes_on_after(async |store| {
        checkpoint(store).await;
        let bytes = std::fs::read(store).unwrap();
        std::fs::write(store, &bytes[..bytes.len() / 2 + 700]).unwrap();
    })
    .await;
}

/// A connection to the store beside the terminal's own.
async fn open(store: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(store).connect().await.unwrap()
}

async fn checkpoint(store: &Path) {
    let mut connection = open(store).await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// The first page of a table is lost on the disk.
async fn spoil_table(store: &Path, table: &str) {
    checkpoint(store).await;
    let mut connection = open(store).await;
    let page: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = $1")
        .bind(table)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(store).unwrap();
    file.write_all_at(&[0xff; 4096], (page.unsigned_abs() - 1) * 4096).unwrap();
    // Whoever has the page in memory reads it again after somebody else has written.
    sqlx::query("UPDATE own SET slips = slips").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_is_damaged_in_use_ends_the_program_and_its_next_start_goes_on() {
    let house = hall().await;
    let (folder, store) = store();
    let mut terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let before = take(&terminal).await;
    // A request is kept there before anything is asked of the server.
    spoil_table(&store, "requests").await;
    let request = issue("marriage");
    let _ = post(terminal.address, "/api/kiosk/issue", &request).await;
    let ended = terminal.child.wait().await.unwrap();
    assert_eq!(ended.code(), Some(jiban::terminal::DAMAGED));

    let terminal = TerminalProcess::start(house.address(), &store).await;
    assert!(told(&house, "store_damaged").await.is_some());
    assert!(folder.path().join("terminal.db.damaged-1").exists());
    // The page repeats its request.
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await["number"], "E002");
    assert_eq!(progress(&house, &before).await["number"], "E001");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_that_were_not_handed_in_are_saved_from_a_damaged_store() {
    let (mut house, terminal, (_folder, store)) = cut_off().await;
    let given = [take(&terminal).await, take(&terminal).await];
    terminal.kill().await;
    // The page of another table is lost.
    spoil_table(&store, "lent").await;
    house.start_again().await;
    let terminal = TerminalProcess::start(house.address(), &store).await;
    let said = told(&house, "store_damaged").await.unwrap();
    assert!(said.ends_with("2 numbers saved"), "{said}");
    terminal.until_back().await;
    for (place, ticket) in given.iter().enumerate() {
        let now = progress(&house, ticket).await;
        assert_eq!((&now["number"], &now["ahead"]), (&ticket["number"], &json!(place)));
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_a_full_disk_numbers_go_on_while_the_server_is_there() {
    let mut house = hall().await;
    let disk = SmallDisk::of_mebibytes(2);
    let store = disk.file("terminal.db");
    let terminal = TerminalProcess::with(&disk.command(), house.address(), &store, &[]).await;
    until_lent(&terminal).await;
    let first = take(&terminal).await;
    disk.fill(&terminal.child).await;
    terminal.until(|told| told.starts_with("HTTP/1.1 503")).await;

    // Safe with the server, and with the same number for the same request.
    let request = issue("marriage");
    let given = terminal.ok("/api/kiosk/issue", &request).await;
    assert_eq!(given["number"], "E002");
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await["token"], given["token"]);
    // Without the server nothing would be certain.
    house.pause().await;
    let (status, no) = terminal.call("/api/kiosk/issue", &issue("marriage")).await;
    assert_eq!((status, &no["code"]), (503, &json!("unavailable")));
    disk.empty(&terminal.child);
    terminal.until(|told| told.starts_with("HTTP/1.1 200")).await;
    assert_eq!(take(&terminal).await["confirmed"], false);
    house.start_again().await;
    terminal.until_back().await;
    assert!(told(&house, "disk_full").await.is_some());
    for ticket in [&first, &given] {
        assert_eq!(progress(&house, ticket).await["number"], ticket["number"]);
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_clock_of_the_terminal_changes_nothing() {
    for off in WRONG_BY {
        let mut house = hall().await;
        let (folder, store) = store();
        let clock = folder.path().join("clock");
        // Nothing has passed; the clock alone was set.
        std::fs::write(&clock, format!("0 {off}")).unwrap();
        let variable = format!("JIBAN_TEST_CLOCK={}", clock.display());
        let prefix = ["env", variable.as_str()];
        let terminal = TerminalProcess::with(&prefix, house.address(), &store, &[]).await;
        until_lent(&terminal).await;
        let before = take(&terminal).await;
        house.pause().await;
        terminal.until_cut_off().await;
        let given = take(&terminal).await;
        let apart = given["issued_at"].as_i64().unwrap() - before["issued_at"].as_i64().unwrap();
        assert!((0..5 * MINUTE).contains(&apart), "{apart} ms apart, off by {off}");
        // Also after a restart.
        terminal.kill().await;
        let terminal = TerminalProcess::with(&prefix, house.address(), &store, &[]).await;
        let later = take(&terminal).await;
        house.start_again().await;
        terminal.until_back().await;
        for (place, ticket) in [&before, &given, &later].into_iter().enumerate() {
            assert_eq!(progress(&house, ticket).await["ahead"], place, "off by {off}");
        }
        house.stop().await;
    }
}

/// The server's clock is set wrong while a terminal is cut off, and right when it is back.
async fn the_servers_clock_is_set(off: i64, also_restarted: bool) {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = House::with(clock.clone(), |settings| {
        settings.listen = free_port();
        settings.limits = Limits::lifted();
    })
    .await;
    let network = Network::to(house.address(), None).await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(network.address, &store).await;
    until_lent(&terminal).await;
    let mut given = vec![take(&terminal).await];
    network.cut(true);
    terminal.until_cut_off().await;
    given.extend([take(&terminal).await, take(&terminal).await]);
    clock.set(SATURDAY_TEN + MINUTE);
    clock.jump(SATURDAY_TEN + MINUTE + off);
    if also_restarted {
        house.restart().await;
    }
    network.cut(false);
    terminal.until_back().await;
    clock.set(clock.now() + 10 * MINUTE);
    given.push(take(&terminal).await);
    clock.jump(SATURDAY_TEN + 11 * MINUTE);
    house.service().check_clock().await.unwrap();
    clock.set(clock.now() + 10 * MINUTE);
    given.push(take(&terminal).await);
    let numbers: Vec<_> = given.iter().map(|ticket| ticket["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["E001", "E9001", "E9002", "E002", "E003"], "off by {off}");
    for (place, ticket) in given.iter().enumerate() {
        let now = progress(&house, ticket).await;
        let expected = (&ticket["number"], &json!("waiting"), &json!(place));
        assert_eq!((&now["number"], &now["state"], &now["ahead"]), expected, "off by {off}");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_clock_of_the_server_changes_nothing_for_a_terminal_that_comes_back() {
    for off in WRONG_BY {
        the_servers_clock_is_set(off, false).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nor_does_a_start_of_the_server_with_a_wrong_clock() {
    for off in WRONG_BY {
        the_servers_clock_is_set(off, true).await;
    }
}
