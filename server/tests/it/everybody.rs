//! Languages besides Chinese and English, and the voice of kiosks.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, House};

/// A request of somebody whose browser asks for a language.
async fn asked_in(house: &House, lang: &str, path: &str, body: Option<Value>) -> Answer {
    let request = Request::builder()
        .uri(house.url(path))
        .method(if body.is_some() { Method::POST } else { Method::GET })
        .header(header::ACCEPT_LANGUAGE, lang)
        .header(header::CONTENT_TYPE, "application/json");
    let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
    house.send(request.body(Full::new(body)).unwrap()).await
}

fn issue(matter: &str, lang: &str) -> Value {
    json!({ "request_id": Uuid::new_v4(), "kiosk": "K2", "matter": matter, "lang": lang })
}

#[tokio::test]
async fn who_reads_traditional_characters_gets_them_everywhere() {
    let house = House::open().await;
    let given =
        asked_in(&house, "zh-TW", "/api/kiosk/issue", Some(issue("identity-lost", "zh-Hant")));
    let token = given.await.json()["token"].as_str().unwrap().to_owned();

    // The phone's page, by what the browser asks for or by a link of the page.
    let page = asked_in(&house, "zh-HK,en;q=0.5", &format!("/t/{token}"), None).await.text();
    assert!(page.contains("<html lang=\"zh-Hant\""), "{page}");
    assert!(page.contains("您的號碼") && page.contains("居民身份證補領"), "{page}");
    assert!(!page.contains("您的号码") && !page.contains("身份证"), "{page}");
    let page = asked_in(&house, "en", &format!("/t/{token}?lang=zh-Hant"), None).await.text();
    assert!(page.contains("您的號碼"));
    let page = asked_in(&house, "zh-CN", &format!("/t/{token}"), None).await.text();
    assert!(page.contains("您的号码") && page.contains("lang=\"zh-Hant\""), "and a link to it");

    // A refusal.
    let refused = asked_in(&house, "zh-TW", "/api/kiosk/issue", Some(issue("nothing", "zh-Hant")));
    let refused = refused.await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let message = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains('沒') || message.contains("沒有"), "{message}");

    // The kiosk's stream: names of the hall file; and the slip that its browser prints.
    let address = format!("/events/kiosk?kiosk=K2&lang=zh-Hant&token={token}");
    let request = Request::builder().uri(house.url(&address)).body(Full::default()).unwrap();
    let mut stream = house.begin(request).await;
    let event = loop {
        let frame = stream.body_mut().frame().await.unwrap().unwrap();
        if let Ok(data) = frame.into_data() {
            break String::from_utf8(data.to_vec()).unwrap();
        }
    };
    let now: Value = serde_json::from_str(event.trim().strip_prefix("data: ").unwrap()).unwrap();
    let names: Vec<&str> = now["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["name"]["zh"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"企業開辦"), "{names:?}");
    let slip = &now["jobs"][0]["slip"];
    assert_eq!(slip["lang"], "zh-Hant");
    assert_eq!(slip["matter"]["zh"], "居民身份證補領");
    // What was typed in them is found.
    let search = json!({ "kiosk": "K1", "text": "身份證", "lang": "zh-Hant" });
    let found = asked_in(&house, "zh-TW", "/api/kiosk/search", Some(search)).await.json();
    assert!(found["by"].is_null() && !found["ids"].as_array().unwrap().is_empty(), "{found}");
    house.stop().await;
}

#[tokio::test]
async fn a_kiosk_fetches_the_texts_of_a_language() {
    let house = House::open().await;
    let texts = house.get("/api/languages/zh-Hant").await.json();
    let kiosk = texts["KioskWords"].as_array().unwrap();
    assert!(kiosk.contains(&json!("請選擇業務")));
    let english = house.get("/api/languages/en").await.json();
    assert_eq!(english["KioskWords"].as_array().unwrap().len(), kiosk.len());
    assert_eq!(house.get("/api/languages/xx").await.status, StatusCode::NOT_FOUND);
    let page = house.get("/kiosk/K1").await.text();
    assert!(page.contains("zh-Hant=繁體中文"), "{page}");
    house.stop().await;
}

#[tokio::test]
async fn a_kiosk_reads_out_in_each_language() {
    if !jiban::voice::available() {
        return;
    }
    let house = House::open().await;
    let mut sounds = Vec::new();
    for (lang, text) in [
        ("zh-CN", "%E8%AF%B7%E9%80%89%E6%8B%A9"),
        ("zh-Hant", "%E8%AB%8B%E9%81%B8%E6%93%87"),
        ("en", "Please+choose"),
    ] {
        let answer = house.get(&format!("/api/kiosk/voice?lang={lang}&text={text}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{lang}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "audio/wav");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "nothing of it is kept");
        sounds.push(answer.body);
    }
    assert_eq!(sounds[0], sounds[1], "the same words");
    assert_ne!(sounds[0], sounds[2]);
    let nothing = house.get("/api/kiosk/voice?lang=en&text=%3C%3E").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    house.stop().await;
}
