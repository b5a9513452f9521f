//! One stream for all pages of a browser.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::{Request, header};
use serde_json::{Value, json};

use crate::support::{House, PASSWORD};

/// A stream that is being read.
struct Reading {
    body: Incoming,
    /// What has come and is no whole letter yet.
    bytes: Vec<u8>,
    text: String,
    /// Events that were read while another place was waited for: place, kind and data.
    read: Vec<(usize, String, String)>,
}

impl Reading {
    async fn open(house: &House, path: &str, cookie: &str) -> Self {
        let request = Request::builder().uri(house.url(path)).header(header::COOKIE, cookie);
        let answer = house.begin(request.body(Full::default()).unwrap()).await;
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        Self { body: answer.into_body(), bytes: Vec::new(), text: String::new(), read: Vec::new() }
    }

    /// The next event of a place in the request: its kind and data.
    async fn next(&mut self, at: usize) -> (String, String) {
        loop {
            if let Some(found) = self.read.iter().position(|(place, ..)| *place == at) {
                let (_, kind, data) = self.read.remove(found);
                return (kind, data);
            }
            let frame = self.body.frame().await.expect("the stream has ended").unwrap();
            // A frame may end within a letter.
            self.bytes.extend_from_slice(&frame.into_data().unwrap());
            let whole = match std::str::from_utf8(&self.bytes) {
                Ok(text) => text.len(),
                Err(error) => error.valid_up_to(),
            };
            let text: Vec<u8> = self.bytes.drain(..whole).collect();
            self.text += std::str::from_utf8(&text).unwrap();
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let value = event.lines().find_map(|line| line.strip_prefix(name));
                    value.unwrap_or_default().to_owned()
                };
                let place = field("id: ").parse().unwrap();
                self.read.push((place, field("event: "), field("data: ")));
                let rest = rest.to_owned();
                self.text = rest;
            }
        }
    }

    /// The next snapshot of a place that satisfies a condition.
    async fn until(&mut self, at: usize, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (kind, data) = self.next(at).await;
            assert_ne!(kind, "ended", "{data}");
            if kind == "beat" {
                continue;
            }
            let snapshot = serde_json::from_str(&data).unwrap();
            if wanted(&snapshot) {
                return snapshot;
            }
        }
    }
}

#[tokio::test]
async fn pages_of_all_kinds_share_a_stream_and_see_each_change() {
    let house = House::open().await;
    let counter = house.sign_in("clerk1", "1").await;
    let ticket = house.issue("food-permit").await;
    let token = ticket["token"].as_str().unwrap();
    let path = format!(
        "/events/shared?of=display%3Fhall%3Dmain&of=counter&of=progress%3Ftoken%3D{token}&of=kiosk%3Fkiosk%3DK1"
    );
    let mut stream = Reading::open(&house, &path, &counter).await;
    for at in 0..4 {
        stream.until(at, Value::is_object).await;
    }
    house.verb(&counter, "call_next").await.ok();
    stream.until(0, |display| display["calls"][0]["number"] == ticket["number"]).await;
    stream.until(2, |progress| progress["state"] == "called").await;
    stream.until(1, |counter| counter["in_hand"]["number"] == ticket["number"]).await;
}

#[tokio::test]
async fn one_page_whose_session_ends_stops_no_other() {
    let house = House::open().await;
    let admin = house.admin().await;
    let path = "/events/shared?of=admin&of=display%3Fhall%3Dmain&of=kiosk%3Fkiosk%3Dnone";
    let mut stream = Reading::open(&house, path, &admin).await;
    assert_eq!(stream.next(2).await, ("ended".to_owned(), "404".to_owned()));
    let mut stream = Reading::open(&house, path, &admin).await;
    stream.until(0, Value::is_object).await;
    house.post_as("/api/admin/sign_out", &admin, json!({})).await.ok();
    house.issue("food-permit").await;
    loop {
        let (kind, data) = stream.next(0).await;
        if kind == "ended" {
            assert_eq!(data, "200");
            break;
        }
    }
    let waiting = |display: &Value| {
        let lines = display["lines"].as_array().unwrap();
        lines.iter().filter_map(|line| line["waiting"].as_u64()).sum::<u64>()
    };
    house.issue("food-permit").await;
    stream.until(1, |display| waiting(display) == 2).await;
    let sign_in = json!({ "name": "admin", "password": PASSWORD });
    house.post("/api/admin/sign_in", sign_in).await.ok();
}

#[tokio::test]
async fn what_phones_share_is_only_for_phones() {
    let house = House::open().await;
    let ticket = house.issue("food-permit").await;
    let of = format!("of=progress%3Ftoken%3D{}", ticket["token"].as_str().unwrap());
    let path = format!("/events/progress/shared?{of}&of=progress%3Ftoken%3DNONE");
    let mut stream = Reading::open(&house, &path, "").await;
    stream.until(0, |progress| progress["number"] == ticket["number"]).await;
    let mut stream = Reading::open(&house, &path, "").await;
    assert_eq!(stream.next(1).await, ("ended".to_owned(), "404".to_owned()));
    for refused in [
        String::new(),
        "of=".to_owned(),
        "of=display%3Fhall%3Dmain".to_owned(),
        format!("{of}&of=counter"),
        "of=progress%3F..%2Fdisplay".replace("progress%3F", "progress%2F"),
        [of.as_str(); 65].join("&"),
    ] {
        let answer = house.get(&format!("/events/progress/shared?{refused}")).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{refused}");
    }
    // A stream of streams would multiply without end.
    let mut stream = Reading::open(&house, "/events/shared?of=shared%3Fof%3Dcounter", "").await;
    assert_eq!(stream.next(0).await.0, "ended");
}
