//! What a phone loads, in bytes, and what it hears; a number given back.

use std::io::Read as _;

use flate2::read::GzDecoder;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode, header};
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use serde_json::{Value, json};

use crate::support::{Answer, House};

fn request(house: &House, path: &str) -> Request<Full<Bytes>> {
    Request::builder()
        .uri(house.url(path))
        .header(header::ACCEPT, "text/html,*/*")
        .header(header::ACCEPT_ENCODING, "gzip, br")
        .body(Full::default())
        .unwrap()
}

/// What a browser gets, and how long it was on its way.
async fn unpacked(house: &House, path: &str) -> (Answer, usize) {
    let mut answer = house.send(request(house, path)).await;
    let sent = answer.body.len();
    assert_eq!(answer.headers[header::CONTENT_ENCODING], "gzip", "{path}");
    let mut text = Vec::new();
    GzDecoder::new(&answer.body[..]).read_to_end(&mut text).unwrap();
    answer.body = text.into();
    (answer, sent)
}

/// The first event of a stream.
async fn first_event(stream: &mut Response<Incoming>) -> String {
    loop {
        let frame = stream.body_mut().frame().await.unwrap().unwrap();
        let Ok(data) = frame.into_data() else { continue };
        return String::from_utf8(data.to_vec()).unwrap();
    }
}

/// The value of an attribute of a page.
fn attribute(page: &str, name: &str) -> String {
    let rest = page.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

/// The page of a ticket or case is light, and so is each of its updates.
async fn is_light(house: &House, page: &str) {
    let (whole, sent) = unpacked(house, page).await;
    assert!(sent <= 8 * 1024, "{page}: {sent} bytes of {}", whole.body.len());
    let mut stream = house.begin(request(house, &attribute(&whole.text(), "data-live"))).await;
    assert!(!stream.headers().contains_key(header::CONTENT_ENCODING), "a stream is not held up");
    let event = first_event(&mut stream).await;
    // What it shows already is not fetched again.
    let edition = attribute(&whole.text(), "data-edition");
    assert!(event.contains(&edition), "{event} is not of {edition}");
    let (parts, sent) = unpacked(house, &format!("{page}?parts=true")).await;
    let update = event.len() + sent;
    assert!(update <= 3 * 1024, "{page}: {update} bytes");
    assert!(parts.text().contains("data-part=\"now\"") && !parts.text().contains("<style"));
}

#[tokio::test]
async fn a_ticket_is_light() {
    let house = House::open().await;
    let taken = house.issue("food-permit").await;
    is_light(&house, &format!("/t/{}", taken["token"].as_str().unwrap())).await;
    house.stop().await;
}

#[tokio::test]
async fn a_case_is_light() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    is_light(&house, &format!("/t/{}", opened["token"].as_str().unwrap())).await;
    house.stop().await;
}

#[tokio::test]
async fn an_answer_that_sets_a_cookie_is_not_compressed() {
    let house = House::open().await;
    let body = json!({ "name": "admin", "password": crate::support::PASSWORD }).to_string();
    let sign_in = Request::post(house.url("/api/admin/sign_in"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Full::new(body.into()));
    let answer = house.send(sign_in.unwrap()).await;
    assert!(answer.headers.contains_key(header::SET_COOKIE));
    assert!(!answer.headers.contains_key(header::CONTENT_ENCODING));
    house.stop().await;
}

async fn give_back(house: &House, ticket: &Value) -> Answer {
    let path = format!("/t/{}/give_back", ticket["token"].as_str().unwrap());
    // As a form without fields.
    let kind = "application/x-www-form-urlencoded";
    house.post_raw(&path, "", kind, Bytes::new()).await
}

async fn progress(house: &House, ticket: &Value) -> Value {
    house.get(&format!("/api/progress?token={}", ticket["token"].as_str().unwrap())).await.ok()
}

#[tokio::test]
async fn a_number_given_back_makes_way() {
    let house = House::open().await;
    let (first, second) = (house.issue("food-permit").await, house.issue("food-permit").await);
    assert_eq!(progress(&house, &second).await["ahead"], 1);
    let path = format!("/t/{}/give_back?lang=zh-CN", first["token"].as_str().unwrap());
    let asks = house.get(&path).await;
    assert_eq!(asks.status, StatusCode::OK);
    assert!(asks.text().contains("不能恢复"), "{}", asks.text());
    assert_eq!(progress(&house, &first).await["state"], "waiting", "only asked");
    for _ in 0..2 {
        let done = give_back(&house, &first).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
    let given_back = progress(&house, &first).await;
    assert_eq!(
        (&given_back["state"], &given_back["events"][1]["kind"]),
        (&json!("cancelled"), &json!("cancelled"))
    );
    assert_eq!(given_back["events"].as_array().unwrap().len(), 2, "a repeat changes nothing");
    assert_eq!(progress(&house, &second).await["ahead"], 0);

    // Once it is called, the page says where to go.
    let clerk = house.sign_in("clerk1", "1").await;
    assert_eq!(house.verb(&clerk, "call_next").await.ok()["ticket"]["id"], second["id"]);
    assert_eq!(give_back(&house, &second).await.status, StatusCode::SEE_OTHER);
    assert_eq!(progress(&house, &second).await["state"], "called");
    house.verb(&clerk, "mark_missed").await.ok();
    give_back(&house, &second).await;
    assert_eq!(progress(&house, &second).await["state"], "cancelled");

    let nobody = json!({ "token": "0".repeat(26) });
    assert_eq!(give_back(&house, &nobody).await.status, StatusCode::NOT_FOUND);
    let db = house.db();
    let _folder = house.stop().await;
    let walked = open_to_read(&db).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn every_page_that_is_not_there_has_a_way_on_and_the_api_says_it_in_json() {
    let house = House::open().await;
    for (path, way) in [
        ("/t/nobody", "/guides"),
        ("/nothing", "/guides"),
        ("/guides/main/nothing", "/guides"),
        ("/guides?hall=nowhere", "/guides"),
        ("/display/nowhere", "/"),
        ("/counter/nothing", "/counter"),
        ("/office/nothing", "/office"),
        ("/admin/nothing", "/admin"),
    ] {
        let answer = house.send(request(&house, path)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let (answer, _) = unpacked(&house, path).await;
        assert!(answer.text().contains(&format!("href=\"{way}\"")), "{path}: {}", answer.text());
    }
    let api = house.get("/api/nothing").await;
    assert_eq!(api.refusal(), (404, "unknown_call".to_owned()));
    house.stop().await;
}
