//! What is asked of an applicant is said: on the page, by the number, and on paper.

use serde_json::{Value, json};

use crate::support::House;

async fn page(house: &House, token: &Value, lang: &str) -> String {
    house.get(&format!("/t/{}?lang={lang}", token.as_str().unwrap())).await.text()
}

/// An accepted case for whose first step a reviewer has asked for more.
async fn asked_for_more(house: &House) -> (String, Value) {
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    house.verb(&cookie, "finish").await.ok();
    let office = house.office("review1").await;
    let steps = house.get_as("/api/office/steps", &office).await.ok();
    let step = steps["steps"][0]["id"].clone();
    let body = |more: Value| {
        let mut body = json!({ "request_id": uuid::Uuid::new_v4(), "step": step });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    house.post_as("/api/office/take", &office, body(json!({}))).await.ok();
    let more = json!({ "materials": ["加盖公章的平面图"], "note": "图上没有尺寸。" });
    house.post_as("/api/office/ask_for_more", &office, body(more)).await.ok();
    (cookie, opened)
}

#[tokio::test]
async fn what_a_department_asks_for_is_the_headline() {
    let house = House::open().await;
    let (cookie, opened) = asked_for_more(&house).await;
    let case = &house.progress(&opened["token"]).await["case"];
    assert_eq!(case["asked"][0]["reason"], "图上没有尺寸。");
    assert_eq!(case["missing"][0]["asked"], true);
    let says = page(&house, &opened["token"], "zh-CN").await;
    for words in ["需要补正 1 样材料", "图上没有尺寸。", "加盖公章的平面图"] {
        assert!(says.contains(words), "{words} is missing: {says}");
    }
    let says = page(&house, &opened["token"], "en").await;
    assert!(says.contains("One more document is needed"), "{says}");
    let paper = house
        .get_as(&format!("/counter/paper?case={}&paper=missing", opened["id"]), &cookie)
        .await
        .text();
    assert!(paper.contains("补正通知书") && paper.contains("图上没有尺寸。"), "{paper}");
    house.stop().await;
}

#[tokio::test]
async fn what_is_not_accepted_gives_its_reason_and_remedies() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let reason = json!({ "reason": "不属于本机关职权范围。" });
    house.on_case(&cookie, "decline_case", &opened["id"], reason).await.ok();
    let says = page(&house, &opened["token"], "zh-CN").await;
    for words in ["不予受理", "不属于本机关职权范围。", "行政复议", "自收到通知书之日起"]
    {
        assert!(says.contains(words), "{words} is missing: {says}");
    }
    assert!(!says.contains("不予许可"), "{says}");
    house.stop().await;
}
