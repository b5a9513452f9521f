//! The pages without scripts, from the first to what was sent.

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{MATTER, answered, go, hidden, pair};
use crate::support::{House, SATURDAY_TEN, answers};

fn right(field: &str) -> Option<Value> {
    let forms = answers::of_all_forms();
    forms[MATTER].get(&field.into()).map(|value| serde_json::to_value(value).unwrap())
}

async fn hall() -> House {
    House::at(Clock::standing_at(SATURDAY_TEN)).await
}

/// Begins on the pages; the address of the first step.
async fn begin(house: &House) -> String {
    let start = format!("/apply/main/{MATTER}");
    let page = house.open_page(&start).await;
    let request = [pair("request_id", hidden(&page, "request_id"))];
    let first = house.led(&start, &request).await;
    // Touched twice, it is one draft.
    assert_eq!(house.led(&start, &request).await, first);
    first
}

fn token(address: &str) -> String {
    address.split('/').nth(2).unwrap().split('?').next().unwrap().to_owned()
}

/// Fills in step after step; the address of what comes after the last.
async fn fill(house: &House, first: &str) -> String {
    let mut at = first.to_owned();
    for _ in 0..30 {
        if !at.contains("/form/") {
            return at;
        }
        let page = house.open_page(at.split('#').next().unwrap()).await;
        let post = at.split('?').next().unwrap().to_owned();
        at = house.led(&post, &go(answered(&page, right), "next")).await;
        assert!(!at.contains("told=true"), "{at}: {}", house.open_page(&at).await);
    }
    panic!("there is no end of it: {at}");
}

#[tokio::test]
async fn without_scripts_from_begin_to_sent() {
    let house = hall().await;
    let page = house.open_page("/apply/main").await;
    assert!(page.contains(&format!("href=\"/apply/main/{MATTER}?lang=zh-CN\"")), "{page}");
    let guide = house.open_page(&format!("/guides/main/{MATTER}")).await;
    assert!(guide.contains(&format!("href=\"/apply/main/{MATTER}?lang=zh-CN\"")), "{guide}");
    let first = begin(&house).await;
    let token = token(&first);
    // The applicant chooses first who applies; then more is asked on the same page.
    let post = first.split('?').next().unwrap();
    let page = house.open_page(&first).await;
    assert!(!page.contains("data-field=\"applicant_business\""));
    let more = house.led(post, &go(answered(&page, right), "next")).await;
    assert!(more.contains("more=true#at-applicant_business"), "{more}");
    let materials = fill(&house, &more).await;
    assert!(materials.contains("/materials"), "{materials}");
    let page = house.open_page(&materials).await;
    assert!(page.contains("enctype=\"multipart/form-data\""), "{page}");

    // The kitchen is asked for by what was answered on a later page. All answers together say
    // so, with the way to it.
    let check = format!("/d/{token}/check");
    let page = house.open_page(&check).await;
    assert!(page.contains("#f-kitchen_area") && !page.contains("/send"), "{page}");
    let premises = format!("/d/{token}/form/premises");
    let page = house.open_page(&premises).await;
    house.led(&premises, &go(answered(&page, right), "next")).await;
    let page = house.open_page(&check).await;
    for said in ["青禾区老陈面馆", "91350100M000100Y43", "刘梅", "86.5", "已同意"] {
        assert!(page.contains(said), "{said} is missing in {page}");
    }
    let send = [pair("request_id", hidden(&page, "request_id"))];
    for _ in 0..2 {
        let sent = house.led(&format!("/d/{token}/send"), &send).await;
        let page = house.open_page(&sent).await;
        assert!(page.contains("data-state=\"sent\"") && page.contains("<svg"), "{page}");
        // What was written stands on no page that lies about.
        assert!(!page.contains("青禾区老陈面馆"));
    }
    assert_eq!(house.draft(&token).await.ok()["state"], "sent");
    // Its other pages lead to it.
    for below in ["/form/applicant", "/materials", "/check"] {
        assert_eq!(house.page(&format!("/d/{token}{below}")).await.status, 303, "{below}");
    }
    let page = house.open_page(&format!("/D/{}", token.to_uppercase())).await;
    let back = [pair("request_id", hidden(&page, "request_id"))];
    let again = house.led(&format!("/d/{token}/take_back"), &back).await;
    assert!(house.open_page(&again).await.contains("class=\"steps\""));
    assert_eq!(house.draft(&token).await.ok()["state"], "filling");
}

#[tokio::test]
async fn what_is_wrong_is_kept_and_told_beside_its_field() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/form/premises");
    let page = house.open_page(&address).await;
    assert!(
        !page.contains("class=\"ask-why\""),
        "nothing is wrong before anything is written: {page}"
    );
    let wrong = |field: &str| match field {
        "premises_area" => Some(json!("很大")),
        field => right(field),
    };
    let told = house.led(&address, &go(answered(&page, wrong), "next")).await;
    assert!(told.contains("told=true"), "{told}");
    for address in [&told, &address] {
        let page = house.open_page(address).await;
        assert!(page.contains("value=\"很大\"") && page.contains("请填写数字"), "{page}");
        assert!(page.contains("aria-invalid=\"true\""));
    }
    // It may be put right later.
    let page = house.open_page(&told).await;
    let next = house.led(&address, &go(answered(&page, wrong), "on")).await;
    assert!(next.contains("/form/food?"), "{next}");
    let back = house.led(&address, &go(answered(&page, wrong), "back")).await;
    assert!(back.contains("/form/shop?"), "{back}");
    // It is named where all is checked, with the way to it, and nothing is sent.
    let check = format!("/d/{token}/check");
    let page = house.open_page(&check).await;
    assert!(page.contains("#f-premises_area") && !page.contains("/send"), "{page}");
    let send = [pair("request_id", Uuid::new_v4().to_string())];
    let refused = house.post_form(&format!("/d/{token}/send"), &send).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("#f-premises_area"), "{}", refused.text());
}

#[tokio::test]
async fn rows_are_added_and_removed_without_scripts() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/form/people");
    let page = house.open_page(&address).await;
    let one = |field: &str| match field {
        "staff" => Some(json!([{ "name": "陈建国", "post": "厨师" }])),
        _ => None,
    };
    let mut posted = answered(&page, one);
    posted.push(pair("add_row", "staff"));
    let added = house.led(&address, &posted).await;
    assert!(added.ends_with("#f-staff-1"), "{added}");
    let page = house.open_page(added.split('#').next().unwrap()).await;
    assert!(page.contains("id=\"f-staff-1\"") && page.contains("value=\"厨师\""), "{page}");
    let two = |field: &str| match field {
        "staff" => Some(json!([{ "name": "陈建国" }, { "name": "刘梅" }])),
        _ => None,
    };
    let mut posted = answered(&page, two);
    posted.push(pair("remove_row", "staff.0"));
    house.led(&address, &posted).await;
    let rows = house.draft(&token).await.ok()["values"]["staff"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
    assert_eq!(rows[0]["name"], "刘梅");
}

#[tokio::test]
async fn a_page_writes_nothing_over_what_a_helper_wrote_meanwhile() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let address = format!("/d/{token}/form/shop");
    let page = house.open_page(&address).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.on_draft("share", &token).await.ok()["code"].clone();
    let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = joined["token"].as_str().unwrap();
    assert!(house.open_page(&address).await.contains("end_help"), "who helps is seen");
    house.write_field(beside, "shop_name", json!("青禾区老陈面馆")).await.ok();
    // The page posts what it showed.
    let shown = |field: &str| (field == "shop_name").then(|| json!("老陈面馆"));
    house.led(&address, &go(answered(&page, shown), "on")).await;
    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["shop_name"], "青禾区老陈面馆");
    house.led(&format!("/d/{token}/end_help"), &[]).await;
    assert_eq!(house.draft(beside).await.status, 404);
}

#[tokio::test]
async fn six_figures_lead_to_the_draft_once() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    let page =
        house.post_form(&format!("/d/{token}/share"), &[pair("with", "device")]).await.text();
    let figures = page.split("code-figures\">").nth(1).unwrap().split('<').next().unwrap();
    let asked = house.open_page("/apply/continue?code=12%3Cb%3E34").await;
    assert!(asked.contains("value=\"1234\""), "{asked}");
    let wrong = house.post_form("/apply/continue", &[pair("code", "000000x")]).await;
    assert_eq!(wrong.status, 404);
    let led = house.led("/apply/continue", &[pair("code", figures)]).await;
    assert!(led.starts_with(&format!("/d/{token}?")), "{led}");
    let again = house.post_form("/apply/continue", &[pair("code", figures)]).await;
    assert_eq!(again.status, 404, "they are used up");
}

#[tokio::test]
async fn endless_answers_are_refused_and_nothing_is_lost() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let address = format!("/d/{token}/form/people");
    let page = house.open_page(&address).await;
    let rows = |_: &str| -> Option<Value> { None };
    let mut many = answered(&page, rows);
    for row in 0..10_000 {
        many.push(pair(&format!("staff.{row}.name"), "张"));
    }
    let answer = house.post_form(&address, &go(many, "next")).await;
    // As many as a page reads, which are more than the form takes: told, not kept for ever.
    assert!(matches!(answer.status.as_u16(), 303 | 413 | 422), "{}", answer.status);
    let kept = house.draft(&token).await.ok();
    assert!(kept["values"]["staff"].as_array().is_none_or(|rows| rows.len() <= 500));
    let mut large = answered(&page, |_| None);
    large.push(pair("staff.0.name", "长".repeat(5 * 1024 * 1024 / 3)));
    let answer = house.post_form(&address, &go(large, "next")).await;
    assert_eq!(answer.status, 413, "{}", answer.text());
    let body = json!({
        "request_id": Uuid::new_v4(), "token": token, "field": "shop_name",
        "value": "长".repeat(5 * 1024 * 1024 / 3),
    });
    assert_eq!(house.post("/api/apply/write", body).await.status, 413);
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "老陈面馆");
}

#[tokio::test]
async fn it_is_given_up_only_when_it_is_meant() {
    let house = hall().await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/withdraw");
    let page = house.open_page(&address).await;
    assert!(page.contains("不能恢复"), "{page}");
    assert_eq!(house.draft(&token).await.ok()["state"], "filling");
    let request = [pair("request_id", hidden(&page, "request_id"))];
    let over = house.led(&address, &request).await;
    let page = house.open_page(&over).await;
    assert!(page.contains("data-state=\"withdrawn\"") && page.contains("/apply/main/"), "{page}");
    assert_eq!(house.page(&address).await.status, 303);
}

#[tokio::test]
async fn tokens_cannot_be_tried_without_end() {
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        settings.limits.wrong_tokens_of_address = 8;
    })
    .await;
    let unknown = "0123456789ABCDEFGHJKMNPQRS";
    let ways = [
        format!("/d/{unknown}"),
        "/D/nonsense".to_owned(),
        format!("/d/{unknown}/form/applicant"),
        format!("/d/{unknown}/materials"),
        format!("/d/{unknown}/check"),
        format!("/d/{unknown}/share"),
        format!("/d/{unknown}/withdraw"),
        format!("/d/{unknown}/file/{}", "0".repeat(32)),
    ];
    for way in &ways {
        assert_eq!(house.page(way).await.status, 404, "{way}");
    }
    for way in &ways {
        assert_eq!(house.page(way).await.status, 429, "{way}");
    }
    for way in ["send", "take_back", "withdraw", "share", "end_help", "attach", "detach"] {
        let answer = house.post_form(&format!("/d/{unknown}/{way}"), &[]).await;
        assert_eq!(answer.status, 429, "{way}");
    }
}
