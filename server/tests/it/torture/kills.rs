//! The server is killed while numbers are taken.

use std::collections::HashSet;
use std::net::SocketAddr;

use jiban::store::trail::Walked;
use jiban::store::{Reader, open_to_read};
use serde_json::{Value, json};

use super::{report, rounds};
use crate::support::issue;
use crate::support::process::{self, Process};

/// The tickets that were acknowledged.
#[derive(Default)]
pub struct Given(Vec<Value>);

impl Given {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Every number is there, and none was given twice.
    pub async fn check(&self, reader: &Reader) {
        let numbers: HashSet<String> =
            self.0.iter().map(|ticket| ticket["number"].to_string()).collect();
        assert_eq!(numbers.len(), self.0.len(), "a number was given twice");
        for ticket in &self.0 {
            let token = ticket["token"].as_str().unwrap().parse().unwrap();
            let kept = reader.ticket(token).await.unwrap().expect("it was acknowledged");
            assert_eq!(json!(kept.ticket.label()), ticket["number"]);
            assert_eq!(json!(kept.ticket.id), ticket["id"]);
        }
    }
}

pub async fn post(address: SocketAddr, body: &Value) -> std::io::Result<String> {
    process::post(address, "/api/kiosk/issue", body).await
}

pub fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Eight kiosks take numbers until the server is killed, after so many answers.
pub async fn take_numbers(server: &mut Process, given: &mut Given, answers: u64) {
    let address = server.address;
    let mut kiosks = tokio::task::JoinSet::new();
    let (answered, mut seen) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..8 {
        let answered = answered.clone();
        kiosks.spawn(async move {
            let mut kept = Vec::new();
            // Until the server is gone. A truncated answer does not count.
            while let Ok(answer) = post(address, &issue("marriage")).await {
                if answer.starts_with("HTTP/1.1 200") && answer.ends_with('}') {
                    kept.push(body(&answer));
                    answered.send(()).unwrap();
                } else {
                    break;
                }
            }
            kept
        });
    }
    drop(answered);
    // Killed amid the requests that follow.
    for _ in 0..answers {
        seen.recv().await.expect("the server gives numbers");
    }
    server.child.start_kill().unwrap();
    server.child.wait().await.unwrap();
    given.0.extend(kiosks.join_all().await.into_iter().flatten());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("hall.db");
    let mut given = Given::default();
    let rounds = rounds(20);
    for round in 0..rounds {
        let mut server = Process::start(&[], &db).await;
        take_numbers(&mut server, &mut given, 5 + 3 * (round % 40)).await;
    }
    assert!(given.count() > 100, "only {} were acknowledged", given.count());
    let reader = open_to_read(&db).await.unwrap();
    let walked = reader.walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
    given.check(&reader).await;
    let result = format!("{} numbers acknowledged, none lost, none twice", given.count());
    report("kill -9 while numbers are taken", rounds, &result);
}
