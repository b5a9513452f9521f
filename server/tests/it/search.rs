//! The search of a kiosk over HTTP; how close which word is, is tested where it is decided.

use serde_json::{Value, json};

use crate::support::House;

async fn search(house: &House, kiosk: &str, text: &str, lang: &str) -> Value {
    let body = json!({ "kiosk": kiosk, "text": text, "lang": lang });
    house.post("/api/kiosk/search", body).await.ok()
}

#[tokio::test]
async fn a_kiosk_finds_what_its_hall_offers() {
    let house = House::open().await;
    let found = search(&house, "K1", "营业执照", "zh-CN").await;
    assert_eq!(found["ids"][0], "proprietor-open");
    assert_eq!(found["by"], Value::Null);
    assert_eq!(search(&house, "K1", "SFZ", "zh-CN").await["ids"][0], "identity-renew");
    assert_eq!(search(&house, "K1", "lost ID", "en").await["ids"][0], "identity-lost");
    let closest = search(&house, "K1", "SFZQ", "zh-CN").await;
    assert_eq!((&closest["ids"][0], &closest["by"]), (&json!("identity-renew"), &json!("SFZ")));
    // K3 is in another hall, which has no permits.
    assert_eq!(search(&house, "K3", "营业执照", "zh-CN").await["ids"], json!([]));
    let body = json!({ "kiosk": "K9", "text": "x" });
    let refused = house.post("/api/kiosk/search", body).await.refusal();
    assert_eq!(refused, (404, "unknown_kiosk".to_owned()));
}

#[tokio::test]
async fn an_alias_that_the_director_adds_is_found_at_once() {
    let house = House::open().await;
    assert_eq!(search(&house, "K1", "鹧鸪证", "zh-CN").await["ids"], json!([]));
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    now["setup"]["hall"][0]["matter"][0]["aliases"] = json!(["鹧鸪证"]);
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();
    assert_eq!(search(&house, "K1", "鹧鸪证", "zh-CN").await["ids"][0], "food-permit");
}
