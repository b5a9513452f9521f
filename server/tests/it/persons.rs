//! Who may see what of a case: names are encrypted and masked, and each sign-in
//! admits only its own roles.

use crate::support::cases::{PERSON, files_below, photograph};
use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::json;

const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn names_are_encrypted_masked_revealed_to_few_and_erased_in_time() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    let shown = house.case(&cookie, &opened["id"]).await;
    assert_eq!(shown["applicant"]["name"], "欧阳**");
    assert_eq!(shown["applicant"]["number"], "1101**********002X");
    let look = json!({ "case": opened["id"] });
    let whole = house.post_as("/api/counter/look", &cookie, look.clone()).await.ok();
    assert_eq!(whole["name"], "欧阳小满");
    let other = house.sign_in("clerk2", "2").await;
    let no = house.post_as("/api/counter/look", &other, look.clone()).await.refusal();
    assert_eq!(no, (403, "not_your_case".to_owned()));
    let happened = house.case(&cookie, &opened["id"]).await["happened"].clone();
    let looks = happened
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["what"]["zh"] == "查看申请人信息")
        .count();
    assert_eq!(looks, 1, "{happened}");
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    let card = house.card(&cookie, &opened["id"]).await;
    let fetched = json!({ "identity_checked": true, "card": card });
    house.on_case(&cookie, "hand_over_result", &opened["id"], fetched).await.ok();

    let sealed = sealed(&house).await;
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|found| found == part);
    let bytes = |folder: &std::path::Path| {
        let read = |file| std::fs::read(folder.join(file)).unwrap_or_default();
        [read("hall.db"), read("hall.db-wal")].concat()
    };
    // A copy, since a file of a served database that is closed here would lose its locks.
    let copy = house.folder.path().join("copy");
    let copied = async || {
        let _ = std::fs::remove_dir_all(&copy);
        let from = house.folder.path();
        let done = std::process::Command::new("sh")
            .arg("-c")
            .arg("mkdir copy && cp hall.db hall.db-wal copy/")
            .current_dir(from)
            .status();
        assert!(done.unwrap().success());
        bytes(&copy)
    };
    let before = copied().await;
    assert!(sealed.iter().all(|value| has(&before, value)), "the test finds what is there");

    clock.set(SATURDAY_TEN + 1826 * DAY);
    house.service().erase_persons().await.unwrap();
    let after = copied().await;
    for (place, value) in sealed.iter().enumerate() {
        assert!(!has(&after, value), "sealed value {place} is left in the bytes of the database");
    }
    let progress = house.progress(&opened["token"]).await;
    assert_eq!(progress["case"]["applicant"], "");
    assert_eq!(progress["case"]["state"], "delivered", "what happened stays");
    let folder = house.stop().await;
    for file in ["hall.db", "hall.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        for text in ["欧阳小满", PERSON, "13812345678"] {
            assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()), "{text}");
        }
    }
    let left = files_below(&folder.path().join("hall.db.files"));
    assert!(left.is_empty(), "{left:?}");
}

/// What the row of the first person holds, encrypted or hashed.
async fn sealed(house: &House) -> Vec<Vec<u8>> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let row: (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>) =
        sqlx::query_as("SELECT name, number, telephone, number_key FROM persons WHERE case_id = 1")
            .fetch_one(&pool)
            .await
            .unwrap();
    pool.close().await;
    vec![row.0, row.1, row.2, row.3]
}

/// Runs a command; whether it succeeded, and its output.
fn jiban(folder: &std::path::Path, line: &str) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(line.split(' '))
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn a_new_key_encrypts_everything_and_only_it_opens_a_backup() {
    let mut house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    house.running.take().unwrap().stop().await;

    let folder = house.folder.path().to_owned();
    std::fs::copy(folder.join("hall.key"), folder.join("old.key")).unwrap();
    let (done, said) = jiban(&folder, "key --db hall.db");
    assert!(done && said.contains("persons 1, files 2"), "{said}");
    let (done, said) = jiban(&folder, "check --db hall.db");
    assert!(done, "{said}");
    let (done, said) = jiban(&folder, "check --db hall.db --key old.key");
    assert!(!done && said.contains("is not the one of this database"), "{said}");

    // A backup has its files beside it; the key is elsewhere, and necessary.
    std::fs::create_dir(folder.join("copy")).unwrap();
    let (done, said) = jiban(&folder, "backup copy/hall.db --db hall.db");
    assert!(done, "{said}");
    assert_eq!(files_below(&folder.join("copy/hall.db.files")).len(), 2, "with its thumbnail");
    let (done, said) = jiban(&folder, "check --db copy/hall.db");
    assert!(!done && said.contains("key"), "{said}");
    std::fs::copy(folder.join("hall.key"), folder.join("copy/hall.key")).unwrap();
    let (done, said) = jiban(&folder, "check --db copy/hall.db");
    assert!(done && said.contains("persons 1, files 1"), "{said}");
    let kept = files_below(&folder.join("copy/hall.db.files"));
    std::fs::rename(&kept[0], folder.join("aside")).unwrap();
    let (done, said) = jiban(&folder, "check --db copy/hall.db");
    assert!(!done && said.contains("table files"), "a photograph is lost: {said}");

    house.start_again().await;
    let office = house.office("review1").await;
    let case = format!("/api/office/case?case={}", opened["id"]);
    let shown = house.get_as(&case, &office).await.ok();
    assert_eq!(shown["applicant"]["name"], "欧阳**");
}

#[tokio::test]
async fn each_sign_in_admits_only_its_roles() {
    let house = House::open().await;
    let sign_in = |door: &str, name: &str| {
        let body = json!({ "name": name, "password": crate::support::PASSWORD, "counter": "1" });
        let path = format!("/api/{door}/sign_in");
        let house = &house;
        async move { house.post(&path, body).await.status.as_u16() }
    };
    for (door, name, status) in [
        ("office", "review1", 200),
        ("office", "supervisor", 200),
        ("office", "clerk1", 403),
        ("counter", "review1", 403),
        ("counter", "supervisor", 403),
        ("admin", "supervisor", 200),
        ("admin", "review1", 403),
    ] {
        assert_eq!(sign_in(door, name).await, status, "{name} at {door}");
    }
    let office = house.office("review1").await;
    assert_eq!(house.get_as("/api/office/figures", &office).await.refusal().0, 403);
    let supervisor = house.office("supervisor").await;
    for table in ["states", "matters", "departments", "days", "late"] {
        let path = format!("/api/office/figures.csv?table={table}");
        let csv = house.get_as(&path, &supervisor).await;
        assert_eq!(csv.status, 200, "{table}");
        assert!(csv.text().starts_with('\u{feff}'));
    }
    assert_eq!(house.get("/api/office/steps").await.refusal().0, 401);
}
