//! Moves of a draft whose client leaves, repeats that meet what is not kept yet, and words that
//! change under what was agreed to.

use jiban::clock::Clock;
use jiban_domain::draft::Writer;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use uuid::Uuid;

use super::MATTER;
use super::page::Page;
use crate::support::{House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60_000;

/// Sends a call and does not wait for the answer, as a tab that is closed.
async fn call_and_leave(house: &House, path: &str, cookie: &str, body: &Value) {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         cookie: {cookie}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(house.address()).await.unwrap();
    stream.write_all((head + &body).as_bytes()).await.unwrap();
    let _ = stream.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_what_was_committed_whoever_left_meanwhile() {
    let house = House::open().await;
    for round in 0..12 {
        let token = house.begin_draft(MATTER).await;
        house.fill_draft(&token, MATTER).await;
        let send = json!({ "request_id": Uuid::new_v4(), "token": token });
        call_and_leave(&house, "/api/apply/send", "", &send).await;
        // The same request, asked for again, is answered once it is done.
        house.post("/api/apply/send", send).await.ok();
        assert_eq!(house.draft(&token).await.ok()["state"], "sent", "round {round}");
        // Nothing is written into what was sent.
        let refused = house.write_field(&token, "shop_name", json!("后来改的")).await.refusal();
        assert_eq!(refused, (409, "draft_not_writable".to_owned()));
        let back = json!({ "request_id": Uuid::new_v4(), "token": token });
        call_and_leave(&house, "/api/apply/take_back", "", &back).await;
        house.post("/api/apply/take_back", back).await.ok();
        house.write_field(&token, "shop_name", json!("改好了")).await.ok();
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_helper_who_left_while_it_was_begun_helps_all_the_same() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    for round in 0..12 {
        let begin = json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": MATTER });
        call_and_leave(&house, "/api/help/begin", &clerk, &begin).await;
        let begun = house.post_as("/api/help/begin", &clerk, begin).await;
        assert_eq!(begun.status, 200, "round {round}: {}", begun.text());
        let begun = begun.ok();
        let beside = begun["token"].as_str().unwrap();
        house.write_field(beside, "shop_name", json!("窗口帮填")).await.ok();
        let code = json!({ "code": begun["code"]["code"] });
        let draft = house.post("/api/apply/continue", code).await.ok();
        assert!(draft["helper"].is_object(), "who is beside the applicant is told");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_devices_that_send_at_once_one_has_sent() {
    let house = House::open().await;
    for _ in 0..4 {
        let token = house.begin_draft(MATTER).await;
        house.fill_draft(&token, MATTER).await;
        let (one, other) =
            tokio::join!(house.on_draft("send", &token), house.on_draft("send", &token));
        let (sent, refused) = if one.status == 200 { (one, other) } else { (other, one) };
        assert_eq!(sent.ok()["state"], "sent");
        assert_eq!(refused.refusal(), (409, "wrong_draft_state".to_owned()));
    }
    let clerk = house.sign_in("clerk1", "1").await;
    let sent = house.drafts_in_hand(&clerk).await;
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|draft| draft["times_sent"] == 1), "{sent:?}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_write_keeps_what_the_other_side_wrote() {
    let mut house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.share_with(&token, "helper").await;
    let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = joined["token"].as_str().unwrap();
    let mut helper = Page::of(beside, Writer::Helper("clerk1".into()));
    helper.connect(&house).await;
    let write = json!({
        "request_id": Uuid::new_v4(), "token": token, "field": "shop_name", "value": "店名",
    });
    house.post("/api/apply/write", write.clone()).await.ok();
    let mut text = String::new();
    for key in 'a'..='l' {
        text.push(key);
        helper.type_text("food_platforms", &text).await;
        helper.until_shown("food_platforms", &text).await;
        house.post("/api/apply/write", write.clone()).await.ok();
    }
    helper.until_kept().await;
    helper.disconnect();
    house.restart().await;
    let values = house.draft(&token).await.ok()["values"].clone();
    assert_eq!(values["food_platforms"], text.as_str(), "{values}");
    house.stop().await;
}

#[tokio::test]
async fn what_was_changed_since_it_was_read_is_not_sent() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    let read = house.draft(&token).await.ok()["version"].clone();
    house.write_field(&token, "shop_name", json!("别人改的")).await.ok();
    let send = |version: &Value| {
        let id = Uuid::new_v4();
        house.post(
            "/api/apply/send",
            json!({ "request_id": id, "token": token, "version": version }),
        )
    };
    assert_eq!(send(&read).await.refusal(), (409, "changed_meanwhile".to_owned()));
    let sign = format!("/api/apply/sign?token={token}&version={read}");
    let signature = crate::support::cases::signature();
    let signed = house.post_raw(&sign, "", "image/png", signature.into()).await;
    assert_eq!(signed.refusal(), (409, "changed_meanwhile".to_owned()));
    assert_eq!(house.draft(&token).await.ok()["state"], "filling");
    let now = house.draft(&token).await.ok()["version"].clone();
    send(&now).await.ok();
    house.stop().await;
}

/// Gives the consent `truth` of a matter other words.
async fn reword(house: &House) {
    house
        .change_setup(|setup| {
            let mut consents = 0;
            for matter in setup["hall"][0]["matter"].as_array_mut().unwrap() {
                let groups = matter.get_mut("form").and_then(Value::as_array_mut);
                for group in groups.into_iter().flatten() {
                    let fields = group.get_mut("field").and_then(Value::as_array_mut);
                    for field in fields.into_iter().flatten() {
                        if field.get("kind").is_some_and(|kind| kind == "consent") {
                            field["statement"] = json!({ "zh": "换了一段话", "en": "Other words" });
                            consents += 1;
                        }
                    }
                }
            }
            assert!(consents > 0);
        })
        .await;
}

#[tokio::test]
async fn other_words_are_agreed_to_anew() {
    let mut house = House::open().await;
    let [open, sent] = [house.begin_draft(MATTER).await, house.begin_draft(MATTER).await];
    for token in [&open, &sent] {
        house.fill_draft(token, MATTER).await;
    }
    house.on_draft("send", &sent).await.ok();
    let agreed = |draft: &Value| {
        let groups = draft["form"]["groups"].as_array().unwrap().clone();
        let fields =
            groups.into_iter().flat_map(|group| group["field"].as_array().unwrap().clone());
        let consents = fields.filter(|field| field["kind"] == "consent");
        consents.filter(|field| draft["values"][field["id"].as_str().unwrap()] == true).count()
    };
    let before = agreed(&house.draft(&open).await.ok());
    assert!(before > 0);
    reword(&house).await;
    assert_eq!(agreed(&house.draft(&open).await.ok()), 0);
    assert_eq!(house.on_draft("send", &open).await.refusal().1, "form_not_complete");
    // Also after a restart; and what is agreed to then stays agreed to.
    house.restart().await;
    assert_eq!(agreed(&house.draft(&open).await.ok()), 0);
    house.fill_draft(&open, MATTER).await;
    house.restart().await;
    assert_eq!(agreed(&house.draft(&open).await.ok()), before);
    house.on_draft("send", &open).await.ok();
    // What was sent before stays as it was read.
    assert_eq!(house.draft(&sent).await.ok()["state"], "sent");
    house.stop().await;
}

#[tokio::test]
async fn what_was_sent_or_cleared_is_kept_as_long_as_what_was_written() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    clock.set(SATURDAY_TEN + 28 * DAY);
    house.on_draft("send", &token).await.ok();
    clock.set(SATURDAY_TEN + 40 * DAY);
    house.service().erase_old_drafts().await.unwrap();
    assert_eq!(house.draft(&token).await.ok()["state"], "sent");
    house.stop().await;
}
