//! Passwords are hashed in memory that is used again: a flood of them must not stay in it.

use futures::stream::{self, StreamExt as _};

use crate::support::process::{Process, exchange};

/// The memory of a process in use, in MB.
fn resident(process: &Process) -> u64 {
    let id = process.child.id().unwrap();
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap() / 1024
}

/// A wrong sign-in of a name and from an address that nobody else has.
async fn wrong_sign_in(process: &Process, n: u32) -> String {
    let body = format!(r#"{{"name":"name{n}","password":"wrong-{n}","counter":"1"}}"#);
    let request = format!(
        "POST /api/counter/sign_in HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         x-forwarded-for: 198.51.{}.{}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        n / 256,
        n % 256,
        body.len()
    );
    exchange(process.address, &request).await.unwrap()
}

#[tokio::test]
async fn memory_after_wrong_sign_ins_is_what_two_hashes_take() {
    const SIGN_INS: u32 = 300;
    /// Two hashes take 38 MB; the rest is what connections and pages of the database take.
    const MAX_GROWTH: u64 = 64;
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("hall.db");
    let server =
        Process::with(&[], &db, &[("JIBAN_LIMITS", "on"), ("JIBAN_TRUSTED_PROXIES", "127.0.0.1")])
            .await;
    let before = resident(&server);
    let answers: Vec<String> = stream::iter(0..SIGN_INS)
        .map(|n| wrong_sign_in(&server, n))
        .buffer_unordered(32)
        .collect()
        .await;
    for answer in answers {
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    let after = resident(&server);
    assert!(after < before + MAX_GROWTH, "{before} MB became {after} MB");
}
