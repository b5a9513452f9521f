//! Commitments over HTTP: signed at the counter, decided sooner, checked afterwards, and what
//! follows from a breach, with repeats, strangers and restarts in between.

use crate::support::cases::{PERSON, signature};
use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

const DAY: i64 = 24 * 60 * 60 * 1000;
const MATTER: &str = "food-permit";

/// A case with a signed commitment, at the counter of clerk1.
async fn signed(house: &House) -> (String, Value) {
    let (cookie, ticket) = house.serve("clerk1", "1", MATTER).await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": MATTER })).await;
    house.on_case(&cookie, "sign_commitment", &opened["id"], json!({})).await.ok();
    (cookie, opened)
}

/// The same, accepted and decided: its check is to be done.
async fn decided(house: &House) -> (String, Value) {
    let (cookie, opened) = signed(house).await;
    let case = house.case(&cookie, &opened["id"]).await;
    for material in case["materials"].as_array().unwrap() {
        if material["state"] != "replaced" {
            house.mark(&cookie, &opened["id"], &material["id"], "present").await.ok();
        }
    }
    house.accept(&cookie, &opened["id"]).await;
    house.verb(&cookie, "finish").await.ok();
    let office = house.office("review1").await;
    assert_eq!(house.approve_all(&office).await, 1, "only the decision is left");
    (cookie, opened)
}

fn body(case: &Value, more: Value) -> Value {
    let mut body = json!({ "request_id": Uuid::new_v4(), "case": case, "matter": MATTER });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn on_check(
    house: &House,
    cookie: &str,
    verb: &str,
    case: &Value,
    more: Value,
) -> crate::support::Answer {
    house.post_as(&format!("/api/office/{verb}"), cookie, body(case, more)).await
}

async fn checks(house: &House, cookie: &str) -> Vec<Value> {
    let all = house.get_as("/api/office/checks", cookie).await.ok();
    all["checks"].as_array().unwrap().clone()
}

/// The check of a case as its page shows it.
async fn on_page(house: &House, token: &Value) -> Value {
    house.progress(token).await["case"]["commitment"]["terms"][0]["check"].clone()
}

async fn answer(house: &House, token: &Value, text: &str) -> crate::support::Answer {
    let body = json!({
        "request_id": Uuid::new_v4(), "token": token, "matter": MATTER, "text": text,
    });
    house.post("/api/case/answer", body).await
}

#[tokio::test]
async fn what_a_commitment_replaces_is_not_asked_for_and_the_deadline_is_nearer() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", MATTER).await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": MATTER })).await;
    let id = &opened["id"];
    let before = house.case(&cookie, id).await;
    let offer = &before["commitment_offer"];
    assert_eq!(offer["promised_days"], 2);
    assert_eq!(offer["matters"][0]["check_department"]["zh"], "市场监管局");

    let path = format!("/api/counter/signature?case={id}");
    let drawn = house.post_raw(&path, &cookie, "image/png", signature().into()).await.ok();
    let sign = json!({ "signature": drawn["file"] });
    let case = house.on_case(&cookie, "sign_commitment", id, sign).await.ok();
    assert_eq!(case["commitment"]["signature"], drawn["file"]);
    assert_eq!(case["commitment"]["ordinary_days"], 10);
    assert!(case["due"].as_str().unwrap() < before["due"].as_str().unwrap());
    let states = |case: &Value| -> Vec<(String, String)> {
        let all = case["materials"].as_array().unwrap().iter();
        all.map(|one| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&one["name"]["zh"]), text(&one["state"]))
        })
        .collect()
    };
    let replaced: Vec<_> =
        states(&case).into_iter().filter(|(_, state)| state == "replaced").collect();
    assert_eq!(replaced.len(), 2, "{replaced:?}");
    let no = house.mark(&cookie, id, &json!(5), "present").await.refusal();
    assert_eq!(no, (409, "replaced_by_commitment".to_owned()));
    let file = format!("/api/counter/file?case={id}&file={}", drawn["file"].as_str().unwrap());
    assert_eq!(house.get_as(&file, &cookie).await.status, 200);
    let paper = format!("/counter/paper?case={id}&paper=commitment");
    let paper = house.get_as(&paper, &cookie).await.text();
    assert!(paper.contains("告知承诺书") && paper.contains("现场核查"), "{paper}");

    // Taken back, everything is asked for again, and then signed once more.
    let case = house.on_case(&cookie, "withdraw_commitment", id, json!({})).await.ok();
    assert_eq!((&case["commitment"], &case["due"]), (&Value::Null, &before["due"]));
    assert_eq!(states(&case), states(&before));
    let no = house.on_case(&cookie, "withdraw_commitment", id, json!({})).await.refusal();
    assert_eq!(no, (409, "no_commitment".to_owned()));
    house.on_case(&cookie, "sign_commitment", id, json!({})).await.ok();
    for material in 1..=3 {
        house.mark(&cookie, id, &json!(material), "present").await.ok();
    }
    house.accept(&cookie, id).await;
    let office = house.office("review1").await;
    let steps = house.steps(&office).await;
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["step"]["zh"], "决定");
    let progress = house.progress(&opened["token"]).await["case"].clone();
    let skipped = progress["steps"].as_array().unwrap().iter();
    assert_eq!(skipped.filter(|step| step["state"] == "replaced").count(), 2);
    let no = house.on_case(&cookie, "sign_commitment", id, json!({})).await.refusal();
    assert_eq!(no, (409, "wrong_case_state".to_owned()));
}

#[tokio::test]
async fn nothing_is_offered_where_the_matter_has_no_commitment() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let what = json!({ "matter": "proprietor-open" });
    let opened = house.open_case(&cookie, ticket, &what).await;
    assert!(house.case(&cookie, &opened["id"]).await["commitment_offer"].is_null());
    let no = house.on_case(&cookie, "sign_commitment", &opened["id"], json!({})).await;
    assert_eq!(no.refusal(), (409, "no_commitment".to_owned()));
}

#[tokio::test]
async fn a_check_that_finds_all_as_committed_ends() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = House::at(clock.clone()).await;
    let (cookie, opened) = decided(&house).await;
    let id = &opened["id"];
    let office = house.office("review1").await;
    let list = checks(&house, &office).await;
    assert_eq!(list.len(), 1);
    assert_eq!((&list[0]["state"], &list[0]["case"]), (&json!("to_do"), id));
    assert!(list[0]["days_left"].as_i64().unwrap() > 20, "{}", list[0]);

    // It waits over a restart, and is late by its day.
    house.restart().await;
    clock.set(SATURDAY_TEN + 90 * DAY);
    house.service().apply_timed_changes().await.unwrap();
    let office = house.office("review1").await;
    let list = checks(&house, &office).await;
    assert_eq!(list[0]["colour"], "red");
    assert!(list[0]["days_left"].as_i64().unwrap() < 0);
    let case = house.get_as(&format!("/api/office/case?case={id}"), &office).await.ok();
    assert_eq!(case["commitment"]["terms"][0]["check"]["late"], true);
    assert!(case["happened"].as_array().unwrap().iter().any(|one| one["what"]["zh"] == "核查逾期"));

    // Another department has no part in it.
    let stranger = house.office("review2").await;
    assert!(checks(&house, &stranger).await.is_empty());
    let no = on_check(&house, &stranger, "find_kept", id, json!({})).await.refusal();
    assert_eq!(no, (403, "not_your_department".to_owned()));

    on_check(&house, &office, "take_check", id, json!({})).await.ok();
    let kept = body(id, json!({ "note": "现场与承诺一致" }));
    for _ in 0..2 {
        let case = house.post_as("/api/office/find_kept", &office, kept.clone()).await.ok();
        let check = &case["commitment"]["terms"][0]["check"];
        assert_eq!((&check["state"], &check["note"]), (&json!("kept"), &json!("现场与承诺一致")));
    }
    assert!(checks(&house, &office).await.is_empty());
    let again = on_check(&house, &office, "find_broken", id, json!({ "note": "？" })).await;
    assert_eq!(again.refusal(), (409, "wrong_check_state".to_owned()));
    assert_eq!(on_page(&house, &opened["token"]).await["state"], "kept");
    drop(cookie);
}

#[tokio::test]
async fn a_broken_commitment_is_noticed_answered_revoked_and_known() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = House::at(clock.clone()).await;
    let (cookie, opened) = decided(&house).await;
    let id = &opened["id"];
    let own = house.own_token(id).await;
    let office = house.office("review1").await;
    let no = answer(&house, &own, "为什么").await.refusal();
    assert_eq!(no, (409, "wrong_check_state".to_owned()));
    let no = on_check(&house, &office, "revoke_for_breach", id, json!({ "note": "不实" })).await;
    assert_eq!(no.refusal(), (409, "wrong_check_state".to_owned()));
    let no = on_check(&house, &office, "find_broken", id, json!({})).await.refusal();
    assert_eq!(no, (422, "reason_needed".to_owned()));

    let found = json!({ "note": "两名从业人员没有健康证明" });
    on_check(&house, &office, "find_broken", id, found).await.ok();
    let shown = on_page(&house, &opened["token"]).await;
    assert_eq!(shown["state"], "noticed");
    assert_eq!(shown["breach"]["finding"], "两名从业人员没有健康证明");
    assert_eq!(shown["breach"]["may_answer"], false, "slips lie around");
    assert!(shown["breach"]["put_right_by"].is_null());
    assert!(shown["reviewer"].is_null(), "departments, never persons");
    assert_eq!(on_page(&house, &own).await["breach"]["may_answer"], true);
    let path = format!("/counter/paper?case={id}&paper=breach");
    let paper = house.get_as(&path, &cookie).await.text();
    assert!(paper.contains("核查情况告知书") && paper.contains("健康证明"), "{paper}");
    let page = house.get(&format!("/t/{}", own.as_str().unwrap())).await.text();
    assert!(page.contains("/answer\"") && page.contains("textarea"), "{page}");

    // Nothing is revoked before the applicant answered, or could have.
    let no = on_check(&house, &office, "revoke_for_breach", id, json!({ "note": "不实" })).await;
    assert_eq!(no.refusal(), (409, "term_runs".to_owned()));
    let no = answer(&house, &opened["token"], "证在办").await.refusal();
    assert_eq!(no, (404, "unknown_case".to_owned()));
    assert_eq!(answer(&house, &own, " ").await.refusal().1, "reason_needed");
    // Sent twice from the form, it is one answer.
    let form = format!("/t/{}/answer", own.as_str().unwrap());
    let kind = "application/x-www-form-urlencoded";
    for _ in 0..2 {
        let body = "matter=food-permit&text=%E5%81%A5%E5%BA%B7%E8%AF%81%E5%9C%A8%E5%8A%9E";
        let sent = house.post_raw(&form, "", kind, body.into()).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    let answers = on_page(&house, &own).await["breach"]["answers"].clone();
    assert_eq!(answers.as_array().unwrap().len(), 1, "{answers}");
    assert_eq!(answers[0]["text"], "健康证在办");
    assert_eq!(on_page(&house, &opened["token"]).await["breach"]["answers"][0]["text"], "");
    let counter = house.sign_in("clerk1", "1").await;
    let more = json!({ "matter": MATTER, "note": "申请人到窗口补充说明" });
    house.on_case(&counter, "record_answer", id, more).await.ok();
    assert_eq!(checks(&house, &office).await[0]["answered"], true);

    house.restart().await;
    let office = house.office("review1").await;
    let reasons = body(id, json!({ "note": "从业人员无健康证明上岗，承诺不实" }));
    for _ in 0..2 {
        house.post_as("/api/office/revoke_for_breach", &office, reasons.clone()).await.ok();
    }
    let counter = house.sign_in("clerk1", "1").await;
    let case = house.case(&counter, id).await;
    assert_eq!(case["results"][0]["revoked"], true);
    let code = case["results"][0]["code"].as_str().unwrap();
    let verified = house.get(&format!("/api/verify?code={code}")).await.ok();
    assert_eq!(verified["result"], "revoked");
    let path = format!("/counter/paper?case={id}&paper=revocation");
    let paper = house.get_as(&path, &counter).await.text();
    for said in ["撤销行政许可决定书", "行政复议", "6 个月", "承诺不实"] {
        assert!(paper.contains(said), "{said}: {paper}");
    }
    let page = house.get(&format!("/t/{}", own.as_str().unwrap())).await.text();
    assert!(page.contains("administrative reconsideration") && page.contains("60 days"), "{page}");

    // It is known as other broken promises are.
    let (counter, ticket) = house.serve("clerk1", "1", MATTER).await;
    let again = house.open_case(&counter, ticket, &json!({ "matter": MATTER })).await;
    assert_eq!(house.case(&counter, &again["id"]).await["may_promise"], false);
    let no = house.on_case(&counter, "sign_commitment", &again["id"], json!({})).await.refusal();
    assert_eq!(no, (403, "no_promise".to_owned()));
    let no = house.mark(&counter, &again["id"], &json!(3), "deferred").await.refusal();
    assert_eq!(no, (403, "no_promise".to_owned()));
    assert!(PERSON.len() == 18);
}

#[tokio::test]
async fn a_breach_that_is_put_right_leaves_the_result() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (_, opened) = decided(&house).await;
    let id = &opened["id"];
    let office = house.office("review1").await;
    let found = json!({ "note": "无食品安全管理制度", "may_put_right": true });
    on_check(&house, &office, "find_broken", id, found).await.ok();
    let own = house.own_token(id).await;
    assert!(on_page(&house, &own).await["breach"]["put_right_by"].is_string());
    answer(&house, &own, "马上整改").await.ok();
    // An answer does not shorten the term to put it right.
    let no = on_check(&house, &office, "revoke_for_breach", id, json!({ "note": "不实" })).await;
    assert_eq!(no.refusal(), (409, "term_runs".to_owned()));
    // A reviewer of the department who has not taken it leaves it to the one who has.
    let director = house.office("admin").await;
    let no = on_check(&house, &director, "put_breach_right", id, json!({})).await.refusal();
    assert_eq!(no, (409, "taken_by_another".to_owned()));
    on_check(&house, &director, "take_check", id, json!({})).await.ok();
    on_check(&house, &director, "put_breach_right", id, json!({})).await.ok();
    assert_eq!(on_page(&house, &own).await["state"], "put_right");
    let counter = house.sign_in("clerk1", "1").await;
    assert_eq!(house.case(&counter, id).await["results"][0]["revoked"], false);
    let (counter, ticket) = house.serve("clerk1", "1", MATTER).await;
    let again = house.open_case(&counter, ticket, &json!({ "matter": MATTER })).await;
    assert_eq!(house.case(&counter, &again["id"]).await["may_promise"], true);
}

#[tokio::test]
async fn silence_until_the_end_of_the_term_lets_the_department_revoke() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (_, opened) = decided(&house).await;
    let id = &opened["id"];
    let office = house.office("review1").await;
    on_check(&house, &office, "find_broken", id, json!({ "note": "地址不符" })).await.ok();
    clock.set(SATURDAY_TEN + 12 * DAY);
    let office = house.office("review1").await;
    let case =
        on_check(&house, &office, "revoke_for_breach", id, json!({ "note": "逾期未说明" })).await;
    assert_eq!(case.ok()["results"][0]["revoked"], true);
}
