//! Who acts for an applicant: sealed, masked and erased like them, let through only with an
//! authorisation, and handed results to only against their own number.

use jiban::clock::Clock;
use serde_json::{Value, json};

use crate::support::cases::{BUSINESS, PERSON, photograph};
use crate::support::{House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60 * 1000;
const NAME: &str = "诸葛代办";
const PASSPORT: &str = "E12345678";

fn agent(authorised_on: Option<&str>) -> Value {
    json!({ "name": NAME, "paper": "passport", "number": "e1234 5678",
            "telephone": "+852 9123 4567", "authorised_on": authorised_on })
}

fn what(matter: &str, agent: &Value) -> Value {
    json!({ "matter": matter, "agent": agent })
}

/// A case of an agent whose authorisation was seen, ready to be collected.
async fn ready(house: &House) -> (String, Value) {
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let seen = what("proprietor-open", &agent(Some("2026-11-20")));
    let opened = house.open_case(&cookie, ticket, &seen).await;
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    (cookie, opened)
}

/// Whether the files of the database have a text in plain words.
fn has_plain(house: &House, text: &str) -> bool {
    ["hall.db", "hall.db-wal"].iter().any(|file| {
        let bytes = std::fs::read(house.folder.path().join(file)).unwrap_or_default();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[tokio::test]
async fn an_agent_is_sealed_masked_revealed_to_few_and_erased_in_time() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let (cookie, opened) = ready(&house).await;
    let shown = house.case(&cookie, &opened["id"]).await;
    let masked = &shown["applicant"]["agent"];
    assert_eq!(
        (&masked["name"], &masked["number"], &masked["telephone"], &masked["paper"]),
        (&json!("诸葛**"), &json!("E1*****78"), &json!("+852****4567"), &json!("passport"))
    );
    assert_eq!(shown["authorisation"]["authorised_on"], "2026-11-20");
    let look = json!({ "case": opened["id"] });
    let whole = house.post_as("/api/counter/look", &cookie, look.clone()).await.ok();
    assert_eq!(
        (&whole["agent"]["name"], &whole["agent"]["number"], &whole["agent"]["telephone"]),
        (&json!(NAME), &json!(PASSPORT), &json!("+85291234567"))
    );
    let other = house.sign_in("clerk2", "2").await;
    let no = house.post_as("/api/counter/look", &other, look).await.refusal();
    assert_eq!(no, (403, "not_your_case".to_owned()));
    // What everybody with the number sees has no agent, and the trail only that there is one.
    let progress = house.progress(&opened["token"]).await.to_string();
    assert!(!progress.contains("诸葛") && !progress.contains("E1*"), "{progress}");
    for text in [NAME, PASSPORT, "85291234567"] {
        assert!(!has_plain(&house, text), "{text}");
    }
    let events = house.events_of(&opened["id"], "CaseOpened").await;
    assert_eq!(events[0]["agent"], true);

    let card = house.card(&cookie, &opened["id"]).await;
    let fetched = json!({ "identity_checked": true, "card": card });
    house.on_case(&cookie, "hand_over_result", &opened["id"], fetched).await.ok();
    let sealed = house.sealed_agent(&opened["id"]).await.unwrap();
    assert!(sealed.len() > 40);
    clock.set(SATURDAY_TEN + 1826 * DAY);
    house.service().erase_persons().await.unwrap();
    assert_eq!(house.sealed_agent(&opened["id"]).await, None);
    let again = house.sign_in("clerk1", "1").await;
    let shown = house.case(&again, &opened["id"]).await;
    assert!(shown["applicant"].get("agent").is_none(), "{shown}");
    assert!(shown["authorisation"].is_object(), "that there was one stays");
}

#[tokio::test]
async fn nothing_is_accepted_before_the_authorisation_is_there() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &what("food-permit", &agent(None))).await;
    let case = &opened["id"];
    let materials = opened["materials"].as_array().unwrap();
    let (authorisation, others) = materials.split_last().unwrap();
    assert_eq!(authorisation["name"]["zh"], "授权委托书");
    assert_eq!(
        (&authorisation["state"], &authorisation["deferrable"]),
        (&json!("missing"), &json!(false))
    );
    for one in others {
        house.mark(&cookie, case, &one["id"], "present").await.ok();
    }
    let id = &authorisation["id"];
    let accept = async || house.on_case(&cookie, "accept_case", case, json!({})).await;
    assert_eq!(accept().await.refusal().1, "materials_missing");
    let no = async |state: &str| house.mark(&cookie, case, id, state).await.refusal();
    assert_eq!(no("present").await, (422, "bad_authorisation".to_owned()));
    assert_eq!(no("not_needed").await, (422, "bad_authorisation".to_owned()));
    assert_eq!(no("deferred").await, (409, "not_deferrable".to_owned()));
    let dated = async |day: &str| {
        let body = json!({ "case": case, "material": id, "state": "present", "dated": day });
        house.post_as("/api/counter/mark_material", &cookie, body).await
    };
    assert_eq!(dated("2026-11-22").await.refusal().1, "bad_authorisation", "tomorrow's");
    assert_eq!(dated("20.11.2026").await.refusal().1, "bad_request");
    let shown = dated("2026-11-20").await.ok();
    assert_eq!(shown["authorisation"]["authorised_on"], "2026-11-20");
    assert_eq!(shown["may_accept"], true);

    // Photographed instead.
    house.mark(&cookie, case, id, "missing").await.ok();
    assert_eq!(house.case(&cookie, case).await["authorisation"]["authorised_on"], json!(null));
    let path = format!("/api/counter/attach?case={case}&material={id}");
    house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    accept().await.ok();
    let office = house.office("review1").await;
    let shown = house.get_as(&format!("/api/office/case?case={case}"), &office).await.ok();
    assert_eq!(shown["applicant"]["agent"]["name"], "诸葛**");
    let receipt = format!("/counter/paper?case={case}&paper=receipt");
    let receipt = house.get_as(&receipt, &cookie).await.text();
    assert!(receipt.contains(">代办人<") && receipt.contains(">诸葛**<"), "{receipt}");
}

#[tokio::test]
async fn what_cannot_be_an_agent_is_refused_with_the_reason() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    for (wrong, code, why) in [
        (json!({ "name": "" }), "bad_agent", "填写"),
        (json!({ "number": "E1" }), "bad_agent", "5 至 17"),
        (json!({ "telephone": "138" }), "bad_agent", "电话号码"),
        (json!({ "paper": null, "number": PERSON }), "bad_agent", "与申请人相同"),
        (json!({ "authorised_on": "2026-11-22" }), "bad_authorisation", "今天"),
    ] {
        let mut agent = agent(None);
        agent.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        let body = json!({
            "request_id": uuid::Uuid::new_v4(), "ticket": ticket, "matter": "proprietor-open",
            "applicant": { "kind": "person", "name": "张伟", "number": PERSON,
                           "telephone": "13812345678" },
            "agent": agent,
        });
        let refused = house.post_in("zh", "/api/counter/open_case", &cookie, body).await;
        assert!(refused.text().contains(why), "{}", refused.text());
        assert_eq!(refused.refusal(), (422, code.to_owned()));
    }
    // A business has somebody who comes for it.
    let seen = what("proprietor-open", &agent(Some("2026-11-20")));
    let opened = house.try_open(&cookie, ticket, &seen, BUSINESS).await.ok();
    let shown = house.case(&cookie, &opened["id"]).await;
    assert_eq!(shown["applicant"]["kind"], "business");
    assert_eq!(shown["applicant"]["agent"]["name"], "诸葛**");
}

#[tokio::test]
async fn results_go_to_the_agent_against_their_own_number_alone() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, opened) = ready(&house).await;
    let case = &opened["id"];
    let card = house.card(&cookie, case).await;
    let fetch = async |number: Value| {
        let more = json!({ "identity_checked": true, "card": card, "to_agent": true,
                           "agent_number": number });
        house.on_case(&cookie, "hand_over_result", case, more).await
    };
    // Who comes to collect is found by their own name or telephone.
    for q in [NAME, "+852 9123 4567"] {
        let found = house.post_as("/api/counter/find_cases", &cookie, json!({ "q": q })).await.ok();
        assert_eq!(found["cases"][0]["id"], *case, "{q}");
    }
    let slip = format!("/counter/paper?case={case}&paper=handover");
    assert!(house.get_as(&slip, &cookie).await.text().contains(">诸葛**<"));
    for wrong in [json!(null), json!(""), json!(PERSON), json!("E12345679")] {
        assert_eq!(fetch(wrong).await.refusal(), (409, "other_agent".to_owned()));
    }
    assert_eq!(house.case(&cookie, case).await["state"], "ready");
    let handed = fetch(json!(" e1234-5678 ")).await.ok();
    assert_eq!((&handed["state"], &handed["handed_to_agent"]), (&json!("delivered"), &json!(true)));
    let events = house.events_of(case, "ResultFetched").await;
    assert_eq!(events[0]["by_agent"], true);
    assert!(!events[0].to_string().contains(PASSPORT), "{}", events[0]);
}

#[tokio::test]
async fn nobody_is_the_agent_of_a_case_without_one() {
    let house = House::open().await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    let case = &opened["id"];
    house.on_case(&cookie, "decide_case", case, json!({})).await.ok();
    let card = house.card(&cookie, case).await;
    let more = json!({ "identity_checked": true, "card": card, "to_agent": true,
                       "agent_number": PERSON });
    let no = house.on_case(&cookie, "hand_over_result", case, more).await;
    assert_eq!(no.refusal(), (409, "no_agent".to_owned()));
    let receipt = format!("/counter/paper?case={case}&paper=receipt");
    assert!(!house.get_as(&receipt, &cookie).await.text().contains("代办人"));
}

impl House {
    /// The sealed agent of a case, as it is in its row.
    async fn sealed_agent(&self, case: &Value) -> Option<Vec<u8>> {
        let pool = self.rows().await;
        let agent = sqlx::query_scalar("SELECT agent FROM persons WHERE case_id = $1")
            .bind(case.as_i64())
            .fetch_one(&pool)
            .await;
        pool.close().await;
        agent.unwrap()
    }

    /// What the events of a kind say about a case.
    async fn events_of(&self, case: &Value, kind: &str) -> Vec<Value> {
        let pool = self.rows().await;
        let details: Vec<String> =
            sqlx::query_scalar("SELECT detail FROM events WHERE case_id = $1 AND kind = $2")
                .bind(case.as_i64())
                .bind(kind)
                .fetch_all(&pool)
                .await
                .unwrap();
        pool.close().await;
        details.iter().map(|detail| serde_json::from_str(detail).unwrap()).collect()
    }

    async fn rows(&self) -> sqlx::SqlitePool {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.db()).read_only(true);
        sqlx::SqlitePool::connect_with(options).await.unwrap()
    }
}
