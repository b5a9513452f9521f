//! What a page changes, and what it leaves as it has become meanwhile.

use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use super::untouched::posted;
use super::{MATTER, Posted, answered, go, hidden, pair};
use crate::support::cases::signature;
use crate::support::process::Process;
use crate::support::small_disk::{SmallDisk, until_nothing_is_kept};
use crate::support::{House, SATURDAY_TEN};

/// What a browser posts of a step that nobody touched.
fn as_shown(page: &str) -> Posted {
    posted(page.split("class=\"asked\"").nth(1).unwrap().split("</form").next().unwrap())
}

/// The same with another answer to a field of one text.
fn with(mut posted: Posted, name: &str, value: &str) -> Posted {
    let input = posted.iter_mut().find(|(one, _)| one == name).unwrap();
    value.clone_into(&mut input.1);
    posted
}

/// A helper beside a draft: their token.
async fn beside(house: &House, token: &str) -> String {
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.share_with(token, "helper").await;
    let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    joined["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_goes_on_without_a_change_has_written_nothing() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    // As programs and helpers write: without what is empty, and in another order.
    let helper = beside(&house, &token).await;
    for (field, value) in [
        ("food_manager", json!({ "name": "陈建国", "number": "11010519491231002X" })),
        ("premises_address", json!({ "region": "某省某市青禾区" })),
        ("food_items", json!(["cold", "hot"])),
        ("staff", json!([{ "name": "陈建国" }, {}])),
        ("opens_on", json!("2027年1月8日")),
        ("food_platforms", json!("某某\u{200b}外卖")),
    ] {
        house.write_field(&helper, field, value).await.ok();
    }
    let paper = json!({
        "request_id": Uuid::new_v4(), "token": token, "number": "91350100M000100Y43",
    });
    let clerk = house.sign_in("clerk2", "2").await;
    house.post_as("/api/drafts/paper_seen", &clerk, paper).await.ok();
    let sign = format!("/api/apply/sign?token={token}");
    house.post_raw(&sign, "", "image/png", signature().into()).await.ok();
    let before = house.draft(&token).await.ok();
    assert_eq!((&before["proven"], &before["signed"]), (&json!(true), &json!(true)));
    for group in before["form"]["groups"].as_array().unwrap() {
        let address = format!("/d/{token}/form/{}", group["id"].as_str().unwrap());
        let page = house.open_page(&address).await;
        // Also twice, and with a row that says nothing.
        house.led(&address, &go(as_shown(&page), "on")).await;
        house.led(&address, &go(as_shown(&page), "back")).await;
    }
    let after = house.draft(&token).await.ok();
    for fact in ["version", "written", "proven", "signed", "values"] {
        assert_eq!(after[fact], before[fact], "{fact}");
    }
    house.stop().await;
}

#[tokio::test]
async fn a_page_left_open_erases_nothing_that_was_filled_in_elsewhere() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/form/shop");
    let name = async |house: &House| house.draft(&token).await.ok()["values"]["shop_name"].clone();
    // The page is still empty; at a terminal the same person fills it in, and goes on here.
    let page = house.open_page(&address).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let mut posted = as_shown(&page);
    posted.push(pair("licence_held", "yes"));
    house.led(&address, &go(posted, "on")).await;
    assert_eq!(name(&house).await, "老陈面馆");
    assert_eq!(house.draft(&token).await.ok()["values"]["licence_held"], true);
    // What it showed was changed meanwhile; the server remembers nothing of before.
    let page = house.open_page(&address).await;
    house.write_field(&token, "shop_name", json!("青禾区老陈面馆")).await.ok();
    house.restart().await;
    house.led(&address, &go(as_shown(&page), "on")).await;
    assert_eq!(name(&house).await, "青禾区老陈面馆");
    // What is changed on the page counts: it is the later.
    let page = house.open_page(&address).await;
    house.write_field(&token, "shop_name", json!("又改了")).await.ok();
    let posted = with(as_shown(&page), "shop_name", "最后写的");
    house.led(&address, &go(posted, "on")).await;
    assert_eq!(name(&house).await, "最后写的");
    // And what was emptied there is empty.
    let page = house.open_page(&address).await;
    house.led(&address, &go(with(as_shown(&page), "shop_name", ""), "on")).await;
    assert_eq!(name(&house).await, json!(null));
    house.stop().await;
}

#[tokio::test]
async fn a_row_is_added_to_a_table_that_is_empty() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/form/people");
    let mut page = house.open_page(&address).await;
    for last in 1..3 {
        let mut posted = as_shown(&page);
        posted.push(pair("add_row", "staff"));
        let added = house.led(&address, &posted).await;
        assert!(added.ends_with(&format!("#f-staff-{last}")), "{added}");
        page = house.open_page(added.split('#').next().unwrap()).await;
        assert!(page.contains(&format!("id=\"f-staff-{last}\"")), "{page}");
    }
    // A row that says nothing is no answer.
    house.led(&address, &go(as_shown(&page), "on")).await;
    assert_eq!(house.draft(&token).await.ok()["version"], 0);
    // Into the last of three; one of the empty ones goes.
    let mut posted = with(as_shown(&page), "staff.2.name", "刘梅");
    posted.push(pair("remove_row", "staff.0"));
    let led = house.led(&address, &posted).await;
    let page = house.open_page(led.split('#').next().unwrap()).await;
    assert!(page.contains("id=\"f-staff-1\"") && !page.contains("id=\"f-staff-2\""), "{page}");
    assert_eq!(house.draft(&token).await.ok()["values"]["staff"][1]["name"], "刘梅");
    // Nobody gets more rows than the form has.
    let page = house.open_page(&format!("{address}?rows=staff.4000000000")).await;
    assert!(page.contains("id=\"f-staff-2\"") && !page.contains("id=\"f-staff-500\""));
    for odd in ["staff", "staff.-1", "shop_name.9", "nothing.9", ".", "staff.0"] {
        house.open_page(&format!("{address}?rows={odd}")).await;
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_meets_a_move_is_not_lost() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let address = format!("/d/{token}/form/shop");
    for round in 0..30 {
        let name = format!("第{round}家面馆");
        let page = house.open_page(&address).await;
        let paper = json!({
            "request_id": Uuid::new_v4(), "token": token, "number": "91350100M000100Y43",
        });
        let posted = go(with(as_shown(&page), "shop_name", &name), "on");
        let (seen, led) = tokio::join!(
            house.post_as("/api/drafts/paper_seen", &clerk, paper),
            house.post_form(&address, &posted),
        );
        seen.ok();
        assert_eq!(led.status, 303, "{round}: {}", led.text());
        assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], name.as_str());
    }
    house.stop().await;
}

#[tokio::test]
async fn what_was_typed_stays_on_the_page_while_the_hall_cannot_save() {
    let disk = SmallDisk::of_mebibytes(4);
    let server = Process::start(&disk.command(), &disk.file("hall.db")).await;
    let house = House::of_a_process().moved_to(server.address);
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/form/shop");
    let page = house.open_page(&address).await;
    disk.fill(&server.child).await;
    let mut rounds = 0..1_000;
    let (refused, name) = loop {
        let name = format!("第{}家面馆", rounds.next().expect("the disk is never full"));
        until_nothing_is_kept(&house).await;
        let posted = go(with(as_shown(&page), "shop_name", &name), "on");
        let answer = house.post_form(&address, &posted).await;
        if answer.status != 303 {
            break (answer, name);
        }
    };
    assert_eq!(refused.status, 503, "{}", refused.text());
    let page = refused.text();
    assert!(page.contains(&format!("value=\"{name}\"")), "{page}");
    disk.empty(&server.child);
    let posted = go(with(as_shown(&page), "shop_name", "保存好了"), "on");
    while house.post_form(&address, &posted).await.status != 303 {
        rounds.next().expect("it is never saved");
    }
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "保存好了");
}

#[tokio::test]
async fn a_write_that_says_what_it_saw_loses_nobody_a_sentence() {
    let mut house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    let helper = beside(&house, &token).await;
    let call = |value: &str, base: u64| {
        json!({
            "request_id": Uuid::new_v4(), "token": token, "field": "shop_name", "value": value,
            "base": base,
        })
    };
    let write =
        async |house: &House, call: &Value| house.post("/api/apply/write", call.clone()).await.ok();
    let first = write(&house, &call("老陈面馆", 0)).await;
    assert_eq!(first, json!({ "version": first["version"] }), "nobody else wrote");
    let base = first["version"].as_u64().unwrap();
    house.write_field(&helper, "shop_name", json!("老陈面馆总店")).await.ok();
    // In different places of the text, both stay.
    let joining = call("青禾区老陈面馆", base);
    let joined = write(&house, &joining).await;
    assert_eq!(joined["value"], "青禾区老陈面馆总店");
    assert_eq!(joined.get("displaced"), None);
    assert_eq!(write(&house, &joining).await, joined, "a repeat is told the same");
    // In the same place, the later counts, and the other is told.
    house.write_field(&helper, "shop_name", json!("一整句话")).await.ok();
    let later = write(&house, &call("另一整句", joined["version"].as_u64().unwrap())).await;
    assert_eq!(later["displaced"], "一整句话");
    assert_eq!(later.get("value"), None);
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "另一整句");
    // Whose program does not say what it saw replaces it, as before.
    house.write_field(&token, "shop_name", json!("第三句")).await.ok();
    // A repeat after a restart has nothing of what was written, which is stored nowhere in plain.
    house.restart().await;
    assert_eq!(write(&house, &joining).await, json!({ "version": joined["version"] }));
    let files = std::fs::read_dir(house.db().parent().unwrap()).unwrap().flatten();
    for file in files {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        for word in ["青禾区老陈面馆总店", "一整句话"] {
            let is_there = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!is_there, "{word} in {}", file.path().display());
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn paper_and_staff_read_what_was_checked() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    for (field, value) in [
        ("premises_area", json!("８６.50")),
        ("shop_name", json!("青禾区\u{202e}老陈  面馆")),
        ("applicant_telephone", json!("138 0013 8000")),
    ] {
        house.write_field(&token, field, value).await.ok();
    }
    let read = json!({
        "premises_area": "86.5", "shop_name": "青禾区老陈 面馆", "applicant_telephone": "13800138000",
    });
    let is_read = |values: &Value| {
        for (field, value) in read.as_object().unwrap() {
            assert_eq!(&values[field], value, "{field}");
        }
    };
    let at = house.service().at_draft(token.parse().unwrap()).await.unwrap();
    let paper = jiban::documents::application::content_of_draft(
        house.service(),
        &at.room,
        at.token,
        (true, jiban_domain::Lang::Zh),
    );
    is_read(&serde_json::to_value(paper.await.values).unwrap());
    house.on_draft("send", &token).await.ok();
    let (clerk, ticket) = house.serve("clerk1", "1", MATTER).await;
    let opened = house.open_from_draft(&clerk, ticket, &json!(token)).await.ok();
    let reveal = json!({ "case": opened["id"] });
    let whole = house.post_as("/api/counter/reveal_answers", &clerk, reveal).await.ok();
    is_read(&whole["values"]);
    house.stop().await;
}

#[tokio::test]
async fn a_page_knows_answers_that_a_script_says_are_kept() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let address = format!("/d/{token}/form/shop");
    let page = house.open_page(&address).await;
    house.write_field(&token, "shop_name", json!("青禾区老陈面馆")).await.ok();
    let same = |posted: Posted| -> Posted {
        let same = |(name, value): (String, String)| {
            let value = if name == ".shown" {
                let each = value.split(',').map(|one| one.split('.').next().unwrap());
                each.map(|one| format!("{one}.same")).collect::<Vec<_>>().join(",")
            } else {
                value
            };
            (name, value)
        };
        posted.into_iter().map(same).collect()
    };
    house.led(&address, &go(same(as_shown(&page)), "on")).await;
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "青禾区老陈面馆");
    // A page from before an update says nothing: what it had empty is left, too.
    let bare = |field: &str| (field == "licence_held").then_some(json!(true));
    let mut posted = answered(&page, bare);
    for (name, value) in &mut posted {
        if name == ".shown" {
            *value = "shop_name:0,licence_held:0".to_owned();
        }
    }
    house.led(&address, &go(posted, "on")).await;
    assert_eq!(house.draft(&token).await.ok()["values"]["shop_name"], "青禾区老陈面馆");
    house.stop().await;
}

#[tokio::test]
async fn a_page_marks_the_answer_alone_that_was_not_taken() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let token = house.begin_draft(MATTER).await;
    house.write_field(&token, "shop_name", json!("老陈面馆")).await.ok();
    let address = format!("/d/{token}/form/shop");
    let page = house.open_page(&address).await;
    // Elsewhere the same was answered meanwhile; the name is longer than any answer.
    house.write_field(&token, "licence_held", json!(true)).await.ok();
    let long = "长".repeat(4_001);
    let mut posted = with(as_shown(&page), "shop_name", &long);
    posted.push(pair("licence_held", "yes"));
    let refused = house.post_form(&address, &go(posted, "on")).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let page = refused.text();
    assert!(page.contains(&long), "what was typed stays on the page");
    // What is not kept has no fingerprint, so that it is posted anew.
    let shown = hidden(&page, ".shown");
    let not_kept: Vec<&str> = shown
        .split(',')
        .filter(|one| one.ends_with('.'))
        .map(|one| one.split(':').next().unwrap())
        .collect();
    assert_eq!(not_kept, ["shop_name"], "{shown}");
    let values = house.draft(&token).await.ok()["values"].clone();
    assert_eq!((&values["shop_name"], &values["licence_held"]), (&json!("老陈面馆"), &json!(true)));
    house.stop().await;
}
