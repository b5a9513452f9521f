//! An applicant proves who they are at a provider of identities: the whole way as a browser goes
//! it, and each thing that may go wrong with it.

use std::os::unix::fs::PermissionsExt as _;

use http_body_util::Full;
use hyper::{Request, header};
use jiban::clock::Clock;
use serde_json::{Value, json};

use super::{MATTER, pair};
use crate::access::events;
use crate::support::cases::PERSON;
use crate::support::identity_provider::{IdentityProvider, Vice};
use crate::support::{Answer, House, SATURDAY_TEN};

const NAME: &str = "欧阳小满";
const OTHER: &str = "340104197503150029";

/// A hall with a provider, and a draft.
async fn hall() -> (House, IdentityProvider, String) {
    let provider = IdentityProvider::start(SATURDAY_TEN).await;
    provider.knows(PERSON, NAME);
    let file = provider.file();
    let house = House::with(Clock::standing_at(SATURDAY_TEN), |settings| {
        let path = settings.db.with_file_name("provider.toml");
        std::fs::write(&path, file).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        settings.identity_provider = Some(path);
    })
    .await;
    let token = house.begin_draft(MATTER).await;
    (house, provider, token)
}

/// A browser on its way.
struct Went {
    cookie: String,
    /// Where the provider led it, at the hall.
    back: String,
}

impl House {
    async fn begin_sign_in(&self, token: &str) -> Answer {
        let address = format!("/d/{token}/sign-in?lang=zh-CN");
        let shown = self.get(&address).await;
        self.post_form_as(&address, &shown.cookie(), &[]).await
    }

    /// To the provider and back, but not yet in.
    async fn go_to_sign_in(&self, token: &str) -> Went {
        let answer = self.begin_sign_in(token).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let refresh = answer.headers[header::REFRESH].to_str().unwrap();
        let address = refresh.strip_prefix("0;url=").unwrap();
        let at_provider = Request::builder().uri(address).body(Full::default()).unwrap();
        let led = self.send(at_provider).await;
        assert_eq!(led.status, 303, "{}", led.text());
        let back = led.headers[header::LOCATION].to_str().unwrap();
        let back = back.strip_prefix("http://hall.example:3000").unwrap().to_owned();
        assert!(back.starts_with("/apply/signed-in?"), "{back}");
        Went { cookie: answer.cookie(), back }
    }

    async fn come_back(&self, went: &Went) -> Answer {
        self.get_as(&went.back, &went.cookie).await
    }

    async fn sign_in_at(&self, token: &str) -> Answer {
        let went = self.go_to_sign_in(token).await;
        self.come_back(&went).await
    }

    async fn offered_of_earlier(&self, token: &str) -> usize {
        let offers = self.get(&format!("/api/apply/offers?token={token}")).await.ok();
        let offers = offers["offers"].as_array().unwrap().clone();
        offers.iter().filter(|one| one["from"] == "earlier").count()
    }

    /// Nothing of the draft was changed.
    async fn require_untouched(&self, token: &str, why: &str) {
        let draft = self.draft(token).await.ok();
        assert_eq!((&draft["values"], &draft["proven"]), (&json!({}), &json!(false)), "{why}");
    }
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers[header::LOCATION].to_str().unwrap()
}

fn person(number: &str, name: &str) -> Value {
    json!({ "paper": "identity_card", "number": number, "name": name })
}

#[tokio::test]
async fn whoever_signs_in_is_proven_and_filled_in() {
    let (house, provider, token) = hall().await;
    let overview = house.open_page(&format!("/d/{token}")).await;
    assert!(overview.contains("浙里办") && overview.contains("身份尚未核验"), "{overview}");
    let step = house.open_page(&format!("/d/{token}/form/applicant")).await;
    assert!(step.contains("浙里办"));

    // The form leads to a page of the hall, which goes on: a policy lets it post nowhere else.
    let answer = house.begin_sign_in(&token).await;
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");
    assert_eq!(answer.headers["referrer-policy"], "no-referrer", "the token goes to nobody");
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(answer.text().contains(&format!("{}/authorize?", provider.issuer)));

    let done = house.sign_in_at(&token).await;
    assert_eq!(location(&done), format!("/d/{token}/sign-in?lang=zh-CN"));
    assert!(done.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    let page = house.open_page(&format!("/d/{token}/sign-in")).await;
    assert!(page.contains("身份已核验。"), "{page}");

    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["applicant"], person(PERSON, NAME));
    assert_eq!(draft["values"]["applicant_kind"], "person");
    assert_eq!(draft["values"]["applicant_telephone"], "13800138000");
    assert_eq!(draft["proven"], true);
    assert_eq!(draft["written"]["applicant"]["proven"], "signed_in");
    assert!(draft["written"]["applicant_telephone"]["proven"].is_null(), "nobody vouches for it");
    let step = house.open_page(&format!("/d/{token}/form/applicant")).await;
    assert!(step.contains("已登录核验") && !step.contains("浙里办"), "{step}");

    // The trail says that it was, and nothing of whom.
    let proven = events(&house, "DraftProven").await;
    let [(by, detail)] = &proven[..] else { panic!("{proven:?}") };
    assert_eq!((by.as_str(), &detail["by"]), ("", &json!("sign_in")));
    let detail = detail.to_string();
    assert!(detail.contains(&provider.issuer), "{detail}");
    assert!(![PERSON, NAME, "13800138000"].iter().any(|one| detail.contains(one)), "{detail}");
    house.stop().await;
}

#[tokio::test]
async fn what_the_hall_knows_is_offered_until_the_number_is_changed() {
    let (house, _provider, token) = hall().await;
    let first = house.begin_draft(MATTER).await;
    house.fill_draft(&first, MATTER).await;
    house.write_field(&first, "applicant_kind", json!("person")).await.ok();
    house.write_field(&first, "applicant", person(PERSON, NAME)).await.ok();
    house.on_draft("send", &first).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    house.open_from_draft(&clerk, ticket, &json!(first)).await.ok();

    house.write_field(&token, "applicant_kind", json!("person")).await.ok();
    house.write_field(&token, "applicant", person(PERSON, NAME)).await.ok();
    assert_eq!(house.offered_of_earlier(&token).await, 0, "typed alone it says nothing");
    house.sign_in_at(&token).await;
    let offered = house.offered_of_earlier(&token).await;
    assert!(offered > 0);

    let mut house = house;
    house.restart().await;
    assert_eq!(house.offered_of_earlier(&token).await, offered, "it is kept");
    // Another field changes nothing of it.
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    assert_eq!(house.draft(&token).await.ok()["proven"], true);
    // Another's number: what is known of them is told to nobody. The clock stands still, and
    // does not say which was first.
    for number in [OTHER, PERSON] {
        house.write_field(&token, "applicant", person(number, NAME)).await.ok();
        let draft = house.draft(&token).await.ok();
        assert_eq!(draft["proven"], false);
        assert!(draft["written"]["applicant"]["proven"].is_null());
        assert_eq!(house.offered_of_earlier(&token).await, 0);
    }
    house.restart().await;
    assert_eq!(house.draft(&token).await.ok()["proven"], false);
    house.stop().await;
}

#[tokio::test]
async fn what_is_not_to_be_believed_changes_nothing() {
    let (house, provider, _) = hall().await;
    let mut wrong = Vec::new();
    for (vice, expected) in [
        (Vice::Denied, 403),
        (Vice::Nonce, 502),
        (Vice::Issuer, 502),
        (Vice::Audience, 502),
        (Vice::Party, 502),
        (Vice::Expired, 503),
        (Vice::NotYet, 503),
        (Vice::NoTimes, 502),
        (Vice::OtherKey, 502),
        (Vice::Unsigned, 502),
        (Vice::SharedSecret, 502),
        (Vice::Changed, 502),
        (Vice::Critical, 502),
        (Vice::NoNumber, 422),
        (Vice::WrongNumber, 422),
        (Vice::UserinfoOfAnother, 502),
        (Vice::MixedUp, 502),
        (Vice::Silent, 503),
        (Vice::Broken, 503),
    ] {
        provider.has(vice);
        let token = house.begin_draft(MATTER).await;
        let answer = house.sign_in_at(&token).await;
        if answer.status != expected {
            wrong.push((vice, answer.status));
            continue;
        }
        // In the language in which it began, with the way back.
        let page = answer.text();
        assert!(page.contains("登录没有成功") && page.contains("申请的内容没有改动"), "{page}");
        assert!(page.contains(&format!("/d/{token}?lang=zh-CN")), "{vice:?}: {page}");
        house.require_untouched(&token, &format!("{vice:?}")).await;
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(events(&house, "DraftProven").await.is_empty());
    for vice in [Vice::InUserinfo, Vice::SeveralAudiences] {
        provider.has(vice);
        let token = house.begin_draft(MATTER).await;
        location(&house.sign_in_at(&token).await);
        assert_eq!(house.draft(&token).await.ok()["proven"], true, "{vice:?}");
    }
    house.stop().await;
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_fetched_and_an_old_one_is_none() {
    let (house, provider, token) = hall().await;
    location(&house.sign_in_at(&token).await);
    let token = house.begin_draft(MATTER).await;
    location(&house.sign_in_at(&token).await);
    assert_eq!(provider.key_requests(), 1, "keys are kept");
    provider.rotate();
    let token = house.begin_draft(MATTER).await;
    location(&house.sign_in_at(&token).await);
    assert_eq!(provider.key_requests(), 2);
    assert_eq!(house.draft(&token).await.ok()["proven"], true);
    house.stop().await;
}

#[tokio::test]
async fn a_way_back_is_good_once_in_one_browser_and_for_ten_minutes() {
    let (house, provider, token) = hall().await;
    // A stranger's browser, without and with a sign-in of its own.
    let went = house.go_to_sign_in(&token).await;
    let strange = house.begin_draft(MATTER).await;
    let own = house.go_to_sign_in(&strange).await;
    let without = house.get_as(&went.back, "").await;
    assert_eq!(without.status, 410);
    assert!(!without.text().contains(&token), "a stranger is not led to the draft");
    let theirs = house.get_as(&went.back, &own.cookie).await;
    assert_eq!(theirs.status, 410);
    assert!(!theirs.text().contains(&token) && theirs.text().contains(&strange));
    // A cookie for the draft, but not of the browser that began.
    let secret = own.cookie.split_once('=').unwrap().1.split('.').next().unwrap();
    let forged = format!("jiban_sign_in={secret}.{token}.en");
    assert_eq!(house.get_as(&went.back, &forged).await.status, 410);
    for draft in [&token, &strange] {
        house.require_untouched(draft, "a stranger's").await;
    }
    // What strangers tried did not use it up; it is used once.
    location(&house.come_back(&went).await);
    let again = house.come_back(&went).await;
    assert_eq!(again.status, 410, "{}", again.text());
    assert!(again.text().contains(&format!("/d/{token}?lang=")), "{}", again.text());
    assert_eq!(events(&house, "DraftProven").await.len(), 1);

    // A second try takes the place of the first.
    let first = house.go_to_sign_in(&strange).await;
    let second = house.go_to_sign_in(&strange).await;
    assert_eq!(house.come_back(&first).await.status, 410);
    // One that took too long.
    let later = SATURDAY_TEN + 10 * 60_000;
    house.clock.set(later);
    provider.set_clock(later);
    assert_eq!(house.come_back(&second).await.status, 410);
    // One over a restart: it is asked for again.
    let before = house.go_to_sign_in(&strange).await;
    let mut house = house;
    house.restart().await;
    assert_eq!(house.come_back(&before).await.status, 410);
    assert_eq!(house.draft(&strange).await.ok()["proven"], false);
    location(&house.sign_in_at(&strange).await);
    house.stop().await;
}

#[tokio::test]
async fn whoever_is_another_than_the_form_names_chooses() {
    let (house, _provider, token) = hall().await;
    house.write_field(&token, "applicant_kind", json!("person")).await.ok();
    house.write_field(&token, "applicant", person(OTHER, "张伟")).await.ok();
    let ask = async |token: &str| {
        let went = house.go_to_sign_in(token).await;
        let done = house.come_back(&went).await;
        let page = house.get_as(location(&done), &went.cookie).await;
        (went, page.text())
    };
    let (went, page) = ask(&token).await;
    assert!(
        page.contains("登录的人与填写的申请人不同") && page.contains("name=\"take\""),
        "{page}"
    );
    assert!(!page.contains(PERSON) && !page.contains(NAME), "masked: {page}");
    assert_eq!(house.draft(&token).await.ok()["values"]["applicant"]["number"], OTHER);
    let own_page = format!("/d/{token}/sign-in");
    let elsewhere = house.get_as(&own_page, "").await.text();
    assert!(!elsewhere.contains("name=\"take\""), "only in the browser that signed in");
    let choose = async |cookie: &str, take: &str| {
        let kind = "application/x-www-form-urlencoded";
        let body = format!("take={take}").into();
        house.post_raw(&format!("/d/{token}/signed-in"), cookie, kind, body).await
    };
    assert_eq!(choose("", "true").await.status, 410);
    location(&choose(&went.cookie, "false").await);
    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["applicant"], person(OTHER, "张伟"));
    assert_eq!(draft["proven"], false);
    assert_eq!(choose(&went.cookie, "true").await.status, 410, "chosen once");

    let (went, _) = ask(&token).await;
    location(&choose(&went.cookie, "true").await);
    let draft = house.draft(&token).await.ok();
    assert_eq!(draft["values"]["applicant"], person(PERSON, NAME));
    assert_eq!(draft["written"]["applicant"]["proven"], "signed_in");

    // Nor does a person's sign-in prove a business.
    let business = house.begin_draft(MATTER).await;
    house.write_field(&business, "applicant_kind", json!("business")).await.ok();
    let (_, page) = ask(&business).await;
    assert!(page.contains("name=\"take\""), "{page}");
    assert_eq!(house.draft(&business).await.ok()["proven"], false);
    house.stop().await;
}

#[tokio::test]
async fn a_provider_that_is_away_is_told_and_asked_again_later() {
    let (house, provider, token) = hall().await;
    let went = house.go_to_sign_in(&token).await;
    provider.stop();
    let answer = house.come_back(&went).await;
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.text().contains("暂时连接不上"), "{}", answer.text());
    house.require_untouched(&token, "away").await;
    // Not even the way there is known after a restart; the page stays the draft's.
    let mut house = house;
    house.restart().await;
    let answer = house.begin_sign_in(&token).await;
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.text().contains("暂时连接不上") && answer.text().contains("返回申请"));
    house.stop().await;
}

#[tokio::test]
async fn helpers_and_whoever_writes_no_more_cannot_and_without_a_provider_nobody_can() {
    let (house, _provider, token) = hall().await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.on_draft("share", &token).await.ok()["code"].clone();
    let join = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = join["token"].as_str().unwrap();
    let answer = house.begin_sign_in(beside).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert!(!answer.headers.contains_key(header::REFRESH));
    assert!(!house.open_page(&format!("/d/{beside}")).await.contains("浙里办"));
    let choice = house.post_form(&format!("/d/{beside}/signed-in"), &[pair("take", "true")]).await;
    assert_eq!(choice.status, 403);

    house.fill_draft(&token, MATTER).await;
    let went = house.go_to_sign_in(&token).await;
    house.on_draft("send", &token).await.ok();
    assert_eq!(house.come_back(&went).await.status, 409, "it was sent meanwhile");
    assert_eq!(house.begin_sign_in(&token).await.status, 409);
    assert!(!house.open_page(&format!("/d/{token}")).await.contains("浙里办"));
    house.stop().await;

    let plain = House::open().await;
    let token = plain.begin_draft(MATTER).await;
    for page in ["", "/form/applicant", "/sign-in"] {
        let page = plain.open_page(&format!("/d/{token}{page}")).await;
        assert!(!page.contains("action=\"/d/") || !page.contains("sign-in\" method"), "{page}");
        assert!(!page.contains("登录，核验身份"), "{page}");
    }
    assert_eq!(plain.begin_sign_in(&token).await.status, 404);
    assert_eq!(plain.get("/apply/signed-in?code=x&state=y").await.status, 410);
    plain.stop().await;
}

#[tokio::test]
async fn a_form_of_another_site_leads_nobody_to_the_provider() {
    let (house, _provider, token) = hall().await;
    // Without what our own page gave this browser, it is shown that page first.
    let answer = house.post_form(&format!("/d/{token}/sign-in"), &[]).await;
    assert!(answer.headers.get(header::REFRESH).is_none());
    assert!(answer.text().contains(&format!("/d/{token}/sign-in")), "{}", answer.text());
    let given = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(given.contains("SameSite=Strict"), "{given}");
    house.stop().await;
}
