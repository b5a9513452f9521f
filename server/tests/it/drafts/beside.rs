//! Side by side: a helper beside an applicant.

use jiban::clock::Clock;
use jiban_app::api::apply::{By, FromDraft, ToDraft};
use jiban_domain::draft::Writer;
use serde_json::json;
use uuid::Uuid;

use super::MATTER;
use super::page::Page;
use crate::support::process::Process;
use crate::support::small_disk::{SmallDisk, until_nothing_is_kept};
use crate::support::{House, PASSWORD, SATURDAY_TEN};

impl House {
    async fn share(&self, token: &str) -> String {
        self.on_draft("share", token).await.ok()["code"].as_str().unwrap().to_owned()
    }

    async fn join(&self, cookie: &str, code: &str) -> crate::support::Answer {
        self.post_as("/api/help/join", cookie, json!({ "code": code })).await
    }
}

fn helper() -> Writer {
    Writer::Helper("clerk1".into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_write_at_once_and_see_each_other() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.share(&token).await;
    assert_eq!(code.len(), 6);
    let beside = house.join(&clerk, &code).await.ok()["token"].as_str().unwrap().to_owned();
    assert_ne!(beside, token);

    let mut here = Page::new(&token);
    let mut there = Page::of(&beside, helper());
    here.connect(&house).await;
    there.connect(&house).await;
    here.type_text("shop_name", "小满餐").await;
    there.until_shown("shop_name", "小满餐").await;
    there.type_text("shop_name", "小满餐饮店").await;
    here.until_shown("shop_name", "小满餐饮店").await;

    // Where each is, and what the helper points at.
    here.say(&ToDraft::At { field: Some("shop_name".into()) }).await;
    let at = there.until(|told| matches!(told, FromDraft::At { field: Some(_), .. })).await;
    assert!(matches!(at, FromDraft::At { by: By::Applicant, .. }));
    there.say(&ToDraft::Point { field: "premises_address".into() }).await;
    here.until(|told| matches!(told, FromDraft::Point { .. })).await;

    let draft = house.draft(&token).await.ok();
    assert!(draft["helper"].is_object() || draft["helper"].is_string());
    here.until_kept().await;
    there.until_kept().await;
    let draft = house.draft(&token).await.ok();
    assert!(draft["written"]["shop_name"]["helper"].is_object(), "who wrote it last is told");

    // The applicant alone agrees and sends.
    let asked = house.draft(&token).await.ok();
    let groups = asked["form"]["groups"].as_array().unwrap().clone();
    let fields = groups.iter().flat_map(|group| group["field"].as_array().unwrap());
    let consent = fields.clone().find(|field| field["kind"] == "consent").unwrap();
    let consent = consent["id"].as_str().unwrap().to_owned();
    let refused = house.write_field(&beside, &consent, json!(true)).await.refusal();
    assert_eq!(refused, (403, "applicant_only".to_owned()));
    assert_eq!(house.on_draft("send", &beside).await.refusal().1, "applicant_only");
    assert_eq!(house.on_draft("withdraw", &beside).await.refusal().1, "applicant_only");

    // The applicant ends it by one touch: the helper sees nothing more.
    house.on_draft("end_help", &token).await.ok();
    there.until_closed().await;
    assert_eq!(house.draft(&beside).await.refusal(), (404, "unknown_draft".to_owned()));
    assert_eq!(house.write_field(&beside, "shop_name", json!("x")).await.status, 404);
    assert_eq!(house.draft(&token).await.ok()["helper"], json!(null));
    house.stop().await;
}

#[tokio::test]
async fn a_code_is_for_one_helper_of_the_hall() {
    let house = House::open().await;
    crate::access::with_staff_of_another_hall(&house).await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let other = house.sign_in("clerk2", "2").await;
    let elsewhere = house.sign_in("station1", "21").await;

    let first = house.share(&token).await;
    let code = house.share(&token).await;
    let join = house.join(&clerk, &first).await;
    assert_eq!(join.refusal(), (404, "wrong_share_code".to_owned()), "a new one is in its place");
    assert_eq!(house.join(&elsewhere, &code).await.refusal().1, "helper_elsewhere");
    house.join(&clerk, &code).await.ok();
    assert_eq!(house.join(&other, &code).await.refusal().1, "wrong_share_code", "it is used up");
    // Somebody helps: a third is not let in, also not by a new code.
    let code = house.share(&token).await;
    assert_eq!(house.join(&other, &code).await.refusal().1, "already_helped");
    assert_eq!(house.join("", &code).await.refusal().1, "sign_in_first");
    house.on_draft("end_help", &token).await.ok();
    house.join(&other, &code).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn who_guesses_codes_is_refused_whichever_they_guess() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let mut wrong = 0;
    let refused = loop {
        let code = format!("{:06}", 17 * wrong);
        match house.join(&clerk, &code).await.refusal() {
            (404, _) => wrong += 1,
            refused => break refused,
        }
        assert!(wrong < 1_000, "nobody stops it");
    };
    assert_eq!(refused.0, 429, "{refused:?}");
    // Strangers have tries of their own, and use up nobody else's.
    let mut wrong = 0;
    let refused = loop {
        match house.go_on(&format!("{:06}", 17 * wrong)).await.refusal() {
            (404, _) => wrong += 1,
            refused => break refused,
        }
        assert!(wrong < 1_000, "nobody stops them");
    };
    assert_eq!(refused.0, 429, "{refused:?}");
    let other = house.sign_in("clerk2", "2").await;
    let code = house.share(&token).await;
    house.join(&other, &code).await.ok();
    assert_eq!(house.draft(&token).await.ok()["state"], "filling");
    house.stop().await;
}

#[tokio::test]
async fn a_draft_is_gone_on_with_on_another_device() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("接着填")).await.ok();
    // What is said to a helper by telephone leads nobody to the applicant's own side.
    let said = house.share(&token).await;
    assert_eq!(house.go_on(&said).await.refusal().1, "wrong_share_code");
    let code = house.share_with(&token, "device").await;
    let clerk = house.sign_in("clerk1", "1").await;
    assert_eq!(house.join(&clerk, &code).await.refusal().1, "wrong_share_code");
    let there = house.go_on(&code).await.ok();
    assert_eq!(there["values"]["shop_name"], "接着填");
    assert_eq!(there["by_helper"], false);
    assert_eq!(house.go_on(&code).await.refusal().1, "wrong_share_code", "it is used up");
    house.stop().await;
}

#[tokio::test]
async fn help_ends_with_the_helpers_session() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.share(&token).await;
    let beside = house.join(&clerk, &code).await.ok()["token"].as_str().unwrap().to_owned();
    house.write_field(&beside, "shop_name", json!("帮忙填")).await.ok();
    house.post_as("/api/counter/sign_out", &clerk, json!({})).await.ok();
    let refused = house.write_field(&beside, "shop_name", json!("还想写")).await.refusal();
    assert_eq!(refused, (410, "help_ended".to_owned()));
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "帮忙填");
    house.stop().await;
}

impl House {
    /// A helper begins a draft for somebody who is here.
    async fn begin_beside(&self, cookie: &str, id: Uuid) -> crate::support::Answer {
        let body = json!({ "request_id": id, "hall": "main", "matter": MATTER });
        self.post_as("/api/help/begin", cookie, body).await
    }

    async fn go_on(&self, code: &str) -> crate::support::Answer {
        self.post("/api/apply/continue", json!({ "code": code })).await
    }
}

#[tokio::test]
async fn a_helper_begins_for_somebody_who_is_here_and_cannot_act_for_them() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    let forms = house.get_as("/api/help/forms", &clerk).await.ok();
    let offered = forms.as_array().unwrap();
    assert!(offered.iter().any(|one| one["matter"] == MATTER), "{forms}");

    // After a lost answer the same draft is there, with new figures.
    let id = Uuid::new_v4();
    let first = house.begin_beside(&clerk, id).await.ok();
    let again = house.begin_beside(&clerk, id).await.ok();
    assert_eq!(again["token"], first["token"]);
    let beside = first["token"].as_str().unwrap().to_owned();
    let old = first["code"]["code"].as_str().unwrap();
    assert_eq!(house.go_on(old).await.refusal().1, "wrong_share_code", "others are in its place");
    house.write_field(&beside, "shop_name", json!("窗口帮填")).await.ok();
    assert_eq!(house.on_draft("send", &beside).await.refusal().1, "applicant_only");
    assert_eq!(house.on_draft("share", &beside).await.refusal().1, "applicant_only");

    // The applicant comes, by figures that the helper shows anew.
    let invite =
        |token: String| house.post_as("/api/help/invite", &clerk, json!({ "token": token }));
    let code = invite(beside.clone()).await.ok()["code"].as_str().unwrap().to_owned();
    assert_eq!(house.join(&clerk, &code).await.refusal().1, "wrong_share_code");
    let draft = house.go_on(&code).await.ok();
    assert_eq!(draft["values"]["shop_name"], "窗口帮填");
    assert_eq!(draft["way"], "counter");
    assert_eq!(draft["by_helper"], false);
    assert!(draft["helper"].is_object(), "who is beside them is told: {}", draft["helper"]);
    // From then on the helper shows no figures that lead to the applicant's side.
    assert_eq!(invite(beside).await.refusal(), (403, "applicant_only".to_owned()));
    let own = draft["token"].as_str().unwrap().to_owned();
    house.on_draft("end_help", &own).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn who_does_not_help_invites_nobody() {
    let house = House::open().await;
    crate::access::with_staff_of_another_hall(&house).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let other = house.sign_in("clerk2", "2").await;
    let elsewhere = house.sign_in("station1", "21").await;
    let refused = house.begin_beside(&elsewhere, Uuid::new_v4()).await.refusal();
    assert_eq!(refused, (403, "helper_elsewhere".to_owned()));
    let begun = house.begin_beside(&clerk, Uuid::new_v4()).await.ok();
    let body = json!({ "token": begun["token"] });
    let refused = house.post_as("/api/help/invite", &other, body.clone()).await.refusal();
    assert_eq!(refused, (410, "help_ended".to_owned()));
    // Nor who joined by the applicant's figures.
    let token = house.begin_draft(MATTER).await;
    let code = house.share(&token).await;
    let joined = house.join(&clerk, &code).await.ok();
    let body = json!({ "token": joined["token"] });
    let refused = house.post_as("/api/help/invite", &clerk, body).await.refusal();
    assert_eq!(refused, (403, "applicant_only".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn who_loads_the_page_again_helps_again() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.share(&token).await;
    let before = house.join(&clerk, &code).await.ok()["token"].as_str().unwrap().to_owned();
    let code = house.share(&token).await;
    let after = house.join(&clerk, &code).await.ok()["token"].as_str().unwrap().to_owned();
    assert_ne!(after, before);
    house.write_field(&after, "shop_name", json!("又来帮忙")).await.ok();
    assert_eq!(house.draft(&before).await.refusal(), (404, "unknown_draft".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn a_helper_gets_no_answer_that_is_the_applicants() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    let id = Uuid::new_v4();
    let begun = house.begin_beside(&clerk, id).await.ok();
    // The same request by the applicants' door is another request.
    let body = json!({ "request_id": id, "hall": "main", "matter": MATTER });
    let refused = house.post("/api/apply/begin", body).await.refusal();
    assert_eq!(refused.1, "request_reused");
    // Sent away, they do not come back by repeating it.
    let code = begun["code"]["code"].as_str().unwrap();
    let draft = house.go_on(code).await.ok();
    house.on_draft("end_help", draft["token"].as_str().unwrap()).await.ok();
    assert_eq!(house.begin_beside(&clerk, id).await.refusal(), (410, "help_ended".to_owned()));
    house.stop().await;
}

#[tokio::test]
async fn figures_are_good_for_one_minute() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock.clone()).await;
    let token = house.begin_draft(MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let mut now = SATURDAY_TEN;
    for with in ["helper", "device"] {
        let enter = async |code: &str| match with {
            "helper" => house.join(&clerk, code).await,
            _ => house.go_on(code).await,
        };
        let late = house.share_with(&token, with).await;
        now += 60_000;
        clock.set(now);
        assert_eq!(enter(&late).await.refusal().1, "wrong_share_code", "{with}");
        let in_time = house.share_with(&token, with).await;
        now += 59_999;
        clock.set(now);
        enter(&in_time).await.ok();
    }
    house.stop().await;
}

#[tokio::test]
async fn at_a_counter_the_forms_of_its_hall_are_offered() {
    let house = House::open().await;
    let forms = async |cookie: &str| {
        let forms = house.get_as("/api/help/forms", cookie).await.ok();
        forms.as_array().unwrap().len()
    };
    // The station has none; the clerk works in the main hall, too.
    let station = house.sign_in("clerk6", "21").await;
    assert_eq!(forms(&station).await, 0);
    let refused = house.begin_beside(&station, Uuid::new_v4()).await.refusal();
    assert_eq!(refused, (403, "helper_elsewhere".to_owned()));
    let body = json!({ "name": "clerk6", "password": PASSWORD });
    let anywhere = house.post("/api/help/sign_in", body).await.cookie();
    assert!(forms(&anywhere).await > 0);
    house.begin_beside(&anywhere, Uuid::new_v4()).await.ok();
    house.stop().await;
}

#[tokio::test]
async fn whoever_could_not_go_on_is_invited_again() {
    let disk = SmallDisk::of_mebibytes(4);
    let server = Process::start(&disk.command(), &disk.file("hall.db")).await;
    let house = House::of_a_process().moved_to(server.address);
    let clerk = house.sign_in("clerk1", "1").await;
    let mut begun = Vec::new();
    for _ in 0..20 {
        begun.push(house.begin_beside(&clerk, Uuid::new_v4()).await.ok());
    }
    disk.fill(&server.child).await;
    until_nothing_is_kept(&house).await;
    let mut begun = begun.into_iter();
    let beside = loop {
        let one = begun.next().expect("the disk is never full");
        let answer = house.go_on(one["code"]["code"].as_str().unwrap()).await;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "{}", answer.text());
            break one["token"].clone();
        }
    };
    disk.empty(&server.child);
    let invite = || house.post_as("/api/help/invite", &clerk, json!({ "token": beside }));
    let mut rounds = 0..1_000;
    loop {
        let code = invite().await.ok()["code"].as_str().unwrap().to_owned();
        if house.go_on(&code).await.status == 200 {
            break;
        }
        rounds.next().expect("nobody ever goes on");
    }
    assert_eq!(invite().await.refusal(), (403, "applicant_only".to_owned()));
}
