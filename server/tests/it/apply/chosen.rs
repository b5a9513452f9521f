//! What an applicant chooses before the visit: the commitment that their matter offers, and
//! answers that the hall has already; signing; and what becomes of a material that is asked for
//! no longer.

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{MATTER, answered, pair};
use crate::access::events;
use crate::support::cases::{photograph, signature};
use crate::support::{House, SATURDAY_TEN};

const COMMITMENT: &str = "applicant_commitment";

async fn opened(house: &House, token: &str) -> Value {
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let opened = house.open_from_draft(&clerk, ticket, &json!(token)).await.ok();
    let case = house.case(&clerk, &opened["id"]).await;
    house.verb(&clerk, "finish").await.ok();
    case
}

async fn filled(house: &House) -> String {
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    token
}

fn replaced(materials: &Value) -> usize {
    let all = materials.as_array().unwrap();
    all.iter().filter(|one| one["replaced"] == true || one["state"] == "replaced").count()
}

#[tokio::test]
async fn a_commitment_is_the_applicants_choice_and_is_the_cases() {
    let house = House::open().await;
    let token = filled(&house).await;
    let page = house.open_page(&format!("/d/{token}/form/{COMMITMENT}")).await;
    for said in ["以承诺代替：", "食品安全管理制度", "撤销食品经营许可", "承诺 2 个工作日"]
    {
        assert!(page.contains(said), "{said} is missing in {page}");
    }
    // Not by a helper.
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.on_draft("share", &token).await.ok()["code"].clone();
    let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = joined["token"].as_str().unwrap();
    let no = house.write_field(beside, COMMITMENT, json!(true)).await.refusal();
    assert_eq!(no, (403, "applicant_only".to_owned()));
    let page = house.open_page(&format!("/d/{beside}/check")).await;
    assert!(!page.contains("class=\"signing\"") && !page.contains("/send"), "{page}");

    assert_eq!(replaced(&house.draft(&token).await.ok()["materials"]), 0);
    house.write_field(&token, COMMITMENT, json!(true)).await.ok();
    assert_eq!(replaced(&house.draft(&token).await.ok()["materials"]), 2);
    let page = house.open_page(&format!("/d/{token}/materials")).await;
    assert_eq!(page.matches("以承诺代替，不用交").count(), 2, "{page}");
    let body = signature().into();
    house.post_raw(&format!("/api/apply/sign?token={token}"), "", "image/png", body).await.ok();
    house.on_draft("send", &token).await.ok();
    let case = opened(&house, &token).await;
    assert_eq!(case["promised_days"], 2, "{case}");
    assert!(case["commitment"]["signature"].is_string(), "what was signed is the commitment too");
    assert_eq!(replaced(&case["materials"]), 2);
    assert_eq!(events(&house, "CommitmentSigned").await.len(), 1);

    // Whoever chooses nothing is reviewed as always.
    let token = filled(&house).await;
    house.write_field(&token, COMMITMENT, json!(true)).await.ok();
    house.write_field(&token, COMMITMENT, json!(false)).await.ok();
    house.on_draft("send", &token).await.ok();
    let case = opened(&house, &token).await;
    assert!(case["commitment"].is_null() && replaced(&case["materials"]) == 0, "{case}");
    assert!(!case["commitment_offer"].is_null(), "it is offered at the counter");
    house.stop().await;
}

#[tokio::test]
async fn other_words_than_were_read_are_not_committed_to() {
    let house = House::open().await;
    let token = filled(&house).await;
    house.write_field(&token, COMMITMENT, json!(true)).await.ok();
    house.on_draft("send", &token).await.ok();
    house
        .change_setup(|setup| {
            let matters = setup["hall"][0]["matter"].as_array_mut().unwrap();
            let matter = matters.iter_mut().find(|one| one["id"] == MATTER).unwrap();
            matter["commitment"]["consequence"] = json!("另外的后果");
        })
        .await;
    let case = opened(&house, &token).await;
    assert!(case["commitment"].is_null(), "{case}");
    house.stop().await;
}

#[tokio::test]
async fn files_of_what_is_asked_for_no_longer_go_with_the_case() {
    let house = House::open().await;
    let token = filled(&house).await;
    let materials = house.draft(&token).await.ok()["materials"].clone();
    let material = &materials[0];
    let key = material["key"].as_str().unwrap();
    let named = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC);
    let address = format!("/api/apply/attach?token={token}&material={named}");
    house.post_raw(&address, "", "image/jpeg", photograph().into()).await.ok();
    house.on_draft("send", &token).await.ok();
    let gone = material["name"].clone();
    house
        .change_setup(|setup| {
            let matters = setup["hall"][0]["matter"].as_array_mut().unwrap();
            let matter = matters.iter_mut().find(|one| one["id"] == MATTER).unwrap();
            let materials = matter["materials"].as_array_mut().unwrap();
            let before = materials.len();
            materials.retain(|one| one["name"] != gone);
            assert_eq!(materials.len() + 1, before);
        })
        .await;
    // Its applicant still sees them.
    let draft = house.draft(&token).await.ok();
    let last = draft["materials"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["no_longer_asked"], last["key"].as_str()), (&json!(true), Some(key)));
    assert_eq!(last["files"].as_array().unwrap().len(), 1);
    house.on_draft("take_back", &token).await.ok();
    let page = house.open_page(&format!("/d/{token}/materials")).await;
    assert!(page.contains("现在不再需要"), "{page}");
    house.on_draft("send", &token).await.ok();

    let case = opened(&house, &token).await;
    let materials = case["materials"].as_array().unwrap();
    let kept = materials.iter().find(|one| one["state"] == "not_needed").unwrap();
    assert_eq!(kept["files"].as_array().unwrap().len(), 1, "{case}");
    house.stop().await;
}

#[tokio::test]
async fn what_was_told_before_is_taken_by_one_touch() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let first = filled(&house).await;
    house.on_draft("send", &first).await.ok();
    opened(&house, &first).await;
    let earlier = house.draft(&first).await.ok()["values"].clone();

    let token = house.begin_draft(MATTER).await;
    for field in ["applicant_kind", "applicant_business", "applicant_telephone"] {
        house.write_field(&token, field, earlier[field].clone()).await.ok();
    }
    let address = format!("/d/{token}/form/shop");
    let page = house.open_page(&address).await;
    assert!(!page.contains("class=\"offer"), "nobody has seen who they are");
    let clerk = house.sign_in("clerk1", "1").await;
    let seen =
        |number: &str| json!({ "request_id": Uuid::new_v4(), "token": token, "number": number });
    house.post_as("/api/drafts/paper_seen", &clerk, seen("91350100M000100Y43")).await.ok();
    let page = house.open_page(&address).await;
    assert!(page.contains("您上次申报时填写的") && page.contains("青禾区老陈面馆"), "{page}");
    assert_eq!(house.draft(&token).await.ok()["values"].get("shop_name"), None, "not by itself");

    // What was typed beside it is kept with it.
    let typed = |field: &str| (field == "licence_held").then_some(json!(true));
    let mut posted = answered(&page, typed);
    posted.push(pair("take", "shop_name"));
    let back = house.led(&address, &posted).await;
    assert!(back.ends_with("#at-shop_name"), "{back}");
    let values = house.draft(&token).await.ok()["values"].clone();
    assert_eq!(values["shop_name"], earlier["shop_name"]);
    assert_eq!(values["licence_held"], true);

    // Nothing but what is offered.
    let page = house.open_page(&address).await;
    let mut posted = answered(&page, |field| values.get(field).cloned());
    posted.push(pair("take", "applicant_telephone"));
    house.led(&address, &posted).await;
    let mut posted = answered(&page, |field| values.get(field).cloned());
    posted.push(pair("take", "*"));
    house.led(&address, &posted).await;
    let after = house.draft(&token).await.ok()["values"].clone();
    assert_eq!(after["applicant_telephone"], earlier["applicant_telephone"]);
    house.stop().await;
}

#[tokio::test]
async fn a_form_says_whether_it_is_signed() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = filled(&house).await;
    let check = format!("/d/{token}/check");
    let page = house.open_page(&check).await;
    assert!(
        page.contains(&format!("data-call=\"/api/apply/sign?token={token}&amp;version=")),
        "{page}"
    );
    assert!(page.contains("在纸上签名") && !page.contains("已在屏幕上签名"), "{page}");
    let address = format!("/api/apply/sign?token={token}");
    house.post_raw(&address, "", "image/png", signature().into()).await.ok();
    assert!(house.open_page(&check).await.contains("已在屏幕上签名"));
    house.write_field(&token, "shop_name", json!("后来改的店名")).await.ok();
    assert!(!house.open_page(&check).await.contains("已在屏幕上签名"), "that was not signed");
    house.on_draft("send", &token).await.ok();
    assert!(house.open_page(&format!("/d/{token}")).await.contains("还没有签名"));
    house.stop().await;
}
