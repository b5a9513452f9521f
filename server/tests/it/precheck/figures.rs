//! What the director is told of the applications.

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::drafts::MATTER;
use crate::support::{House, SATURDAY_TEN, answers};

#[tokio::test]
async fn the_director_sees_how_applications_came_and_what_was_wrong() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "applicant_telephone", json!("138")).await.ok();
    for _ in 0..2 {
        assert_eq!(house.on_draft("send", &token).await.refusal().1, "form_not_complete");
    }
    house.fill_draft(&token, MATTER).await;
    house.on_draft("send", &token).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let brief = house.drafts_in_hand(&clerk).await[0].clone();
    let opened = house.open_from_draft(&clerk, ticket, &brief["token"]).await.ok();
    house.mark_all(&clerk, &opened).await;
    house.accept(&clerk, &opened["id"]).await;
    house.verb(&clerk, "finish").await.ok();
    house.accepted("clerk1", "1", MATTER).await;

    let supervisor = house.office("supervisor").await;
    let figures = house.get_as("/api/office/figures?hall=main", &supervisor).await.ok();
    let phone = &figures["applications"][0];
    assert_eq!(phone["by"], "phone");
    assert_eq!(
        (&phone["sent"], &phone["accepted"], &phone["first_time"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(phone["minutes"], 0);
    let counter = &figures["applications"][1];
    assert_eq!((&counter["by"], &counter["accepted"]), (&json!("counter"), &json!(1)));
    let wrong = figures["wrong_fields"].as_array().unwrap();
    let telephone = wrong.iter().find(|row| row["field"]["zh"] == "联系电话").unwrap();
    assert_eq!(telephone["count"], 1, "an application counts once, however often it is sent");
    let csv = "/api/office/figures.csv?hall=main&table=applications";
    assert!(house.get_as(csv, &supervisor).await.text().contains('1'));
    house.stop().await;
}

#[tokio::test]
async fn the_director_sees_by_which_way_and_with_what_effort() {
    const SECOND: i64 = 1_000;
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let fresh = || json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": MATTER });
    let token_in = |answer: Value| answer["token"].as_str().unwrap().to_owned();
    let alone = house.begin_draft(MATTER).await;
    let mut at_kiosk = fresh();
    at_kiosk["kiosk"] = json!("K1");
    let terminal = token_in(house.post("/api/apply/begin", at_kiosk).await.ok());
    // With the clerk at a counter is a way of its own, and no help beside a phone.
    let begun = house.post_as("/api/help/begin", &clerk, fresh()).await.ok();
    let figures = json!({ "code": begun["code"]["code"] });
    let desk = token_in(house.post("/api/apply/continue", figures).await.ok());
    let helped = house.begin_draft(MATTER).await;
    let share = json!({ "request_id": Uuid::new_v4(), "token": helped });
    let code = house.post("/api/apply/share", share).await.ok()["code"].clone();
    house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();

    for token in [&alone, &terminal, &desk, &helped] {
        house.fill_draft(token, MATTER).await;
    }
    // Three touches; half a minute later eight; the next morning two: the night is not counted.
    for (waits, touches) in [(0, 3), (30 * SECOND, 8), (20 * 3_600 * SECOND, 2)] {
        house.clock.set(house.clock.now() + waits);
        let body = json!({
            "request_id": Uuid::new_v4(), "token": alone, "field": "applicant_telephone",
            "value": if touches == 2 { "13800138000" } else { "138" }, "touches": touches,
        });
        let kept = house.post("/api/apply/write", body.clone()).await.ok();
        // A repeat takes nobody more.
        assert_eq!(house.post("/api/apply/write", body).await.ok(), kept);
    }
    for token in [&alone, &helped] {
        let telephone = house.draft(token).await.ok()["values"]["applicant_telephone"].clone();
        house.write_field(token, "applicant_telephone", json!("138")).await.ok();
        assert_eq!(house.on_draft("send", token).await.refusal().1, "form_not_complete");
        house.write_field(token, "applicant_telephone", telephone).await.ok();
    }
    for token in [&alone, &terminal, &desk, &helped] {
        house.on_draft("send", token).await.ok();
    }
    let supervisor = house.office("supervisor").await;
    let figures = house.get_as("/api/office/figures?hall=main", &supervisor).await.ok();
    let rows = figures["applications"].as_array().unwrap();
    let of = |by: &str| rows.iter().find(|row| row["by"] == by).cloned();
    for by in ["phone", "terminal", "desk", "side_by_side"] {
        assert_eq!(of(by).unwrap()["sent"], 1, "{by}: {rows:?}");
    }
    let answers = answers::of_all_forms()[MATTER].len();
    let phone = of("phone").unwrap();
    assert_eq!(phone["touches"], answers + 3 + 8 + 2 + 2);
    assert_eq!(phone["minutes"], 1, "half a minute, rounded");
    assert_eq!(of("terminal").unwrap()["touches"], answers);
    let wrong = figures["wrong_fields"].as_array().unwrap();
    let telephone = wrong.iter().find(|row| row["field"]["zh"] == "联系电话").unwrap();
    assert_eq!((&telephone["count"], &telephone["helped"]), (&json!(2), &json!(1)));
    house.stop().await;
}
