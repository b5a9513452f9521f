//! What a changed hall file or calendar does to bookings that were made before.

use serde_json::{Value, json};

use super::{
    MATTER, MONDAY_NINE, booked, check_in, confirm, edit, events, hall, hold_on, move_to, now, of,
    person,
};
use crate::support::House;

/// What the counter's page lists of those that cannot be kept.
async fn concerned(house: &House) -> Vec<Value> {
    let clerk = house.sign_in("clerk1", "1").await;
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    list["concerned"].as_array().unwrap().clone()
}

async fn page(house: &House, booking: &Value) -> String {
    house.get(&format!("/b/{}?lang=en", booking["token"].as_str().unwrap())).await.text()
}

#[tokio::test]
async fn a_holiday_that_was_added_concerns_who_booked_on_it_and_they_can_move() {
    let (house, _) = hall().await;
    let booking = booked(&house, "09:00", &person()).await;
    let other = house.post("/api/booking/hold", hold_on("2026-11-24", "09:00")).await.ok();
    house.post("/api/booking/confirm", confirm(&other, &person())).await.ok();
    edit(&house, |hall| {
        for line in hall["line"].as_array_mut().unwrap() {
            let day = json!([["09:00", "12:00"]]);
            line["hours"] = json!({
                "week": { "mon": day, "tue": day, "wed": day, "thu": day, "fri": day },
                "closed_on": ["2026-11-23"],
            });
        }
    })
    .await
    .ok();
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &booking).await["concern"], "closed");
    let says = page(&house, &booking).await;
    assert!(says.contains("it is closed at this time") && says.contains("/move"), "{says}");
    let called = concerned(&house).await;
    assert_eq!(called.len(), 1);
    assert_eq!(
        (&called[0]["concern"], &called[0]["day"]),
        (&json!("closed"), &json!("2026-11-23"))
    );
    house.post("/api/booking/move", move_to(&booking, "2026-11-25", "09:00")).await.ok();
    assert!(concerned(&house).await.is_empty());
    assert!(page(&house, &booking).await.contains("You are booked"));
    house.stop().await;
}

#[tokio::test]
async fn a_matter_that_was_removed_concerns_and_fewer_places_do_not() {
    let (house, clock) = hall().await;
    let booking = booked(&house, "09:00", &person()).await;
    edit(&house, |hall| hall["booking"]["places"] = json!(1)).await.ok();
    edit(&house, |hall| hall["booking"]["slot_minutes"] = json!(45)).await.ok();
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &booking).await["concern"], Value::Null);
    edit(&house, |hall| hall["booking"] = Value::Null).await.ok();
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &booking).await["concern"], Value::Null, "it still stands");
    edit(&house, |hall| {
        let bundles = hall["bundle"].as_array_mut().unwrap();
        bundles.retain(|one| {
            one["part"].as_array().unwrap().iter().all(|part| part["matter"] != MATTER)
        });
        hall["matter"].as_array_mut().unwrap().retain(|one| one["id"] != MATTER);
    })
    .await
    .ok();
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &booking).await["concern"], "not_offered");
    assert!(page(&house, &booking).await.contains("no longer offers"), "told");
    clock.set(MONDAY_NINE);
    let no = check_in(&house, json!({ "token": booking["token"] })).await;
    assert_eq!(no.refusal(), (409, "booking_cannot_be_kept".to_owned()));
    house.post("/api/booking/cancel", of(&booking)).await.ok();
    let kinds: Vec<_> = events(&house).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["BookingHeld", "BookingMade", "BookingConcerned", "BookingCancelled"]);
    house.stop().await;
}
