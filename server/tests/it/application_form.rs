//! The application form on paper: empty, of a draft, signed on a screen, and of a case.

use serde_json::{Value, json};

use crate::access::events;
use crate::drafts::MATTER;
use crate::support::cases::{photograph, signature};
use crate::support::paper::codes_of_pdf;
use crate::support::{Answer, House};

fn pages(pdf: &Answer) -> usize {
    assert_eq!(pdf.status, 200, "{}", pdf.text());
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(pdf.body.starts_with(b"%PDF"));
    let body = String::from_utf8_lossy(&pdf.body);
    body.matches("/Type /Page\n").count().max(body.matches("/Type/Page/").count())
}

#[tokio::test]
async fn a_form_is_printed_empty_filled_in_and_of_the_case() {
    let house = House::open().await;
    let blank = house.get(&format!("/guides/main/{MATTER}/form.pdf")).await;
    assert!(pages(&blank) >= 1);
    // That of a bundle asks nothing twice, and its guide leads to it.
    let bundle = "/guides/main/open-restaurant";
    assert!(pages(&house.get(&format!("{bundle}/form.pdf")).await) > pages(&blank));
    let guide = house.get(bundle).await.text();
    assert!(guide.contains(&format!("href=\"{bundle}/form.pdf\"")), "{guide}");
    let no = house.get("/guides/main/no-such/form.pdf").await;
    assert_eq!(no.status, 404);

    let token = house.sent_draft(MATTER).await;
    let filled = house.get(&format!("/api/apply/form.pdf?token={token}")).await;
    assert!(pages(&filled) >= 1);
    assert_eq!(filled.headers["cache-control"], "private, no-store");
    // By its code whoever filled it in is at their application again.
    let [code] = &codes_of_pdf(&filled.body)[0][..] else { panic!("one code on the first page") };
    let address = code.strip_prefix("http://HALL.EXAMPLE:3000").unwrap();
    assert_eq!(address, format!("/D/{}", token.to_uppercase()));
    assert!(house.get(address).await.text().contains(&format!("/d/{token}")));
    let no = house.get(&format!("/api/apply/form.pdf?token={}", "0".repeat(26))).await;
    assert_eq!(no.refusal(), (404, "unknown_draft".to_owned()));

    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let brief = house.drafts_in_hand(&clerk).await[0].clone();
    let address = format!("/api/drafts/form.pdf?draft={}", brief["id"]);
    let theirs = house.get_as(&address, &clerk).await;
    assert!(pages(&theirs) >= 1);
    // The code of the staff's print opens a case at a counter, and nothing of the applicant's.
    let [code] = &codes_of_pdf(&theirs.body)[0][..] else { panic!("one code on the first page") };
    let alias = code.rsplit('/').next().unwrap().to_lowercase();
    assert_ne!(alias, token);
    let found = house.post_as("/api/drafts/find", &clerk, json!({ "token": alias })).await.ok();
    assert_eq!(found["id"], brief["id"]);
    assert_eq!(house.draft(&alias).await.refusal().1, "unknown_draft");
    let opened = house.open_from_draft(&clerk, ticket, &brief["token"]).await.ok();
    let of_case = format!("/api/counter/form.pdf?case={}", opened["id"]);
    assert!(pages(&house.get_as(&of_case, &clerk).await) >= 1);
    // It shows the applicant whole, so the trail has it.
    assert_eq!(events(&house, "PersonLookedAt").await.len(), 1);
    house.stop().await;
}

#[tokio::test]
async fn the_applicant_alone_signs_and_only_what_stands_there() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    let sign = async |token: &str, body: Vec<u8>, kind: &str| {
        house.post_raw(&format!("/api/apply/sign?token={token}"), "", kind, body.into()).await
    };
    assert_eq!(sign(&token, photograph(), "image/jpeg").await.refusal().1, "file_picture_format");
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.on_draft("share", &token).await.ok()["code"].clone();
    let beside = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = beside["token"].as_str().unwrap();
    let no = sign(beside, signature(), "image/png").await.refusal();
    assert_eq!(no, (403, "applicant_only".to_owned()));
    assert_eq!(house.get(&format!("/api/apply/form.pdf?token={beside}")).await.status, 403);

    let is_signed = async |path: String, cookie: &str| {
        let pdf = house.get_as(&path, cookie).await;
        assert!(pages(&pdf) >= 1);
        String::from_utf8_lossy(&pdf.body).contains("/Subtype /Image")
    };
    let mine = format!("/api/apply/form.pdf?token={token}");
    assert!(!is_signed(mine.clone(), "").await);
    for _ in 0..2 {
        sign(&token, signature(), "image/png").await.ok();
    }
    assert!(is_signed(mine.clone(), "").await, "the signature is on it");
    house.write_field(&token, "shop_name", json!("后来改的店名")).await.ok();
    assert!(!is_signed(mine, "").await, "what is written later is not signed");

    sign(&token, signature(), "image/png").await.ok();
    house.on_draft("send", &token).await.ok();
    assert_eq!(sign(&token, signature(), "image/png").await.refusal().1, "draft_not_writable");
    let brief: Value = house.drafts_in_hand(&clerk).await[0].clone();
    let issued = house.issue(MATTER).await;
    house.verb(&clerk, "call_next").await.ok();
    house.verb(&clerk, "begin").await.ok();
    let ticket = issued["id"].as_i64().unwrap();
    let opened = house.open_from_draft(&clerk, ticket, &brief["token"]).await.ok();
    let of_case = format!("/api/counter/form.pdf?case={}", opened["id"]);
    assert!(is_signed(of_case, &clerk).await, "it is still signed");
    house.stop().await;
}
