//! The machine's clock is wrong: a dead battery (1970), a typing error (2099), set right later.
//! Nothing is lost by it, and none of it is silent.

use crate::support::cases::{files_below, photograph};
use crate::support::{Answer, House, SATURDAY_TEN, issue};
use jiban::clock::Clock;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2099-01-01 00:00 UTC.
const FAR_FUTURE: i64 = 4_070_908_800_000;
const BATTERY_DEAD: i64 = 0;

/// Everything that time alone asks for.
async fn all_that_time_does(house: &House) {
    let service = house.service();
    service.check_clock().await.unwrap();
    service.turn_day().await.unwrap();
    service.end_idle_sessions().await.unwrap();
    service.apply_timed_changes().await.unwrap();
    service.prune().await;
    service.erase_persons().await.unwrap();
    service.sweep_files().await.unwrap();
}

async fn state(house: &House, ticket: &Value) -> Value {
    let token = ticket["token"].as_str().unwrap();
    house.get(&format!("/api/progress?token={token}")).await.ok()["state"].clone()
}

async fn admin_now(house: &House) -> Value {
    let admin = house.admin().await;
    let director = house.service().caller(&secret(&admin), jiban_domain::access::PlaceKind::Admin);
    let clerk = house.service().clerk(&director.unwrap()).unwrap();
    let clerk = jiban_app::api::session::SignedIn {
        clerk: clerk.id,
        name: clerk.name,
        role: clerk.role,
        counter: None,
    };
    let now = house.service().clock.now();
    let now = jiban::views::admin::admin_now(house.service(), clerk, None, now).unwrap();
    serde_json::to_value(now).unwrap()
}

fn secret(cookie: &str) -> String {
    cookie.split_once('=').unwrap().1.to_owned()
}

async fn accept(house: &House, ahead: &Value) -> Answer {
    let admin = house.admin().await;
    house.post_as("/api/admin/accept_clock", &admin, json!({ "ahead": ahead })).await
}

/// The kinds and times of all events, oldest first.
async fn trail(house: &House) -> Vec<(String, i64)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows = sqlx::query_as("SELECT kind, at FROM events ORDER BY id");
    let rows = rows.fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

async fn count(house: &House, statement: &'static str) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let count = sqlx::query_scalar(statement).fetch_one(&pool).await.unwrap();
    pool.close().await;
    count
}

/// A hall with everything that a wrong clock could end: somebody who waits, somebody at a
/// counter, a promise, a case to be decided, one that is over with its photograph, a session.
struct Busy {
    house: House,
    waits: Value,
    served: Value,
    clerk: String,
    promised: Value,
    over: Value,
    asked: Value,
    answer: Value,
}

impl Busy {
    async fn new() -> Self {
        let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
        let (cookie, over) = house.accepted("clerk1", "1", "proprietor-open").await;
        let path = format!("/api/counter/attach?case={}&material=1", over["id"]);
        house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
        house.on_case(&cookie, "decide_case", &over["id"], json!({})).await.ok();
        let card = house.card(&cookie, &over["id"]).await;
        let fetched = json!({ "identity_checked": true, "card": card });
        house.on_case(&cookie, "hand_over_result", &over["id"], fetched).await.ok();
        house.verb(&cookie, "finish").await.ok();
        let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
        let promised = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
        house.mark_all(&cookie, &promised).await;
        house.mark(&cookie, &promised["id"], &json!(3), "deferred").await.ok();
        let soon = json!({ "items": [{ "material": 3, "until": "2026-11-26" }] });
        house.on_case(&cookie, "sign_promise", &promised["id"], soon).await.ok();
        house.accept(&cookie, &promised["id"]).await;
        house.verb(&cookie, "finish").await.ok();
        let served = house.issue("food-permit").await;
        let clerk = house.sign_in("clerk1", "1").await;
        house.verb(&clerk, "call_next").await.ok();
        house.verb(&clerk, "begin").await.ok();
        // At the station, where nobody is kept overnight.
        let mut asked = issue("insurance-proof");
        asked["kiosk"] = json!("K3");
        let _ = house.post("/api/kiosk/issue", asked.clone()).await;
        let asked = issue("food-permit");
        let answer = house.post("/api/kiosk/issue", asked.clone()).await.ok();
        let waits = answer.clone();
        Self { house, waits, served, clerk, promised, over, asked, answer }
    }

    /// Nothing was cancelled, erased, broken or forgotten.
    async fn is_whole(&self, when: &str) {
        let house = &self.house;
        assert_eq!(state(house, &self.waits).await, "waiting", "{when}");
        assert_eq!(state(house, &self.served).await, "serving", "{when}");
        let promised = house.progress(&self.promised["token"]).await["case"].clone();
        assert_eq!(promised["state"], "accepted", "{when}");
        let over = house.progress(&self.over["token"]).await["case"].clone();
        assert_ne!(over["applicant"], "", "the applicant was erased: {when}");
        let files = files_below(&house.folder.path().join("hall.db.files"));
        assert!(files.len() >= 2, "a photograph was erased: {when}: {files:?}");
        let again = house.post("/api/kiosk/issue", self.asked.clone()).await.ok();
        assert_eq!(again, self.answer, "an answer was forgotten: {when}");
        house.get_as("/api/counter/now", &self.clerk).await.ok();
        assert!(count(house, "SELECT COUNT(*) FROM requests").await > 0, "{when}");
    }
}

#[tokio::test]
async fn a_clock_that_jumps_while_the_hall_is_served_ends_nothing_and_is_told() {
    for wrong in [BATTERY_DEAD, FAR_FUTURE, SATURDAY_TEN + 30 * DAY, SATURDAY_TEN - 2 * HOUR] {
        let busy = Busy::new().await;
        let house = &busy.house;
        house.clock.set(SATURDAY_TEN + MINUTE);
        house.clock.jump(wrong);
        all_that_time_does(house).await;
        busy.is_whole(&format!("the clock says {wrong}")).await;
        // It is not silent.
        let health = house.get("/healthz").await;
        assert_eq!(health.status, 503);
        assert!(health.text().contains("clock"), "{}", health.text());
        let told = admin_now(house).await["clock"].clone();
        assert_eq!((&told["since"], &told["known"]), (&json!(SATURDAY_TEN + MINUTE), &json!(true)));
        assert!(trail(house).await.iter().any(|(kind, _)| kind == "ClockDoubted"));
        // Numbers go on, in order, by the hall's own count of time.
        let during = house.issue("food-permit").await;
        assert_eq!(during["issued_at"], SATURDAY_TEN + MINUTE);
        // Set right: it goes on by itself.
        house.clock.jump(SATURDAY_TEN + 2 * MINUTE);
        all_that_time_does(house).await;
        busy.is_whole("set right").await;
        assert_eq!(house.get("/healthz").await.status, 200);
        assert_eq!(admin_now(house).await["clock"], Value::Null);
        let after = house.issue("food-permit").await;
        let ahead = |ticket: &Value| ticket["ahead"].as_i64().unwrap();
        assert_eq!(ahead(&after), ahead(&during) + 1, "later numbers wait behind earlier ones");
        let times = trail(house).await;
        assert!(times.is_sorted_by_key(|(_, at)| *at), "{times:?}");
    }
}

#[tokio::test]
async fn a_start_in_a_wrong_year_ends_nothing_and_goes_on_when_the_clock_is_right() {
    for wrong in [BATTERY_DEAD, FAR_FUTURE, SATURDAY_TEN + 400 * DAY, SATURDAY_TEN - DAY] {
        let mut busy = Busy::new().await;
        busy.house.pause().await;
        busy.house.clock.jump(wrong);
        busy.house.start_again().await;
        let house = &busy.house;
        all_that_time_does(house).await;
        busy.is_whole(&format!("started at {wrong}")).await;
        assert_eq!(house.get("/healthz").await.status, 503);
        assert_eq!(admin_now(house).await["clock"]["known"], false);
        // A number can be taken, also where hours are kept: nobody knows that it is closed.
        let during = house.issue("food-permit").await;
        assert_eq!(during["number"], "A005");
        let mut at_station = issue("insurance-proof");
        at_station["kiosk"] = json!("K3");
        house.post("/api/kiosk/issue", at_station).await.ok();
        // What would be given a date waits.
        let no = house.on_case(&busy.clerk, "withdraw_case", &busy.promised["id"], json!({})).await;
        assert_eq!(no.refusal(), (503, "clock_in_doubt".into()));
        // The clock is set right on the next morning; that is Sunday.
        house.clock.jump(SATURDAY_TEN + DAY);
        all_that_time_does(house).await;
        assert_eq!(house.get("/healthz").await.status, 200);
        assert_eq!(house.get("/api/hall").await.ok()["business_day"], "2026-11-22");
        assert_eq!(state(house, &during).await, "waiting", "it was taken this morning");
        let after = house.issue("food-permit").await;
        let ahead = |ticket: &Value| ticket["ahead"].as_i64().unwrap();
        assert!(ahead(&after) > ahead(&during), "{after} {during}");
        let walked = house.service().reader.walk().await.unwrap();
        assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
    }
}

#[tokio::test]
async fn a_ticket_taken_in_the_doubt_ends_with_the_day_it_was_truly_taken_on() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let at_station = || {
        let mut body = issue("insurance-proof");
        body["kiosk"] = json!("K3");
        body
    };
    // Monday at ten, the last day with an event. The next start is in 1970.
    house.clock.set(SATURDAY_TEN + 2 * DAY);
    let monday = house.post("/api/kiosk/issue", at_station()).await.ok();
    house.pause().await;
    house.clock.jump(BATTERY_DEAD);
    house.start_again().await;
    let tuesday = house.post("/api/kiosk/issue", at_station()).await.ok();
    house.clock.jump(SATURDAY_TEN + 3 * DAY);
    all_that_time_does(&house).await;
    assert_eq!(state(&house, &monday).await, "cancelled", "its day is over");
    assert_eq!(state(&house, &tuesday).await, "waiting");
    let next = house.post("/api/kiosk/issue", at_station()).await.ok();
    assert_eq!(next["ahead"], 1);
    assert_ne!(next["number"], tuesday["number"], "nobody is called by another's number");
    // The same after a restart, and it ends when the day does.
    house.restart().await;
    assert_eq!(state(&house, &tuesday).await, "waiting");
    house.clock.set(SATURDAY_TEN + 4 * DAY);
    all_that_time_does(&house).await;
    assert_eq!(state(&house, &tuesday).await, "cancelled");
}

#[tokio::test]
async fn a_future_that_was_believed_is_taken_back_by_the_director() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    for _ in 0..3 {
        house.issue("food-permit").await;
    }
    // Somebody set the clock to 2099 and said that it was right.
    house.clock.jump(FAR_FUTURE);
    house.service().check_clock().await.unwrap();
    let ahead = admin_now(&house).await["clock"]["ahead"].clone();
    accept(&house, &ahead).await.ok();
    assert_eq!(house.get("/api/hall").await.ok()["business_day"], "2099-01-01");
    let future = house.issue("food-permit").await;
    assert_eq!(house.get("/healthz").await.status, 200);

    house.clock.jump(SATURDAY_TEN + HOUR);
    all_that_time_does(&house).await;
    assert_eq!(house.get("/healthz").await.status, 503, "time does not go back by itself");
    // What is confirmed is what was seen.
    let no = accept(&house, &json!(0)).await;
    assert_eq!(no.refusal(), (409, "clock_changed".into()));
    let ahead = admin_now(&house).await["clock"]["ahead"].clone();
    accept(&house, &ahead).await.ok();
    assert_eq!(house.get("/healthz").await.status, 200);
    for round in ["at once", "after a restart"] {
        let hall = house.get("/api/hall").await.ok();
        assert_eq!(hall["business_day"], "2026-11-21", "{round}");
        assert_eq!(state(&house, &future).await, "waiting", "{round}");
        all_that_time_does(&house).await;
        house.restart().await;
    }
    // The numbers of the day go on, behind everyone who waits; A004 is the future's.
    let next = house.issue("food-permit").await;
    assert_eq!((&next["number"], &next["ahead"]), (&json!("A005"), &json!(4)));
    assert_eq!(next["issued_at"], SATURDAY_TEN + HOUR);
    let clerk = house.sign_in("clerk1", "1").await;
    let called = house.verb(&clerk, "call_next").await.ok();
    assert_eq!(called["ticket"]["number"], "A001");
    let walked = house.service().reader.walk().await.unwrap();
    assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn an_impossible_clock_cannot_be_confirmed() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    house.clock.jump(BATTERY_DEAD);
    let no = accept(&house, &json!(-SATURDAY_TEN)).await;
    assert_eq!(no.refusal(), (409, "clock_not_credible".into()));
    let clerk = house.sign_in("clerk1", "1").await;
    let no = house.post_as("/api/admin/accept_clock", &clerk, json!({ "ahead": 0 })).await;
    assert_eq!(no.refusal().0, 401);
}

#[tokio::test]
async fn small_corrections_and_a_closed_hall_are_ordinary() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    for correction in [-10 * MINUTE, 14 * MINUTE, 1_000, -1_000] {
        house.issue("food-permit").await;
        house.clock.jump(house.clock.now() + correction);
        all_that_time_does(&house).await;
        assert_eq!(house.get("/healthz").await.status, 200, "{correction}");
    }
    let times = trail(&house).await;
    assert!(times.is_sorted_by_key(|(_, at)| *at), "{times:?}");
    // Three weeks of holidays.
    house.pause().await;
    house.clock.set(SATURDAY_TEN + 21 * DAY);
    house.start_again().await;
    all_that_time_does(&house).await;
    assert_eq!(house.get("/healthz").await.status, 200);
    let walked = house.service().reader.walk().await.unwrap();
    assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn a_session_of_the_doubt_is_neither_ended_nor_endless() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    house.issue("food-permit").await;
    house.pause().await;
    house.clock.jump(FAR_FUTURE);
    house.start_again().await;
    let clerk = house.sign_in("clerk1", "1").await;
    house.clock.jump(SATURDAY_TEN + 20 * HOUR);
    all_that_time_does(&house).await;
    house.get_as("/api/counter/now", &clerk).await.ok();
    house.clock.set(SATURDAY_TEN + 33 * HOUR);
    let no = house.get_as("/api/counter/now", &clerk).await;
    assert_eq!(no.status, 401);
}
