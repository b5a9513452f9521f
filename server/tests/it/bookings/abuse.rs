//! What strangers try: holding everything, guessing codes, looking at others' bookings.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{MINUTE, MONDAY_NINE, booked, check_in, free, hall, hold_on, person};
use crate::support::SATURDAY_TEN;

#[tokio::test]
async fn one_address_holds_no_more_than_people_need() {
    let (house, clock) = hall().await;
    let mut refused = None;
    let mut held = 0;
    for day in ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"] {
        for slot in ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"] {
            let answer = house.post("/api/booking/hold", hold_on(day, slot)).await;
            if answer.status == 200 {
                held += 1;
            } else {
                refused = Some(answer.refusal());
            }
        }
    }
    assert_eq!(held, 20);
    assert_eq!(refused, Some((429, "too_many_holds".to_owned())));
    // They are free again by themselves.
    clock.set(SATURDAY_TEN + 16 * MINUTE);
    let all = free(&house, "2026-11-23", "09:00").await;
    assert!(all > 0);
    house.stop().await;
}

#[tokio::test]
async fn codes_cannot_be_guessed_and_what_is_known_does_not_count() {
    let (house, clock) = hall().await;
    let booking = booked(&house, "09:00", &person()).await;
    clock.set(MONDAY_NINE);
    let mut answers = Vec::new();
    for guess in 0..70 {
        let answer =
            check_in(&house, json!({ "typed": format!("{:08}", 90_000_000 + guess) })).await;
        answers.push(answer.refusal().1);
    }
    assert_eq!(answers[0], "unknown_booking");
    assert!(answers.contains(&"address_refused".to_owned()), "{answers:?}");
    // By its QR code it is known all the same.
    check_in(&house, json!({ "token": booking["token"] })).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn a_clerk_guesses_no_more_than_a_visitor() {
    let (house, clock) = hall().await;
    let booking = booked(&house, "09:00", &person()).await;
    clock.set(MONDAY_NINE);
    let clerk = house.sign_in("clerk1", "1").await;
    let by = async |mut which: Value| {
        which["request_id"] = json!(Uuid::new_v4());
        house.post_as("/api/counter/check_in", &clerk, which).await
    };
    let mut answers = Vec::new();
    for guess in 0..70 {
        let code = format!("{:08}", 90_000_000 + guess);
        answers.push(by(json!({ "typed": code })).await.refusal().1);
    }
    assert_eq!(answers[0], "unknown_booking");
    assert!(answers.contains(&"address_refused".to_owned()), "{answers:?}");
    // The list and the QR code name it all the same.
    by(json!({ "token": booking["token"] })).await.ok();
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    by(json!({ "booking": list["today"][0]["id"] })).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn a_page_of_a_booking_shows_nothing_personal() {
    let (house, _) = hall().await;
    let number = person();
    let booking = booked(&house, "09:00", &number).await;
    let token = booking["token"].as_str().unwrap();
    for path in [
        format!("/b/{token}"),
        format!("/B/{token}"),
        format!("/b/{token}/move"),
        format!("/b/{token}/cancel"),
        format!("/b/{token}/booking.ics"),
        format!("/api/booking/booking?token={token}"),
    ] {
        let shown = house.get(&path).await.text();
        for secret in ["张", &number, &number[14..], "13812345678", "5678"] {
            assert!(!shown.contains(secret), "{path} shows {secret}: {shown}");
        }
    }
    let unknown = house.get("/b/00000000000000000000000000").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("/guides"), "{}", unknown.text());
    house.stop().await;
}
