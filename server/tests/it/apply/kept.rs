//! What is kept of a draft is sealed, known to whoever tidies up, and erased in time.

use std::path::Path;
use std::process::Command;

use jiban::clock::Clock;
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use super::MATTER;
use crate::support::cases::photograph;
use crate::support::{House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60_000;

/// A draft with an answer and a file: its token, and the file.
async fn draft(house: &House) -> (String, String) {
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let key = house.draft(&token).await.ok()["materials"][0]["key"].clone();
    let key = percent_encoding::utf8_percent_encode(
        key.as_str().unwrap(),
        percent_encoding::NON_ALPHANUMERIC,
    )
    .to_string();
    let path = format!("/api/apply/attach?token={token}&material={key}");
    let draft = house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();
    let file = draft["materials"][0]["files"][0]["file"].as_str().unwrap().to_owned();
    (token, file)
}

async fn is_seen(house: &House, token: &str, file: &str) -> bool {
    house.get(&format!("/api/apply/file?token={token}&file={file}")).await.status == 200
}

/// Rows of answers and files, and remarks.
async fn rows(house: &House) -> (i64, i64, i64) {
    let options = SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM draft_values), (SELECT COUNT(*) FROM draft_files), \
         (SELECT COUNT(*) FROM drafts WHERE remarks IS NOT NULL)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    (row.get(0), row.get(1), row.get(2))
}

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

#[tokio::test]
async fn a_new_key_seals_answers_and_files_anew() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (token, file) = draft(&house).await;
    remarked(&house, &token).await;
    house.pause().await;
    let folder = house.folder.path().to_owned();
    let (whole, said) = jiban(&folder, "check --db hall.db");
    assert!(whole && said.contains("files 1,") && said.contains("drafts 1"), "{said}");
    let (done, said) = jiban(&folder, "key --db hall.db");
    assert!(done && said.contains("drafts 1"), "{said}");
    // The old key is not there any more, and nothing needs it.
    std::fs::remove_file(folder.join("hall.key.retired")).unwrap();
    let (whole, said) = jiban(&folder, "check --db hall.db");
    assert!(whole && said.contains("files 1,") && said.contains("drafts 1"), "{said}");
    house.start_again().await;
    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["shop_name"], "青禾区老陈面馆");
    assert_eq!(draft["remarks"][0]["words"], "请写全称。");
    assert!(is_seen(&house, &token, &file).await);
    // A file that was changed is found.
    house.pause().await;
    for stored in house.stored_files() {
        let mut bytes = std::fs::read(&stored).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&stored, bytes).unwrap();
    }
    let (whole, said) = jiban(&folder, "check --db hall.db");
    assert!(!whole && said.contains("draft_files"), "{said}");
}

#[tokio::test]
async fn a_lost_key_is_noticed_where_there_are_only_drafts() {
    let mut house = House::open().await;
    draft(&house).await;
    house.pause().await;
    let folder = house.folder.path().to_owned();
    std::fs::remove_file(folder.join("hall.key")).unwrap();
    let (whole, said) = jiban(&folder, "check --db hall.db");
    assert!(!whole && said.contains("hall.key is missing"), "{said}");
}

#[tokio::test]
async fn files_of_drafts_are_not_swept_and_expire_with_them() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let before = house.stored_files().len();
    let (token, file) = draft(&house).await;
    // By the machine's clock the file is of another time than the hall's: old enough.
    clock.set(SATURDAY_TEN + 25 * DAY);
    house.service().sweep_files().await.unwrap();
    assert!(is_seen(&house, &token, &file).await);
    assert_eq!(rows(&house).await, (1, 1, 0));
    clock.set(SATURDAY_TEN + 32 * DAY);
    house.service().erase_old_drafts().await.unwrap();
    assert_eq!(rows(&house).await, (0, 0, 0));
    assert_eq!(house.stored_files().len(), before);
    assert!(!is_seen(&house, &token, &file).await);
    let page = house.open_page(&format!("/d/{token}")).await;
    assert!(page.contains("data-state=\"expired\""), "{page}");
}

/// Sends a draft, which the hall remarks on.
async fn remarked(house: &House, token: &str) {
    house.fill_draft(token, MATTER).await;
    house.on_draft("send", token).await.ok();
    let clerk = house.sign_in("clerk1", "1").await;
    let sent = house.drafts_in_hand(&clerk).await[0]["id"].clone();
    let words = "请写全称。";
    let remark = json!({ "about": "draft", "words": words });
    house.check_draft(&clerk, "remark", &sent, remark).await.ok();
    house.check_draft(&clerk, "return", &sent, json!({})).await.ok();
    let page = house.open_page(&format!("/d/{token}")).await;
    assert!(page.contains(words), "{page}");
}

#[tokio::test]
async fn what_is_given_up_is_erased_at_once() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let before = house.stored_files().len();
    let (token, _) = draft(&house).await;
    remarked(&house, &token).await;
    let (kept, file) = draft(&house).await;
    assert_eq!(rows(&house).await.2, 1);
    house.on_draft("withdraw", &token).await.ok();
    assert_eq!(rows(&house).await, (1, 1, 0));
    assert_eq!(house.stored_files().len(), before + 2);
    assert!(is_seen(&house, &kept, &file).await);
}
