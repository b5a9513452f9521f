//! What is written is kept, sealed, and erased.

use std::time::Duration;

use jiban::clock::Clock;
use serde_json::json;

use super::MATTER;
use super::page::Page;
use crate::support::process::Process;
use crate::support::{House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60_000;

/// Whether a word is anywhere in the database or its log.
fn is_in_files(house: &House, word: &str) -> bool {
    let folder = house.db().parent().unwrap().to_owned();
    std::fs::read_dir(folder).unwrap().flatten().any(|file| {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

#[tokio::test]
async fn answers_survive_a_restart_and_cannot_be_read_on_the_disk() {
    let mut house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("不能读到的店名")).await.ok();
    house.restart().await;
    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["shop_name"], "不能读到的店名");
    assert_eq!(draft["written"]["shop_name"]["helper"], json!(null));
    assert!(!is_in_files(&house, "不能读到的店名"));
    house.stop().await;
}

#[tokio::test]
async fn a_draft_is_erased_when_its_time_is_over() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let token = house.begin_draft(MATTER).await;
    let kept = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("店名")).await.ok();
    clock.set(SATURDAY_TEN + 20 * DAY);
    house.write_field(&kept, "shop_name", json!("后来又写")).await.ok();
    clock.set(SATURDAY_TEN + 32 * DAY);
    house.service().erase_old_drafts().await.unwrap();
    let gone = house.draft(&token).await.ok();
    assert_eq!((&gone["state"], &gone["values"]), (&json!("expired"), &json!({})));
    let refused = house.write_field(&token, "shop_name", json!("又来")).await.refusal();
    assert_eq!(refused.1, "draft_not_writable");
    assert_eq!(house.draft(&kept).await.ok()["values"]["shop_name"], "后来又写");
    house.stop().await;
}

/// Two pages type at a server that is killed again and again; each goes on where it was. In
/// the end both show the same, and so do the rows.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_typed_is_lost_by_a_killed_server() {
    let house = House::of_a_process();
    let mut process = Process::start(&[], &house.db()).await;
    let house = house.moved_to(process.address);
    let token = house.begin_draft(MATTER).await;
    let mut here = Page::new(&token);
    let mut there = Page::new(&token);
    let mut house = house;
    let mut texts = [String::new(), String::new()];
    for round in 0..6 {
        here.connect(&house).await;
        there.connect(&house).await;
        for key in 0..12 {
            texts[0].push(char::from(b'a' + key));
            here.type_text("shop_name", &texts[0]).await;
            texts[1].push(char::from(b'n' + key));
            there.type_text("food_platforms", &texts[1]).await;
            if round % 2 == 0 {
                here.listen_for(Duration::from_millis(3)).await;
                there.listen_for(Duration::from_millis(3)).await;
            }
        }
        process.child.start_kill().unwrap();
        process.child.wait().await.unwrap();
        here.disconnect();
        there.disconnect();
        process = Process::start(&[], &house.db()).await;
        house = house.moved_to(process.address);
    }
    here.connect(&house).await;
    there.connect(&house).await;
    here.until_kept().await;
    there.until_kept().await;
    here.until_shown("food_platforms", &texts[1]).await;
    there.until_shown("shop_name", &texts[0]).await;
    let rows = house.draft(&token).await.ok();
    assert_eq!(rows["values"], serde_json::to_value(here.replica.values()).unwrap());
    assert_eq!(rows["values"], serde_json::to_value(there.replica.values()).unwrap());
    process.child.start_kill().unwrap();
}
