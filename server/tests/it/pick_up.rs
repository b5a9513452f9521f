//! The pick-up code is on the page that the receipt opens, and nowhere else; a
//! result is handed over against it and identity, or identity and a photograph.

use serde_json::{Value, json};

use crate::printed_documents::code_on_receipt;
use crate::support::House;
use crate::support::cases::photograph;

/// A case whose result waits at counter 1: the clerk's cookie, the case as it was
/// opened, the token of its ticket.
async fn ready(house: &House) -> (String, Value, Value) {
    let issued = house.issue("food-permit").await;
    let cookie = house.sign_in("clerk1", "1").await;
    house.verb(&cookie, "call_next").await.ok();
    house.verb(&cookie, "begin").await.ok();
    let ticket = issued["id"].as_i64().unwrap();
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    house.approve_all(&house.office("review1").await).await;
    (cookie, opened, issued["token"].clone())
}

#[tokio::test]
async fn the_code_is_on_the_cases_own_page_alone() {
    let house = House::open().await;
    let (cookie, opened, slip) = ready(&house).await;
    let id = &opened["id"];
    let own = house.own_token(id).await;
    let code = house.pick_up_code(id).await;
    let code = code.as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code:?}");
    let page = house.get(&format!("/t/{}", own.as_str().unwrap())).await.text();
    assert!(page.contains(code), "the receipt's page");

    let find = json!({ "number": opened["number"], "last_four": "002X" });
    let found = house.post("/api/case/find", find).await.ok();
    assert_ne!(opened["token"], own, "staff have the view token");
    assert_ne!(found["token"], opened["token"], "what is found is a pass");
    house.verb(&cookie, "finish").await.ok();
    let mut answers = vec![("opened", opened.to_string()), ("found", found.to_string())];
    for (what, token) in [("slip", &slip), ("view token", &opened["token"])] {
        let token = token.as_str().unwrap();
        answers.push((what, house.get(&format!("/api/progress?token={token}")).await.text()));
        answers.push((what, house.get(&format!("/t/{token}")).await.text()));
    }
    let supervisor = house.office("supervisor").await;
    for path in [
        format!("/api/counter/case?case={id}"),
        "/api/counter/cases".to_owned(),
        format!("/counter/paper?case={id}&paper=handover"),
        format!("/counter/paper?case={id}&paper=receipt"),
    ] {
        answers.push(("counter", house.get_as(&path, &cookie).await.text()));
    }
    let office = format!("/api/office/case?case={id}");
    answers.push(("office", house.get_as(&office, &supervisor).await.text()));
    let db = house.db();
    for statement in ["SELECT detail FROM events", "SELECT answer FROM requests"] {
        let pool = sqlx::SqlitePool::connect(db.to_str().unwrap()).await.unwrap();
        let rows: Vec<String> = sqlx::query_scalar(statement).fetch_all(&pool).await.unwrap();
        answers.push((statement, rows.join("\n")));
    }
    for (what, text) in answers {
        assert!(!text.contains(code), "{what} has the code: {text}");
        let leads_there = text.contains(own.as_str().unwrap());
        assert!(!leads_there, "{what} leads to the page with the code: {text}");
    }
}

#[tokio::test]
async fn the_phone_supplies_by_each_of_the_three_tokens() {
    let house = House::open().await;
    for by in ["own", "view", "slip"] {
        let issued = house.issue("food-permit").await;
        let cookie = house.sign_in("clerk1", "1").await;
        house.verb(&cookie, "call_next").await.ok();
        house.verb(&cookie, "begin").await.ok();
        let ticket = issued["id"].as_i64().unwrap();
        let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
        house.on_case(&cookie, "tell_missing", &opened["id"], json!({})).await.ok();
        let token = match by {
            "own" => house.own_token(&opened["id"]).await,
            "view" => opened["token"].clone(),
            _ => issued["token"].clone(),
        };
        let path = format!("/api/case/supply?token={}&material=1", token.as_str().unwrap());
        house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();
        let stream = format!("/api/progress?token={}", token.as_str().unwrap());
        let case = house.get(&stream).await.ok()["case"].clone();
        assert_eq!(case["number"], opened["number"], "{by}");
        house.verb(&cookie, "finish").await.ok();
    }
}

#[tokio::test]
async fn a_result_needs_identity_and_the_code_or_a_photograph() {
    let house = House::open().await;
    let (cookie, opened, _) = ready(&house).await;
    let id = &opened["id"];
    let code = house.pick_up_code(id).await;
    let attached = format!("/api/counter/attach?case={id}&material=1");
    let no = house.post_raw(&attached, &cookie, "image/jpeg", photograph().into()).await;
    assert_eq!(no.refusal().1, "wrong_case_state");
    let pdf = house
        .post_raw(&format!("/api/counter/card?case={id}"), &cookie, "image/jpeg", "%PDF-".into())
        .await;
    assert!([415, 422].contains(&pdf.status.as_u16()), "a card is a picture: {}", pdf.status);
    let card = house.card(&cookie, id).await;
    for (given, refusal) in [
        (json!({}), "check_first"),
        (json!({ "code": code }), "check_first"),
        (json!({ "card": card }), "check_first"),
        (json!({ "identity_checked": true }), "card_needed"),
        (json!({ "identity_checked": true, "code": "" }), "card_needed"),
        (json!({ "identity_checked": true, "code": "1", "card": card }), "wrong_code"),
        (json!({ "identity_checked": true, "card": "0" }), "unknown_file"),
        (json!({ "identity_checked": true, "card": card, "signature": card }), "unknown_file"),
    ] {
        let no = house.on_case(&cookie, "hand_over_result", id, given.clone()).await.refusal();
        assert_eq!(no.1, refusal, "{given}");
    }
    let with_card = json!({ "identity_checked": true, "card": card });
    let handed = house.on_case(&cookie, "hand_over_result", id, with_card).await.ok();
    assert_eq!(handed["state"], "delivered");
    let file = card.as_str().unwrap();
    let photo = house.get_as(&format!("/api/counter/file?case={id}&file={file}"), &cookie).await;
    assert_eq!(
        (photo.status.as_u16(), &photo.headers["content-type"] == "image/jpeg"),
        (200, true)
    );
    assert_eq!(house.pick_up_code(id).await, "", "a code is good once");
}

#[tokio::test]
async fn a_photograph_of_another_material_is_no_card() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "proprietor-open" })).await;
    let id = &opened["id"];
    let attach = format!("/api/counter/attach?case={id}&material=1");
    let case = house.post_raw(&attach, &cookie, "image/jpeg", photograph().into()).await.ok();
    let file = case["materials"][0]["files"][0]["file"].clone();
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, id).await;
    house.on_case(&cookie, "decide_case", id, json!({})).await.ok();
    let reused = json!({ "identity_checked": true, "card": file });
    let no = house.on_case(&cookie, "hand_over_result", id, reused).await.refusal();
    assert_eq!(no, (404, "unknown_file".to_owned()));
}

/// The token in the code of a document, as its paper shows it.
async fn printed_token(house: &House, cookie: &str, case: &Value, paper: &str) -> Value {
    let path = format!("/counter/paper?case={case}&paper={paper}");
    let page = house.get_as(&path, cookie).await.text();
    let (_, svg) = page.split_once("<svg").unwrap();
    let (svg, _) = svg.split_once("</svg>").unwrap();
    let address = code_on_receipt(&format!("<svg{svg}</svg>"));
    json!(address.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn what_a_clerk_prints_leads_to_no_code_that_the_clerk_must_ask_for() {
    let house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    let id = &opened["id"];
    let own = house.own_token(id).await;
    let receipt = printed_token(&house, &cookie, id, "receipt").await;
    assert_eq!(receipt, own, "the applicant takes it home before there is a code");
    // Decided on the spot: the code exists while the applicant stands there.
    house.on_case(&cookie, "decide_case", id, json!({})).await.ok();
    assert_ne!(house.pick_up_code(id).await, "");
    for paper in ["receipt", "handover"] {
        let printed = printed_token(&house, &cookie, id, paper).await;
        assert_eq!(printed, opened["token"], "{paper}: without the code");
    }
}
