//! Sessions: how long they last, and the password that their owner changes.

use hyper::StatusCode;
use jiban::clock::Clock;
use serde_json::{Value, json};

use crate::support::{Answer, House, PASSWORD, SATURDAY_TEN};

const MINUTE: i64 = 60_000;
const NEW_PASSWORD: &str = "seven quiet teapots";

/// A hall whose clock stands still.
async fn house() -> House {
    House::at(Clock::standing_at(SATURDAY_TEN)).await
}

async fn office(house: &House) -> String {
    let sign_in = json!({ "name": "review1", "password": PASSWORD });
    let answer = house.post("/api/office/sign_in", sign_in).await;
    answer.ok();
    answer.cookie()
}

async fn steps(house: &House, cookie: &str) -> Answer {
    house.get_as("/api/office/steps?limit=1", cookie).await
}

fn at(house: &House, minutes: i64) {
    house.clock.set(SATURDAY_TEN + minutes * MINUTE);
}

#[tokio::test]
async fn at_the_office_a_session_ends_half_an_hour_after_the_person_has_gone() {
    let house = house().await;
    let cookie = office(&house).await;
    at(&house, 29);
    // The page reads by itself; that does not count.
    steps(&house, &cookie).await.ok();
    let here = house.post_as("/api/office/still_here", &cookie, json!({})).await;
    here.ok();
    at(&house, 58);
    steps(&house, &cookie).await.ok();
    at(&house, 59);
    let ended = steps(&house, &cookie).await;
    assert_eq!(ended.refusal(), (401, "signed_out_idle".to_owned()));
    let message = ended.json()["message"].as_str().unwrap().to_owned();
    assert_eq!(message, "You were signed out after 30 minutes without activity.");
    let late = house.post_as("/api/office/still_here", &cookie, json!({})).await;
    assert_eq!(late.refusal().1, "signed_out_idle", "it does not begin again");
    let stream = house.get_as("/events/office", &cookie).await;
    assert_eq!(stream.refusal().1, "signed_out_idle");
}

#[tokio::test]
async fn an_idle_session_has_ended_for_good() {
    let mut house = house().await;
    let cookie = office(&house).await;
    at(&house, 30);
    house.service().end_idle_sessions().await.unwrap();
    assert_eq!(steps(&house, &cookie).await.refusal().1, "signed_out_idle", "and says why");
    house.restart().await;
    assert_eq!(steps(&house, &cookie).await.refusal().1, "sign_in_first");
}

#[tokio::test]
async fn a_restart_counts_from_then_on() {
    let mut house = house().await;
    let cookie = office(&house).await;
    at(&house, 20);
    house.restart().await;
    at(&house, 49);
    steps(&house, &cookie).await.ok();
    at(&house, 50);
    assert_eq!(steps(&house, &cookie).await.refusal().1, "signed_out_idle");
}

#[tokio::test]
async fn a_quiet_night_at_a_counter_is_no_absence_unless_the_hall_says_so() {
    let house = house().await;
    let cookie = house.sign_in("clerk1", "1").await;
    at(&house, 12 * 60 - 1);
    house.get_as("/api/counter/now", &cookie).await.ok();
    at(&house, 12 * 60);
    let ended = house.get_as("/api/counter/now", &cookie).await;
    assert_eq!(ended.refusal(), (401, "sign_in_first".to_owned()), "twelve hours are enough");

    let strict = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        settings.counter_idle_minutes = Some(45);
    })
    .await;
    let cookie = strict.sign_in("clerk1", "1").await;
    at(&strict, 44);
    strict.verb(&cookie, "call_next").await;
    at(&strict, 88);
    strict.get_as("/api/counter/now", &cookie).await.ok();
    at(&strict, 89);
    let ended = strict.get_as("/api/counter/now", &cookie).await;
    assert_eq!(ended.refusal().1, "signed_out_idle");
}

async fn change(house: &House, place: &str, cookie: &str, old: &str, new: &str) -> Answer {
    let path = format!("/api/{place}/change_own_password");
    house.post_as(&path, cookie, json!({ "old": old, "new": new })).await
}

#[tokio::test]
async fn everyone_changes_their_own_password_and_their_other_sessions_end() {
    let house = house().await;
    let counter = |password: &'static str| {
        (
            "counter",
            json!({ "name": "clerk1", "password": password, "counter": "1" }),
            "/api/counter/now",
        )
    };
    let office = |password: &'static str| {
        ("office", json!({ "name": "review1", "password": password }), "/api/office/steps?limit=1")
    };
    let admin = |password: &'static str| {
        ("admin", json!({ "name": "admin", "password": password }), "/api/admin/setup")
    };
    let all: [&dyn Fn(&'static str) -> (&'static str, Value, &'static str); 3] =
        [&counter, &office, &admin];
    for of in all {
        let (place, sign_in, look) = of(PASSWORD);
        let path = format!("/api/{place}/sign_in");
        let mine = house.post(&path, sign_in.clone()).await.cookie();
        let other = house.post(&path, sign_in.clone()).await.cookie();
        let wrong = change(&house, place, &mine, "not-the-password", NEW_PASSWORD).await;
        assert_eq!(wrong.refusal().1, "wrong_password", "{place}");
        let weak = change(&house, place, &mine, PASSWORD, "password1").await;
        assert_eq!(weak.refusal(), (422, "weak_password".to_owned()), "{place}");
        house.get_as(look, &other).await.ok();
        change(&house, place, &mine, PASSWORD, NEW_PASSWORD).await.ok();
        house.get_as(look, &mine).await.ok();
        assert_eq!(house.get_as(look, &other).await.refusal().0, 401, "{place}");
        assert_eq!(house.post(&path, sign_in).await.refusal().1, "wrong_password", "{place}");
        let (_, sign_in, _) = of(NEW_PASSWORD);
        assert_eq!(house.post(&path, sign_in).await.status, StatusCode::OK, "{place}");
        let nobody = change(&house, place, "", PASSWORD, NEW_PASSWORD).await;
        assert_eq!(nobody.refusal(), (401, "sign_in_first".to_owned()), "{place}");
    }
}

#[tokio::test]
async fn a_password_that_others_would_guess_is_refused_for_everybody() {
    let house = house().await;
    let admin = house.admin().await;
    for password in ["12345678", "clerk1clerk1", "jiban2026"] {
        let set = json!({ "clerk": "clerk1", "password": password });
        let refused = house.post_as("/api/admin/set_password", &admin, set).await;
        assert_eq!(refused.refusal(), (422, "weak_password".to_owned()), "{password}");
    }
}
