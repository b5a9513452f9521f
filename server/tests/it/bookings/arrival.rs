//! On the day: checked in at a kiosk or counter, early, late, twice, or not at all.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    DAY, MATTER, MINUTE, MONDAY_NINE, booked, check_in, confirm, hall, hall_with, hold_on, now,
    person,
};
use crate::support::issue;

#[tokio::test]
async fn on_time_a_booking_becomes_a_ticket_before_those_who_came_shortly_before() {
    let (house, clock) = hall().await;
    let booking = booked(&house, "10:00", &person()).await;
    let ten = MONDAY_NINE + 60 * MINUTE;
    clock.set(ten - 40 * MINUTE);
    let long_before = house.issue(MATTER).await;
    clock.set(ten - 20 * MINUTE);
    let shortly_before = house.issue(MATTER).await;
    assert_eq!(shortly_before["ahead"], 1);
    clock.set(ten);
    let code = json!({ "typed": booking["code"] });
    let arrived = check_in(&house, code).await.ok();
    assert_eq!((&arrived["late"], &arrived["ahead"]), (&json!(false), &json!(1)));
    assert_eq!(arrived["when"]["zh"], "今天 10:00");
    assert_eq!(now(&house, &booking).await["state"], "checked_in");
    let clerk = house.sign_in("clerk1", "1").await;
    let mut called = Vec::new();
    for _ in 0..3 {
        let next = house.verb(&clerk, "call_next").await.ok();
        called.push(next["ticket"]["number"].clone());
    }
    let wanted = [&long_before["number"], &arrived["number"], &shortly_before["number"]];
    assert_eq!(called.iter().collect::<Vec<_>>(), wanted);
    house.stop().await;
}

/// The longest wait told to who comes on Monday at nine, behind two others, where these slots
/// are booked.
async fn wait_with(slots: &[&str]) -> u64 {
    let (house, clock) = hall().await;
    for slot in slots {
        booked(&house, slot, &person()).await;
    }
    clock.set(MONDAY_NINE);
    house.sign_in("clerk1", "1").await;
    house.issue(MATTER).await;
    house.issue(MATTER).await;
    let lines = house.get("/api/hall").await.ok();
    let line = lines["lines"].as_array().unwrap().iter().find(|line| line["id"] == "business");
    let wait = line.unwrap()["wait_minutes"]["high"].as_u64().unwrap();
    house.stop().await;
    wait
}

#[tokio::test]
async fn the_wait_shown_counts_bookings_that_will_come_in_before() {
    let without = wait_with(&[]).await;
    let with_one = wait_with(&["09:00"]).await;
    assert!(with_one > without, "{with_one} is not more than {without}");
    // Those of the afternoon will not come in before who comes now.
    assert_eq!(wait_with(&["16:00"]).await, without);
}

#[tokio::test]
async fn by_qr_code_number_or_telephone_and_twice_is_one_ticket() {
    let (house, clock) = hall().await;
    let numbers = [person(), person(), person()];
    let mut tokens = Vec::new();
    for (number, slot) in numbers.iter().zip(["09:00", "09:30", "10:00"]) {
        tokens.push(booked(&house, slot, number).await);
    }
    clock.set(MONDAY_NINE);
    let by_token = json!({ "token": tokens[0]["token"] });
    let first = check_in(&house, by_token.clone()).await.ok();
    let again = check_in(&house, by_token).await.ok();
    assert_eq!(first["number"], again["number"]);
    assert_eq!(first["id"], again["id"], "checked in twice, one ticket");
    let second = check_in(&house, json!({ "typed": numbers[1].to_lowercase() })).await.ok();
    assert_ne!(second["number"], first["number"]);
    clock.set(MONDAY_NINE + 40 * MINUTE);
    // The telephone number is that of all three: the one that has not arrived is meant.
    let third = check_in(&house, json!({ "typed": "138 1234 5678" })).await.ok();
    assert_eq!(third["when"]["en"], "today at 10:00");
    // The same request again.
    let body = json!({ "request_id": Uuid::new_v4(), "kiosk": "K1", "token": tokens[2]["token"] });
    let once = house.post("/api/booking/check_in", body.clone()).await.ok();
    assert_eq!(house.post("/api/booking/check_in", body).await.ok(), once);
    assert_eq!(once["number"], third["number"]);
    house.stop().await;
}

#[tokio::test]
async fn early_late_another_day_and_another_hall_have_answers_of_their_own() {
    let (house, clock) = hall().await;
    let booking = booked(&house, "10:00", &person()).await;
    let late = booked(&house, "09:00", &person()).await;
    let by = |booking: &Value| json!({ "token": booking["token"] });
    let ten = MONDAY_NINE + 60 * MINUTE;
    let saturday = check_in(&house, by(&booking)).await;
    assert_eq!(saturday.refusal(), (409, "other_day".to_owned()));
    assert!(saturday.text().contains("Mon 23 Nov at 10:00"), "{}", saturday.text());
    clock.set(ten - 31 * MINUTE);
    let early = check_in(&house, by(&booking)).await;
    assert_eq!(early.refusal(), (409, "too_early".to_owned()));
    assert!(early.text().contains("09:30"), "{}", early.text());
    // At the station's kiosk.
    let elsewhere = json!({
        "request_id": Uuid::new_v4(), "kiosk": "K3", "token": booking["token"],
    });
    let no = house.post("/api/booking/check_in", elsewhere).await;
    assert_eq!(no.refusal(), (409, "other_hall".to_owned()));
    house.issue(MATTER).await;
    let arrived = check_in(&house, by(&late)).await.ok();
    assert_eq!((&arrived["late"], &arrived["ahead"]), (&json!(true), &json!(1)), "like everyone");
    clock.set(ten + DAY);
    house.service().apply_due_bookings().await.unwrap();
    let over = check_in(&house, by(&booking)).await;
    assert_eq!(over.refusal(), (409, "day_over".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn who_does_not_come_is_counted_told_and_may_still_come_that_day() {
    let (house, clock) = hall_with(json!({ "told_after": 2 })).await;
    let number = person();
    let first = booked(&house, "09:00", &number).await;
    assert_eq!(first["not_come"], 0);
    clock.set(MONDAY_NINE + 31 * MINUTE);
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &first).await["state"], "not_come");
    let page = house.get(&format!("/b/{}?lang=en", first["token"].as_str().unwrap())).await.text();
    assert!(page.contains("Did not come") && page.contains("wait like everyone"), "{page}");
    let clerk = house.sign_in("clerk1", "1").await;
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    assert_eq!(list["today"][0]["state"], "not_come");

    clock.set(MONDAY_NINE + 32 * MINUTE);
    let tuesday = house.post("/api/booking/hold", hold_on("2026-11-24", "09:00")).await.ok();
    let tuesday = house.post("/api/booking/confirm", confirm(&tuesday, &number)).await.ok();
    assert_eq!(tuesday["not_come"], 0, "once is nothing");
    clock.set(MONDAY_NINE + DAY + 60 * MINUTE);
    house.service().apply_due_bookings().await.unwrap();
    let third = house.post("/api/booking/hold", hold_on("2026-11-25", "09:00")).await.ok();
    let third = house.post("/api/booking/confirm", confirm(&third, &number)).await.ok();
    assert_eq!(third["not_come"], 2, "and that is told, with no consequence");
    let page = house.get(&format!("/b/{}?lang=en", third["token"].as_str().unwrap())).await.text();
    assert!(page.contains("did not come to 2 bookings"), "{page}");
    let supervisor = house.office("supervisor").await;
    let figures = "/api/office/figures.csv?hall=main&from=2026-11-01&to=2026-11-30&table=bookings";
    let csv = house.get_as(figures, &supervisor).await.text();
    assert!(csv.contains("2026-11-23,0,0,1,0") && csv.contains("2026-11-24,0,0,1,0"), "{csv}");
    // Late on the same day it is one ticket, and no longer one that did not come.
    let arrived = check_in(&house, json!({ "token": tuesday["token"] })).await.ok();
    assert_eq!(arrived["late"], true);
    assert_eq!(now(&house, &third).await["not_come"], 0);
    house.stop().await;
}

#[tokio::test]
async fn where_the_hall_says_so_they_cannot_book_for_some_days() {
    let (house, clock) = hall_with(json!({ "told_after": 1, "barred_days": 7 })).await;
    let number = person();
    booked(&house, "09:00", &number).await;
    clock.set(MONDAY_NINE + 60 * MINUTE);
    house.service().apply_due_bookings().await.unwrap();
    let held = house.post("/api/booking/hold", hold_on("2026-11-25", "09:00")).await.ok();
    let no = house.post("/api/booking/confirm", confirm(&held, &number)).await;
    assert_eq!(no.refusal(), (409, "barred".to_owned()));
    assert!(no.text().contains("Mon 30 Nov"), "{}", no.text());
    house.post("/api/kiosk/issue", issue(MATTER)).await.ok();
    clock.set(MONDAY_NINE + 7 * DAY + 60 * MINUTE);
    let held = house.post("/api/booking/hold", hold_on("2026-12-02", "09:00")).await.ok();
    house.post("/api/booking/confirm", confirm(&held, &number)).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn a_clerk_checks_somebody_in() {
    let (house, clock) = hall().await;
    booked(&house, "09:00", &person()).await;
    clock.set(MONDAY_NINE);
    let clerk = house.sign_in("clerk1", "1").await;
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    let which = json!({ "request_id": Uuid::new_v4(), "booking": list["today"][0]["id"] });
    let arrived = house.post_as("/api/counter/check_in", &clerk, which).await.ok();
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    let row = &list["today"][0];
    assert_eq!((&row["state"], &row["ticket"]), (&json!("checked_in"), &arrived["number"]));
    house.stop().await;
}

#[tokio::test]
async fn a_clerk_checks_in_by_what_the_visitor_shows_or_says() {
    let (house, clock) = hall().await;
    let numbers = [person(), person(), person()];
    let mut bookings = Vec::new();
    for (number, slot) in numbers.iter().zip(["09:00", "09:30", "10:00"]) {
        bookings.push(booked(&house, slot, number).await);
    }
    clock.set(MONDAY_NINE);
    let clerk = house.sign_in("clerk1", "1").await;
    let by = async |mut which: Value| {
        which["request_id"] = json!(Uuid::new_v4());
        house.post_as("/api/counter/check_in", &clerk, which).await
    };
    let by_qr = by(json!({ "token": bookings[0]["token"] })).await.ok();
    assert_eq!(by_qr["when"]["zh"], "今天 09:00");
    let by_code = by(json!({ "typed": bookings[0]["code"] })).await.ok();
    assert_eq!(by_code["id"], by_qr["id"], "checked in twice, one ticket");
    let by_number = by(json!({ "typed": numbers[1].to_lowercase() })).await.ok();
    assert_eq!(by_number["when"]["zh"], "今天 09:30");
    clock.set(MONDAY_NINE + 40 * MINUTE);
    // The telephone number is that of all three: the one that has not arrived is meant.
    let by_telephone = by(json!({ "typed": "138 1234 5678" })).await.ok();
    assert_eq!(by_telephone["when"]["zh"], "今天 10:00");
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    let states: Vec<_> =
        list["today"].as_array().unwrap().iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["checked_in"; 3]);
    for unclear in [json!({}), json!({ "booking": list["today"][0]["id"], "typed": numbers[0] })] {
        assert_eq!(by(unclear).await.refusal(), (400, "bad_request".to_owned()));
    }
    house.stop().await;
}
