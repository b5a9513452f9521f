//! Lines are called at their hours: what is told outside them, and that a number taken then
//! is good when calling begins.

use jiban::clock::Clock;
use serde_json::{Value, json};

use crate::support::{House, issue};

const HOUR: i64 = 60 * 60 * 1000;

/// 2026-11-26 23:00 in Shanghai, a Thursday.
const THURSDAY_NIGHT: i64 = 1_795_705_200_000;

/// Morning and afternoon, on weekdays.
fn office() -> Value {
    let day = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
    json!({ "week": { "mon": day, "tue": day, "wed": day, "thu": day, "fri": day } })
}

/// The demo's all-night hall, whose line "business" has these hours, and whose day ends.
async fn hall_at(now: i64, hours: Value) -> (House, Clock) {
    let clock = Clock::standing_at(now);
    let house = House::at(clock.clone()).await;
    let admin = house.admin().await;
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    let hall = &mut setup["setup"]["hall"][0];
    assert_eq!(hall["line"][0]["id"], "business");
    hall["line"][0]["hours"] = hours;
    hall["carries_over"] = json!(false);
    hall["day_turns_at"] = json!("00:00");
    house.post_as("/api/admin/save_setup", &admin, setup).await.ok();
    (house, clock)
}

async fn line(house: &House) -> Value {
    house.get("/api/hall").await.ok()["lines"][0].clone()
}

/// The page of a ticket, in Chinese.
async fn page(house: &House, ticket: &Value) -> String {
    let token = ticket["token"].as_str().unwrap();
    house.get(&format!("/t/{token}?lang=zh-CN")).await.text()
}

fn later(matter: &str) -> Value {
    let mut body = issue(matter);
    body["accepts_later"] = json!(true);
    body
}

#[tokio::test]
async fn a_number_taken_at_night_is_asked_for_kept_and_called_in_the_morning() {
    let (house, clock) = hall_at(THURSDAY_NIGHT, office()).await;
    let told = line(&house).await["calls_from"].clone();
    assert_eq!((&told["time"], &told["at"]), (&json!("09:00"), &json!(THURSDAY_NIGHT + 10 * HOUR)));
    assert_eq!(told["day"]["zh"], "明天（11月27日 周五）");

    let asked = house.post("/api/kiosk/issue", issue("food-permit")).await;
    assert_eq!(asked.refusal(), (409, "called_later".to_owned()));
    assert!(asked.text().contains("tomorrow (Fri 27 Nov) at 09:00"), "{}", asked.text());

    let taken = house.post("/api/kiosk/issue", later("food-permit")).await.ok();
    assert_eq!((&taken["number"], &taken["calls_from"]), (&json!("A001"), &told));
    let says = page(&house, &taken).await;
    for words in ["明天（11月27日 周五）09:00 开始叫号", "为您保留", "您排在第一位"]
    {
        assert!(says.contains(words), "{words} is missing: {says}");
    }
    for words in ["下一位", "留意", "请在大厅等候", "窗口附近"] {
        assert!(!says.contains(words), "{words}: {says}");
    }

    // The day turns at midnight, and leaves it.
    clock.set(THURSDAY_NIGHT + 2 * HOUR);
    house.service().turn_day().await.unwrap();
    assert!(page(&house, &taken).await.contains("今天 09:00 开始叫号"));

    // The next one gets another number, though numbers begin again.
    clock.set(THURSDAY_NIGHT + 10 * HOUR + 1);
    let second = house.issue("food-permit").await;
    assert_eq!((&second["number"], &second["calls_from"]), (&json!("A002"), &Value::Null));
    let clerk = house.sign_in("clerk1", "1").await;
    let called = house.verb(&clerk, "call_next").await.ok();
    assert_eq!(called["ticket"]["number"], "A001");
    house.service().turn_day().await.unwrap();
    let missed = house.verb(&clerk, "mark_missed").await;
    missed.ok();
    house.service().turn_day().await.unwrap();
    assert!(page(&house, &taken).await.contains("已过号"), "it can come back all day");

    clock.set(THURSDAY_NIGHT + 26 * HOUR);
    house.service().turn_day().await.unwrap();
    assert!(page(&house, &taken).await.contains("号码已取消"));
    house.stop().await;
}

#[tokio::test]
async fn a_number_that_is_not_kept_is_not_said_to_be() {
    // Thursday 16:50: it is called until five.
    let (house, clock) = hall_at(THURSDAY_NIGHT - 6 * HOUR - 10 * 60_000, office()).await;
    let taken = house.issue("food-permit").await;
    assert_eq!(taken["calls_from"], Value::Null);
    clock.set(THURSDAY_NIGHT - 5 * HOUR);
    let says = page(&house, &taken).await;
    assert!(says.contains("重新取号") && !says.contains("保留"), "{says}");
    house.stop().await;
}

#[tokio::test]
async fn without_a_counter_nobody_is_next() {
    let (house, _) = hall_at(THURSDAY_NIGHT - 13 * HOUR, office()).await;
    let taken = house.issue("food-permit").await;
    assert_eq!((&taken["calls_from"], &taken["wait_minutes"]), (&Value::Null, &Value::Null));
    let says = page(&house, &taken).await;
    assert!(says.contains("暂无窗口叫号") && says.contains("您排在第一位"), "{says}");
    assert!(!says.contains("下一位") && !says.contains("留意叫号"), "{says}");
    house.sign_in("clerk1", "1").await;
    assert!(page(&house, &taken).await.contains("下一位就是您"));
    house.stop().await;
}

#[tokio::test]
async fn a_counter_that_works_on_may_call_sooner() {
    let (house, _) = hall_at(THURSDAY_NIGHT, office()).await;
    house.sign_in("clerk1", "1").await;
    let taken = house.post("/api/kiosk/issue", later("food-permit")).await.ok();
    let says = page(&house, &taken).await;
    assert!(says.contains("可能提前叫到您") && !says.contains("下一位"), "{says}");
    house.stop().await;
}

/// 2026-10-01 10:00 in Shanghai, the National Day.
const NATIONAL_DAY: i64 = 1_790_820_000_000;

#[tokio::test]
async fn a_hall_of_weekdays_follows_the_states_calendar() {
    let clock = Clock::standing_at(NATIONAL_DAY);
    let house = House::at(clock.clone()).await;
    let admin = house.admin().await;
    let file = include_str!("fixtures/weekdays-only.toml");
    house.post_as("/api/admin/import", &admin, json!({ "file": file })).await.ok();
    let hall = house.get("/api/hall").await.ok();
    assert_eq!(hall["open"], false, "a Thursday");
    assert_eq!(hall["opens_at"], NATIONAL_DAY + (7 * 24 - 1) * HOUR, "Thursday the 8th at nine");
    let mut body = issue("card");
    body["kiosk"] = json!("E1");
    let refused = house.post("/api/kiosk/issue", body.clone()).await;
    assert_eq!(refused.refusal(), (409, "hall_closed".to_owned()));
    // Saturday the tenth is made up for.
    clock.set(NATIONAL_DAY + 9 * 24 * HOUR);
    assert_eq!(house.get("/api/hall").await.ok()["open"], true);
    house.post("/api/kiosk/issue", body).await.ok();
    clock.set(NATIONAL_DAY + 10 * 24 * HOUR);
    assert_eq!(house.get("/api/hall").await.ok()["open"], false, "Sunday the eleventh");
    house.stop().await;
}

#[tokio::test]
async fn hours_of_a_single_date_go_before_the_states_calendar() {
    let clock = Clock::standing_at(NATIONAL_DAY);
    let house = House::at(clock.clone()).await;
    let admin = house.admin().await;
    let file = include_str!("fixtures/weekdays-only.toml");
    house.post_as("/api/admin/import", &admin, json!({ "file": file })).await.ok();
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    setup["setup"]["hall"][0]["hours"]["dates"] = json!([
        { "date": "2026-10-01", "periods": [["09:00", "11:00"]] },
        { "date": "2026-10-10" },
    ]);
    house.post_as("/api/admin/save_setup", &admin, setup.clone()).await.ok();
    assert_eq!(house.get("/api/hall").await.ok()["open"], true, "a holiday that is worked");
    let mut body = issue("card");
    body["kiosk"] = json!("E1");
    assert_eq!(house.post("/api/kiosk/issue", body).await.ok()["calls_from"], Value::Null);
    clock.set(NATIONAL_DAY + HOUR);
    assert_eq!(house.get("/api/hall").await.ok()["open"], false, "half of it");
    clock.set(NATIONAL_DAY + 9 * 24 * HOUR);
    assert_eq!(house.get("/api/hall").await.ok()["open"], false, "made up for elsewhere");

    // A session does not last for nine days.
    let admin = house.admin().await;
    setup["version"] = house.get_as("/api/admin/setup", &admin).await.ok()["version"].clone();
    setup["setup"]["hall"][0]["hours"]["dates"][0]["date"] = json!("1.10.2026");
    let refused = house.post_as("/api/admin/save_setup", &admin, setup).await;
    assert_eq!(refused.refusal(), (422, "bad_setup".to_owned()));
    assert!(refused.text().contains("hall[0].hours.dates[0].date"), "{}", refused.text());
    house.stop().await;
}
