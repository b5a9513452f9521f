//! Looks at cases: who has it, who says why, and what stays in the trail.

use serde_json::{Value, json};

use super::events;
use crate::support::cases::{PERSON, photograph};
use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;

const MINUTE: i64 = 60_000;

/// An accepted case of clerk1, whose visit is over.
async fn case(house: &House) -> (String, Value) {
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    house.verb(&cookie, "finish").await.ok();
    (cookie, opened["id"].clone())
}

#[tokio::test]
async fn who_counts_through_the_ids_sees_nothing_and_leaves_traces() {
    let house = House::open().await;
    let (_, id) = case(&house).await;
    let other = house.sign_in("clerk2", "2").await;
    let mut answers = Vec::new();
    for tried in 1..=40 {
        let path = format!("/api/counter/case?case={tried}");
        answers.push(house.get_as(&path, &other).await.refusal());
    }
    assert_eq!(answers[0], (403, "say_why".to_owned()));
    assert_eq!(answers[1], (404, "unknown_case".to_owned()));
    assert_eq!(answers[39], (429, "locked_out".to_owned()), "no mistake any more");
    let left = events(&house, "LookRefused").await;
    assert_eq!(left.len(), 30);
    assert_eq!(left[0], ("clerk2".to_owned(), json!({ "case": id, "why": "say_why" })));
    assert_eq!(events(&house, "CaseLookedAt").await.len(), 0);
}

#[tokio::test]
async fn a_reason_is_recorded_before_anything_is_shown_and_lasts_a_while() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (own, id) = case(&house).await;
    let path = format!("/api/counter/attach?case={id}&material=1");
    let shown = house.post_raw(&path, &own, "image/jpeg", photograph().into()).await.ok();
    let file = shown["materials"][0]["files"][0]["file"].as_str().unwrap();
    let other = house.sign_in("clerk2", "2").await;
    let everything = [
        format!("/api/counter/case?case={id}"),
        format!("/api/counter/file?case={id}&file={file}"),
        format!("/api/counter/file?case={id}&file={file}&small=true"),
        format!("/counter/paper?case={id}&paper=receipt"),
    ];
    for path in &everything {
        assert_eq!(house.get_as(path, &other).await.status, 403, "{path}");
    }
    let look_into = |reason: &str, note: &str| {
        let body = json!({ "case": id, "reason": reason, "note": note });
        let (house, other) = (&house, &other);
        async move { house.post_as("/api/counter/look_into", other, body).await }
    };
    assert_eq!(look_into("other", " ").await.refusal().1, "reason_needed");
    assert_eq!(look_into("hand_over", "").await.refusal().1, "wrong_case_state");
    let shown = look_into("stand_in", "午休代班").await.ok();
    assert_eq!(shown["id"], id);
    assert_eq!(shown["may_look"], false, "the applicant stays masked");
    let happened = shown["happened"].as_array().unwrap().last().unwrap();
    assert_eq!(happened["what"]["zh"], "查看办件：代同事办理");
    assert_eq!(happened["note"], "午休代班");
    for path in everything.iter().chain(&everything) {
        assert_eq!(house.get_as(path, &other).await.status, 200, "{path}");
    }
    let looked = events(&house, "CaseLookedAt").await;
    assert_eq!(looked.len(), 1, "one event, however often: {looked:?}");
    let (by, said) = &looked[0];
    assert_eq!((by.as_str(), &said["reason"]), ("clerk2", &json!("stand_in")));
    // Free words may name people: the trail has them sealed.
    let note = said["note"].as_str().unwrap();
    assert!(!note.is_empty() && !note.contains("午休"), "{note}");

    // Another session of the same clerk says why again.
    let again = house.sign_in("clerk2", "3").await;
    assert_eq!(house.get_as(&everything[0], &again).await.status, 403);
    // While it is looked at it stays open, with an event for each quarter of an hour.
    clock.set(SATURDAY_TEN + 14 * MINUTE);
    assert_eq!(house.get_as(&everything[0], &other).await.status, 200);
    clock.set(SATURDAY_TEN + 28 * MINUTE);
    assert_eq!(house.get_as(&everything[0], &other).await.status, 200);
    assert_eq!(events(&house, "CaseLookedAt").await.len(), 2);
    clock.set(SATURDAY_TEN + 60 * MINUTE);
    assert_eq!(house.get_as(&everything[0], &other).await.refusal().1, "say_why");
}

#[tokio::test]
async fn looks_at_ones_own_case_are_in_the_trail_too() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (own, id) = case(&house).await;
    clock.set(SATURDAY_TEN + 60 * MINUTE);
    for _ in 0..5 {
        house.case(&own, &id).await;
    }
    let reviewer = house.office("review1").await;
    for _ in 0..5 {
        house.get_as(&format!("/api/office/case?case={id}"), &reviewer).await.ok();
    }
    let looked = events(&house, "CaseLookedAt").await;
    let by: Vec<&str> = looked.iter().map(|(by, _)| by.as_str()).collect();
    assert_eq!(by, ["clerk1", "review1"]);
}

#[tokio::test]
async fn who_serves_the_visit_is_not_asked_why() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let to = json!({
        "request_id": uuid::Uuid::new_v4(), "counter": "2", "though_empty": true,
    });
    house.post_as("/api/counter/transfer", &cookie, to).await.ok();
    let next = house.sign_in("clerk2", "2").await;
    let path = format!("/api/counter/case?case={}", opened["id"]);
    assert_eq!(house.get_as(&path, &next).await.refusal().1, "say_why");
    house.verb(&next, "call_next").await.ok();
    house.get_as(&path, &next).await.ok();
    let looked = events(&house, "CaseLookedAt").await;
    assert_eq!(looked.last().unwrap().1, json!({ "reason": "visit" }));
    house.verb(&next, "begin").await.ok();
    house.verb(&next, "finish").await.ok();
    assert_eq!(house.get_as(&path, &next).await.refusal().1, "say_why", "the visit is over");
}

#[tokio::test]
async fn a_search_leaves_who_searched_and_never_what_was_typed() {
    let house = House::open().await;
    let (own, id) = case(&house).await;
    let other = house.sign_in("clerk2", "2").await;
    let number = house.case(&own, &id).await["number"].clone();
    for (q, by) in [(PERSON, "applicant"), (number.as_str().unwrap(), "case_number")] {
        let body = json!({ "q": q });
        let found = house.post_as("/api/counter/find_cases", &other, body).await.ok();
        assert_eq!(found["cases"][0]["id"], id);
        assert_eq!(found["cases"][0]["asks_why"], true);
        let searched = events(&house, "CasesSearched").await;
        let expected = json!({ "by": by, "found": [id] });
        assert_eq!(searched.last().unwrap(), &("clerk2".to_owned(), expected));
    }
    let mine = house.get_as("/api/counter/cases", &own).await.ok();
    assert_eq!(mine["cases"][0]["asks_why"], false);
}

#[tokio::test]
async fn a_paper_that_shows_the_applicant_whole_is_a_reveal() {
    let house = House::open().await;
    let (own, id) = case(&house).await;
    let reviewer = house.office("review1").await;
    house.on_step(&reviewer, "reject", &json!(format!("{id}-1")), "不符合条件").await.ok();
    let path = format!("/counter/paper?case={id}&paper=decision");
    assert!(house.get_as(&path, &own).await.text().contains("欧阳小满"));
    let revealed = events(&house, "PersonLookedAt").await;
    assert_eq!(revealed, [("clerk1".to_owned(), json!({ "paper": "decision" }))]);
}
