//! Power cuts. The disk then holds what was synchronised, and any part of what was written
//! after that: whole, not at all, or some sectors of it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use fastrand::Rng;
use jiban::store::open_to_read;
use jiban::store::trail::Walked;

use super::kills::{Given, take_numbers};
use super::{report, rounds};
use crate::support::process::Process;

const SECTOR: usize = 512;

/// A record of `write_log.c`.
enum Record<'a> {
    Write { offset: usize, bytes: &'a [u8] },
    Truncate(usize),
    Sync,
}

/// The records of a log, each with whether it is about the write-ahead log.
fn records(log: &[u8]) -> Vec<(bool, Record<'_>)> {
    const HEAD: usize = 24;
    let number =
        |bytes: &[u8]| usize::try_from(u64::from_le_bytes(bytes.try_into().unwrap())).unwrap();
    let mut records = Vec::new();
    let mut rest = log;
    while let Some((head, after)) = rest.split_at_checked(HEAD) {
        let (offset, length) = (number(&head[8..16]), number(&head[16..24]));
        let bytes = &after[..length];
        let record = match head[0] {
            0 => Record::Write { offset, bytes },
            1 => Record::Truncate(offset),
            _ => Record::Sync,
        };
        records.push((head[4] == 1, record));
        rest = &after[length..];
    }
    records
}

fn write(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

/// What the disk holds of a file that was `file` before.
fn after_the_cut(file: &mut Vec<u8>, records: &[&Record<'_>], random: &mut Rng) {
    let certain = records.iter().rposition(|record| matches!(record, Record::Sync)).unwrap_or(0);
    for (at, record) in records.iter().enumerate() {
        match record {
            Record::Truncate(length) if at < certain || random.bool() => file.resize(*length, 0),
            Record::Sync | Record::Truncate(_) => {}
            Record::Write { offset, bytes } => match random.u8(0..3) {
                _ if at < certain => write(file, *offset, bytes),
                0 => write(file, *offset, bytes),
                1 => {
                    for (sector, part) in bytes.chunks(SECTOR).enumerate() {
                        if random.bool() {
                            write(file, offset + sector * SECTOR, part);
                        }
                    }
                }
                _ => {}
            },
        }
    }
}

fn library(folder: &Path) -> String {
    let library = folder.join("write_log.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/torture/write_log.c");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .args(["-ldl", "-lpthread"])
        .status();
    assert!(made.unwrap().success());
    library.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_power_cuts() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut random = Rng::with_seed(1);
    let mut given = Given::default();
    let hall = folder.path().join("hall");
    fs::create_dir(&hall).unwrap();
    let db = hall.join("hall.db");
    let wal = hall.join("hall.db-wal");
    let rounds = rounds(4);
    for round in 0..rounds {
        let log = folder.path().join(format!("log-{round}"));
        let mut files: HashMap<bool, Vec<u8>> = [(false, &db), (true, &wal)]
            .map(|(is_wal, path)| (is_wal, fs::read(path).unwrap_or_default()))
            .into();
        let prefix = [
            "env".to_owned(),
            format!("LD_PRELOAD={library}"),
            format!("WRITE_LOG={}", log.display()),
            format!("WRITE_LOG_OF={}", db.display()),
        ];
        let prefix: Vec<&str> = prefix.iter().map(String::as_str).collect();
        let mut server = Process::start(&prefix, &db).await;
        take_numbers(&mut server, &mut given, random.u64(1..200)).await;

        let log_bytes = fs::read(&log).unwrap();
        let records = records(&log_bytes);
        assert!(records.len() > 3, "nothing was logged");
        for (is_wal, path) in [(false, &db), (true, &wal)] {
            let of_file: Vec<&Record<'_>> = records
                .iter()
                .filter(|(wal, _)| *wal == is_wal)
                .map(|(_, record)| record)
                .collect();
            let file = files.get_mut(&is_wal).unwrap();
            after_the_cut(file, &of_file, &mut random);
            fs::write(path, file).unwrap();
        }
        let _ = fs::remove_file(hall.join("hall.db-shm"));
        fs::remove_file(&log).unwrap();
        let reader = open_to_read(&db).await.unwrap();
        given.check(&reader).await;
        let walked = reader.walk().await.unwrap();
        assert!(matches!(walked, Walked::Whole { .. }), "round {round}: {walked:?}");
    }
    let result = format!("{} numbers acknowledged, none lost, none twice", given.count());
    report("power cut while numbers are taken", rounds, &result);
}
