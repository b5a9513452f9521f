//! Terminals and their keys: paired by six figures, and then nobody else is served as the kiosk.

use hyper::body::Bytes;
use hyper::{Request, header};
use jiban::clock::Clock;
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use jiban_domain::access::Rule;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::PERSON;
use crate::support::self_print::NAME;
use crate::support::terminals::Terminal;
use crate::support::{Answer, House, SATURDAY_TEN, issue};

/// Posts with a key.
async fn post(house: &House, key: &str, path: &str, body: &Value) -> Answer {
    let request = Request::post(house.url(path))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::AUTHORIZATION, format!("Bearer {key}"));
    house.send(request.body(Bytes::from(body.to_string()).into()).unwrap()).await
}

async fn get(house: &House, key: &str, path: &str) -> Answer {
    let request = Request::get(house.url(path))
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::AUTHORIZATION, format!("Bearer {key}"));
    house.send(request.body(Bytes::new().into()).unwrap()).await
}

/// Pairs a new terminal, and returns its key.
async fn pair(house: &House, admin: &str, kiosk: &str) -> String {
    let secret = json!({ "secret": Uuid::new_v4().to_string() });
    let shown = house.post("/api/terminal/pair", secret.clone()).await.ok();
    let waiting = house.post("/api/terminal/paired", secret.clone()).await.ok();
    assert_eq!(waiting["accepted"], Value::Null);
    let accept = json!({ "code": shown["code"], "kiosk": kiosk });
    house.post_as("/api/admin/pair_terminal", admin, accept).await.ok();
    let accepted = house.post("/api/terminal/paired", secret).await.ok()["accepted"].clone();
    assert_eq!(accepted["kiosk"], kiosk);
    accepted["key"].as_str().unwrap().to_owned()
}

/// A hall whose kiosks are served only to paired terminals, and its director.
async fn paired_hall() -> (House, String) {
    let house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
    let admin = house.admin().await;
    ask_for_keys(&house, &admin).await;
    (house, admin)
}

async fn ask_for_keys(house: &House, admin: &str) {
    let mut setup = house.get_as("/api/admin/setup", admin).await.ok();
    for hall in setup["setup"]["hall"].as_array_mut().unwrap() {
        hall["paired"] = json!(true);
    }
    house.post_as("/api/admin/save_setup", admin, setup).await.ok();
}

fn no(code: &str) -> (u16, String) {
    (401, code.to_owned())
}

/// Every call of kiosks that the router has: its method, its address, and a body with which it
/// would be served.
fn kiosk_calls(terminal: &Terminal) -> Vec<(&'static str, String, Value)> {
    let rows = jiban::http::routes().rows().into_iter();
    let of_kiosks = rows.filter(|row| row.action.rule() == Rule::Kiosk);
    let calls = of_kiosks.map(|row| {
        let (query, body) = asked(row.path, terminal);
        (row.method, format!("{}{query}", row.path), body)
    });
    calls.collect()
}

/// What a call of a kiosk asks: its query and its body.
fn asked(path: &str, terminal: &Terminal) -> (&'static str, Value) {
    let token = jiban_domain::Token(Uuid::new_v4().into_bytes());
    let id = Uuid::new_v4();
    let body = match path {
        "/events/kiosk" => return ("?kiosk=K1", Value::Null),
        "/api/kiosk/voice" => return ("?lang=en&text=Hello", Value::Null),
        "/api/kiosk/read_code" => return ("?width=100", json!({})),
        "/api/kiosk/characters" => json!({ "text": "yue" }),
        "/api/kiosk/issue" => issue("marriage"),
        "/api/kiosk/abandon" | "/api/self_print/read" => {
            json!({ "kiosk": "K1", "request_id": id })
        }
        "/api/kiosk/search" => json!({ "kiosk": "K1", "text": "婚" }),
        "/api/kiosk/reprint" | "/api/booking/check_in" => {
            json!({ "kiosk": "K1", "request_id": id, "token": token })
        }
        "/api/kiosk/printed" => json!({ "kiosk": "K1", "token": token }),
        "/api/kiosk/guide" => json!({ "kiosk": "K1", "id": "marriage" }),
        "/api/kiosk/print_guide" => json!({ "kiosk": "K1", "id": "marriage", "request_id": id }),
        "/api/kiosk/heartbeat" | "/api/terminal/hall" | "/api/self_print/now" => {
            json!({ "kiosk": "K1" })
        }
        "/api/terminal/issue" => {
            json!({ "issue": issue("marriage"), "token": token, "store": terminal.store })
        }
        "/api/terminal/hand_in" => {
            json!({ "kiosk": "K1", "store": terminal.store, "numbers": [] })
        }
        "/api/terminal/report" => terminal.report(&json!([])),
        "/api/self_print/prove" => json!({ "kiosk": "K1", "number": PERSON, "card": true }),
        "/api/self_print/list" | "/api/self_print/leave" => json!({ "kiosk": "K1", "pass": token }),
        "/api/self_print/print" => json!({
            "kiosk": "K1", "request_id": id, "pass": token, "item": { "statement": "insured" },
        }),
        new => panic!("{new}: a call of kiosks that this test does not know"),
    };
    ("", body)
}

/// Calls that are about no kiosk in particular: the key of any kiosk will do.
const OF_ANY_KIOSK: [&str; 3] =
    ["/api/kiosk/voice", "/api/kiosk/read_code", "/api/kiosk/characters"];

#[tokio::test]
async fn nobody_is_served_as_a_kiosk_without_its_key() {
    let (house, admin) = paired_hall().await;
    let terminal = Terminal::new("K1");
    let key = pair(&house, &admin, "K1").await;
    let others = pair(&house, &admin, "K2").await;
    for (method, address, body) in kiosk_calls(&terminal) {
        let ask = async |key: Option<&str>| match (method, key) {
            ("GET", None) => house.get(&address).await,
            ("GET", Some(key)) => get(&house, key, &address).await,
            (_, None) => house.post(&address, body.clone()).await,
            (_, Some(key)) => post(&house, key, &address, &body).await,
        };
        assert_eq!(ask(None).await.refusal(), no("pair_first"), "{address} without a key");
        for wrong in ["0", &key[1..]] {
            let refused = ask(Some(wrong)).await.refusal();
            assert_eq!(refused, no("pair_first"), "{address} with no kiosk's key");
        }
        if !OF_ANY_KIOSK.iter().any(|path| address.starts_with(path)) {
            let refused = ask(Some(&others)).await.refusal();
            assert_eq!(refused, no("pair_first"), "{address} with another's key");
        }
        // A stream would go on for ever.
        if !address.starts_with("/events/") {
            let served = ask(Some(&key)).await;
            // Nobody has proved who they are, which is another 401.
            let paired = served.status != 401 || served.refusal() == no("proof_over");
            assert!(paired, "{address}: {}", served.text());
        }
    }
    let streams = ["/events/kiosk?kiosk=K1", "/events/shared?of=kiosk%3Fkiosk%3DK1"];
    assert_eq!(house.get(streams[0]).await.refusal(), no("pair_first"));
    assert!(house.get(streams[1]).await.text().contains("401"), "in a shared stream too");
    assert_eq!(get(&house, &others, streams[0]).await.refusal(), no("pair_first"));
    // Nobody was given a number, and nothing was told, without the key.
    let hall = house.get("/api/hall").await.ok();
    let lines = hall["lines"].as_array().unwrap();
    let waiting: u64 = lines.iter().map(|line| line["waiting"].as_u64().unwrap()).sum();
    assert_eq!(waiting, 2, "the two with the key");
    // An id that only looks like another, or is there twice.
    let hidden = json!({ "kiosk": "K1\u{200b}" });
    assert_eq!(house.post("/api/kiosk/heartbeat", hidden).await.refusal(), no("pair_first"));
    let twice = Bytes::from_static(br#"{"kiosk":"K9","kiosk":"K1"}"#);
    let refused = house.post_raw("/api/kiosk/heartbeat", "", "application/json", twice).await;
    assert_eq!(refused.refusal(), (400, "bad_request".to_owned()));
    // A kiosk of the body that is not the one of the address.
    let body = json!({ "kiosk": "K1" });
    let refused = post(&house, &others, "/api/kiosk/heartbeat?kiosk=K2", &body).await.refusal();
    assert_eq!(refused, no("pair_first"));
}

#[tokio::test]
async fn at_a_paired_kiosk_a_card_alone_collects_what_is_ready() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    house.accepted("clerk1", "1", "food-permit").await;
    house.approve_all(&house.office("review1").await).await;
    let admin = house.admin().await;
    ask_for_keys(&house, &admin).await;
    let key = pair(&house, &admin, "K2").await;
    let path = "/api/self_print/prove";
    let card = json!({ "kiosk": "K2", "number": PERSON, "name": NAME, "card": true });
    assert_eq!(house.post(path, card.clone()).await.refusal(), no("pair_first"));
    let proved = post(&house, &key, path, &card).await.ok();
    let first = &proved["printables"][0];
    assert_eq!(first["kind"], "result");
    assert_eq!(first["refused"], Value::Null, "no code is asked for");
}

#[tokio::test]
async fn whoever_opens_the_page_is_told_how_to_pair() {
    let (house, admin) = paired_hall().await;
    let key = pair(&house, &admin, "K1").await;
    let page = house.get("/kiosk/K1").await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("jiban terminal"), "{}", page.text());
    assert!(!page.text().contains("data-page=\"kiosk\""));
    assert_eq!(get(&house, &key, "/kiosk/K1").await.status, 200);
    // One kiosk may be left open, or be the only one that asks.
    let mut setup = house.get_as("/api/admin/setup", &admin).await.ok();
    setup["setup"]["hall"][0]["kiosk"][1]["paired"] = json!(false);
    house.post_as("/api/admin/save_setup", &admin, setup).await.ok();
    assert_eq!(house.get("/kiosk/K2").await.status, 200);
    assert_eq!(house.get("/kiosk/K1").await.status, 401);
    let hall_file = house.get_as("/api/admin/setup.toml", &admin).await.text();
    assert!(hall_file.contains("paired = true") && hall_file.contains("paired = false"));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes_and_cannot_be_guessed() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::unlimited(clock.clone()).await;
    let admin = house.admin().await;
    let secret = json!({ "secret": Uuid::new_v4().to_string() });
    let shown = house.post("/api/terminal/pair", secret.clone()).await.ok();
    assert_eq!(shown["until"], json!(SATURDAY_TEN + 600_000));
    let code = shown["code"].as_str().unwrap().to_owned();
    assert!(code.len() == 6 && code.bytes().all(|figure| figure.is_ascii_digit()), "{code}");
    let again = house.post("/api/terminal/pair", secret.clone()).await.ok();
    assert_eq!(again["code"], shown["code"], "the same while it is good");
    let accept = async |code: &str| {
        let body = json!({ "code": code, "kiosk": "K1" });
        house.post_as("/api/admin/pair_terminal", &admin, body).await
    };
    // Typed with a space.
    accept(&format!("{} {}", &code[..3], &code[3..])).await.ok();
    assert_eq!(accept(&code).await.refusal(), (404, "unknown_pairing_code".to_owned()));
    // The key is given until it is used, to who knows the secret.
    let asked = house.post("/api/terminal/paired", secret.clone()).await.ok();
    let key = asked["accepted"]["key"].as_str().unwrap().to_owned();
    let report = Terminal::new("K1").report(&json!([]));
    post(&house, &key, "/api/terminal/report", &report).await.ok();
    let asked = house.post("/api/terminal/paired", secret).await.ok();
    assert_eq!(asked["accepted"], Value::Null);
    // Guesses are few.
    let mut refusals = Vec::new();
    for guess in 0..12 {
        refusals.push(accept(&format!("{guess:06}")).await.refusal().1);
    }
    assert!(refusals.contains(&"locked_out".to_owned()), "{refusals:?}");
}

#[tokio::test]
async fn codes_that_are_open_at_once_are_bounded() {
    let house = House::unlimited(Clock::standing_at(SATURDAY_TEN)).await;
    let mut open = 0;
    for _ in 0..20 {
        let secret = json!({ "secret": Uuid::new_v4().to_string() });
        let answer = house.post("/api/terminal/pair", secret).await;
        match answer.status.as_u16() {
            200 => open += 1,
            _ => assert_eq!(answer.refusal(), (429, "busy".to_owned())),
        }
    }
    assert!((1..20).contains(&open), "{open}");
    let short = house.post("/api/terminal/pair", json!({ "secret": "1" })).await.refusal();
    assert_eq!(short, (400, "bad_request".to_owned()));
}

#[tokio::test]
async fn a_revoked_terminal_is_told_so_also_after_a_restart() {
    let (mut house, admin) = paired_hall().await;
    let key = pair(&house, &admin, "K1").await;
    let body = json!({ "kiosk": "K1" });
    post(&house, &key, "/api/kiosk/heartbeat", &body).await.ok();
    house.post_as("/api/admin/revoke_terminal", &admin, body.clone()).await.ok();
    assert_eq!(post(&house, &key, "/api/kiosk/heartbeat", &body).await.refusal(), no("revoked"));
    house.restart().await;
    assert_eq!(post(&house, &key, "/api/kiosk/heartbeat", &body).await.refusal(), no("revoked"));
    let refused = house.post_as("/api/admin/revoke_terminal", &admin, body.clone()).await.refusal();
    assert_eq!(refused, (409, "not_paired".to_owned()));
    // Another machine takes its place.
    let second = pair(&house, &admin, "K1").await;
    post(&house, &second, "/api/kiosk/heartbeat", &body).await.ok();
    let third = pair(&house, &admin, "K1").await;
    assert_eq!(post(&house, &second, "/api/kiosk/heartbeat", &body).await.refusal(), no("revoked"));
    post(&house, &third, "/api/kiosk/heartbeat", &body).await.ok();
    let walked = open_to_read(&house.db()).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn a_key_is_changed_without_a_visit() {
    let (mut house, admin) = paired_hall().await;
    let terminal = Terminal::new("K1");
    let old = pair(&house, &admin, "K1").await;
    let report = terminal.report(&json!([]));
    let reported = post(&house, &old, "/api/terminal/report", &report).await.ok();
    assert_eq!(reported["new_key"], Value::Null);
    let change = json!({ "kiosk": "K1" });
    house.post_as("/api/admin/change_terminal_key", &admin, change).await.ok();
    let reported = post(&house, &old, "/api/terminal/report", &report).await.ok();
    let new = reported["new_key"].as_str().unwrap().to_owned();
    assert_ne!(new, old);
    house.restart().await;
    let reported = post(&house, &old, "/api/terminal/report", &report).await.ok();
    assert_eq!(reported["new_key"], json!(new), "until it is used, also after a restart");
    let reported = post(&house, &new, "/api/terminal/report", &report).await.ok();
    assert_eq!(reported["new_key"], Value::Null);
    let refused = post(&house, &old, "/api/terminal/report", &report).await.refusal();
    assert_eq!(refused, no("pair_first"), "the old one is nobody's");
    let rows = std::fs::read(house.db()).unwrap();
    for key in [&old, &new] {
        let is_there = rows.windows(key.len()).any(|part| part == key.as_bytes());
        assert!(!is_there, "the database has no key");
    }
}

#[tokio::test]
async fn of_two_programs_with_one_key_the_newer_goes_on() {
    let (mut house, admin) = paired_hall().await;
    let older = Terminal::new("K1");
    let newer =
        Terminal { run: Uuid::new_v4(), ..Terminal { store: older.store, ..Terminal::new("K1") } };
    let key = pair(&house, &admin, "K1").await;
    let report = |one: &Terminal| one.report(&json!([]));
    post(&house, &key, "/api/terminal/report", &report(&older)).await.ok();
    post(&house, &key, "/api/terminal/report", &report(&newer)).await.ok();
    let refused = || (409, "key_in_use".to_owned());
    let again = post(&house, &key, "/api/terminal/report", &report(&older)).await.refusal();
    assert_eq!(again, refused());
    // A new start of the server does not mix them up.
    house.restart().await;
    let again = post(&house, &key, "/api/terminal/report", &report(&older)).await.refusal();
    assert_eq!(again, refused());
    post(&house, &key, "/api/terminal/report", &report(&newer)).await.ok();
}
