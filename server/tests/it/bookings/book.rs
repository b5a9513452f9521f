//! From the hold to the end of a booking.

use std::sync::Arc;

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::json;
use uuid::Uuid;

use super::{
    DAY, MATTER, MINUTE, MONDAY_NINE, booked, confirm, edit, events, free, hall, hall_with, hold,
    hold_on, move_to, now, of, person,
};
use crate::support::{House, SATURDAY_TEN};

#[tokio::test]
async fn the_next_working_days_are_offered_and_a_slot_is_held_and_confirmed() {
    let (mut house, _) = hall().await;
    let offers = house.get(&format!("/api/booking/offers?hall=main&matter={MATTER}")).await.ok();
    let days: Vec<_> = offers["days"].as_array().unwrap().iter().map(|d| &d["day"]).collect();
    let week = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
    assert_eq!(days, week);
    let places = free(&house, "2026-11-23", "09:00").await;
    assert!(places > 0);

    let held = house.post("/api/booking/hold", hold("09:00")).await.ok();
    assert_eq!((&held["state"], &held["code"]), (&json!("held"), &json!("")));
    assert_eq!(held["begins_at"], MONDAY_NINE);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, places - 1);
    let ask = confirm(&held, &person());
    let booked = house.post("/api/booking/confirm", ask.clone()).await.ok();
    assert_eq!(booked["state"], "booked");
    assert_eq!(booked["code"].as_str().unwrap().len(), 8);
    assert_eq!(booked["when"]["zh"], "11月23日 周一 09:00");
    // A repeat changes nothing, and gets the same answer.
    assert_eq!(house.post("/api/booking/confirm", ask).await.ok(), booked);
    let kinds: Vec<_> = events(&house).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["BookingHeld", "BookingMade"]);

    house.restart().await;
    assert_eq!(now(&house, &booked).await["code"], booked["code"]);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, places - 1);
    house.stop().await;
}

#[tokio::test]
async fn two_never_get_one_place_under_64_connections_at_once() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = Arc::new(House::with(clock, |settings| settings.limits = Limits::lifted()).await);
    let before = free(&house, "2026-11-23", "09:00").await;
    let mut tries = Vec::new();
    for _ in 0..64 {
        let house = house.clone();
        let number = person();
        tries.push(tokio::spawn(async move {
            let held = house.post("/api/booking/hold", hold("09:00")).await;
            if held.status != 200 {
                return (held.refusal(), None);
            }
            let held = held.json();
            let booked = house.post("/api/booking/confirm", confirm(&held, &number)).await.ok();
            ((200, String::new()), Some(booked["code"].clone()))
        }));
    }
    let mut codes = Vec::new();
    for one in tries {
        let (refusal, code) = one.await.unwrap();
        match code {
            Some(code) => codes.push(code.as_str().unwrap().to_owned()),
            None => assert_eq!(refusal, (409, "slot_full".to_owned())),
        }
    }
    assert_eq!(codes.len() as u64, before, "as many as there are places");
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len() as u64, before);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, 0);
    let house = Arc::into_inner(house).unwrap();
    let folder = house.stop().await;
    // The database itself knows no two for one place.
    let db = folder.path().join("hall.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&db);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let twice = sqlx::query(
        "INSERT INTO booking_places (hall, line, day, slot, place, booking) \
         SELECT hall, line, day, slot, place, booking FROM booking_places LIMIT 1",
    );
    let error = twice.execute(&pool).await.unwrap_err().to_string();
    assert!(error.contains("UNIQUE") || error.contains("PRIMARY"), "{error}");
    pool.close().await;
}

#[tokio::test]
async fn one_for_a_person_a_matter_and_a_day() {
    let (house, _) = hall().await;
    let number = person();
    let first = booked(&house, "09:00", &number).await;
    let held = house.post("/api/booking/hold", hold("10:00")).await.ok();
    let second = house.post("/api/booking/confirm", confirm(&held, &number)).await;
    assert_eq!(second.refusal(), (409, "already_booked".to_owned()));
    // Written otherwise it is the same number.
    let spaced = number.replace("1101", "1101 ");
    let again = house.post("/api/booking/confirm", confirm(&held, &spaced)).await;
    assert_eq!(again.refusal(), (409, "already_booked".to_owned()));
    // The slot that is held is not lost by it.
    house.post("/api/booking/confirm", confirm(&held, &person())).await.ok();
    // Another day is another matter, also by moving there.
    let other = house.post("/api/booking/hold", hold_on("2026-11-24", "09:00")).await.ok();
    let other = house.post("/api/booking/confirm", confirm(&other, &number)).await.ok();
    let moved = house.post("/api/booking/move", move_to(&other, "2026-11-23", "11:00")).await;
    assert_eq!(moved.refusal(), (409, "already_booked".to_owned()));
    house.post("/api/booking/cancel", of(&first)).await.ok();
    house.post("/api/booking/move", move_to(&other, "2026-11-23", "11:00")).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn who_is_not_valid_is_told_what_and_keeps_the_slot() {
    let (house, _) = hall().await;
    let held = house.post("/api/booking/hold", hold("09:00")).await.ok();
    let mut wrong = confirm(&held, "110105194912310021");
    let answer = house.post("/api/booking/confirm", wrong.clone()).await;
    assert_eq!(answer.refusal(), (422, "person_not_valid".to_owned()));
    wrong["number"] = json!(person());
    wrong["telephone"] = json!("12");
    let answer = house.post("/api/booking/confirm", wrong).await;
    assert_eq!(answer.refusal(), (422, "person_not_valid".to_owned()));
    house.post("/api/booking/confirm", confirm(&held, &person())).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn a_hold_ends_and_a_freed_place_rests_before_it_is_offered_again() {
    let (house, clock) = hall_with(json!({ "hold_minutes": 10, "freed_minutes": 30 })).await;
    let all = free(&house, "2026-11-23", "09:00").await;
    let held = house.post("/api/booking/hold", hold("09:00")).await.ok();
    clock.set(SATURDAY_TEN + 10 * MINUTE);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all, "by time alone");
    let late = house.post("/api/booking/confirm", confirm(&held, &person())).await;
    assert_eq!(late.refusal(), (409, "hold_over".to_owned()));
    // Another takes the very place while the row of the first one is still there.
    let taken = booked(&house, "09:00", &person()).await;
    house.service().apply_due_bookings().await.unwrap();
    assert_eq!(now(&house, &held).await["state"], "expired");

    house.post("/api/booking/cancel", of(&taken)).await.ok();
    assert_eq!(now(&house, &taken).await["state"], "cancelled");
    clock.set(SATURDAY_TEN + 39 * MINUTE);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all - 1, "against trading");
    clock.set(SATURDAY_TEN + 40 * MINUTE);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all);
    booked(&house, "09:00", &person()).await;
    house.stop().await;
}

#[tokio::test]
async fn a_moved_booking_keeps_its_code_and_frees_the_old_time_later() {
    let (mut house, clock) = hall().await;
    let first = booked(&house, "09:00", &person()).await;
    let all = free(&house, "2026-11-23", "10:00").await;
    let moved = house.post("/api/booking/move", move_to(&first, "2026-11-23", "10:00")).await.ok();
    assert_eq!((&moved["code"], &moved["slot"]), (&first["code"], &json!("10:00")));
    assert_eq!(free(&house, "2026-11-23", "10:00").await, all - 1);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all - 1);
    house.restart().await;
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all - 1, "it still rests");
    clock.set(SATURDAY_TEN + 30 * MINUTE);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all);
    // To where it is, and to where nothing is.
    for (day, slot) in [("2026-11-23", "10:00"), ("2026-11-22", "09:00"), ("2026-11-23", "12:30")] {
        let no = house.post("/api/booking/move", move_to(&first, day, slot)).await;
        assert_eq!(no.refusal(), (409, "slot_not_offered".to_owned()), "{day} {slot}");
    }
    house.stop().await;
}

#[tokio::test]
async fn a_server_killed_between_hold_and_confirm_still_holds() {
    let (mut house, clock) = hall().await;
    let all = free(&house, "2026-11-23", "09:00").await;
    let held = house.post("/api/booking/hold", hold("09:00")).await.ok();
    house.restart().await;
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all - 1);
    house.post("/api/booking/confirm", confirm(&held, &person())).await.ok();
    let other = house.post("/api/booking/hold", hold("09:30")).await.ok();
    clock.set(SATURDAY_TEN + 16 * MINUTE);
    house.restart().await;
    assert_eq!(free(&house, "2026-11-23", "09:30").await, all);
    let late = house.post("/api/booking/confirm", confirm(&other, &person())).await;
    assert_eq!(late.refusal(), (409, "hold_over".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn a_clerk_books_for_a_visitor_sees_the_list_and_cancels() {
    let (house, clock) = hall().await;
    let clerk = house.sign_in("clerk1", "1").await;
    let served = house.get_as("/api/counter/now", &clerk).await.ok();
    let body = json!({
        "request_id": Uuid::new_v4(), "matter": MATTER, "day": "2026-11-23", "slot": "09:00",
        "name": "欧阳修", "number": person(), "telephone": "13812345678",
    });
    let booked = house.post_as("/api/counter/book", &clerk, body.clone()).await.ok();
    assert_eq!(house.post_as("/api/counter/book", &clerk, body).await.ok(), booked);
    let list = async || house.get_as("/api/counter/bookings", &clerk).await.ok();
    assert_eq!(list().await["today"], json!([]), "{served}");
    clock.set(MONDAY_NINE);
    let clerk = house.sign_in("clerk1", "1").await;
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    let row = &list["today"][0];
    assert_eq!((&row["name"], &row["telephone"]), (&json!("欧阳*"), &json!("138****5678")));
    assert_eq!((&row["state"], &row["slot"]), (&json!("booked"), &json!("09:00")));
    let which = json!({ "request_id": Uuid::new_v4(), "booking": row["id"] });
    let seen = house.post_as("/api/counter/reveal_booking", &clerk, which.clone()).await.ok();
    assert_eq!((&seen["name"], &seen["telephone"]), (&json!("欧阳修"), &json!("13812345678")));
    // Another hall's clerk does not know it.
    let station = house.sign_in("clerk6", "21").await;
    for call in ["reveal_booking", "cancel_booking"] {
        let which = json!({ "request_id": Uuid::new_v4(), "booking": row["id"] });
        let no = house.post_as(&format!("/api/counter/{call}"), &station, which).await;
        assert_eq!(no.refusal(), (404, "unknown_booking".to_owned()), "{call}");
    }
    let which = json!({ "request_id": Uuid::new_v4(), "booking": row["id"] });
    house.post_as("/api/counter/cancel_booking", &clerk, which).await.ok();
    let list = house.get_as("/api/counter/bookings", &clerk).await.ok();
    assert_eq!(list["today"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn a_hall_without_bookings_and_a_matter_that_is_not_booked_say_so() {
    let (house, _) = hall().await;
    let offers = |hall: &str, matter: &str| {
        let path = format!("/api/booking/offers?hall={hall}&matter={matter}");
        let house = &house;
        async move { house.get(&path).await.refusal() }
    };
    assert_eq!(offers("station", "x").await, (409, "no_bookings".to_owned()));
    assert_eq!(offers("main", "x").await, (404, "unknown_matter".to_owned()));
    assert_eq!(offers("nowhere", "x").await, (404, "unknown_hall".to_owned()));
    edit(&house, |hall| {
        let matters = hall["matter"].as_array_mut().unwrap();
        let matter = matters.iter_mut().find(|one| one["id"] == MATTER).unwrap();
        matter["booking_slots"] = json!(0);
    })
    .await
    .ok();
    assert_eq!(offers("main", MATTER).await, (409, "not_bookable".to_owned()));
    let wrong = edit(&house, |hall| hall["booking"]["slot_minutes"] = json!(0)).await;
    assert_eq!(wrong.refusal(), (422, "bad_setup".to_owned()));
    assert!(wrong.text().contains("hall[0].booking.slot_minutes"), "{}", wrong.text());
    house.stop().await;
}

#[tokio::test]
async fn who_booked_is_sealed_and_erased_when_its_time_is_over() {
    let (house, clock) = hall_with(json!({ "kept_days": 10 })).await;
    let number = person();
    let booking = booked(&house, "09:00", &number).await;
    let found = |file: &std::path::Path| {
        let bytes = std::fs::read(file).unwrap_or_default();
        [number.as_bytes(), "13812345678".as_bytes(), "张伟".as_bytes()]
            .into_iter()
            .any(|secret| bytes.windows(secret.len()).any(|window| window == secret))
    };
    let wal = house.db().with_file_name("hall.db-wal");
    assert!(!found(&house.db()) && !found(&wal), "in plain words on the disk");
    clock.set(MONDAY_NINE + 11 * DAY);
    house.service().apply_due_bookings().await.unwrap();
    let token = booking["token"].as_str().unwrap();
    let gone = house.get(&format!("/api/booking/booking?token={token}")).await;
    assert_eq!(gone.refusal(), (404, "unknown_booking".to_owned()));
    let db = house.db();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&db).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let left: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM bookings WHERE name IS NOT NULL OR number IS NOT NULL OR \
         telephone IS NOT NULL OR number_key IS NOT NULL OR telephone_key IS NOT NULL",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    pool.close().await;
    assert_eq!(left, 0);
    let kinds: Vec<_> = events(&house).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["BookingHeld", "BookingMade", "BookingNotCome", "BookingErased"]);
    house.stop().await;
}

#[tokio::test]
async fn at_a_kiosk_the_number_is_enough_and_a_phone_says_who_comes() {
    let (house, _) = hall().await;
    let mut at_kiosk = hold("09:00");
    at_kiosk["kiosk"] = json!("K1");
    let held = house.post("/api/booking/hold", at_kiosk).await.ok();
    let mut nameless = confirm(&held, &person());
    nameless["name"] = json!("");
    house.post("/api/booking/confirm", nameless.clone()).await.ok();
    let held = house.post("/api/booking/hold", hold("09:30")).await.ok();
    nameless["token"] = held["token"].clone();
    nameless["request_id"] = json!(Uuid::new_v4());
    nameless["number"] = json!(person());
    let no = house.post("/api/booking/confirm", nameless).await;
    assert_eq!(no.refusal(), (422, "person_not_valid".to_owned()));
    let mut nowhere = hold("10:00");
    nowhere["kiosk"] = json!("K99");
    let no = house.post("/api/booking/hold", nowhere).await;
    assert_eq!(no.refusal(), (404, "unknown_kiosk".to_owned()));
    house.stop().await;
}
