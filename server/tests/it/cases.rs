//! Cases over HTTP, on a real file: opened at a counter, decided in parallel,
//! collected at the window.

use crate::support::cases::{BUSINESS, PERSON, files_below, photograph, signature};
use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn two_departments_decide_a_bundle_in_parallel() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "bundle": "open-restaurant" })).await;
    assert_eq!(opened["state"], "open");
    let names: Vec<&str> = opened["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|material| material["name"]["zh"].as_str().unwrap())
        .collect();
    assert!(!names.iter().any(|name| name.contains("营业执照")), "the hall makes it: {names:?}");
    assert_eq!(names.len(), 10, "{names:?}");

    let plan = opened["materials"]
        .as_array()
        .unwrap()
        .iter()
        .find(|material| material["name"]["zh"] == "经营场所布局图和操作流程")
        .unwrap();
    house.mark_all(&cookie, &opened).await;
    house.mark(&cookie, &opened["id"], &plan["id"], "deferred").await.ok();
    let signed = house
        .post_raw(
            &format!("/api/counter/signature?case={}", opened["id"]),
            &cookie,
            "image/png",
            signature().into(),
        )
        .await
        .ok();
    let promise = json!({ "signature": signed["file"], "items": [] });
    let case = house.on_case(&cookie, "sign_promise", &opened["id"], promise).await.ok();
    assert_eq!(case["promise"]["signature"], signed["file"]);
    let accepted = house.accept(&cookie, &opened["id"]).await;
    assert_eq!(accepted["state"], "accepted");
    assert!(accepted["due"].is_string() && accepted["due_provisional"].is_boolean());

    let market = house.office("review1").await;
    let street = house.office("review2").await;
    assert!(house.steps(&street).await.is_empty(), "the licence first");
    let licence = house.steps(&market).await;
    assert_eq!(licence.len(), 1);
    house.on_step(&market, "approve", &licence[0]["id"], "").await.ok();
    assert_eq!((house.steps(&market).await.len(), house.steps(&street).await.len()), (1, 1));
    assert_eq!(house.approve_all(&street).await, 2);

    let progress = house.progress(&opened["token"]).await;
    assert_eq!(progress["case"]["state"], "accepted");
    assert_eq!(progress["case"]["missing"][0]["name"]["zh"], "经营场所布局图和操作流程");
    assert_eq!(progress["case"]["applicant"], "欧阳**");
    for _ in 0..2 {
        let step = &house.steps(&market).await[0]["id"];
        house.on_step(&market, "approve", step, "").await.ok();
    }
    let last = house.steps(&market).await[0]["id"].clone();
    let refused = house.on_step(&market, "approve", &last, "").await.refusal();
    assert_eq!(refused, (409, "materials_missing".to_owned()));

    // From the phone, with a photograph.
    let token = opened["token"].as_str().unwrap();
    let path = format!("/api/case/supply?token={token}&material={}", plan["id"]);
    house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();
    // The other side of it may follow.
    house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();
    house.on_step(&market, "approve", &last, "").await.ok();

    let progress = house.progress(&opened["token"]).await;
    let ready = &progress["case"]["ready"];
    assert_eq!(progress["case"]["state"], "ready");
    assert_eq!(ready["documents"].as_array().unwrap().len(), 3);
    let code = ready["documents"][0]["code"].as_str().unwrap();
    let verified = house.get(&format!("/api/verify?code={code}")).await.ok();
    assert_eq!(verified["result"], "genuine");
    assert!(!verified.to_string().contains("欧阳"), "nothing personal");
    assert_eq!(house.get("/api/verify?code=0").await.ok()["result"], "unknown");

    let pdf = house.get_as(&format!("/api/counter/result.pdf?code={code}"), &cookie).await;
    assert!(pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);
    let wrong = json!({ "code": "1" });
    let no = house.on_case(&cookie, "hand_over_result", &opened["id"], wrong).await;
    assert_eq!(no.refusal(), (409, "wrong_code".to_owned()));
    assert_eq!(ready["code"], "", "not for who has only the view token");
    let code_of_phone = house.pick_up_code(&opened["id"]).await;
    let right = json!({ "code": code_of_phone, "identity_checked": true });
    let handed = house.on_case(&cookie, "hand_over_result", &opened["id"], right).await.ok();
    assert_eq!(handed["state"], "delivered");
    let office = house.office("supervisor").await;
    let revoke = json!({ "request_id": Uuid::new_v4(), "code": code, "reason": "冒名" });
    house.post_as("/api/office/revoke", &office, revoke).await.ok();
    let verified = house.get(&format!("/api/verify?code={code}")).await.ok();
    assert_eq!(verified["result"], "revoked");
}

#[tokio::test]
async fn a_revoked_result_is_not_handed_out_and_its_applicant_is_told() {
    let house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    let found = async |q: &str| {
        let body = json!({ "q": q });
        let found = house.post_as("/api/counter/find_cases", &cookie, body).await.ok();
        found["cases"].as_array().unwrap().iter().any(|case| case["id"] == opened["id"])
    };
    let ready = house.case(&cookie, &opened["id"]).await;
    let code = ready["results"][0]["code"].as_str().unwrap().to_owned();
    let revealed =
        house.post_as("/api/counter/look", &cookie, json!({ "case": opened["id"] })).await.ok();
    let person = |field: &str| revealed[field].as_str().unwrap().to_owned();
    for q in [code.clone(), person("name"), person("telephone"), person("number")] {
        assert!(found(&q).await, "{q}");
    }
    assert!(!found("一个别人").await);

    let office = house.office("supervisor").await;
    let revoke = json!({ "request_id": Uuid::new_v4(), "code": code, "reason": "材料不实" });
    house.post_as("/api/office/revoke", &office, revoke).await.ok();
    for (verb, body) in [
        ("hand_over_result", json!({ "code": "1", "identity_checked": true })),
        ("post_result", json!({ "carrier": "EMS", "tracking": "1" })),
    ] {
        let no = house.on_case(&cookie, verb, &opened["id"], body).await;
        assert_eq!(no.refusal(), (409, "result_revoked".to_owned()), "{verb}");
    }
    let case = house.case(&cookie, &opened["id"]).await;
    let token = case["token"].as_str().unwrap();
    let told = house.get(&format!("/api/progress?token={token}")).await.ok()["case"].clone();
    assert_eq!(told["ready"]["revoked"], true);
    assert_eq!(told["ready"]["documents"][0]["revoked_because"], "材料不实");
    let page = house.get(&format!("/t/{token}")).await.text();
    assert!(page.contains("revoked: 材料不实") || page.contains("已撤销：材料不实"), "{page}");
}

#[tokio::test]
async fn the_tickets_token_opens_the_case_too() {
    let house = House::open().await;
    let issued = house.issue("food-permit").await;
    let cookie = house.sign_in("clerk1", "1").await;
    house.verb(&cookie, "call_next").await.ok();
    house.verb(&cookie, "begin").await.ok();
    assert!(house.progress(&issued["token"]).await["case"].is_null());
    let ticket = issued["id"].as_i64().unwrap();
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    for _ in 0..2 {
        let progress = house.progress(&issued["token"]).await;
        assert_eq!(progress["case"]["number"], opened["number"]);
        assert_eq!(progress["number"], issued["number"]);
        house.verb(&cookie, "finish").await;
    }
    let by_own = house.progress(&opened["token"]).await;
    assert_eq!(
        (&by_own["state"], &by_own["case"]["by_own_token"]),
        (&json!("finished"), &json!(true))
    );
    let page = house.get(&format!("/t/{}", opened["token"].as_str().unwrap())).await;
    assert_eq!(page.status, 200);
    // By number and the last four characters, as a kiosk asks.
    let find = |last_four: &str| json!({ "number": opened["number"], "last_four": last_four });
    let found = house.post("/api/case/find", find("002x")).await.ok();
    let seen = house.progress(&found["token"]).await;
    assert_eq!(seen["case"]["number"], opened["number"]);
    for _ in 0..5 {
        let no = house.post("/api/case/find", find("0000")).await.refusal();
        assert_eq!(no, (404, "unknown_case".to_owned()));
    }
    assert_eq!(house.post("/api/case/find", find("002X")).await.refusal().1, "locked_out");
}

#[tokio::test]
async fn an_invalid_opening_is_refused_and_changes_nothing() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let matter = json!({ "matter": "food-permit" });
    for (what, number, refusal) in [
        (matter.clone(), "110105194912310021", "bad_applicant"),
        (matter.clone(), "9144030071526726XY", "bad_applicant"),
        (json!({ "matter": "gone" }), PERSON, "unknown_matter"),
        (json!({ "bundle": "gone" }), PERSON, "unknown_bundle"),
        (json!({}), PERSON, "bad_request"),
        (json!({ "matter": "food-permit", "bundle": "open-restaurant" }), PERSON, "bad_request"),
        (json!({ "matter": "food-permit", "ticket": ticket + 1 }), PERSON, "not_serving"),
    ] {
        let no = house.try_open(&cookie, ticket, &what, number).await.refusal();
        assert_eq!(no.1, refusal, "{what} {number}");
    }
    let here = house.get_as("/api/counter/cases", &cookie).await.ok();
    assert!(here["cases"].as_array().unwrap().is_empty());
    assert_eq!(house.try_open("", ticket, &matter, PERSON).await.refusal().0, 401);
    let business = house.try_open(&cookie, ticket, &matter, BUSINESS).await.ok();
    assert_eq!(business["number"].as_str().unwrap().len(), 12);
}

#[tokio::test]
async fn a_repeated_request_is_done_once() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let body = json!({
        "request_id": Uuid::new_v4(), "ticket": ticket, "matter": "food-permit",
        "applicant": { "kind": "person", "name": "张伟", "number": PERSON, "telephone": "13812345678" },
    });
    let first = house.post_as("/api/counter/open_case", &cookie, body.clone()).await.ok();
    let again = house.post_as("/api/counter/open_case", &cookie, body.clone()).await.ok();
    assert_eq!(first, again);
    let mut other = body;
    other["applicant"]["name"] = json!("李伟");
    let no = house.post_as("/api/counter/open_case", &cookie, other).await.refusal();
    assert_eq!(no.1, "request_reused");
    house.mark_all(&cookie, &first).await;
    house.accept(&cookie, &first["id"]).await;

    // Two decisions of a step at the same time: one counts.
    let office = house.office("review1").await;
    let step = house.steps(&office).await[0]["id"].clone();
    let asks = (0..12).map(|_| house.on_step(&office, "approve", &step, ""));
    let answers = futures::future::join_all(asks).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1);
    assert!(
        answers
            .iter()
            .filter(|one| one.status != 200)
            .all(|one| one.refusal().1 == "wrong_step_state")
    );
}

#[tokio::test]
async fn one_notice_names_all_that_is_missing_and_the_phone_supplies_it() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let no = house.on_case(&cookie, "accept_case", &opened["id"], json!({})).await;
    assert_eq!(no.refusal(), (409, "materials_missing".to_owned()));
    let first = &opened["materials"][0]["id"];
    house.mark(&cookie, &opened["id"], first, "present").await.ok();
    let note = json!({ "note": "请在周五前补齐" });
    let told = house.on_case(&cookie, "tell_missing", &opened["id"], note).await.ok();
    assert!(told["told_at"].is_i64());
    let paper = house
        .get_as(&format!("/counter/paper?case={}&paper=missing", opened["id"]), &cookie)
        .await
        .text();
    assert!(paper.contains("一次性告知") && paper.contains("print()"), "{paper}");
    let case = &house.progress(&opened["token"]).await["case"];
    assert_eq!(case["missing"].as_array().unwrap().len(), 4);
    assert_eq!(case["missing_note"], "请在周五前补齐");
    let token = opened["token"].as_str().unwrap();
    for missing in case["missing"].as_array().unwrap() {
        let path = format!("/api/case/supply?token={token}&material={}", missing["id"]);
        house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();
    }
    let shown = house.case(&cookie, &opened["id"]).await;
    assert_eq!(shown["may_accept"], true);
    assert!(shown["materials"][1]["by_phone"].as_bool().unwrap());
    let file = shown["materials"][1]["files"][0]["file"].as_str().unwrap();
    for (small, kind) in [(false, "image/jpeg"), (true, "image/jpeg")] {
        let path = format!("/api/counter/file?case={}&file={file}&small={small}", opened["id"]);
        let answer = house.get_as(&path, &cookie).await;
        assert_eq!(answer.headers["content-type"], kind);
        assert_eq!(house.get(&path).await.status, 401);
    }
    house.accept(&cookie, &opened["id"]).await;
}

#[tokio::test]
async fn a_file_of_another_type_is_refused() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    for (kind, bytes, status, code) in [
        ("image/jpeg", b"<script>".to_vec(), 415, "file_not_a_kind"),
        ("image/jpeg", photograph()[..300].to_vec(), 422, "file_broken"),
        ("text/plain", photograph(), 400, "bad_request"),
        ("image/jpeg", vec![0xff; 10 * 1024 * 1024 + 1], 413, "file_too_large"),
    ] {
        let no = house.post_raw(&path, &cookie, kind, bytes.into()).await.refusal();
        assert_eq!(no, (status, code.to_owned()));
    }
    let left = files_below(&house.folder.path().join("hall.db.files"));
    assert!(left.is_empty(), "nothing was left behind: {left:?}");
    let gone = format!("/api/counter/attach?case={}&material=99", opened["id"]);
    let no = house.post_raw(&gone, &cookie, "image/jpeg", photograph().into()).await;
    assert_eq!(no.refusal().1, "unknown_material");
}

#[tokio::test]
async fn a_pension_is_paused_and_finished_in_time_across_the_national_day() {
    // Monday, 21 September 2026, ten in the morning in Shanghai.
    let clock = Clock::standing_at(SATURDAY_TEN - 61 * DAY);
    let house = House::at(clock.clone()).await;
    let (_, opened) = house.accepted("clerk5", "5", "elder-allowance").await;
    let case = house.progress(&opened["token"]).await["case"].clone();
    // 22 working days: the 25th and the National Day are off; the 10th is a working day.
    assert_eq!(case["due"], "2026-10-28");
    let office = house.office("review3").await;
    let step = house.steps(&office).await[0].clone();
    assert_eq!((&step["colour"], &step["due"]), (&json!("green"), &json!("2026-09-28")));
    let no = house.on_step(&office, "pause", &step["id"], "等等").await.refusal();
    assert_eq!(no, (422, "ground_needed".to_owned()));
    house.on_step(&office, "pause", &step["id"], "专家评审，另行通知").await.ok();
    let paused = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!(paused["pauses"][0]["ground"]["zh"], "专家评审");
    assert_eq!(paused["pauses"][0]["to"], json!(null));
    clock.set(clock.now() + 3 * DAY);
    let office = house.office("review3").await;
    house.on_step(&office, "resume", &step["id"], "").await.ok();
    let case = house.progress(&opened["token"]).await["case"].clone();
    // The 21st to the 24th do not count; three of those days had counted before.
    assert_eq!(case["due"], "2026-11-02");
    let pause = &case["pauses"][0];
    assert_eq!((&pause["from"], &pause["to"]), (&json!("2026-09-21"), &json!("2026-09-24")));
    clock.set(clock.now() + 35 * DAY);
    let office = house.office("review3").await;
    assert_eq!(house.approve_all(&office).await, 4);
    let case = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!((&case["state"], &case["due"]), (&json!("ready"), &json!("2026-11-02")));
    let office = house.office("supervisor").await;
    let figures =
        house.get_as("/api/office/figures?from=2026-09-01&to=2026-12-31", &office).await.ok();
    assert_eq!((&figures["decided"], &figures["on_time"]), (&json!(1), &json!(1)));
    assert_eq!(figures["matters"][0]["subject"], "elder-allowance");
}

#[tokio::test]
async fn a_rejection_gives_its_reasons_and_the_way_to_appeal() {
    let house = House::open().await;
    let (cookie, opened) = house.accepted("clerk2", "2", "road-use").await;
    let office = house.office("review2").await;
    let step = house.steps(&office).await[0]["id"].clone();
    let no = house.on_step(&office, "reject", &step, "").await.refusal();
    assert_eq!(no, (422, "reason_needed".to_owned()));
    let other = house.office("review1").await;
    let no = house.on_step(&other, "reject", &step, "不该由我决定").await.refusal();
    assert_eq!(no, (403, "not_your_department".to_owned()));
    house.on_step(&office, "reject", &step, "占道影响消防通道").await.ok();
    let case = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!(case["state"], "rejected");
    assert_eq!(case["refused"][0]["reason"]["zh"], "占道影响消防通道");
    assert_eq!(case["refused"][0]["may_appeal"], true);
    assert!(case["ready"].is_null());
    let path = format!("/counter/paper?case={}&paper=decision", opened["id"]);
    let paper = house.get_as(&path, &cookie).await.text();
    assert!(paper.contains("不予行政许可") && paper.contains("行政复议"), "{paper}");
}

#[tokio::test]
async fn a_broken_promise_ends_the_case_and_bars_another_for_a_time() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let matter = json!({ "matter": "food-permit" });
    let opened = house.open_case(&cookie, ticket, &matter).await;
    house.mark_all(&cookie, &opened).await;
    house.mark(&cookie, &opened["id"], &json!(3), "deferred").await.ok();
    let late = json!({ "items": [{ "material": 3, "until": "2027-02-01" }] });
    let no = house.on_case(&cookie, "sign_promise", &opened["id"], late).await;
    assert_eq!(no.refusal(), (422, "promise_too_late".to_owned()));
    let soon = json!({ "items": [{ "material": 3, "until": "2026-11-26" }] });
    house.on_case(&cookie, "sign_promise", &opened["id"], soon).await.ok();
    house.accept(&cookie, &opened["id"]).await;
    clock.set(SATURDAY_TEN + 6 * DAY);
    house.service().apply_timed_changes().await.unwrap();
    let case = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!(case["state"], "ended");
    assert!(
        case["refused"][0]["reason"]["en"].as_str().unwrap().contains("did not arrive in time")
    );

    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let again = house.open_case(&cookie, ticket, &matter).await;
    let path = format!("/counter/paper?case={}&paper=ended", opened["id"]);
    let paper = house.get_as(&path, &cookie).await.text();
    assert!(paper.contains("终止办理通知书") && paper.contains("2026-11-26"), "{paper}");
    let path = format!("/counter/paper?case={}&paper=receipt", opened["id"]);
    assert!(!house.get_as(&path, &cookie).await.text().contains("终止办理"));
    let no = house.mark(&cookie, &again["id"], &json!(3), "deferred").await.refusal();
    assert_eq!(no, (403, "no_promise".to_owned()));
    assert_eq!(house.case(&cookie, &again["id"]).await["may_promise"], false);
    clock.set(SATURDAY_TEN + 400 * DAY);
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let forgiven = house.open_case(&cookie, ticket, &matter).await;
    house.mark(&cookie, &forgiven["id"], &json!(3), "deferred").await.ok();
}

#[tokio::test]
async fn a_returning_applicant_reuses_earlier_materials() {
    let house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    assert_eq!(house.progress(&opened["token"]).await["case"]["state"], "ready");
    house.verb(&cookie, "finish").await.ok();
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let next = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let licence = &next["materials"][1];
    assert_eq!(licence["offer"]["case"], opened["number"]);
    assert_eq!(licence["offer"]["issued_here"], true);
    let reuse = json!({ "material": licence["id"] });
    let case = house.on_case(&cookie, "reuse_material", &next["id"], reuse).await.ok();
    assert_eq!(case["materials"][1]["state"], "present");
    assert_eq!(case["materials"][1]["from_earlier"], opened["number"]);
    let none = json!({ "material": 1 });
    let no = house.on_case(&cookie, "reuse_material", &next["id"], none).await;
    assert_eq!(no.refusal().1, "nothing_to_reuse");
}

#[tokio::test]
async fn an_imported_year_makes_deadlines_final() {
    // 21 November 2026 is a Saturday; 30 December a Wednesday.
    let clock = Clock::standing_at(SATURDAY_TEN + 39 * DAY);
    let house = House::at(clock.clone()).await;
    let (_, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let due = |case: &Value| (case["due"].clone(), case["due_provisional"].clone());
    let case = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!(due(&case), (json!("2027-01-13"), json!(true)));
    let admin = house.admin().await;
    let bad = json!({ "file": "[[year]]\nyear = 2027\nholidays = []\n" });
    let no = house.post_as("/api/admin/import_calendar", &admin, bad).await.refusal();
    assert_eq!(no, (422, "bad_calendar".to_owned()));
    let holidays: Vec<String> =
        ["01-01", "02-05", "02-06", "02-07", "02-08"].map(|day| format!("2027-{day}")).to_vec();
    let file = format!("[[year]]\nyear = 2027\nholidays = {holidays:?}\nworkdays = []\n");
    let counted =
        house.post_as("/api/admin/import_calendar", &admin, json!({ "file": file })).await.ok();
    assert_eq!(counted["recounted"], 1);
    let case = house.progress(&opened["token"]).await["case"].clone();
    assert_eq!(due(&case), (json!("2027-01-14"), json!(false)));
}
