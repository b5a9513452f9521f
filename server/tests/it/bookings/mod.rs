//! Bookings over HTTP: held, confirmed, moved, cancelled, checked in with; what is never given
//! twice, what others learn, and what a changed hall does to them.

mod abuse;
mod arrival;
mod book;
mod changed_hall;
mod phone;

use std::sync::atomic::{AtomicU32, Ordering};

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, House, SATURDAY_TEN};

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;
/// Monday 2026-11-23 at nine in Shanghai, the first slot that can be booked on Saturday.
pub const MONDAY_NINE: i64 = SATURDAY_TEN + 2 * DAY - 60 * MINUTE;
pub const MATTER: &str = "food-permit";

/// The demo hall with its bookings, on Saturday morning.
pub async fn hall() -> (House, Clock) {
    let clock = Clock::standing_at(SATURDAY_TEN);
    (House::at(clock.clone()).await, clock)
}

/// The same with other keys of its bookings.
pub async fn hall_with(change: Value) -> (House, Clock) {
    let (house, clock) = hall().await;
    edit(&house, |hall| {
        for (key, value) in change.as_object().unwrap() {
            hall["booking"][key] = value.clone();
        }
    })
    .await
    .ok();
    (house, clock)
}

/// Changes the first hall of the file.
pub async fn edit(house: &House, change: impl FnOnce(&mut Value)) -> Answer {
    let admin = house.admin().await;
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    change(&mut setup["setup"]["hall"][0]);
    house.post_as("/api/admin/save_setup", &admin, setup).await
}

/// An identity number that nobody else in the tests has.
pub fn person() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let serial = NEXT.fetch_add(1, Ordering::Relaxed);
    let front = format!("11010519{:02}0101{:03}", 50 + serial / 1000, serial % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = front.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11];
    front + check
}

pub fn hold(slot: &str) -> Value {
    hold_on("2026-11-23", slot)
}

pub fn hold_on(day: &str, slot: &str) -> Value {
    json!({
        "request_id": Uuid::new_v4(), "hall": "main", "matter": MATTER, "day": day, "slot": slot,
    })
}

pub fn confirm(held: &Value, number: &str) -> Value {
    json!({
        "request_id": Uuid::new_v4(), "token": held["token"], "name": "张伟", "number": number,
        "telephone": "13812345678",
    })
}

/// A booking for a slot of Monday by somebody.
pub async fn booked(house: &House, slot: &str, number: &str) -> Value {
    let held = house.post("/api/booking/hold", hold(slot)).await.ok();
    house.post("/api/booking/confirm", confirm(&held, number)).await.ok()
}

pub fn of(booking: &Value) -> Value {
    json!({ "request_id": Uuid::new_v4(), "token": booking["token"] })
}

pub fn move_to(booking: &Value, day: &str, slot: &str) -> Value {
    json!({
        "request_id": Uuid::new_v4(), "token": booking["token"], "day": day, "slot": slot,
    })
}

pub async fn now(house: &House, booking: &Value) -> Value {
    let token = booking["token"].as_str().unwrap();
    house.get(&format!("/api/booking/booking?token={token}")).await.ok()
}

/// How many can still book a slot of a day.
pub async fn free(house: &House, day: &str, slot: &str) -> u64 {
    let offers = house.get(&format!("/api/booking/offers?hall=main&matter={MATTER}")).await.ok();
    let days = offers["days"].as_array().unwrap();
    let day = days.iter().find(|one| one["day"] == day).unwrap();
    let slots = day["slots"].as_array().unwrap();
    slots.iter().find(|one| one["slot"] == slot).unwrap()["free"].as_u64().unwrap()
}

/// Checks in at the kiosk by what is typed, or by the token.
pub async fn check_in(house: &House, by: Value) -> Answer {
    let mut body = json!({ "request_id": Uuid::new_v4(), "kiosk": "K1" });
    body.as_object_mut().unwrap().extend(by.as_object().unwrap().clone());
    house.post("/api/booking/check_in", body).await
}

/// The events of bookings so far: kind and detail.
pub async fn events(house: &House) -> Vec<(String, Value)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT kind, detail FROM events WHERE kind LIKE 'Booking%' ORDER BY id")
            .fetch_all(&pool)
            .await
            .unwrap();
    pool.close().await;
    rows.into_iter().map(|(kind, detail)| (kind, serde_json::from_str(&detail).unwrap())).collect()
}
