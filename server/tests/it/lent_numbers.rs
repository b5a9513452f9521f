//! Numbers that terminals give by themselves: lent beforehand, handed in afterwards, in any
//! order and any number of times.

use fastrand::Rng;
use jiban::clock::Clock;
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::terminals::Terminal;
use crate::support::{House, SATURDAY_TEN, issue};

const TODAY: &str = "2026-11-21";
const MINUTE: i64 = 60_000;

/// The first number of a letter that a store was lent for today.
fn first_lent(reported: &Value, letter: &str) -> u64 {
    let lent = reported["lent"].as_array().unwrap();
    let mine = lent.iter().find(|one| one["day"] == TODAY && one["letter"] == letter);
    mine.unwrap()["first"].as_u64().unwrap()
}

/// The labels and tokens of the line of marriages, in its order.
fn line(house: &House) -> Vec<(String, String)> {
    let service = house.service();
    let live_state = service.live_state();
    let order = live_state.line(&"main".into(), &"marriage".into()).unwrap();
    let ticket = |id| live_state.standing(id).unwrap().ticket.clone();
    order.iter().map(|(_, id)| ticket(id)).map(|it| (it.label(), it.token.to_string())).collect()
}

async fn open(db: &std::path::Path) -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(db);
    sqlx::SqlitePool::connect_with(options).await.unwrap()
}

async fn is_whole(house: &House) {
    let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
}

/// A hall in which a terminal was lent numbers half an hour ago.
async fn half_an_hour_later(terminals: &[&Terminal]) -> (House, Vec<Value>) {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::unlimited(clock.clone()).await;
    let mut lent = Vec::new();
    for terminal in terminals {
        lent.push(terminal.reports(&house, &json!([])).await);
    }
    clock.set(SATURDAY_TEN + 30 * MINUTE);
    (house, lent)
}

#[tokio::test]
async fn blocks_are_lent_to_one_store_alone_and_always_named() {
    let (one, two) = (Terminal::new("K1"), Terminal::new("K2"));
    let mut house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
    let first = one.reports(&house, &json!([])).await;
    assert_eq!(first["days"], json!([TODAY, "2026-11-22"]));
    assert_eq!(first["hall"], "main");
    let second = two.reports(&house, &json!([])).await;
    let again = one.reports(&house, &json!([])).await;
    assert_eq!(first["lent"], again["lent"], "a repeat lends nothing more");
    // A file that was lost: its numbers are nobody's.
    let lost = Terminal { store: Uuid::new_v4(), ..Terminal::new("K1") };
    let third = lost.reports(&house, &json!([])).await;
    house.restart().await;
    assert_eq!(one.reports(&house, &json!([])).await["lent"], first["lent"], "after a restart");
    let mut seen = std::collections::BTreeSet::new();
    for reported in [&first, &second, &third] {
        let lent = reported["lent"].as_array().unwrap();
        // Six lines, today and tomorrow, enough for each.
        assert_eq!(lent.len(), 6 * 2 * 4, "{lent:?}");
        for block in lent {
            let (first, last) = (block["first"].as_u64().unwrap(), block["last"].as_u64().unwrap());
            assert!(first > 9_000 && last == first + 19, "{block}");
            // Not even on the next day has another the same.
            assert!(seen.insert((block["letter"].to_string(), first)), "{block} is lent twice");
        }
    }
}

#[tokio::test]
async fn what_was_used_is_topped_up_and_never_without_end() {
    let terminal = Terminal::new("K1");
    let house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
    let count = |reported: &Value| {
        let lent = reported["lent"].as_array().unwrap().clone();
        lent.iter().filter(|one| one["day"] == TODAY && one["letter"] == "E").count()
    };
    assert_eq!(count(&terminal.reports(&house, &json!([])).await), 4);
    let left = |left| json!([{ "day": TODAY, "letter": "E", "left": left }]);
    assert_eq!(count(&terminal.reports(&house, &left(80)).await), 4);
    assert_eq!(count(&terminal.reports(&house, &left(79)).await), 5);
    for _ in 0..4 {
        assert!(count(&terminal.reports(&house, &left(0)).await) <= 6, "it says it has none");
    }
}

#[tokio::test]
async fn ordinary_numbers_go_on_as_if_nothing_were_lent() {
    let terminal = Terminal::new("K1");
    let (house, lent) = half_an_hour_later(&[&terminal]).await;
    assert_eq!(house.issue("marriage").await["number"], "E001");
    let first = first_lent(&lent[0], "E");
    let given = terminal.gave(first, TODAY, SATURDAY_TEN + MINUTE);
    let taken = terminal.hand_in(&house, &[given]).await;
    assert_eq!(taken["numbers"][0]["number"], format!("E{first}"));
    assert_eq!(house.issue("marriage").await["number"], "E002");
    let mut house = house;
    house.restart().await;
    assert_eq!(house.issue("marriage").await["number"], "E003", "nor after a restart");
}

#[tokio::test]
async fn a_number_given_while_cut_off_stands_where_it_would_have_stood() {
    let terminal = Terminal::new("K1");
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::unlimited(clock.clone()).await;
    let first = first_lent(&terminal.reports(&house, &json!([])).await, "E");
    clock.set(SATURDAY_TEN + 5 * MINUTE);
    house.issue("marriage").await;
    clock.set(SATURDAY_TEN + 15 * MINUTE);
    house.issue("marriage").await;
    clock.set(SATURDAY_TEN + 30 * MINUTE);
    let given = terminal.gave(first, TODAY, SATURDAY_TEN + 10 * MINUTE);
    let taken = terminal.hand_in(&house, std::slice::from_ref(&given)).await;
    assert_eq!(taken["numbers"][0]["waits"], true);
    let labels: Vec<_> = line(&house).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["E001".to_owned(), format!("E{first}"), "E002".to_owned()]);
    // The slip's page, and what it says of when.
    let token = given["token"].as_str().unwrap();
    let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
    assert_eq!(progress["number"], format!("E{first}"));
    assert_eq!(progress["ahead"], 1);
    assert_eq!(progress["events"][0]["at"], json!(SATURDAY_TEN + 10 * MINUTE));
    // A repeat of the request for the number, by either way, gets this ticket.
    let mut asked = given["issue"].clone();
    let repeated = house.post("/api/kiosk/issue", asked.clone()).await.ok();
    assert_eq!(repeated["token"], token);
    assert_eq!(repeated["number"], format!("E{first}"));
    asked = json!({ "issue": asked, "token": token, "store": terminal.store });
    let repeated = house.post("/api/terminal/issue", asked).await.ok();
    assert_eq!(repeated["issued"]["number"], format!("E{first}"));
    is_whole(&house).await;
}

/// Two terminals that were cut off at once, back in either order, with repeats in between.
#[tokio::test]
async fn any_order_and_repetition_of_hand_ins_leaves_the_same_line() {
    let seed = Rng::new().u64(..);
    let (one, two) = (Terminal::new("K1"), Terminal::new("K2"));
    let numbers = |terminal: &Terminal, first: u64, odd: i64| -> Vec<Value> {
        // Some in the same millisecond at both.
        let at = |n: u64| {
            SATURDAY_TEN + i64::try_from(n / 3).unwrap() * MINUTE * 2 + odd * i64::from(n % 3 == 1)
        };
        (0..12).map(|n| terminal.gave(first + n, TODAY, at(n))).collect()
    };
    let mut expected: Option<Vec<(String, String)>> = None;
    let mut given: Option<[Vec<Value>; 2]> = None;
    for round in 0..4 {
        let mut rng = Rng::with_seed(seed + round);
        let (mut house, lent) = half_an_hour_later(&[&one, &two]).await;
        let given = given.get_or_insert_with(|| {
            [
                numbers(&one, first_lent(&lent[0], "E"), 0),
                numbers(&two, first_lent(&lent[1], "E"), 7),
            ]
        });
        let mut parts: Vec<(usize, Vec<Value>)> = Vec::new();
        for (at, all) in given.iter().enumerate() {
            let split = rng.usize(1..all.len());
            parts.push((at, all[..split].to_vec()));
            parts.push((at, all[split..].to_vec()));
            parts.push((at, all[rng.usize(..all.len())..].to_vec()));
        }
        rng.shuffle(&mut parts);
        for (at, mut part) in parts {
            rng.shuffle(&mut part);
            [&one, &two][at].hand_in(&house, &part).await;
            if rng.u8(..4) == 0 {
                house.restart().await;
            }
        }
        let now = line(&house);
        assert_eq!(now.len(), 24, "none lost, none twice (seed {seed})");
        let expected = expected.get_or_insert_with(|| now.clone());
        assert_eq!(now, *expected, "seed {seed}");
        is_whole(&house).await;
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_one_ticket_with_the_number_of_the_slip() {
    let terminal = Terminal::new("K1");
    let (house, lent) = half_an_hour_later(&[&terminal]).await;
    let first = first_lent(&lent[0], "E");
    let given = terminal.gave(first, TODAY, SATURDAY_TEN + 30 * MINUTE);
    // It was issued, and the answer was lost; so the terminal gave one of its own.
    let asked =
        json!({ "issue": given["issue"], "token": given["token"], "store": terminal.store });
    let issued = house.post("/api/terminal/issue", asked.clone()).await.ok();
    assert_eq!(issued["issued"]["number"], "E001");
    // Called by a number that nobody knows, and missed.
    let clerk = house.sign_in("clerk5", "5").await;
    house.verb(&clerk, "call_next").await.ok();
    house.verb(&clerk, "mark_missed").await.ok();
    let taken = terminal.hand_in(&house, std::slice::from_ref(&given)).await;
    assert_eq!(
        taken["numbers"][0],
        json!({
            "request_id": given["issue"]["request_id"], "number": format!("E{first}"), "waits": true,
        })
    );
    assert_eq!(line(&house).len(), 1);
    let again = house.post("/api/terminal/issue", asked).await.ok();
    assert_eq!(again["issued"]["number"], format!("E{first}"), "a repeat gets the slip's number");
    assert_eq!(terminal.hand_in(&house, &[given]).await, taken);
    let called = house.verb(&clerk, "call_next").await.ok();
    assert_eq!(called["ticket"]["number"], format!("E{first}"), "{called}");
    is_whole(&house).await;
}

#[tokio::test]
async fn files_that_were_copied_make_no_two_visitors_hear_one_number() {
    let terminal = Terminal::new("K1");
    let (house, lent) = half_an_hour_later(&[&terminal]).await;
    let first = first_lent(&lent[0], "E");
    let one = terminal.gave(first, TODAY, SATURDAY_TEN + MINUTE);
    let copied = terminal.gave(first, TODAY, SATURDAY_TEN + 2 * MINUTE);
    let taken = terminal.hand_in(&house, &[one, copied.clone()]).await;
    assert_eq!(taken["numbers"][0]["number"], format!("E{first}"));
    assert_eq!(taken["numbers"][1]["number"], "E001");
    let token = copied["token"].as_str().unwrap();
    let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
    assert_eq!(progress["number"], "E001", "its page says so");
    assert_eq!(terminal.hand_in(&house, &[copied]).await["numbers"][0]["number"], "E001");
    is_whole(&house).await;
    // The database itself knows no block of two stores, and no number of two visitors.
    let folder = house.stop().await;
    let pool = open(&folder.path().join("hall.db")).await;
    for twice in [
        "INSERT INTO lent_numbers (hall, day, letter, first, kiosk, store, at) \
         SELECT hall, day, letter, first, 'K2', randomblob(16), at FROM lent_numbers LIMIT 1",
        "UPDATE tickets SET number = (SELECT MAX(number) FROM tickets)",
    ] {
        let error = sqlx::query(twice).execute(&pool).await.unwrap_err().to_string();
        assert!(error.contains("UNIQUE"), "{twice}: {error}");
    }
    pool.close().await;
}

#[tokio::test]
async fn numbers_of_a_terminal_that_never_came_back_end_with_their_days() {
    const DAY: i64 = 24 * 60 * MINUTE;
    let (lost, other) = (Terminal::new("K1"), Terminal::new("K2"));
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::unlimited(clock.clone()).await;
    let first = first_lent(&lost.reports(&house, &json!([])).await, "E");
    for (later, known) in [(8, vec![TODAY, "2026-11-22"]), (9, vec!["2026-11-22"]), (10, vec![])] {
        clock.set(SATURDAY_TEN + later * DAY);
        house.service().prune().await;
        let pool = open(&house.db()).await;
        let days = sqlx::query_scalar("SELECT DISTINCT day FROM lent_numbers ORDER BY day");
        let days: Vec<String> = days.fetch_all(&pool).await.unwrap();
        pool.close().await;
        assert_eq!(days, known, "after {later} days");
    }
    // Whoever still brings one is as good as somebody who comes now, and others have the block.
    let late = lost.gave(first, TODAY, SATURDAY_TEN + MINUTE);
    let taken = lost.hand_in(&house, &[late]).await;
    assert_eq!(taken["numbers"][0]["number"], "E001");
    let lent = other.reports(&house, &json!([])).await["lent"].clone();
    let again = |block: &Value| block["letter"] == "E" && block["first"] == first;
    assert!(lent.as_array().unwrap().iter().any(again), "{lent}");
    is_whole(&house).await;
}

#[tokio::test]
async fn a_number_that_was_not_lent_to_the_store_is_not_taken_as_its() {
    let (one, stranger) = (Terminal::new("K1"), Terminal::new("K2"));
    let (house, lent) = half_an_hour_later(&[&one]).await;
    house.issue("marriage").await;
    let first = first_lent(&lent[0], "E");
    for number in [first, 50_001] {
        let given = stranger.gave(number, TODAY, SATURDAY_TEN);
        let taken = stranger.hand_in(&house, &[given]).await;
        let got = taken["numbers"][0]["number"].as_str().unwrap().to_owned();
        assert!(got.starts_with("E00"), "{got}: an ordinary number, as one that comes now");
    }
    let labels: Vec<_> = line(&house).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["E001", "E002", "E003"], "nobody stands before those who came earlier");
    // What cannot be one is refused.
    let mut ordinary = stranger.gave(7, TODAY, SATURDAY_TEN);
    let body =
        |number: &Value| json!({ "kiosk": "K2", "store": stranger.store, "numbers": [number] });
    let no = house.post("/api/terminal/hand_in", body(&ordinary)).await.refusal();
    assert_eq!(no, (400, "bad_request".to_owned()));
    ordinary["number"] = json!(9_001);
    ordinary["issue"]["kiosk"] = json!("K1");
    let no = house.post("/api/terminal/hand_in", body(&ordinary)).await.refusal();
    assert_eq!(no, (400, "bad_request".to_owned()));
    is_whole(&house).await;
}

#[tokio::test]
async fn what_comes_too_late_is_told_on_its_page() {
    let terminal = Terminal::new("K1");
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::unlimited(clock.clone()).await;
    let first = first_lent(&terminal.reports(&house, &json!([])).await, "E");
    let admin = house.admin().await;
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    setup["setup"]["hall"][0]["carries_over"] = json!(false);
    house.post_as("/api/admin/save_setup", &admin, setup).await.ok();
    let mut back = terminal.gave(first, TODAY, SATURDAY_TEN);
    back["given_back"] = json!(true);
    let late = terminal.gave(first + 1, TODAY, SATURDAY_TEN);
    // The terminal's clock is a day ahead: its numbers count today.
    let ahead = terminal.gave(first + 2, "2026-12-25", SATURDAY_TEN + 34 * 24 * 60 * MINUTE);
    let taken = terminal.hand_in(&house, &[back.clone(), ahead]).await;
    assert_eq!(taken["numbers"][0]["waits"], false);
    assert_eq!(taken["numbers"][1]["waits"], true);
    assert_eq!(house.issue("marriage").await["number"].as_str().unwrap().len(), 4);
    clock.set(SATURDAY_TEN + 3 * 24 * 60 * MINUTE);
    house.service().turn_day().await.unwrap();
    let taken = terminal.hand_in(&house, std::slice::from_ref(&late)).await;
    assert_eq!(taken["numbers"][0]["waits"], false);
    for one in [&back, &late] {
        let token = one["token"].as_str().unwrap();
        let progress = house.get(&format!("/api/progress?token={token}")).await.ok();
        assert_eq!(progress["state"], "cancelled");
    }
    assert_eq!(house.issue("marriage").await["number"], "E001", "the day is the hall's");
    is_whole(&house).await;
}

#[tokio::test]
async fn a_slip_is_good_in_a_hall_that_has_changed_meanwhile() {
    let terminal = Terminal::new("K1");
    let (house, lent) = half_an_hour_later(&[&terminal]).await;
    let first = first_lent(&lent[0], "E");
    let admin = house.admin().await;
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    let hall = &mut setup["setup"]["hall"][0];
    hall["hours"] = json!({ "week": { "mon": [["09:00", "10:00"]] } });
    hall["booking"] = Value::Null;
    hall["line"].as_array_mut().unwrap().iter_mut().for_each(|line| line["closed"] = json!(true));
    house.post_as("/api/admin/save_setup", &admin, setup).await.ok();
    assert_ne!(house.post("/api/kiosk/issue", issue("marriage")).await.status, 200);
    let mut unknown = terminal.gave(first, TODAY, SATURDAY_TEN);
    unknown["issue"]["matter"] = json!("gone");
    unknown["line"] = json!("gone-too");
    let known = terminal.gave(first + 1, TODAY, SATURDAY_TEN);
    let taken = terminal.hand_in(&house, &[unknown, known]).await;
    for number in taken["numbers"].as_array().unwrap() {
        assert_eq!(number["waits"], true, "{taken}");
    }
    is_whole(&house).await;
}

#[tokio::test]
async fn a_terminals_number_is_the_same_by_either_call_and_prints_nothing_here() {
    let terminal = Terminal::new("K2");
    let (house, _) = half_an_hour_later(&[&terminal]).await;
    let given = terminal.gave(9_001, TODAY, 0);
    let asked =
        json!({ "issue": given["issue"], "token": given["token"], "store": terminal.store });
    let first = house.post("/api/terminal/issue", asked.clone()).await.ok();
    assert_eq!(first["issued"]["token"], given["token"], "the terminal's own token");
    assert_eq!(first["slip"]["number"], "E001");
    house.issue("marriage").await;
    assert_eq!(house.post("/api/terminal/issue", asked).await.ok(), first);
    let by_page = house.post("/api/kiosk/issue", given["issue"].clone()).await.ok();
    assert_eq!(by_page, first["issued"]);
    assert_eq!(house.service().live_state().jobs().count(), 0, "the terminal prints");
    // Nobody else's token.
    let other = json!({
        "issue": terminal.gave(9_001, TODAY, 0)["issue"].clone(), "token": given["token"],
        "store": terminal.store,
    });
    let mut at_another = other.clone();
    at_another["issue"]["kiosk"] = json!("K1");
    let no = house.post("/api/terminal/issue", at_another).await.refusal();
    assert_eq!(no, (409, "request_reused".to_owned()));
}

#[tokio::test]
async fn a_terminal_gets_its_hall_alone_without_those_who_work_there() {
    let house = House::open().await;
    let hall = house.post("/api/terminal/hall", json!({ "kiosk": "K1" })).await.ok();
    assert_eq!(hall["setup"]["hall"].as_array().unwrap().len(), 1);
    assert!(hall["setup"].to_string().contains("marriage"));
    assert_eq!(hall["setup"]["clerk"], json!([]));
    assert_eq!(hall["progress_base"], "http://hall.example:3000/t/");
    assert!(hall["days"].as_array().unwrap().contains(&json!(["2026-10-01", false])));
    let version = Terminal::new("K1").reports(&house, &json!([])).await["hall_version"].clone();
    assert_eq!(version, hall["version"]);
}

#[tokio::test]
async fn what_a_terminal_tells_is_kept_once_and_its_printer_is_its_own() {
    let terminal = Terminal::new("K2");
    let mut house = House::open().await;
    let mut report = terminal.report(&json!([]));
    let event = |id: u64| json!({ "id": id, "at": 1, "kind": "printer", "detail": "paper out" });
    report["events"] = json!([event(1), event(2)]);
    report["printer"] = json!("paper_out");
    for _ in 0..2 {
        let reported = house.post("/api/terminal/report", report.clone()).await.ok();
        assert_eq!(reported["events_kept"], 2);
    }
    house.restart().await;
    report["events"] = json!([event(2), event(3)]);
    let reported = house.post("/api/terminal/report", report).await.ok();
    assert_eq!(reported["events_kept"], 3);
    let events = house.service().reader.terminal_events(&"K2".into(), 9).await.unwrap();
    assert_eq!(events.iter().map(|event| event.id).collect::<Vec<_>>(), [3, 2, 1]);
    // A number taken by a page queues no slip: the terminal prints.
    let mut body = issue("marriage");
    body["kiosk"] = json!("K2");
    house.post("/api/kiosk/issue", body).await.ok();
    assert_eq!(house.service().live_state().jobs().count(), 0);
    let admin = house.admin().await;
    let now = crate::nothing_lost::first_snapshot(&house.url("/events/admin"), &admin).await;
    let kiosks = now["kiosks"].as_array().unwrap();
    let kiosk = kiosks.iter().find(|kiosk| kiosk["id"] == "K2").unwrap();
    assert_eq!(kiosk["printer"], "paper_out");
    assert!(!kiosk["heard_at"].is_null());
}

#[tokio::test]
async fn the_page_of_a_number_that_is_not_here_yet_says_so_and_looks_again() {
    let terminal = Terminal::new("K1");
    let (house, lent) = half_an_hour_later(&[&terminal]).await;
    let given = terminal.gave(first_lent(&lent[0], "E"), TODAY, SATURDAY_TEN + MINUTE);
    let address = format!("/t/{}", given["token"].as_str().unwrap());
    let page = house.get(&address).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("not here yet"), "{}", page.text());
    assert_eq!(page.headers["refresh"], "60");
    let chinese = house.get(&format!("{address}?lang=zh-CN")).await;
    assert!(chinese.text().contains("还没有查到这个号"));
    let nonsense = house.get("/t/nonsense").await;
    assert!(nonsense.status == 404 && !nonsense.headers.contains_key("refresh"));
    terminal.hand_in(&house, &[given]).await;
    assert_eq!(house.get(&address).await.status, 200);
}
