//! Drafts over HTTP: begun, written, sent, taken back, given up, and two at once.

mod beside;
mod kept;
mod moved;
mod new_form;
pub mod page;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, House, answers};

/// A matter of the demo with a form.
pub const MATTER: &str = "food-permit";

impl House {
    /// Begins a draft, and its token.
    pub async fn begin_draft(&self, matter: &str) -> String {
        let body = json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": matter });
        self.post("/api/apply/begin", body).await.ok()["token"].as_str().unwrap().to_owned()
    }

    pub async fn write_field(&self, token: &str, field: &str, value: Value) -> Answer {
        let id = Uuid::new_v4();
        let body = json!({ "request_id": id, "token": token, "field": field, "value": value });
        self.post("/api/apply/write", body).await
    }

    pub async fn draft(&self, token: &str) -> Answer {
        self.get(&format!("/api/apply?token={token}")).await
    }

    pub async fn on_draft(&self, verb: &str, token: &str) -> Answer {
        let body = json!({ "request_id": Uuid::new_v4(), "token": token });
        self.post(&format!("/api/apply/{verb}"), body).await
    }

    /// The six figures by which a helper joins, or another device goes on.
    pub async fn share_with(&self, token: &str, with: &str) -> String {
        let body = json!({ "request_id": Uuid::new_v4(), "token": token, "with": with });
        let shown = self.post("/api/apply/share", body).await.ok();
        shown["code"].as_str().unwrap().to_owned()
    }

    /// Writes right answers into all fields.
    pub async fn fill_draft(&self, token: &str, matter: &str) {
        for (field, value) in &answers::of_all_forms()[matter] {
            let value = serde_json::to_value(value).unwrap();
            self.write_field(token, field.as_str(), value).await.ok();
        }
    }
}

#[tokio::test]
async fn a_draft_is_begun_written_sent_taken_back_and_given_up() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let begun = house.draft(&token).await.ok();
    assert_eq!(begun["state"], "filling");
    assert_eq!(begun["proven"], false);
    assert_eq!(begun["form"]["groups"][0]["id"], "applicant");

    // What is not answered yet is told, field by field, and nothing is sent.
    let refused = house.on_draft("send", &token).await;
    assert_eq!(refused.refusal(), (422, "form_not_complete".to_owned()));
    let fields = refused.json()["fields"].as_array().unwrap().clone();
    assert!(fields.iter().any(|field| field["code"] == "required"), "{fields:?}");
    assert!(fields.iter().all(|field| !field["message"].as_str().unwrap().is_empty()));

    house.fill_draft(&token, MATTER).await;
    let checked = house.post("/api/apply/check", json!({ "token": token })).await.ok();
    assert_eq!(checked["fields"], json!([]));
    let once = json!({ "request_id": Uuid::new_v4(), "token": token });
    for _ in 0..2 {
        assert_eq!(house.post("/api/apply/send", once.clone()).await.ok()["state"], "sent");
    }
    assert_eq!(house.on_draft("send", &token).await.refusal().1, "wrong_draft_state");
    let refused = house.write_field(&token, "shop_name", json!("另一个")).await;
    assert_eq!(refused.refusal(), (409, "draft_not_writable".to_owned()));

    assert_eq!(house.on_draft("take_back", &token).await.ok()["state"], "filling");
    house.write_field(&token, "shop_name", json!("另一个")).await.ok();
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "另一个");

    assert_eq!(house.on_draft("withdraw", &token).await.ok()["state"], "withdrawn");
    let gone = house.draft(&token).await.ok();
    assert_eq!((&gone["values"], &gone["state"]), (&json!({}), &json!("withdrawn")));
    assert_eq!(house.on_draft("withdraw", &token).await.refusal().1, "wrong_draft_state");
    house.stop().await;
}

#[tokio::test]
async fn what_is_being_written_need_not_be_right_but_bounded() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let version = |answer: Answer| answer.ok()["version"].as_u64().unwrap();
    let first = version(house.write_field(&token, "applicant_telephone", json!("138")).await);
    let second = version(house.write_field(&token, "applicant_telephone", json!("1381")).await);
    assert!(second > first);
    for (field, value, refusal) in [
        ("nothing_like_it", json!("x"), (404, "unknown_field")),
        ("applicant_telephone", json!({ "a": "b" }), (422, "bad_value")),
        ("shop_name", json!("长".repeat(4_001)), (422, "bad_value")),
    ] {
        let answer = house.write_field(&token, field, value).await.refusal();
        assert_eq!(answer, (refusal.0, refusal.1.to_owned()), "{field}");
    }
    let five_megabytes = house.write_field(&token, "shop_name", json!("x".repeat(5_000_000))).await;
    assert_eq!(five_megabytes.status, 413);
    let rows = Value::Array(vec![json!({ "name": "张伟" }); 10_000]);
    let refused = house.write_field(&token, "staff", rows).await;
    assert!(refused.status == 413 || refused.status == 422, "{}", refused.status);
    assert_eq!(house.draft(&token).await.ok()["values"]["applicant_telephone"], "1381");
    let table = json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": "no-such" });
    assert_eq!(house.post("/api/apply/begin", table).await.refusal().1, "unknown_matter");
    let both = json!({ "request_id": Uuid::new_v4(), "hall": "main" });
    assert_eq!(house.post("/api/apply/begin", both).await.refusal().1, "bad_request");
    let unknown = house.draft("00000000000000000000000000").await;
    assert_eq!(unknown.refusal(), (404, "unknown_draft".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn a_repeat_begins_one_draft_and_writes_once() {
    let house = House::open().await;
    let body = json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": MATTER });
    let one = house.post("/api/apply/begin", body.clone()).await.ok();
    let again = house.post("/api/apply/begin", body).await.ok();
    assert_eq!(one["token"], again["token"]);
    let token = one["token"].as_str().unwrap();
    let write = json!({ "request_id": Uuid::new_v4(), "token": token, "field": "shop_name",
                        "value": "第一" });
    let first = house.post("/api/apply/write", write.clone()).await.ok();
    house.write_field(token, "shop_name", json!("第二")).await.ok();
    assert_eq!(house.post("/api/apply/write", write.clone()).await.ok(), first);
    assert_eq!(house.draft(token).await.ok()["values"]["shop_name"], "第二");
    // Also after the server was started anew: an old write does not come back.
    let mut house = house;
    house.restart().await;
    assert_eq!(house.post("/api/apply/write", write).await.ok(), first);
    assert_eq!(house.draft(token).await.ok()["values"]["shop_name"], "第二");
    house.stop().await;
}
