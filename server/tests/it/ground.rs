//! The files under a hall are deleted, moved, replaced or cut short while it is served, or
//! are gone when it starts.

use std::fs::{self, File};
use std::path::Path;

use crate::support::House;
use crate::support::cases::photograph;
use crate::support::process::{Process, post};
use jiban::serve::StartError;
use jiban::store::trail::Walked;
use jiban::store::{Store, StoreError, open_to_read};
use serde_json::json;

/// A served hall with a few numbers, in a process of its own: a file that this process opened
/// and closed would take the server's locks on it away.
async fn served() -> (House, Process) {
    let house = House::of_a_process();
    let server = Process::start(&[], &house.db()).await;
    let house = house.moved_to(server.address);
    for _ in 0..3 {
        house.issue("marriage").await;
    }
    (house, server)
}

/// The status of a number, and of `/healthz` with its first line.
async fn state(house: &House) -> (u16, u16, String) {
    let number = house.post("/api/kiosk/issue", crate::support::issue("marriage")).await;
    let health = house.get("/healthz").await;
    (number.status.as_u16(), health.status.as_u16(), health.text().trim().to_owned())
}

async fn assert_nothing_is_saved(house: &House, what: &str) {
    let lost = "the database was deleted, moved, replaced or cut short".to_owned();
    for _ in 0..2 {
        assert_eq!(state(house).await, (503, 503, lost.clone()), "{what}");
    }
}

async fn assert_all_is_well(house: &House, what: &str) {
    assert_eq!(state(house).await, (200, 200, "ok".to_owned()), "{what}");
}

#[tokio::test]
async fn a_database_moved_away_is_noticed_and_goes_on_when_it_is_back() {
    let (house, server) = served().await;
    let aside = house.folder.path().join("aside");
    for file in ["hall.db", "hall.db-wal", "hall.db-shm"] {
        assert_all_is_well(&house, file).await;
        let path = house.folder.path().join(file);
        fs::rename(&path, &aside).unwrap();
        assert_nothing_is_saved(&house, file).await;
        let seen = house.get("/api/hall").await;
        assert_eq!(seen.status, 200, "what was saved is still shown");
        fs::rename(&aside, &path).unwrap();
    }
    assert_all_is_well(&house, "it is back").await;
    drop(server);
    let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { tickets: 7, .. }), "{walked:?}");
}

#[tokio::test]
async fn a_database_replaced_or_cut_short_is_noticed() {
    for file in ["hall.db", "hall.db-wal"] {
        let (house, _server) = served().await;
        let (path, copy) = (house.folder.path().join(file), house.folder.path().join("copy"));
        fs::copy(&path, &copy).unwrap();
        fs::rename(&copy, &path).unwrap();
        assert_nothing_is_saved(&house, file).await;

        let (house, _server) = served().await;
        let path = house.folder.path().join(file);
        let length = fs::metadata(&path).unwrap().len();
        File::options().write(true).open(&path).unwrap().set_len(length - 1).unwrap();
        assert_nothing_is_saved(&house, file).await;
    }
}

/// What the first server acknowledged is in the file that it was given; a second one on the
/// same name, or the same file under another name, does not start.
#[tokio::test]
async fn a_second_server_is_refused_whatever_became_of_the_names() {
    let (house, server) = served().await;
    let folder = house.folder.path();
    let refused = async |name: &str| {
        let second = Store::open(&folder.join(name)).await;
        assert!(matches!(second, Err(StoreError::InUse(_))), "{name}: {second:?}");
    };
    std::os::unix::fs::symlink(house.db(), folder.join("symbolic.db")).unwrap();
    refused("symbolic.db").await;
    fs::hard_link(house.db(), folder.join("hard.db")).unwrap();
    refused("hard.db").await;
    fs::rename(house.db(), folder.join("moved.db")).unwrap();
    refused("moved.db").await;
    refused("hall.db").await;
    fs::write(house.db(), "").unwrap();
    refused("hall.db").await;
    refused("symbolic.db").await;
    assert_nothing_is_saved(&house, "a second file has its name").await;
    // The lock on the name can be removed; it is made again.
    fs::remove_file(folder.join("hall.db.lock")).unwrap();
    house.get("/healthz").await;
    fs::rename(folder.join("moved.db"), house.db()).unwrap();
    assert_all_is_well(&house, "it is back").await;
    refused("hall.db").await;
    drop(server);
}

#[tokio::test]
async fn a_database_with_two_names_does_not_start() {
    let mut house = House::open().await;
    house.pause().await;
    let other = house.folder.path().join("other.db");
    fs::hard_link(house.db(), &other).unwrap();
    let refused = house.try_to_start().await.unwrap_err();
    assert!(refused.to_string().contains("hard link"), "{refused}");
    fs::remove_file(other).unwrap();
    house.start_again().await;
}

#[tokio::test]
async fn a_lost_database_is_not_taken_for_a_new_hall() {
    let mut house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    house.pause().await;
    let folder = house.folder.path().to_owned();
    let whole = fs::read(house.db()).unwrap();

    let refused = async |house: &mut House, state: &str, remains: &[&str]| {
        let before = names(&folder);
        let refused = house.try_to_start().await.unwrap_err();
        assert!(matches!(&refused, StartError::Store(StoreError::Lost { .. })), "{refused}");
        let said = refused.to_string();
        for word in [state, "not a new hall", "Restore the database"].iter().chain(remains) {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert_eq!(names(&folder), before, "nothing was made");
    };
    fs::remove_file(house.db()).unwrap();
    refused(&mut house, "hall.db is missing", &["hall.key", "hall.db.files"]).await;
    fs::write(house.db(), "").unwrap();
    refused(&mut house, "hall.db is empty", &["hall.key", "hall.db.files"]).await;
    assert_eq!(fs::metadata(house.db()).unwrap().len(), 0);
    // Any one of the remains is enough.
    fs::rename(folder.join("hall.key"), folder.join("key-aside")).unwrap();
    refused(&mut house, "hall.db is empty", &["hall.db.files"]).await;
    fs::rename(folder.join("hall.db.files"), folder.join("files-aside")).unwrap();
    fs::write(folder.join("hall.db-wal"), [0; 64]).unwrap();
    refused(&mut house, "hall.db is empty", &["hall.db-wal"]).await;
    assert_eq!(fs::metadata(folder.join("hall.db-wal")).unwrap().len(), 64, "nor removed");
    fs::remove_file(folder.join("hall.db-wal")).unwrap();

    // Restored, it is the hall again.
    fs::rename(folder.join("key-aside"), folder.join("hall.key")).unwrap();
    fs::rename(folder.join("files-aside"), folder.join("hall.db.files")).unwrap();
    fs::write(house.db(), whole).unwrap();
    house.start_again().await;
    assert_eq!(house.case(&cookie, &opened["id"]).await["state"], "accepted");
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

/// A server whose database was taken away and replaced leaves the other's log alone when it
/// stops.
#[tokio::test]
async fn a_server_that_lost_its_database_leaves_the_next_one_alone() {
    let (house, mut server) = served().await;
    let folder = house.folder.path();
    fs::create_dir(folder.join("aside")).unwrap();
    for file in ["hall.db", "hall.db-wal", "hall.db-shm"] {
        fs::rename(folder.join(file), folder.join("aside").join(file)).unwrap();
        fs::write(folder.join(file), "another").unwrap();
    }
    let asked = std::process::Command::new("kill")
        .arg(server.child.id().unwrap().to_string())
        .status()
        .unwrap();
    assert!(asked.success());
    server.child.wait().await.unwrap();
    for file in ["hall.db", "hall.db-wal", "hall.db-shm"] {
        assert_eq!(fs::read(folder.join(file)).unwrap(), b"another", "{file}");
    }
    // And its own is complete where it is now.
    let moved = folder.join("aside/hall.db");
    let walked = open_to_read(&moved).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { tickets: 3, .. }), "{walked:?}");
}

#[tokio::test]
async fn without_its_key_or_folder_nothing_is_sealed_but_numbers_are_given() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let case = json!({ "matter": "food-permit" });
    let folder = house.folder.path();
    let aside = folder.join("aside");
    let health = async || house.get("/healthz").await.text();

    fs::rename(folder.join("hall.key"), &aside).unwrap();
    let refused = house.try_open(&cookie, ticket, &case, crate::support::cases::PERSON).await;
    assert_eq!(refused.refusal(), (503, "unavailable".into()));
    assert_eq!(health().await, "the key file was removed or replaced\n");
    house.issue("marriage").await;
    // Another hall's key in its place.
    let other = House::open().await;
    fs::copy(other.folder.path().join("hall.key"), folder.join("hall.key")).unwrap();
    assert_eq!(health().await, "the key file was removed or replaced\n");
    fs::rename(&aside, folder.join("hall.key")).unwrap();
    let opened = house.open_case(&cookie, ticket, &case).await;

    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    let attach = async || house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await;
    fs::rename(folder.join("hall.db.files"), &aside).unwrap();
    fs::create_dir(folder.join("hall.db.files")).unwrap();
    assert_eq!(attach().await.refusal().0, 503);
    assert_eq!(health().await, "the folder of uploaded files was moved or replaced\n");
    house.issue("marriage").await;
    fs::remove_dir(folder.join("hall.db.files")).unwrap();
    fs::rename(&aside, folder.join("hall.db.files")).unwrap();
    attach().await.ok();
    assert_eq!(health().await, "ok\n");
}

/// Every number that was answered is there after the restart, however the database was taken
/// away in between: nothing is answered that would not be.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_number_is_given_that_the_moved_database_does_not_have() {
    let house = House::of_a_process();
    let mut server = Process::start(&[], &house.db()).await;
    let address = server.address;
    let mut kiosks = tokio::task::JoinSet::new();
    let (answered, mut answers) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..4 {
        let answered = answered.clone();
        kiosks.spawn(async move {
            // Until the first refusal.
            loop {
                let body = crate::support::issue("marriage");
                let answer = post(address, "/api/kiosk/issue", &body).await.unwrap();
                if !answer.starts_with("HTTP/1.1 200") {
                    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
                    return;
                }
                answered.send(answer).unwrap();
            }
        });
    }
    drop(answered);
    let mut given = 0;
    while given < 40 {
        answers.recv().await.unwrap();
        given += 1;
    }
    let moved = house.folder.path().join("moved.db");
    fs::rename(house.db(), &moved).unwrap();
    kiosks.join_all().await;
    while answers.recv().await.is_some() {
        given += 1;
    }
    server.child.start_kill().unwrap();
    server.child.wait().await.unwrap();
    fs::rename(&moved, house.db()).unwrap();
    let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
    let Walked::Whole { tickets, .. } = walked else { panic!("{walked:?}") };
    assert!(tickets >= given, "{tickets} of {given}");
}
