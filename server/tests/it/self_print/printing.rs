//! Results on paper: handed over by what came out, never twice without a trace.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{case, kinds, offered, ready};
use crate::support::House;
use crate::support::cases::PERSON;
use crate::support::ipp_printer::Pages;

async fn proved_by_code(house: &House, id: &Value) -> Value {
    let code = house.pick_up_code(id).await;
    house.prove(json!({ "number": PERSON, "pick_up_code": code })).await.ok()
}

#[tokio::test]
async fn a_result_is_handed_over_by_the_pages_that_came_out() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    let (cookie, id) = ready(&house).await;
    let proved = proved_by_code(&house, &id).await;
    let done = house.print_to_the_end(&proved, case(&id)).await;
    assert_eq!(
        done,
        json!({ "state": "confirmed", "pages": 1, "came_out": 1, "printer": "ready" })
    );
    printer.tray(|tray| {
        let [job] = &tray.jobs[..] else { panic!("{} jobs", tray.jobs.len()) };
        assert!(job.pdf.starts_with(b"%PDF-"));
        assert!(!job.name.contains(PERSON) && job.user == "jiban", "{}", job.name);
    });
    let shown = house.case(&cookie, &id).await;
    assert_eq!(shown["state"], "delivered");
    let events = house.print_events().await;
    assert_eq!(kinds(&events), ["PrintablesShown", "PrintBegun", "ResultFetched"]);
    let (_, fetched) = &events[2];
    assert_eq!((&fetched["proof"], &fetched["came_out"]), (&json!("code"), &json!(1)));
    let all = serde_json::to_string(&events).unwrap();
    assert!(!all.contains(PERSON) && !all.contains("小满"), "the trail names nobody");

    // A copy is an event too, and hands nothing over.
    let proved = house.prove_by_card().await.ok();
    house.print_to_the_end(&proved, case(&id)).await;
    let events = house.print_events().await;
    assert_eq!(kinds(&events)[3..], ["PrintablesShown", "PrintBegun", "ResultPrinted"]);
}

#[tokio::test]
async fn completed_with_no_page_hands_nothing_over() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    printer.set(|switches| switches.pages = Pages::Vanish);
    let (cookie, id) = ready(&house).await;
    let proved = proved_by_code(&house, &id).await;
    let done = house.print_to_the_end(&proved, case(&id)).await;
    assert_eq!((&done["state"], &done["printer"]), (&json!("failed"), &json!("nothing_came_out")));
    assert_eq!(house.case(&cookie, &id).await["state"], "ready");
    assert_eq!(kinds(&house.print_events().await)[2..], ["ResultPrinted"]);
    // What came to nothing does not count, and the next try prints.
    printer.set(|switches| switches.pages = Pages::Come);
    assert_eq!(house.print_to_the_end(&proved, case(&id)).await["state"], "confirmed");
    assert_eq!(house.case(&cookie, &id).await["state"], "delivered");
}

#[tokio::test]
async fn a_printer_that_cannot_print_is_told_before_anything_is_sent() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    let (_, id) = ready(&house).await;
    let proved = proved_by_code(&house, &id).await;
    for (reason, state) in
        [("media-empty", "paper_out"), ("door-open", "door_open"), ("media-jam", "jammed")]
    {
        printer.set(|switches| switches.reasons = vec![reason]);
        let (_, no) = house.print(&proved, &case(&id)).await;
        assert_eq!(no.refusal(), (409, "document_printer_not_ready".to_owned()), "{reason}");
        let now = house.post("/api/self_print/now", json!({ "kiosk": "K2" })).await.ok();
        assert_eq!(now["printer"], state);
    }
    assert!(printer.tray(|tray| tray.jobs.is_empty()));
    // A paused queue is resumed.
    printer.set(|switches| (switches.reasons, switches.paused) = (vec![], true));
    assert_eq!(house.print_to_the_end(&proved, case(&id)).await["state"], "confirmed");
    assert_eq!(printer.tray(|tray| tray.resumed), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_repeated_request_prints_once() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    house.import_records().await;
    let proved = house.prove_by_card().await.ok();
    let request = json!(Uuid::new_v4());
    let body = json!({
        "request_id": request, "kiosk": "K2", "pass": proved["pass"],
        "item": { "statement": "insured" },
    });
    let asking = (0..6).map(|_| house.post("/api/self_print/print", body.clone()));
    for answer in futures::future::join_all(asking).await {
        answer.ok();
    }
    house.print_ended(&request).await;
    let repeated = house.post("/api/self_print/print", body.clone()).await.ok();
    assert_eq!(repeated["state"], "confirmed");
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
    let mut other = body;
    other["item"] = json!({ "statement": "residence" });
    let no = house.post("/api/self_print/print", other).await.refusal();
    assert_eq!(no, (409, "request_reused".to_owned()));
}

#[tokio::test]
async fn a_revoked_result_is_not_printed_even_when_it_waited() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    let (_, id) = ready(&house).await;
    let proved = proved_by_code(&house, &id).await;
    let cookie = house.office("review1").await;
    let shown = house.get_as(&format!("/api/office/case?case={id}"), &cookie).await.ok();
    let revoke = json!({
        "request_id": Uuid::new_v4(), "code": shown["results"][0]["code"], "reason": "有误",
    });
    house.post_as("/api/office/revoke", &cookie, revoke).await.ok();
    let (_, no) = house.print(&proved, &case(&id)).await;
    assert_eq!(no.refusal(), (404, "not_printable".to_owned()));
    let proved = house.prove_by_card().await.ok();
    assert!(offered(&proved).iter().all(|(kind, _)| kind == "statement"), "{proved}");
    assert!(printer.tray(|tray| tray.jobs.is_empty()));
}

#[tokio::test]
async fn prints_of_a_person_and_pages_of_a_kiosk_are_limited() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    house.import_records().await;
    let item = json!({ "statement": "insured" });
    let proved = house.prove_by_card().await.ok();
    for _ in 0..3 {
        assert_eq!(house.print_to_the_end(&proved, item.clone()).await["state"], "confirmed");
    }
    let (_, no) = house.print(&proved, &item).await;
    assert_eq!(no.refusal(), (429, "printed_enough".to_owned()));
    let proved = house.prove_by_card().await.ok();
    let list = offered(&proved);
    assert!(list.contains(&("statement".to_owned(), "printed_enough".to_owned())), "{list:?}");

    house
        .change_setup(|setup| {
            setup["hall"][0]["self_print"] =
                json!({ "documents_of_person": 10, "pages_of_kiosk": 3 });
            setup["hall"][0]["statement"][0]["times_a_day"] = json!(20);
        })
        .await;
    let (_, no) = house.print(&proved, &item).await;
    assert_eq!(no.refusal(), (429, "kiosk_printed_enough".to_owned()));
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 3);
}

#[tokio::test]
async fn a_restart_in_the_middle_leaves_it_unknown_and_prints_nothing_again() {
    let mut house = House::open().await;
    let printer = house.document_printer().await;
    house.import_records().await;
    printer.set(|switches| switches.pages = Pages::Stand);
    let proved = house.prove_by_card().await.ok();
    let (request, begun) = house.print(&proved, &json!({ "statement": "insured" })).await;
    begun.ok();
    while printer.tray(|tray| tray.jobs.is_empty()) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    house.restart().await;
    let body = json!({
        "request_id": request, "kiosk": "K2", "pass": proved["pass"],
        "item": { "statement": "insured" },
    });
    assert_eq!(house.print_ended(&request).await["state"], "unknown");
    let repeated = house.post("/api/self_print/print", body).await.ok();
    assert_eq!(repeated["state"], "unknown");
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
    let events = house.print_events().await;
    let (kind, detail) = events.last().unwrap();
    assert_eq!((kind.as_str(), &detail["state"]), ("StatementPrinted", &json!("unknown")));
}

#[tokio::test]
async fn a_print_goes_on_when_its_visitor_leaves() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    let (cookie, id) = ready(&house).await;
    let proved = proved_by_code(&house, &id).await;
    let (request, begun) = house.print(&proved, &case(&id)).await;
    begun.ok();
    let leave = json!({ "kiosk": "K2", "pass": proved["pass"] });
    house.post("/api/self_print/leave", leave).await.ok();
    assert_eq!(house.print_ended(&request).await["state"], "confirmed");
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
    assert_eq!(house.case(&cookie, &id).await["state"], "delivered");
}
