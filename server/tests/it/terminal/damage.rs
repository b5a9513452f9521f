//! The store is damaged, its disk full, its clock wrong.

use std::path::Path;

use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use super::{hall, progress, store, take, until_lent};
use crate::support::issue;
use crate::support::terminal::TerminalProcess;

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

async fn goes_on_after(spoil: impl Fn(&Path)) {
    let house = hall().await;
    let (folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let before = take(&terminal).await;
    terminal.kill().await;
    spoil(&store);
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    assert_eq!(take(&terminal).await["number"], "E002", "it goes on");
    assert_eq!(progress(&house, &before).await["number"], "E001");
    let aside = folder.path().join("terminal.db.damaged-1");
    assert!(aside.exists(), "set aside, and not thrown away");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_is_no_database_is_set_aside() {
    goes_on_after(|store| {
        // Its log alone would still be the whole database.
        checkpoint(store);
        std::fs::write(store, b"what is this?".repeat(500)).unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_with_a_damaged_page_is_set_aside() {
    goes_on_after(|store| {
        // Everything is in the file, and not in its log.
        checkpoint(store);
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
    goes_on_after(|store| {
        checkpoint(store);
        let bytes = std::fs::read(store).unwrap();
        std::fs::write(store, &bytes[..bytes.len() / 2 + 700]).unwrap();
    })
    .await;
}

fn checkpoint(store: &Path) {
    let store = store.to_owned();
    let copied = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            use sqlx::ConnectOptions as _;
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&store);
            let mut connection = options.connect().await.unwrap();
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
            sqlx::Connection::close(connection).await.unwrap();
        });
    });
    copied.join().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_that_were_not_handed_in_are_saved_from_a_damaged_store() {
    let mut house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    house.pause().await;
    terminal.until_cut_off().await;
    let given = [take(&terminal).await, take(&terminal).await];
    terminal.kill().await;
    checkpoint(&store);
    // The page of another table is lost.
    let page: i64 = {
        let store = store.clone();
        let found = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                use sqlx::ConnectOptions as _;
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&store);
                let mut connection = options.connect().await.unwrap();
                sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'lent'")
                    .fetch_one(&mut connection)
                    .await
                    .unwrap()
            })
        });
        found.join().unwrap()
    };
    let mut bytes = std::fs::read(&store).unwrap();
    let start = (usize::try_from(page).unwrap() - 1) * 4096;
    bytes[start..start + 4096].fill(0xff);
    std::fs::write(&store, bytes).unwrap();
    house.start_again().await;
    let terminal = TerminalProcess::start(house.address(), &store).await;
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
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let mount =
        format!("mount -t tmpfs -o size=2m tmpfs {} && exec \"$0\" \"$@\"", small.display());
    let own_disk = ["unshare", "--map-root-user", "--mount", "sh", "-c", &mount];
    let store = small.join("terminal.db");
    let terminal = TerminalProcess::with(&own_disk, house.address(), &store, &[]).await;
    until_lent(&terminal).await;
    let first = take(&terminal).await;
    let seen = format!("/proc/{}/root{}", terminal.child.id().unwrap(), small.display());
    let filler = Path::new(&seen).join("filler");
    let mut disk = tokio::fs::File::create(&filler).await.unwrap();
    while disk.write_all(&[0; 4096]).await.is_ok() && disk.flush().await.is_ok() {}
    drop(disk);
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
    std::fs::remove_file(&filler).unwrap();
    terminal.until(|told| told.starts_with("HTTP/1.1 200")).await;
    assert_eq!(take(&terminal).await["confirmed"], false);
    house.start_again().await;
    terminal.until_back().await;
    for ticket in [&first, &given] {
        assert_eq!(progress(&house, ticket).await["number"], ticket["number"]);
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_clock_of_the_terminal_changes_nothing() {
    const MINUTE: i64 = 60_000;
    for off in [-5 * MINUTE, 5 * MINUTE, -365 * 24 * 60 * MINUTE, 365 * 24 * 60 * MINUTE] {
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
