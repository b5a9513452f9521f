//! The disk is full, and has space again.

use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use serde_json::{Value, json};

use super::kills::{body, post};
use super::{report, rounds};
use crate::support::issue;
use crate::support::process::{Process, get};
use crate::support::small_disk::SmallDisk;

/// On a small disk of its own, which is filled up and emptied again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_costs_only_refusals() {
    let disk = SmallDisk::of_mebibytes(3);
    let server = Process::start(&disk.command(), &disk.file("hall.db")).await;

    let mut kept = vec![body(&post(server.address, &issue("marriage")).await.unwrap())];
    assert_eq!(kept[0]["number"], "E001");
    let health = async |status: &str| loop {
        // The result of the last probe may stand for a moment.
        let health = get(server.address, "/healthz").await.unwrap();
        if health.starts_with(status) {
            break health;
        }
    };
    let rounds = rounds(2);
    for _ in 0..rounds {
        disk.fill(&server.child).await;
        let mut refused = 0;
        // What still fits into the log may be kept; after that, nothing.
        while refused < 5 {
            let answer = post(server.address, &issue("marriage")).await.unwrap();
            if answer.starts_with("HTTP/1.1 503") {
                assert_eq!(body(&answer)["code"], "unavailable");
                refused += 1;
            } else {
                assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                kept.push(body(&answer));
            }
        }
        let alive = get(server.address, "/api/hall").await.unwrap();
        assert!(alive.starts_with("HTTP/1.1 200"), "reads still work");
        let ill = health("HTTP/1.1 503").await;
        assert!(ill.contains("nothing can be written to the database"), "{ill}");

        disk.empty(&server.child);
        health("HTTP/1.1 200").await;
        let after = post(server.address, &issue("marriage")).await.unwrap();
        assert!(after.starts_with("HTTP/1.1 200"), "{after}");
        kept.push(body(&after));
    }
    let numbers: Vec<Value> = kept.iter().map(|ticket| ticket["number"].clone()).collect();
    let expected: Vec<Value> =
        (1..=kept.len()).map(|number| json!(format!("E{number:03}"))).collect();
    assert_eq!(numbers, expected, "a refusal uses up no number");
    // SQLite needs a path that this process does not have, so we check a copy.
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    for (file, its_copy) in [("hall.db", "copy.db"), ("hall.db-wal", "copy.db-wal")] {
        std::fs::copy(disk.seen(&server.child, file), folder.path().join(its_copy)).unwrap();
    }
    let walked = open_to_read(&copy).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
    let result = format!("{} numbers in order, refusals cost none", kept.len());
    report("the disk fills and is emptied", rounds, &result);
}
