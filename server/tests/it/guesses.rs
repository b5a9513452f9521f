//! Guessing: each way in has a budget, by address and in all, and nobody's failures keep
//! another one out. The proxy of these tests is the machine itself, which names the client.

use hyper::Request;
use hyper::header;
use jiban::clock::Clock;
use jiban::settings::Settings;
use serde_json::{Value, json};

use crate::support::cases::PERSON;
use crate::support::{Answer, House, PASSWORD, SATURDAY_TEN, failed_tries};

fn behind_a_proxy(settings: &mut Settings) {
    settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
}

/// Another client for each number.
fn address(n: u32) -> String {
    format!("198.51.{}.{}", n / 256, n % 256)
}

impl House {
    async fn post_from(&self, client: &str, cookie: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri(self.url(path))
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, cookie)
            .header("x-forwarded-for", client);
        self.send(request.body(body.to_string().into()).unwrap()).await
    }

    async fn get_from(&self, client: &str, path: &str) -> Answer {
        let request = Request::builder()
            .uri(self.url(path))
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::ACCEPT, "text/html")
            .header("x-forwarded-for", client);
        self.send(request.body(hyper::body::Bytes::new().into()).unwrap()).await
    }

    async fn find_from(&self, client: &str, number: &str, last_four: &str) -> Answer {
        let body = json!({ "number": number, "last_four": last_four });
        self.post_from(client, "", "/api/case/find", body).await
    }

    async fn sign_in_from(&self, client: &str, cookie: &str, name: &str, password: &str) -> Answer {
        let body = json!({ "name": name, "password": password, "counter": "1" });
        self.post_from(client, cookie, "/api/counter/sign_in", body).await
    }
}

/// The number of a case that was accepted.
async fn a_case(house: &House) -> (String, Value) {
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    house.verb(&cookie, "finish").await;
    (opened["number"].as_str().unwrap().to_owned(), opened)
}

/// A number that is well-formed and belongs to nobody.
fn made_up(n: u32) -> String {
    let day: jiff::civil::Date = "2020-01-01".parse().unwrap();
    jiban_domain::case::CaseNumber::new(day, n).to_string()
}

#[tokio::test]
async fn one_guess_at_each_of_many_numbers_is_refused_after_some() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let (number, _) = a_case(&house).await;
    for n in 0..60 {
        let no = house.find_from("203.0.113.9", &made_up(n), "1234").await.refusal();
        assert_eq!(no, (404, "unknown_case".to_owned()), "{n}");
    }
    let no = house.find_from("203.0.113.9", &made_up(61), "1234").await;
    assert_eq!(no.refusal(), (429, "address_refused".to_owned()));
    assert_eq!(no.headers["retry-after"], "60");
    assert!(no.json()["next"].as_str().unwrap().contains("counter"), "a way on");
    let right = house.find_from("203.0.113.9", &number, "002x").await;
    assert_eq!(right.refusal().1, "address_refused", "it must not go on by being right");
    // A forged entry is not the client.
    let right = house.find_from("8.8.8.8, 203.0.113.9", &number, "002x").await;
    assert_eq!(right.refusal().1, "address_refused");
    house.find_from("203.0.113.10", &number, "002x").await.ok();
    house.clock.set(SATURDAY_TEN + 60_000);
    house.find_from("203.0.113.9", &number, "002x").await.ok();
}

#[tokio::test]
async fn guesses_from_many_addresses_are_bounded_in_all() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        behind_a_proxy(settings);
        settings.limits.wrong_finds = 40;
    })
    .await;
    let (number, _) = a_case(&house).await;
    house.find_from("192.0.2.1", &number, "002x").await.ok();
    let mut tried = 0;
    for n in 0..100 {
        match house.find_from(&address(n), &made_up(n), "1234").await.refusal() {
            (404, _) => tried += 1,
            no => assert_eq!(no, (429, "too_many_guesses".to_owned())),
        }
    }
    assert_eq!(tried, 20, "one half of all");
    // A stranger is refused, whatever it knows; a kiosk goes on.
    let no = house.find_from("203.0.113.77", &number, "002x").await.refusal();
    assert_eq!(no.1, "too_many_guesses");
    for _ in 0..100 {
        house.find_from("192.0.2.1", &number, "002x").await.ok();
    }
    let no = house.find_from("192.0.2.1", &made_up(500), "0000").await.refusal();
    assert_eq!(no.1, "unknown_case");
}

#[tokio::test]
async fn numbers_made_up_do_not_free_a_lock() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let (number, _) = a_case(&house).await;
    for n in 0..5 {
        let no = house.find_from(&address(n), &number, "1234").await.refusal();
        assert_eq!(no.1, "unknown_case");
    }
    assert_eq!(house.find_from(&address(9), &number, "002x").await.refusal().1, "locked_out");
    for n in 0..280 {
        house.find_from(&address(10 + n / 50), &made_up(n), "1234").await.refusal();
    }
    // The same number in other characters is the same lock.
    let full_width: String = number
        .chars()
        .map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap())
        .collect();
    for typed in [number.clone(), format!(" {}-{} ", &number[..6], &number[6..]), full_width] {
        let no = house.find_from("203.0.113.1", &typed, "002x").await.refusal();
        assert_eq!(no.1, "locked_out", "{typed}");
    }
}

#[tokio::test]
async fn what_exists_and_what_does_not_is_answered_alike() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let (number, _) = a_case(&house).await;
    let essence = |answer: Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        (answer.status, names, answer.text())
    };
    for client in ["203.0.113.1", "203.0.113.2"] {
        for _ in 0..2 {
            let known = essence(house.find_from(client, &number, "1234").await);
            for other in [&made_up(7), "123", "", "no number at all"] {
                assert_eq!(essence(house.find_from(client, other, "1234").await), known);
            }
        }
    }
    // The lock comes after as many tries.
    for (n, number) in [number, made_up(8)].iter().enumerate() {
        let client = format!("203.0.113.{}", 100 + n);
        let mut tries = 0;
        while house.find_from(&client, number, "1234").await.status == 404 {
            tries += 1;
        }
        // The first number was tried four times above.
        assert_eq!(tries, if n == 0 { 1 } else { 5 });
    }
}

#[tokio::test]
async fn a_case_found_by_its_number_shows_no_code_and_opens_nothing() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let (number, opened) = a_case(&house).await;
    let office = house.office("review1").await;
    house.approve_all(&office).await;
    let code = house.pick_up_code(&opened["id"]).await.as_str().unwrap().to_owned();
    assert_eq!(code.len(), 6);
    let pass = house.find_from("203.0.113.1", &number, "002x").await.ok()["token"].clone();
    let own = house.own_token(&opened["id"]).await;
    assert!(pass != opened["token"] && pass != own);
    let seen = house.progress(&pass).await;
    let case = &seen["case"];
    assert_eq!((&case["number"], &case["state"]), (&json!(number), &json!("ready")));
    assert_eq!((&case["by_pass"], &case["by_own_token"]), (&json!(true), &json!(false)));
    assert_eq!(case["ready"]["documents"], json!([]));
    assert!(case["ready"]["where"].is_object(), "it says where to go");
    let page = house.get(&format!("/t/{}", pass.as_str().unwrap())).await;
    assert_eq!(page.status, 200);
    for text in [seen.to_string(), page.text()] {
        assert!(!text.contains(&code), "{text}");
        for token in [&own, &opened["token"]] {
            assert!(!text.contains(token.as_str().unwrap()), "{text}");
        }
        assert!(!text.contains("欧"), "a name");
    }
    // It is no token for anything else.
    let path = format!("/api/case/supply?token={}&material=1", pass.as_str().unwrap());
    let no = house.post_raw(&path, "", "image/jpeg", crate::support::cases::photograph().into());
    assert_eq!(no.await.refusal(), (404, "unknown_case".to_owned()));
    // Found again within a few minutes it is the same; after its time it is nothing.
    let again = house.find_from("203.0.113.1", &number, "002x").await.ok();
    assert_eq!(again["token"], pass);
    house.clock.set(SATURDAY_TEN + 15 * 60_000);
    let path = format!("/api/progress?token={}", pass.as_str().unwrap());
    assert_eq!(house.get(&path).await.refusal(), (404, "unknown_ticket".to_owned()));
}

#[tokio::test]
async fn a_stranger_s_wrong_passwords_keep_nobody_else_out() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        behind_a_proxy(settings);
        settings.limits.wrong_sign_ins_of_address = 12;
    })
    .await;
    // A clerk's browser at the hall's one address.
    let hall = "192.0.2.1";
    let signed_in = house.sign_in_from(hall, "", "clerk1", PASSWORD).await;
    signed_in.ok();
    let cookies = signed_in.headers.get_all(header::SET_COOKIE);
    let device = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .find(|cookie| cookie.starts_with("jiban_device="))
        .unwrap();
    assert!(device.contains("HttpOnly") && device.contains("SameSite=Strict"), "{device}");
    let device = device.split(';').next().unwrap();
    for name in ["clerk1", "admin"] {
        for _ in 0..5 {
            let no = house.sign_in_from(hall, "", name, "wrong").await.refusal();
            assert_eq!(no, (401, "wrong_password".to_owned()));
        }
        let no = house.sign_in_from(hall, "", name, PASSWORD).await;
        assert_eq!(no.refusal(), (429, "locked_out".to_owned()));
        assert_eq!(no.headers["retry-after"], "30");
    }
    for _ in 0..2 {
        house.sign_in_from(hall, "", "nobody", "wrong").await.refusal();
    }
    let no = house.sign_in_from(hall, "", "clerk2", PASSWORD).await;
    assert_eq!(no.refusal(), (429, "address_refused".to_owned()));
    // From elsewhere, and in the browser that is known, nothing has changed.
    house.sign_in_from("192.0.2.2", "", "clerk1", PASSWORD).await.ok();
    house.sign_in_from(hall, device, "clerk1", PASSWORD).await.ok();
    house.sign_in_from(hall, device, "clerk2", PASSWORD).await.ok();
    let body = json!({ "name": "admin", "password": PASSWORD });
    house.post_from("192.0.2.3", "", "/api/admin/sign_in", body).await.ok();
    // A cookie that the hall did not make counts for nothing.
    let forged = format!("jiban_device={}", "0".repeat(72));
    let no = house.sign_in_from(hall, &forged, "clerk3", PASSWORD).await.refusal();
    assert_eq!(no.1, "address_refused");
    // The known browser has its own bound.
    for n in 0..12 {
        house.sign_in_from(hall, device, &format!("name{n}"), "wrong").await.refusal();
    }
    let no = house.sign_in_from(hall, device, "clerk1", PASSWORD).await.refusal();
    assert_eq!(no.1, "address_refused");
}

#[tokio::test]
async fn a_hall_s_clerks_sign_in_from_one_address_in_the_morning() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let names: Vec<String> = (0..40).map(|n| format!("clerk{}", n % 6 + 1)).collect();
    // Each of the six mistypes first.
    let mistyped = names
        .iter()
        .take(6)
        .map(|name| house.sign_in_from("192.0.2.1", "", name, "mistyped-password"));
    for answer in futures::future::join_all(mistyped).await {
        assert_eq!(answer.refusal(), (401, "wrong_password".to_owned()));
    }
    let signed_in = names.iter().map(|name| house.sign_in_from("192.0.2.1", "", name, PASSWORD));
    for answer in futures::future::join_all(signed_in).await {
        answer.ok();
    }
}

#[tokio::test]
async fn pick_up_codes_cannot_be_tried_at_a_counter() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    let (_, opened) = a_case(&house).await;
    let office = house.office("review1").await;
    house.approve_all(&office).await;
    let code = house.pick_up_code(&opened["id"]).await.as_str().unwrap().to_owned();
    let cookie = house.sign_in("clerk1", "1").await;
    let hand_over = async |code: &str| {
        let more = json!({ "code": code, "identity_checked": true });
        house.on_case(&cookie, "hand_over_result", &opened["id"], more).await.refusal()
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(hand_over(wrong).await, (409, "wrong_code".to_owned()));
    }
    assert_eq!(hand_over(&code).await, (429, "locked_out".to_owned()));
    let tries = failed_tries(&house).await;
    assert_eq!(tries.len(), 5);
    for (kind, by, detail) in tries {
        assert_eq!((kind.as_str(), by.as_str()), ("GuessFailed", "clerk1"));
        assert_eq!((&detail["door"], &detail["case"]), (&json!("pick_up_code"), &opened["id"]));
        assert!(!detail.to_string().contains(wrong), "{detail}");
    }
}

#[tokio::test]
async fn verification_codes_and_tokens_cannot_be_tried_without_end() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        behind_a_proxy(settings);
        settings.limits.wrong_tokens_of_address = 20;
        settings.limits.wrong_documents_of_address = 20;
    })
    .await;
    let ticket = house.issue("food-permit").await;
    let token = ticket["token"].as_str().unwrap();
    let stranger = "203.0.113.5";
    for n in 0..10 {
        let code = format!("{n:016}");
        let unknown = house.get_from(stranger, &format!("/api/verify?code={code}")).await.ok();
        assert_eq!(unknown["result"], "unknown");
        let page = house.get_from(stranger, &format!("/verify/{code}")).await;
        assert_eq!(page.status, 200);
    }
    for path in ["/api/verify?code=x", "/verify/0000000000000000", "/verify?code=1", "/VERIFY/2"] {
        let no = house.get_from(stranger, path).await;
        assert_eq!(no.status, 429, "{path}");
        assert!(no.headers.contains_key("retry-after"), "{path}");
    }
    assert_eq!(house.get_from("203.0.113.6", "/api/verify?code=x").await.status, 200);
    // Tokens: every way that takes one counts.
    let unknown = "0123456789ABCDEFGHJKMNPQRS";
    let ways = [
        format!("/api/progress?token={unknown}"),
        format!("/events/progress?token={unknown}"),
        format!("/t/{unknown}"),
        "/T/nonsense".to_owned(),
        "/api/progress?token=nonsense".to_owned(),
    ];
    for n in 0..20 {
        let no = house.get_from(stranger, &ways[n % ways.len()]).await;
        assert_eq!(no.status, 404, "{n}");
    }
    for way in &ways {
        let no = house.get_from(stranger, way).await;
        assert_eq!(no.status, 429, "{way}");
        assert!(no.headers.contains_key("retry-after"), "{way}");
    }
    let body = json!({ "request_id": uuid::Uuid::new_v4(), "kiosk": "K1", "token": unknown });
    let no = house.post_from(stranger, "", "/api/kiosk/reprint", body).await;
    assert_eq!(no.refusal(), (429, "address_refused".to_owned()));
    // Phones behind the same address keep their pages.
    house.get_from(stranger, &format!("/api/progress?token={token}")).await.ok();
    assert_eq!(house.get_from(stranger, &format!("/t/{token}")).await.status, 200);
    assert_eq!(house.get_from("203.0.113.6", &ways[0]).await.status, 404);
}

#[tokio::test]
async fn failed_tries_are_events_that_name_no_secret_and_fill_no_disk() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        behind_a_proxy(settings);
        settings.limits.failed_tries_written = 10;
    })
    .await;
    let (number, opened) = a_case(&house).await;
    house.find_from("203.0.113.9", &number, "9876").await.refusal();
    house.find_from("203.0.113.9", &made_up(1), "9876").await.refusal();
    house.sign_in_from("203.0.113.8", "", "clerk2", "hunter2-hunter2").await.refusal();
    house.sign_in_from("203.0.113.8", "", "hunter2-hunter2", "x").await.refusal();
    house.get_from("2001:db8:1:2:3::9", "/api/verify?code=HUNTER2HUNTER222").await.ok();
    let tries = failed_tries(&house).await;
    let told: Vec<(&str, &str, &Value)> =
        tries.iter().map(|(kind, by, detail)| (kind.as_str(), by.as_str(), detail)).collect();
    let id = &opened["id"];
    assert_eq!(
        told,
        [
            ("GuessFailed", "", &json!({ "door": "case", "client": "203.0.113.9", "case": id })),
            ("GuessFailed", "", &json!({ "door": "case", "client": "203.0.113.9" })),
            (
                "SignInFailed",
                "",
                &json!({ "door": "sign_in", "client": "203.0.113.8", "name": "clerk2" })
            ),
            ("SignInFailed", "", &json!({ "door": "sign_in", "client": "203.0.113.8" })),
            ("GuessFailed", "", &json!({ "door": "document", "client": "2001:db8:1:2::/64" })),
        ]
    );
    for n in 0..100 {
        house.find_from(&address(n / 20), &made_up(n), "9876").await.refusal();
    }
    // Ten at this door; three were at others.
    assert_eq!(failed_tries(&house).await.len(), 13);
    let service = house.service();
    service.sum_up_failed_tries().await;
    let tries = failed_tries(&house).await;
    assert_eq!(tries.len(), 14);
    let (kind, _, detail) = tries.last().unwrap();
    assert_eq!(kind, "FailedTriesSummedUp");
    assert_eq!(detail["doors"]["case"], json!({ "wrong": 92, "refused": 0 }));
    assert_eq!(detail["clients"].as_object().unwrap().len(), 5);
    for (_, by, detail) in tries {
        let text = format!("{by}{detail}").to_lowercase();
        for secret in ["hunter2", "9876", &number, &PERSON[14..]] {
            assert!(!text.contains(&secret.to_lowercase()), "{text}");
        }
    }
    // The trail is whole with them.
    let walked = service.reader.walk().await.unwrap();
    assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn a_clock_put_back_locks_nobody_for_ever() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), behind_a_proxy).await;
    for _ in 0..5 {
        house.sign_in_from("203.0.113.9", "", "clerk1", "wrong").await.refusal();
    }
    let year_before = SATURDAY_TEN - 365 * 24 * 3_600_000;
    house.clock.set(year_before);
    let no = house.sign_in_from("203.0.113.9", "", "clerk1", PASSWORD).await;
    assert_eq!(no.headers["retry-after"], "30");
    house.clock.set(year_before + 30_000);
    house.sign_in_from("203.0.113.9", "", "clerk1", PASSWORD).await.ok();
}
