//! Drafts that were sent before the visit: looked at, remarked on, returned, cleared, booked
//! for, and received as cases at a counter.

mod figures;

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{events, with_staff_of_another_hall};
use crate::drafts::MATTER;
use crate::support::cases::photograph;
use crate::support::{Answer, House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60_000;

impl House {
    /// A draft that was sent: the applicant's token.
    pub async fn sent_draft(&self, matter: &str) -> String {
        let token = self.begin_draft(matter).await;
        self.fill_draft(&token, matter).await;
        self.on_draft("send", &token).await.ok();
        token
    }

    pub async fn drafts_in_hand(&self, cookie: &str) -> Vec<Value> {
        let list = self.get_as("/api/drafts", cookie).await.ok();
        list["drafts"].as_array().unwrap().clone()
    }

    async fn look_at_draft(&self, cookie: &str, id: &Value) -> Answer {
        self.get_as(&format!("/api/drafts/draft?draft={id}"), cookie).await
    }

    /// A call of the staff about a draft.
    pub async fn check_draft(&self, cookie: &str, verb: &str, id: &Value, more: Value) -> Answer {
        let mut body = json!({ "request_id": Uuid::new_v4(), "draft": id });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post_as(&format!("/api/drafts/{verb}"), cookie, body).await
    }

    async fn remark(&self, cookie: &str, id: &Value, about: Value, words: &str) -> Answer {
        self.check_draft(cookie, "remark", id, json!({ "about": about, "words": words })).await
    }

    pub async fn open_from_draft(&self, cookie: &str, ticket: i64, draft: &Value) -> Answer {
        let body = json!({ "request_id": Uuid::new_v4(), "ticket": ticket, "draft": draft });
        self.post_as("/api/counter/open_case", cookie, body).await
    }

    /// Sends a photograph to the first material of a draft; its key and its file.
    async fn attach_to_draft(&self, token: &str) -> (String, String) {
        let draft = self.draft(token).await.ok();
        let key = draft["materials"][0]["key"].as_str().unwrap().to_owned();
        let material =
            percent_encoding::utf8_percent_encode(&key, percent_encoding::NON_ALPHANUMERIC);
        let address = format!("/api/apply/attach?token={token}&material={material}");
        self.post_raw(&address, "", "image/jpeg", photograph().into()).await.ok();
        let draft = self.draft(token).await.ok();
        let files = draft["materials"][0]["files"].as_array().unwrap().clone();
        (key, files.last().unwrap()["file"].as_str().unwrap().to_owned())
    }
}

#[tokio::test]
async fn what_was_sent_waits_at_reception_and_with_its_department() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    assert_eq!(house.drafts_in_hand(&clerk).await.len(), 0);
    let filling = house.begin_draft(MATTER).await;
    let first = house.sent_draft(MATTER).await;
    house.sent_draft("proprietor-open").await;

    let list = house.drafts_in_hand(&clerk).await;
    assert_eq!(list.len(), 2, "what its applicant still writes is not in it");
    assert_eq!(list[0]["matter"], MATTER, "the longest waiting first");
    let applicant = list[0]["applicant"].as_str().unwrap();
    assert!(applicant.contains('*') && !applicant.contains("老陈"), "{applicant}");
    assert_eq!(list[0]["proven"], false);
    assert_ne!(list[0]["token"], json!(first), "the applicant's own token is theirs");
    let theirs = list[0]["token"].as_str().unwrap();
    assert_eq!(
        house.draft(theirs).await.refusal().1,
        "unknown_draft",
        "it opens nothing of theirs"
    );

    // The counter's page hears of it without asking.
    let now = house.get_as("/api/counter/now", &clerk).await.ok();
    assert_eq!(now["drafts"]["waiting"], 2);

    let market = house.office("review1").await;
    assert_eq!(house.drafts_in_hand(&market).await.len(), 2);
    let civil = house.office("review3").await;
    assert_eq!(house.drafts_in_hand(&civil).await.len(), 0, "their department has no part in it");
    let no = house.look_at_draft(&civil, &list[0]["id"]).await.refusal();
    assert_eq!(no, (403, "not_your_department".to_owned()));
    with_staff_of_another_hall(&house).await;
    let station = house.sign_in("station1", "21").await;
    assert_eq!(house.drafts_in_hand(&station).await.len(), 0);
    assert_eq!(house.look_at_draft(&station, &list[0]["id"]).await.refusal().1, "unknown_draft");

    // Whole for whoever checks it, masked for whoever only looks; each look once in the trail.
    for _ in 0..2 {
        let whole = house.look_at_draft(&clerk, &list[0]["id"]).await.ok();
        assert_eq!(whole["draft"]["values"]["applicant_business"]["name"], "青禾区老陈面馆");
        assert_eq!(whole["whole"], true);
    }
    assert_eq!(events(&house, "DraftLookedAt").await.len(), 1);
    let supervisor = house.office("supervisor").await;
    let masked = house.look_at_draft(&supervisor, &list[0]["id"]).await.ok();
    assert_eq!((&masked["whole"], &masked["may_check"]), (&json!(false), &json!(false)));
    assert!(!masked["draft"]["values"].to_string().contains("老陈面馆\",\"code"));
    let no = house.check_draft(&supervisor, "return", &list[0]["id"], json!({})).await;
    assert_eq!(no.refusal(), (403, "not_allowed".to_owned()));

    // What was not sent is its applicant's alone.
    house.on_draft("take_back", &first).await.ok();
    let no = house.look_at_draft(&clerk, &list[0]["id"]).await.refusal();
    assert_eq!(no, (409, "wrong_draft_state".to_owned()));
    assert_eq!(house.draft(&filling).await.ok()["state"], "filling");
    house.stop().await;
}

#[tokio::test]
async fn remarks_are_told_when_it_is_returned_and_settled_by_mending() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    let (material, file) = house.attach_to_draft(&token).await;
    house.on_draft("send", &token).await.ok();
    let clerk = house.sign_in("clerk1", "1").await;
    let id = house.drafts_in_hand(&clerk).await[0]["id"].clone();

    let picture = format!("/api/drafts/file?draft={id}&file={file}&small=true");
    assert_eq!(house.get_as(&picture, &clerk).await.status, 200);
    let missing = format!("/api/drafts/file?draft={id}&file={}", "0".repeat(32));
    assert_eq!(house.get_as(&missing, &clerk).await.refusal().1, "unknown_file");

    // Nothing is returned without a word.
    let no = house.check_draft(&clerk, "return", &id, json!({})).await;
    assert_eq!(no.refusal(), (422, "remark_needed".to_owned()));
    let shop = json!({ "field": "shop_name" });
    assert_eq!(house.remark(&clerk, &id, shop.clone(), "  ").await.refusal().1, "remark_needed");
    let long = "长".repeat(501);
    assert_eq!(house.remark(&clerk, &id, shop.clone(), &long).await.refusal().1, "remark_too_long");
    let nothing = json!({ "field": "no_such" });
    assert_eq!(house.remark(&clerk, &id, nothing, "改").await.refusal().1, "unknown_field");
    house.remark(&clerk, &id, shop, "请写全称，与营业执照一致。").await.ok();
    house.remark(&clerk, &id, json!({ "material": material }), "照片看不清。").await.ok();
    let made = house.remark(&clerk, &id, json!("draft"), "写错了的意见").await.ok();
    assert_eq!(made["remarks"].as_array().unwrap().len(), 3);
    assert_eq!(made["remarks"][2]["id"], 3);
    let settle = json!({ "remark": 3, "settled": true });
    let made = house.check_draft(&clerk, "settle", &id, settle).await.ok();
    assert_eq!(made["remarks"][2]["settled"], true);
    assert_eq!(house.draft(&token).await.ok()["remarks"], json!([]), "it is not returned yet");

    // Pressed twice, it is one return; another checker is told that somebody was faster.
    let once = json!({ "request_id": Uuid::new_v4(), "draft": id });
    for _ in 0..2 {
        let returned = house.post_as("/api/drafts/return", &clerk, once.clone()).await.ok();
        assert_eq!(returned["draft"]["state"], "returned");
    }
    let other = house.office("review1").await;
    let no = house.check_draft(&other, "return", &id, json!({})).await;
    assert_eq!(no.refusal(), (409, "wrong_draft_state".to_owned()));

    let mine = house.draft(&token).await.ok();
    assert_eq!(mine["state"], "returned");
    let open = |draft: &Value| {
        let remarks = draft["remarks"].as_array().unwrap().iter();
        remarks.filter(|remark| remark["settled"] == false).count()
    };
    assert_eq!(open(&mine), 2);
    house.write_field(&token, "shop_name", json!("青禾区建设路老陈面馆")).await.ok();
    assert_eq!(open(&house.draft(&token).await.ok()), 1, "what was mended is settled");
    house.attach_to_draft(&token).await;
    assert_eq!(open(&house.draft(&token).await.ok()), 0);
    house.on_draft("send", &token).await.ok();
    let no = house.check_draft(&clerk, "return", &id, json!({})).await;
    assert_eq!(no.refusal().1, "remark_needed", "nothing is left to be changed");

    let cleared = house.check_draft(&other, "clear", &id, json!({ "bring_originals": true })).await;
    let cleared = cleared.ok();
    assert_eq!(cleared["draft"]["state"], "cleared");
    assert_eq!(cleared["times_sent"], 2);
    let mine = house.draft(&token).await.ok();
    assert_eq!((&mine["state"], &mine["bring_originals"]), (&json!("cleared"), &json!(true)));

    // Each is in the trail once, with who did it and none of the words.
    for (kind, by, times) in [
        ("DraftRemarked", "clerk1", 4),
        ("DraftReturned", "clerk1", 1),
        ("DraftCleared", "review1", 1),
    ] {
        let events = events(&house, kind).await;
        assert_eq!(events.len(), times, "{kind}");
        assert!(events.iter().all(|event| event.0 == by), "{kind}: {events:?}");
        assert!(!format!("{events:?}").contains("营业执照一致"), "{kind}");
    }

    // It survives a restart, sealed.
    let mut house = house;
    house.restart().await;
    let mine = house.draft(&token).await.ok();
    assert_eq!(mine["remarks"].as_array().unwrap().len(), 3);
    house.stop().await;
}

#[tokio::test]
async fn a_case_is_opened_from_a_draft_in_one_touch() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    let (_, file) = house.attach_to_draft(&token).await;
    house.attach_to_draft(&token).await;
    house.on_draft("send", &token).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let brief = house.drafts_in_hand(&clerk).await[0].clone();
    house.check_draft(&clerk, "clear", &brief["id"], json!({})).await.ok();

    assert_eq!(
        house.open_from_draft(&clerk, ticket + 1, &brief["token"]).await.refusal(),
        (409, "not_serving".to_owned())
    );
    let nobody = json!("0".repeat(26));
    assert_eq!(house.open_from_draft(&clerk, ticket, &nobody).await.refusal().1, "unknown_draft");
    let found = house.post_as("/api/drafts/find", &clerk, json!({ "token": token })).await.ok();
    assert_eq!(found["id"], brief["id"], "the applicant's own code finds it too");

    let once = json!({ "request_id": Uuid::new_v4(), "ticket": ticket, "draft": brief["token"] });
    let opened = house.post_as("/api/counter/open_case", &clerk, once.clone()).await.ok();
    let again = house.post_as("/api/counter/open_case", &clerk, once).await.ok();
    assert_eq!(opened, again, "pressed twice, it is one case");
    assert_eq!(opened["materials"][0]["state"], "present");
    assert_eq!(opened["materials"][0]["files"].as_array().unwrap().len(), 2);
    assert_eq!(
        house.open_from_draft(&clerk, ticket, &brief["token"]).await.refusal(),
        (409, "wrong_draft_state".to_owned())
    );
    let case = house.case(&clerk, &opened["id"]).await;
    assert_eq!(case["subject"], MATTER);
    assert!(case["applicant"]["name"].as_str().unwrap().contains('*'));
    let picture = format!("/api/counter/file?case={}&file={file}", opened["id"]);
    assert_eq!(house.get_as(&picture, &clerk).await.status, 200);

    // What was filled in stands beside the case: masked, and whole once that is recorded.
    let answers = format!("/api/counter/answers?case={}", opened["id"]);
    let masked = house.get_as(&answers, &clerk).await.ok();
    assert_eq!(masked["values"]["food_trade"], "catering");
    assert_ne!(masked["values"]["applicant_telephone"], "13800138000");
    let reveal = json!({ "case": opened["id"] });
    let whole = house.post_as("/api/counter/reveal_answers", &clerk, reveal.clone()).await.ok();
    assert_eq!(whole["values"]["applicant_telephone"], "13800138000");
    assert!(whole["written"]["shop_name"]["helper"].is_null());

    // The applicant sees what became of it, and can do nothing more with the draft.
    let mine = house.draft(&token).await.ok();
    assert_eq!((&mine["state"], &mine["case"]), (&json!("received"), &opened["id"]));
    assert_eq!(mine["proven"], true);
    assert_eq!(house.on_draft("withdraw", &token).await.refusal().1, "wrong_draft_state");

    house.mark_all(&clerk, &opened).await;
    house.accept(&clerk, &opened["id"]).await;
    let market = house.office("review1").await;
    let answers = format!("/api/office/answers?case={}", opened["id"]);
    let seen = house.get_as(&answers, &market).await.ok();
    assert_eq!(seen["values"]["food_trade"], "catering");
    let no = house.post_as("/api/office/reveal_answers", &market, reveal).await;
    assert_eq!(no.refusal().1, "not_your_case", "who has no step of it sees nobody whole");
    house.approve_all(&market).await;
    let received = events(&house, "DraftReceived").await;
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].0, "clerk1");
    house.stop().await;
}

#[tokio::test]
async fn what_is_not_complete_or_of_another_hall_becomes_no_case() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("只写了店名")).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let refused = house.open_from_draft(&clerk, ticket, &json!(token)).await;
    assert_eq!(refused.refusal(), (422, "form_not_complete".to_owned()));
    assert!(!refused.json()["fields"].as_array().unwrap().is_empty());
    assert_eq!(house.draft(&token).await.ok()["state"], "filling", "nothing was lost");
    house.write_field(&token, "shop_name", json!("还可以写")).await.ok();
    // Complete, it need not have been sent: the applicant stands there.
    house.fill_draft(&token, MATTER).await;
    with_staff_of_another_hall(&house).await;
    let station = house.sign_in("station1", "21").await;
    let elsewhere = house.open_from_draft(&station, ticket, &json!(token)).await;
    assert_eq!(elsewhere.refusal(), (404, "unknown_draft".to_owned()));
    house.open_from_draft(&clerk, ticket, &json!(token)).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn a_visit_is_booked_in_one_step() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.sent_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let id = house.drafts_in_hand(&clerk).await[0]["id"].clone();
    let matter = house.look_at_draft(&clerk, &id).await.ok()["books"].clone();
    assert_eq!(matter, MATTER);
    let offers = format!("/api/booking/offers?hall=main&matter={MATTER}");
    let days = house.get(&offers).await.ok()["days"].as_array().unwrap().clone();
    let free = |day: &Value| {
        let slots = day["slots"].as_array().unwrap().iter();
        let free: Vec<_> = slots.filter(|slot| slot["free"].as_u64() > Some(0)).collect();
        Some((free.first()?["slot"].clone(), free.get(1)?["slot"].clone()))
    };
    let (day, (first, second)) =
        days.iter().find_map(|day| Some((day["day"].clone(), free(day)?))).unwrap();
    let when = json!({ "day": day, "slot": first });
    let no = json!({ "day": "2020-01-01", "slot": "09:00" });
    assert_eq!(house.check_draft(&clerk, "book", &id, no).await.refusal().1, "slot_not_offered");
    let booked = house.check_draft(&clerk, "book", &id, when.clone()).await.ok();
    let visit = booked["draft"]["booking"].clone();
    assert_eq!(visit["code"].as_str().unwrap().len(), 8);
    assert_eq!(house.draft(&token).await.ok()["booking"], visit, "the applicant sees it");
    let later = json!({ "day": day, "slot": second });
    let again = house.check_draft(&clerk, "book", &id, later).await;
    assert_eq!(again.refusal(), (409, "already_booked".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn what_the_hall_knows_is_offered_once_the_paper_was_seen() {
    let house = House::open().await;
    let first = house.sent_draft(MATTER).await;
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    house.open_from_draft(&clerk, ticket, &json!(first)).await.ok();

    let token = house.begin_draft(MATTER).await;
    let draft = house.draft(&first).await.ok();
    for field in ["applicant_kind", "applicant_business", "applicant_telephone"] {
        house.write_field(&token, field, draft["values"][field].clone()).await.ok();
    }
    let offered = async || {
        let offers = house.get(&format!("/api/apply/offers?token={token}")).await.ok();
        let offers = offers["offers"].as_array().unwrap().clone();
        offers.iter().filter(|one| one["from"] == "earlier").count()
    };
    assert_eq!(offered().await, 0, "nobody has seen who they are");
    let seen =
        |number: &str| json!({ "request_id": Uuid::new_v4(), "token": token, "number": number });
    let office = house.office("review1").await;
    assert_eq!(house.post_as("/api/drafts/paper_seen", &office, seen("0Y43")).await.status, 403);
    // The number is read off the paper: another's paper proves nothing.
    let other = house.post_as("/api/drafts/paper_seen", &clerk, seen("26XG")).await;
    assert_eq!(other.refusal(), (422, "paper_differs".to_owned()));
    let short = house.post_as("/api/drafts/paper_seen", &clerk, seen("43")).await;
    assert_eq!(short.refusal().1, "paper_differs");
    assert!(house.draft(&token).await.ok()["proven"] == false);
    house.post_as("/api/drafts/paper_seen", &clerk, seen("0y43")).await.ok();
    assert!(house.draft(&token).await.ok()["proven"] == true);
    let earlier = offered().await;
    // Who applies is another: what was seen proves nothing of them.
    let other = json!({ "name": "另一家", "code": "9144030071526726XG" });
    house.write_field(&token, "applicant_business", other).await.ok();
    assert_eq!(offered().await, 0);
    assert!(earlier > 0, "the demo's forms name sources");
    house.stop().await;
}

#[tokio::test]
async fn answers_stay_as_long_as_the_applicant_of_the_case_and_no_longer() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    house.attach_to_draft(&token).await;
    house.on_draft("send", &token).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let opened = house.open_from_draft(&clerk, ticket, &json!(token)).await.ok();
    let withdraw = json!({ "reason": "" });
    house.on_case(&clerk, "withdraw_case", &opened["id"], withdraw).await.ok();

    // The time of a draft alone is long over.
    clock.set(SATURDAY_TEN + 200 * DAY);
    house.service().erase_old_drafts().await.unwrap();
    let received = house.draft(&token).await.ok();
    assert_eq!(received["values"]["food_trade"], "catering");

    clock.set(SATURDAY_TEN + 1830 * DAY);
    house.service().erase_persons().await.unwrap();
    let gone = house.draft(&token).await.ok();
    assert_eq!(gone["values"], json!({}), "also in memory");
    let mut house = house;
    house.restart().await;
    assert_eq!(house.draft(&token).await.ok()["values"], json!({}));
    let clerk = house.sign_in("clerk1", "1").await;
    let answers = format!("/api/counter/answers?case={}", opened["id"]);
    let answers = house.get_as(&answers, &clerk).await;
    assert!(answers.status == 403 || answers.ok().is_null(), "{}", answers.text());
    house.stop().await;
}
