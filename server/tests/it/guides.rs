//! Guides at a kiosk: read on the screen, and printed on slip paper.

use crate::support::House;
use crate::support::emulator::{Emulator, Paper};
use serde_json::{Value, json};
use uuid::Uuid;

fn print(kiosk: &str, id: &str) -> Value {
    json!({ "request_id": Uuid::new_v4(), "kiosk": kiosk, "id": id, "lang": "zh-CN" })
}

async fn refused(house: &House, path: &str, body: Value) -> (u16, String) {
    house.post(path, body).await.refusal()
}

#[tokio::test]
async fn a_kiosk_reads_the_guide_of_a_matter_and_of_a_bundle() {
    let house = House::open().await;
    let read = async |id: &str, lang: &str| {
        let body = json!({ "kiosk": "K1", "id": id, "lang": lang });
        house.post("/api/kiosk/guide", body).await.ok()
    };
    let food = read("food-permit", "zh-CN").await;
    assert_eq!(food["take"], "food-permit");
    assert!(food["address"].as_str().unwrap().ends_with("/guides/main/food-permit"));
    assert!(!food["materials"].as_array().unwrap().is_empty());
    assert!(!food["steps"].as_array().unwrap().is_empty());
    let named = |guide: &Value, name: &str| {
        let pairs = [&guide["first"], &guide["rest"]];
        let mut pairs = pairs.into_iter().flat_map(|pairs| pairs.as_array().unwrap().clone());
        pairs.find(|pair| pair[0] == name).map(|pair| pair[1].as_str().unwrap().to_owned())
    };
    assert!(named(&food, "承诺时限").unwrap().contains("工作日"));
    // The matter has no telephone: its department's or the hall's is shown.
    assert!(named(&food, "咨询电话").is_some());
    assert!(food["bundles"].as_array().unwrap().iter().any(|one| one[0] == "open-restaurant"));

    let cafe = read("open-restaurant", "en").await;
    assert_eq!(cafe["is_bundle"], true);
    let parts = cafe["parts"].as_array().unwrap();
    assert!(parts.len() > 1);
    assert_eq!(cafe["take"], parts[0]["id"], "one number for all of it");
    let names: Vec<_> =
        cafe["materials"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    let once: std::collections::HashSet<_> = names.iter().collect();
    assert_eq!(names.len(), once.len(), "no paper is asked for twice");

    let path = "/api/kiosk/guide";
    let no = refused(&house, path, json!({ "kiosk": "K9", "id": "food-permit" })).await;
    assert_eq!(no, (404, "unknown_kiosk".to_owned()));
    let no = refused(&house, path, json!({ "kiosk": "K1", "id": "nothing" })).await;
    assert_eq!(no, (404, "unknown_matter".to_owned()));
    // K3 is in another hall, which has its own guides.
    let no = refused(&house, path, json!({ "kiosk": "K3", "id": "food-permit" })).await;
    assert_eq!(no, (404, "unknown_matter".to_owned()));
}

#[tokio::test]
async fn a_guide_is_printed_once_and_only_a_few_in_ten_minutes() {
    let house = House::open().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    now["setup"]["hall"][0]["kiosk"][0]["printer"] =
        json!({ "kind": "escpos", "address": printer.address(), "paper": 80 });
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();

    let path = "/api/kiosk/print_guide";
    let question = print("K1", "open-restaurant");
    let answer = house.post(path, question.clone()).await.ok();
    assert_eq!(answer, json!({ "state": "confirmed", "sheet": null }));
    // The answer was lost, and the request is repeated.
    assert_eq!(house.post(path, question).await.ok()["state"], "confirmed");
    let slips = printer.slips(1).await;
    assert_eq!(slips.len(), 1);
    assert_eq!(slips[0].width(), 576);
    assert!(slips[0].height() > 1_000, "a long list: {}", slips[0].height());

    printer.set(|switches| switches.paper = Paper::Out);
    for _ in 0..8 {
        let no = refused(&house, path, print("K1", "food-permit")).await;
        let expected = (409, "slip_printer_not_ready".to_owned());
        assert_eq!(no, expected, "what does not come out does not count");
    }
    printer.set(|switches| switches.paper = Paper::In);
    for _ in 0..5 {
        house.post(path, print("K1", "marriage")).await.ok();
    }
    let no = refused(&house, path, print("K1", "marriage")).await;
    assert_eq!(no, (429, "too_many_sheets".to_owned()));
    assert_eq!(printer.tray().slips.len(), 6);
    assert_eq!(printer.tray().faults, 0);
}

#[tokio::test]
async fn a_browser_gets_the_sheet_and_a_kiosk_without_a_printer_is_refused() {
    let house = House::open().await;
    let path = "/api/kiosk/print_guide";
    let sheet = house.post(path, print("K2", "food-permit")).await.ok();
    assert_eq!(sheet["state"], "sent");
    let svg = sheet["sheet"]["svg"].as_str().unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("食品经营许可"));
    let high = sheet["sheet"]["high_mm"].as_u64().unwrap();
    assert!(svg.contains(&format!("height=\"{high}mm\"")));
    let no = refused(&house, path, print("K1", "food-permit")).await;
    assert_eq!(no, (409, "no_printer".to_owned()));
    let no = refused(&house, path, print("K2", "nothing")).await;
    assert_eq!(no, (404, "unknown_matter".to_owned()));
    let no = refused(&house, path, json!({ "kiosk": "K2", "id": "food-permit" })).await;
    assert_eq!(no.1, "bad_request", "a repeat could not be told");
}
