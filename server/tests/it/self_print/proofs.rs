//! What a card and a pick-up code open, and what they do not.

use serde_json::{Value, json};

use super::{case, kinds, offered, ready};
use crate::support::cases::PERSON;
use crate::support::self_print::NAME;
use crate::support::{House, failed_tries};

/// A number that is valid, of somebody who has no case.
const STRANGER: &str = "340104197503150029";

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(kind, code)| ((*kind).to_owned(), (*code).to_owned())).collect()
}

#[tokio::test]
async fn a_card_opens_statements_and_copies_but_no_first_result_at_an_unpaired_kiosk() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    house.import_records().await;
    let (_, id) = ready(&house).await;
    let proved = house.prove_by_card().await.ok();
    assert_eq!(proved["name"], "欧阳**");
    assert_eq!(
        offered(&proved),
        pairs(&[("result", "code_needed"), ("statement", ""), ("statement", "")])
    );
    let (_, no) = house.print(&proved, &case(&id)).await;
    assert_eq!(no.refusal(), (403, "code_needed".to_owned()));

    // With its code as well it is handed over; then a card is enough for a copy.
    let code = house.pick_up_code(&id).await;
    let both = json!({ "number": PERSON, "name": NAME, "card": true, "pick_up_code": code });
    let proved = house.prove(both).await.ok();
    assert_eq!(offered(&proved)[0], ("result".to_owned(), String::new()));
    let done = house.print_to_the_end(&proved, case(&id)).await;
    assert_eq!(done["state"], "confirmed");
    let proved = house.prove_by_card().await.ok();
    assert_eq!(offered(&proved)[0], ("copy".to_owned(), String::new()));
}

#[tokio::test]
async fn a_code_opens_its_own_result_once_and_nothing_else() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    house.import_records().await;
    let (_, id) = ready(&house).await;
    let code = house.pick_up_code(&id).await;
    let by_code = json!({ "number": PERSON, "pick_up_code": code });
    let proved = house.prove(by_code.clone()).await.ok();
    assert_eq!(offered(&proved), pairs(&[("result", "")]));
    let (_, no) = house.print(&proved, &json!({ "statement": "insured" })).await;
    assert_eq!(no.refusal(), (404, "not_printable".to_owned()));
    assert_eq!(house.print_to_the_end(&proved, case(&id)).await["state"], "confirmed");
    let (_, again) = house.print(&proved, &case(&id)).await;
    assert_eq!(again.refusal(), (404, "not_printable".to_owned()), "handed over");
    assert_eq!(house.prove(by_code).await.refusal(), (403, "not_proven".to_owned()));
}

#[tokio::test]
async fn what_does_not_prove_anything_is_refused_alike() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    let (_, id) = ready(&house).await;
    let code = house.pick_up_code(&id).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for given in [
        json!({ "number": PERSON, "pick_up_code": wrong }),
        json!({ "number": STRANGER, "pick_up_code": code }),
        json!({ "number": "", "pick_up_code": code }),
        json!({ "number": "'; DROP TABLE cases", "pick_up_code": code }),
    ] {
        let no = house.prove(given.clone()).await.refusal();
        assert_eq!(no, (403, "not_proven".to_owned()), "{given}");
    }
    let no = house.prove(json!({ "number": PERSON })).await.refusal();
    assert_eq!(no, (400, "bad_request".to_owned()));
    let tries = failed_tries(&house).await;
    assert_eq!(tries.len(), 4, "{tries:?}");
    assert!(tries.iter().all(|(_, _, detail)| detail["door"] == "self_print"));
    assert!(!format!("{tries:?}").contains(PERSON), "what was typed is not written");
}

#[tokio::test]
async fn a_reader_that_types_rubbish_proves_nothing() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    for rubbish in ["", "1101051949", "11010519491231002Y", "HTTP://HALL/T/ABC", "[[%00\u{1}"] {
        let no = house.prove(json!({ "number": rubbish, "card": true })).await.refusal();
        assert_eq!(no, (422, "unreadable_card".to_owned()), "{rubbish}");
    }
    assert!(failed_tries(&house).await.is_empty(), "a bad reader locks nobody out");

    // A kiosk without a reader, and one that prints nothing.
    let card = json!({ "number": PERSON, "card": true });
    house.change_setup(|setup| setup["hall"][0]["kiosk"][1]["card_reader"] = json!(false)).await;
    assert_eq!(house.prove(card).await.refusal(), (409, "no_card_reader".to_owned()));
    let elsewhere = json!({ "kiosk": "K1", "number": PERSON, "card": true });
    let no = house.post("/api/self_print/prove", elsewhere).await.refusal();
    assert_eq!(no, (409, "no_document_printer".to_owned()));
}

#[tokio::test]
async fn the_card_of_another_person_opens_nothing_of_the_first() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    let (_, id) = ready(&house).await;
    // The same number with another name: it was copied wrongly somewhere.
    let other = json!({ "number": PERSON, "name": "欧阳大满", "card": true });
    let proved = house.prove(other).await.ok();
    assert_eq!(offered(&proved), pairs(&[("statement", "no_record"), ("statement", "")]));
    let (_, no) = house.print(&proved, &case(&id)).await;
    assert_eq!(no.refusal(), (404, "not_printable".to_owned()));
    let stranger = json!({ "number": STRANGER, "name": "陈实", "card": true });
    let proved = house.prove(stranger).await.ok();
    let (_, no) = house.print(&proved, &case(&id)).await;
    assert_eq!(no.refusal(), (404, "not_printable".to_owned()));
}

#[tokio::test]
async fn a_pass_is_of_its_kiosk_and_ends_with_its_visitor() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    house.import_records().await;
    let proved = house.prove_by_card().await.ok();
    let item = json!({ "statement": "insured" });
    let mut elsewhere = json!({
        "request_id": uuid::Uuid::new_v4(), "kiosk": "K1", "pass": proved["pass"], "item": item,
    });
    let no = house.post("/api/self_print/print", elsewhere.clone()).await.refusal();
    assert_eq!(no, (401, "proof_over".to_owned()));
    let leave = json!({ "kiosk": "K2", "pass": proved["pass"] });
    house.post("/api/self_print/leave", leave).await.ok();
    elsewhere["kiosk"] = json!("K2");
    let no = house.post("/api/self_print/print", elsewhere).await.refusal();
    assert_eq!(no, (401, "proof_over".to_owned()));

    let first = house.prove_by_card().await.ok();
    house.prove_by_card().await.ok();
    let (_, no) = house.print(&first, &item).await;
    assert_eq!(no.refusal(), (401, "proof_over".to_owned()), "somebody else is there now");
}

#[tokio::test]
async fn numbers_and_codes_cannot_be_tried_for_ever() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    let (_, id) = ready(&house).await;
    let code = house.pick_up_code(&id).await;
    for _ in 0..5 {
        let wrong = json!({ "number": PERSON, "pick_up_code": "no code" });
        assert_eq!(house.prove(wrong).await.refusal().0, 403);
    }
    let right = json!({ "number": PERSON, "pick_up_code": code });
    assert_eq!(house.prove(right).await.refusal(), (429, "locked_out".to_owned()));
    // Cards of people whom the hall does not know are counted too.
    let mut refused = Value::Null;
    for n in 0..80_u32 {
        let card = json!({ "number": valid_number(n), "card": true });
        let answer = house.prove(card).await;
        if answer.status == 429 {
            refused = answer.json()["code"].clone();
            break;
        }
    }
    assert_eq!(refused, "address_refused");
    let events = house.print_events().await;
    assert!(kinds(&events).iter().all(|kind| *kind == "PrintablesShown"), "{events:?}");
}

/// Different valid numbers.
fn valid_number(n: u32) -> String {
    // Born on the days after 1949-01-01.
    let (month, day, count) = (1 + n % 12, 1 + n / 12 % 28, n);
    let bare = format!("1101051949{month:02}{day:02}{count:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        bare.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let check = char::from(b"10X98765432"[(sum % 11) as usize]);
    format!("{bare}{check}")
}
