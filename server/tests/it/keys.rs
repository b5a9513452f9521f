//! A key file that is lost, empty, another hall's or of another time is noticed at the start,
//! and called by its name.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::House;
use crate::support::cases::photograph;
use jiban::vault::KeyFile;
use sqlx::sqlite::SqliteConnectOptions;

/// Runs a command; whether it succeeded, and its output.
fn jiban(folder: &Path, line: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(line.split(' '))
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// A stopped hall with one case and its photograph, or without any.
async fn hall(with_case: bool) -> House {
    let mut house = House::open().await;
    if with_case {
        let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
        let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
        house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    }
    house.pause().await;
    house
}

fn put_key(house: &House, key: &[u8]) {
    let path = house.folder.path().join("hall.key");
    fs::write(&path, key).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn key(house: &House) -> Vec<u8> {
    fs::read(house.folder.path().join("hall.key")).unwrap()
}

/// The name of the newest key, such as `key 1 of set 9f3a…`.
fn name(house: &House) -> String {
    KeyFile::open(&house.folder.path().join("hall.key"), false).unwrap().newest().to_string()
}

/// The start and every command refuse with these words; neither makes nor changes a key.
async fn assert_refused(house: &mut House, with_case: bool, words: &[&str]) {
    let folder = house.folder.path().to_owned();
    let before = fs::read(folder.join("hall.key")).ok();
    let mut said = vec![house.try_to_start().await.unwrap_err().to_string()];
    for line in ["check --db hall.db", "key --db hall.db", "backup copy.db --db hall.db"] {
        let (done, output) = jiban(&folder, line);
        assert!(!output.contains("changed by other means"), "{output}");
        // A copy is worth more than none; and where nothing is encrypted yet, a check only
        // says it.
        let goes_on = line.starts_with("backup") || !with_case && line.starts_with("check");
        assert_eq!(done, goes_on, "{line}: {output}");
        said.push(output);
        let _ = fs::remove_file(folder.join("copy.db"));
    }
    for said in said {
        for word in words {
            assert!(said.contains(word), "expected {word}: {said}");
        }
    }
    assert_eq!(fs::read(folder.join("hall.key")).ok(), before);
}

#[tokio::test]
async fn a_wrong_key_is_refused_at_the_start_and_called_by_its_name() {
    let other = hall(false).await;
    for with_case in [true, false] {
        let mut house = hall(with_case).await;
        let (own, wanted, given) = (key(&house), name(&house), name(&other));
        let wanted = &*format!("needs {wanted}");
        put_key(&house, &key(&other));
        assert_refused(&mut house, with_case, &["is not the one of this database", wanted, &given])
            .await;
        put_key(&house, b"");
        assert_refused(&mut house, with_case, &["index key is missing", wanted]).await;
        fs::remove_file(house.folder.path().join("hall.key")).unwrap();
        assert_refused(&mut house, with_case, &["hall.key is missing", wanted]).await;
        put_key(&house, &own);
        house.start_again().await;
    }
}

#[tokio::test]
async fn a_key_file_of_another_time_is_refused_and_the_retired_key_opens_the_old_backup() {
    let mut house = hall(true).await;
    let folder = house.folder.path().to_owned();
    let (first, first_key) = (name(&house), key(&house));
    fs::create_dir(folder.join("old")).unwrap();
    assert!(jiban(&folder, "backup old/hall.db --db hall.db").0);
    let (done, said) = jiban(&folder, "key --db hall.db");
    let second = name(&house);
    assert!(done, "{said}");
    let open = format!("Backups made before now still need {first}");
    for word in [&*second, &open, "hall.key.retired", "with --key", "Make a new copy of hall.key"] {
        assert!(said.contains(word), "expected {word}: {said}");
    }
    let second_key = key(&house);

    put_key(&house, &first_key);
    assert_refused(&mut house, true, &[&format!("needs {second}"), &first]).await;
    put_key(&house, &second_key);
    // The old backup with the new key: it says which one it wants.
    let (done, said) = jiban(&folder, "check --db old/hall.db --key hall.key");
    assert!(
        !done && said.contains(&format!("needs {first}")) && said.contains(".retired"),
        "{said}"
    );
    let (done, said) = jiban(&folder, "check --db old/hall.db --key hall.key.retired");
    assert!(done && said.contains("persons 1, files 1"), "{said}");

    // A copy that got a new key by itself has another second key.
    fs::copy(folder.join("hall.key.retired"), folder.join("old/hall.key")).unwrap();
    assert!(jiban(&folder, "key --db old/hall.db").0);
    put_key(&house, &fs::read(folder.join("old/hall.key")).unwrap());
    assert_refused(&mut house, true, &["another key 2", "separately"]).await;
    put_key(&house, &second_key);
    house.start_again().await;
}

/// As a database and key file of an earlier version are: no known value, no set.
async fn make_old(house: &House) {
    let options = SqliteConnectOptions::new().filename(house.db());
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("DELETE FROM known_value").execute(&pool).await.unwrap();
    pool.close().await;
    let text = String::from_utf8(key(house)).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("set ")).collect();
    put_key(
        house,
        lines
            .join(
                "
",
            )
            .as_bytes(),
    );
}

#[tokio::test]
async fn an_older_database_takes_only_a_key_that_opens_what_it_has() {
    let other = hall(false).await;
    let mut house = hall(true).await;
    make_old(&house).await;
    let own = key(&house);
    put_key(&house, &key(&other));
    assert_refused(&mut house, true, &["does not open the applicant of case 1", &name(&other)])
        .await;
    fs::remove_file(house.folder.path().join("hall.key")).unwrap();
    assert_refused(&mut house, true, &["hall.key is missing"]).await;
    put_key(&house, &own);
    let (done, said) = jiban(house.folder.path(), "check --db hall.db");
    assert!(done, "{said}");
    house.start_again().await;
    house.pause().await;
    // From now on it knows its key.
    put_key(&house, &key(&other));
    assert_refused(&mut house, true, &["is not the one of this database"]).await;
}
