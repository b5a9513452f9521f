//! What protects people's browsers: headers on every answer, cookies, hosts, other sites.

use std::collections::HashSet;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{HeaderMap, Method, Request, header};
use jiban::clock::Clock;
use serde_json::json;

use crate::documents::routes;
use crate::support::{Answer, House, PASSWORD};

/// A hall whose public address is https, by a proxy in front of it.
async fn secure_house() -> House {
    let public = "https://hall.example".to_owned();
    House::with(Clock::Machine, |settings| settings.public_url = Some(public)).await
}

/// The headers of an answer, whose body may have no end.
async fn headers_of(house: &House, method: Method, path: &str, cookie: &str) -> (u16, HeaderMap) {
    let request = Request::builder()
        .method(method)
        .uri(house.url(path))
        .header(header::ACCEPT, "text/html, application/json")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, cookie)
        .body(Full::new(Bytes::from_static(b"{}")))
        .unwrap();
    let answer = house.begin(request).await;
    (answer.status().as_u16(), answer.headers().clone())
}

fn assert_protected(place: &str, headers: &HeaderMap, secure: bool) {
    let value = |name: &str| {
        let all: Vec<_> =
            headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(all.len(), 1, "{place}: {name}: {all:?}");
        all[0].to_owned()
    };
    for (name, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(value(name), expected, "{place}");
    }
    let opener = headers.get("cross-origin-opener-policy");
    assert_eq!(opener.is_some_and(|value| value == "same-origin"), secure, "{place}");
    let policy = value("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action "]
    {
        assert!(policy.contains(part), "{place}: {part}: {policy}");
    }
    for part in ["unsafe-eval'", "*", "http:", "https:"] {
        assert!(!policy.replace("'wasm-unsafe-eval'", "").contains(part), "{place}: {policy}");
    }
    assert!(value("permissions-policy").contains("microphone=()"), "{place}");
    value("cache-control");
    let kept = headers.get("strict-transport-security").map(|value| value.to_str().unwrap());
    assert_eq!(kept, secure.then_some("max-age=31536000"), "{place}");
}

#[tokio::test]
async fn every_answer_of_every_route_is_protected() {
    for (house, secure) in [(House::open().await, false), (secure_house().await, true)] {
        let ticket = house.issue("food-permit").await;
        let token = ticket["token"].as_str().unwrap();
        let admin = house.admin().await;
        let given = [
            ("{token}", token),
            ("{kiosk}", "K1"),
            ("{hall}", "main"),
            ("{matter}", "food-permit"),
            ("{code}", "X"),
            ("{*name}", "favicon.svg"),
        ];
        let mut paths: Vec<String> = routes()
            .into_iter()
            .map(|route| given.iter().fold(route, |path, (name, value)| path.replace(name, value)))
            .collect();
        for more in ["", "?token=", "?hall=main", "?kiosk=K1", "?case=1&paper=receipt"] {
            let streams: Vec<_> = paths.iter().map(|path| format!("{path}{more}")).collect();
            paths = if more.is_empty() { paths } else { [paths, streams].concat() };
        }
        paths.extend([
            format!("/events/progress?token={token}"),
            format!("/api/progress?token={token}"),
            "/assets/favicon.svg".to_owned(),
            "/assets/none.js".to_owned(),
            "/nowhere".to_owned(),
            "/api/nowhere".to_owned(),
            "/t/%FF".to_owned(),
            "/verify?code=X".to_owned(),
        ]);
        let paths: HashSet<String> = paths.into_iter().collect();
        let mut statuses = HashSet::new();
        for path in &paths {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::DELETE]
            {
                for cookie in ["", admin.as_str()] {
                    let place = format!("{method} {path}");
                    let (status, headers) = headers_of(&house, method.clone(), path, cookie).await;
                    assert_protected(&place, &headers, secure);
                    statuses.insert(status);
                }
            }
        }
        for status in [200, 400, 401, 404] {
            assert!(statuses.contains(&status), "{status} was not met: {statuses:?}");
        }
    }
}

/// The nonce that a policy names.
fn nonce(answer: &Answer) -> String {
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    let (_, rest) = policy.split_once("'nonce-").unwrap_or_else(|| panic!("no nonce: {policy}"));
    rest.split_once('\'').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_page_has_nothing_inline_but_what_its_own_nonce_marks() {
    let house = House::open().await;
    let ticket = house.issue("food-permit").await;
    let progress = format!("/t/{}", ticket["token"].as_str().unwrap());
    let mut nonces = HashSet::new();
    let pages = [
        "/",
        "/kiosk/K1",
        "/kiosk/none",
        "/display/main",
        "/display/none",
        "/counter",
        "/office",
        "/admin",
        "/guides",
        "/guides/main/food-permit",
        "/verify",
        "/verify/NONE",
        "/t/NONE",
        &progress,
    ];
    for path in pages {
        for _ in 0..2 {
            let answer = house.get(path).await;
            let nonce = nonce(&answer);
            assert!(nonce.len() >= 22, "{path}: {nonce}");
            let page = answer.text();
            for tag in ["<script", "<style"] {
                for rest in page.split(tag).skip(1) {
                    let attributes = rest.split_once('>').unwrap().0;
                    let allowed = attributes.contains(&format!("nonce=\"{nonce}\""))
                        || attributes.contains("src=\"/assets/");
                    assert!(allowed, "{path}: {tag}{attributes}>");
                }
            }
            for inline in [" style=\"", " onclick=", " onload=", "javascript:"] {
                assert!(!page.contains(inline), "{path}: {inline}");
            }
            assert!(nonces.insert(nonce), "{path}: the same nonce twice");
        }
    }
}

#[tokio::test]
async fn only_a_counter_and_a_kiosk_may_use_a_camera_and_only_a_machine_may_compile() {
    let house = House::open().await;
    for (path, camera, compiles) in [
        ("/counter", "camera=(self)", true),
        ("/kiosk/K1", "camera=(self)", true),
        ("/display/main", "camera=()", true),
        ("/admin", "camera=()", true),
        ("/guides", "camera=()", false),
        ("/api/hall", "camera=()", false),
    ] {
        let answer = house.get(path).await;
        let permissions = answer.headers["permissions-policy"].to_str().unwrap();
        assert!(permissions.starts_with(camera), "{path}: {permissions}");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert_eq!(policy.contains("'wasm-unsafe-eval'"), compiles, "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_session_over_https_has_a_cookie_that_no_other_connection_can_set() {
    let house = secure_house().await;
    let admin = house.admin().await;
    assert!(admin.starts_with("__Host-jiban_admin="), "{admin}");
    let answer = house
        .post_as("/api/admin/sign_in", &admin, json!({ "name": "admin", "password": PASSWORD }))
        .await;
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["__Host-jiban_admin=", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Secure"] {
        assert!(set.contains(part), "{part}: {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let before = house.get_as("/api/admin/setup", &admin).await;
    assert_eq!(before.refusal().0, 401, "a new sign-in has ended the one before");
    let admin = answer.cookie();
    house.get_as("/api/admin/setup", &admin).await.ok();
    let plain = admin.strip_prefix("__Host-").unwrap();
    assert_eq!(house.get_as("/api/admin/setup", plain).await.refusal().0, 401);
    let both = format!("jiban_admin=other; {admin}");
    house.get_as("/api/admin/setup", &both).await.ok();
    let out = house.post_as("/api/admin/sign_out", &admin, json!({})).await;
    let removed = out.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        removed.starts_with("__Host-jiban_admin=;") && removed.contains("; Secure"),
        "{removed}"
    );
    assert_eq!(house.get_as("/api/admin/setup", &admin).await.refusal().0, 401);
}

#[tokio::test]
async fn a_session_over_plain_http_has_a_plain_cookie() {
    let house = House::open().await;
    let answer =
        house.post("/api/admin/sign_in", json!({ "name": "admin", "password": PASSWORD })).await;
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["jiban_admin=", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(set.contains(part), "{part}: {set}");
    }
    // A browser would not send it back.
    assert!(!set.contains("Secure") && set.starts_with("jiban_admin="), "{set}");
}

async fn addressed(house: &House, host: &str, accept: &str) -> Answer {
    let request = Request::builder()
        .uri(house.url("/api/hall"))
        .header(header::HOST, host)
        .header(header::ACCEPT, accept)
        .header(header::ACCEPT_LANGUAGE, "en");
    house.send(request.body(Full::default()).unwrap()).await
}

#[tokio::test]
async fn only_the_halls_own_hosts_are_answered() {
    let house = House::with(Clock::Machine, |settings| {
        settings.hosts = vec!["portal.lan".to_owned()];
    })
    .await;
    let port = house.address().port();
    for host in [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        "LocalHost".to_owned(),
        "hall.example:3000".to_owned(),
        "hall.example.".to_owned(),
        "[::1]:80".to_owned(),
        "Portal.LAN".to_owned(),
    ] {
        addressed(&house, &host, "*/*").await.ok();
    }
    for host in ["evil.example", "hall.example.evil.example", "10.9.8.7", "127.0.0.1.evil.example"]
    {
        let refused = addressed(&house, host, "*/*").await;
        assert_eq!(refused.refusal(), (421, "wrong_host".to_owned()), "{host}");
        assert!(
            refused.json()["next"].as_str().unwrap().contains("\"hosts\""),
            "{}",
            refused.text()
        );
        assert_protected(host, &refused.headers, false);
    }
    let page = addressed(&house, "evil.example", "text/html").await;
    assert_eq!(page.status.as_u16(), 421);
    assert!(page.text().starts_with("<!DOCTYPE html>"), "{}", page.text());
    for path in ["/", "/assets/favicon.svg", "/healthz", "/nowhere"] {
        let request = Request::builder().uri(house.url(path)).header(header::HOST, "evil.example");
        let refused = house.send(request.body(Full::default()).unwrap()).await;
        assert_eq!(refused.status.as_u16(), 421, "{path}");
    }
}

#[tokio::test]
async fn what_a_page_of_another_site_sends_is_refused() {
    let house = House::open().await;
    let admin = house.admin().await;
    let own = format!("http://{}", house.address());
    let send = async |path: &str, cookie: &str, headers: &[(&str, &str)]| {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(house.url(path))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        house.send(request.body(Full::new("{}".into())).unwrap()).await
    };
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
    ] {
        let refused = send("/api/admin/sign_out", &admin, headers).await;
        assert_eq!(refused.refusal(), (403, "other_site".to_owned()), "{headers:?}");
    }
    house.get_as("/api/admin/setup", &admin).await.ok();
    // A form of our own document, without a session, in a browser that sends no referrer.
    let form = send("/t/NONE/supply", "", &[("origin", "null")]).await;
    assert_ne!(form.status.as_u16(), 403);
    let refused = house
        .send(
            Request::builder()
                .uri(house.url("/events/display?hall=main"))
                .header("sec-fetch-site", "cross-site")
                .body(Full::default())
                .unwrap(),
        )
        .await;
    assert_eq!(refused.status.as_u16(), 403, "a stream");
    for headers in [&[("sec-fetch-site", "same-origin")][..], &[("origin", own.as_str())]] {
        let answer = send("/api/admin/sign_out", &admin, headers).await;
        assert_ne!(answer.status.as_u16(), 403, "{headers:?}");
    }
}
