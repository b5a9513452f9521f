//! The API as other programs use it: shapes, statuses, refusals.

use crate::support::{House, issue};
use hyper::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_number_is_taken_and_followed() {
    let house = House::open().await;
    let first = house.issue("food-permit").await;
    assert_eq!(first["number"], "A001");
    assert_eq!(first["state"], "waiting");
    assert_eq!(first["ahead"], 0);
    assert_eq!(first["wait_minutes"], Value::Null, "no counter is open yet");
    let token = first["token"].as_str().unwrap();
    assert_eq!(first["progress_url"], format!("http://hall.example:3000/t/{token}"));
    assert_eq!(house.issue("food-permit").await["ahead"], 1);

    for written in [token.to_owned(), token.to_lowercase()] {
        let progress = house.get(&format!("/api/progress?token={written}")).await.ok();
        assert_eq!(progress["number"], "A001");
        assert_eq!(progress["state"], "waiting");
        assert_eq!(progress["counter"], Value::Null);
        assert_eq!(progress["events"][0]["kind"], "issued");
        assert_eq!(progress["events"][0]["at"], first["issued_at"]);
        for page in [format!("/t/{written}"), format!("/T/{written}")] {
            let page = house.get(&page).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains("A001"));
        }
    }
}

#[tokio::test]
async fn the_hall_lists_its_offers_in_the_requested_language() {
    let house = House::open().await;
    let hall = house.get("/api/hall").await.ok();
    assert_eq!(hall["hall"]["id"], "main");
    assert_eq!(hall["open"], true);
    assert_eq!(hall["matters"].as_array().unwrap().len(), 20);
    let line = &hall["lines"][0];
    assert_eq!(line["letter"], "A");
    assert_eq!(line["waiting"], 0);
    assert_eq!(line["counters_open"], 0);
    assert_eq!(line["wait_minutes"], Value::Null);
    let matter = hall["matters"].as_array().unwrap().iter().find(|one| one["id"] == "food-permit");
    let matter = matter.unwrap();
    assert!(matter["name"].as_str().unwrap().is_ascii(), "English was asked for");
    assert!(matter["department"].is_string() && matter["promised_days"].is_u64());

    let cookie = house.sign_in("clerk1", "1").await;
    let open = house.get("/api/hall?hall=main").await.ok();
    assert!(open["lines"].as_array().unwrap().iter().any(|line| {
        line["counters_open"] == 1 && line["wait_minutes"]["high"].as_u64() > Some(0)
    }));
    house.post_as("/api/counter/sign_out", &cookie, json!({})).await.ok();
    assert_eq!(house.get("/api/hall?hall=nowhere").await.refusal(), (404, "unknown_hall".into()));
}

#[tokio::test]
async fn bad_input_is_refused_and_changes_nothing() {
    let house = House::open().await;
    let send = async |body: &str| {
        house.post_raw("/api/kiosk/issue", "", "application/json", body.to_owned().into()).await
    };
    let good = issue("marriage");
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body.to_string()
    };
    for (body, refusal) in [
        ("{".to_owned(), (400, "bad_request")),
        ("null".to_owned(), (400, "bad_request")),
        ("{}".to_owned(), (400, "bad_request")),
        (with("request_id", json!("no uuid")), (400, "bad_request")),
        (with("priority", json!("king")), (400, "bad_request")),
        (with("kiosk", json!("K99")), (404, "unknown_kiosk")),
        (with("kiosk", json!(["K1"])), (400, "bad_request")),
        (with("matter", json!("flying")), (404, "unknown_matter")),
        ("x".repeat(10 * 1024 * 1024), (413, "too_large")),
    ] {
        let (status, code) = send(&body).await.refusal();
        assert_eq!((status, code.as_str()), refusal, "{}", &body[..body.len().min(80)]);
    }
    let form = house.post_raw("/api/kiosk/issue", "", "text/plain", good.to_string().into()).await;
    assert_eq!(form.refusal(), (400, "bad_request".into()), "a page of another site sends this");
    assert_eq!(house.post("/api/kiosk/nothing", json!({})).await.refusal().1, "unknown_call");
    assert_eq!(house.get("/api/kiosk/issue").await.refusal().1, "unknown_call");

    let hall = house.get("/api/hall").await.ok();
    assert!(hall["lines"].as_array().unwrap().iter().all(|line| line["waiting"] == 0));
    assert_eq!(house.issue("marriage").await["number"], "E001", "no number was used up");
}

#[tokio::test]
async fn an_unknown_token_gets_a_plain_page_and_a_plain_refusal() {
    let house = House::open().await;
    for wrong in ["00000000000000000000000000", "short", "%F0%9F%98%80", "..%2f..%2fetc"] {
        let progress = house.get(&format!("/api/progress?token={wrong}")).await;
        assert_eq!(progress.refusal(), (404, "unknown_ticket".into()), "{wrong}");
        assert_eq!(house.get(&format!("/events/progress?token={wrong}")).await.status, 404);
        let page = house.get(&format!("/t/{wrong}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text().contains("<!DOCTYPE html>"));
    }
    assert_eq!(house.get("/api/progress").await.refusal(), (400, "bad_request".into()));
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_and_another_body_is_refused() {
    let house = House::open().await;
    let body = issue("marriage");
    let first = house.post("/api/kiosk/issue", body.clone()).await;
    let again = house.post("/api/kiosk/issue", body.clone()).await;
    assert_eq!(first.ok(), again.ok());
    let mut other = body;
    other["matter"] = json!("identity-renew");
    let refused = house.post("/api/kiosk/issue", other).await;
    assert_eq!(refused.refusal(), (409, "request_reused".into()));
    assert_eq!(house.issue("marriage").await["number"], "E002");
}

#[tokio::test]
async fn a_refusal_is_in_the_requested_language() {
    let house = House::open().await;
    let english = house.post("/api/kiosk/issue", json!({})).await.json();
    assert!(english["message"].as_str().unwrap().starts_with("The request"));
    let chinese = hyper::Request::post(house.url("/api/kiosk/issue"))
        .header("content-type", "application/json")
        .header("accept-language", "zh-CN,en;q=0.5")
        .body("{}".into())
        .unwrap();
    let chinese = house.send(chinese).await.json();
    assert!(chinese["message"].as_str().unwrap().starts_with("请求"));
}

#[tokio::test]
async fn nobody_works_a_counter_without_signing_in_there() {
    let house = House::open().await;
    for verb in ["call_next", "recall", "finish", "sign_out"] {
        let body = json!({ "request_id": Uuid::new_v4() });
        let body = if verb == "sign_out" { json!({}) } else { body };
        let refused = house.post(&format!("/api/counter/{verb}"), body).await;
        assert_eq!(refused.refusal(), (401, "sign_in_first".into()), "{verb}");
    }
    let forged = house.verb("jiban_counter=0000", "call_next").await;
    assert_eq!(forged.refusal(), (401, "sign_in_first".into()));
    assert_eq!(house.get("/api/counter/now").await.refusal().0, 401);
    assert_eq!(house.get("/events/counter").await.refusal().0, 401);
    assert_eq!(house.get("/api/admin/setup").await.refusal().0, 401);
    // A session at a counter is none at the admin page, whatever its cookie is called.
    let clerk = house.sign_in("clerk1", "1").await;
    let as_director = clerk.replace("jiban_counter", "jiban_admin");
    assert_eq!(house.get_as("/api/admin/setup", &as_director).await.refusal().0, 401);
    assert_eq!(house.get_as("/api/admin/setup", &clerk).await.refusal().0, 401);
}

#[tokio::test]
async fn wrong_passwords_are_counted_and_then_lock() {
    let house = House::open().await;
    let try_in = async |name: &str, password: &str| {
        let body = json!({ "name": name, "password": password, "counter": "1" });
        house.post("/api/counter/sign_in", body).await.refusal()
    };
    for name in ["clerk2", "nobody"] {
        for _ in 0..5 {
            assert_eq!(try_in(name, "wrong").await, (401, "wrong_password".into()));
        }
        assert_eq!(try_in(name, "wrong").await, (429, "locked_out".into()));
    }
    assert_eq!(try_in("clerk2", crate::support::PASSWORD).await, (429, "locked_out".into()));
    house.sign_in("clerk3", "3").await;
}

#[tokio::test]
async fn a_clerk_is_no_admin_and_an_admin_sees_the_hall() {
    let house = House::open().await;
    let clerk = json!({ "name": "clerk1", "password": crate::support::PASSWORD });
    assert_eq!(
        house.post("/api/admin/sign_in", clerk).await.refusal(),
        (403, "not_allowed".into())
    );
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    let file = house.get_as("/api/admin/setup.toml", &admin).await.text();

    // A setup with errors is refused completely.
    let before = now["version"].clone();
    now["setup"]["hall"][0]["line"][0]["letter"] = json!("a");
    now["setup"]["hall"][0]["counter"][0]["lines"] = json!(["nowhere"]);
    let refused = house.post_as("/api/admin/save_setup", &admin, now.clone()).await;
    assert_eq!(refused.refusal(), (422, "bad_setup".into()));
    assert!(refused.json()["faults"].as_array().unwrap().len() >= 2, "{}", refused.text());
    let told = "hall[0].counter[0].lines[0]: there is no line \"nowhere\" in this hall";
    assert!(refused.json()["faults"].as_array().unwrap().contains(&json!(told)));
    let told = "hall[0].counter[0].lines[0]: 本大厅没有队列“nowhere”";
    let refused = house.post_in("zh-CN", "/api/admin/save_setup", &admin, now.clone()).await;
    assert!(refused.json()["faults"].as_array().unwrap().contains(&json!(told)));
    let import = json!({ "file": file.replacen("letter = \"A\"", "letter = \"a\"", 1) });
    let refused = house.post_in("zh-CN", "/api/admin/import", &admin, import).await;
    let told = refused.json()["faults"][0].as_str().unwrap().to_owned();
    assert!(told.starts_with("第 ") && told.contains("“a”不能作队列字母"), "{told}");
    assert_eq!(house.get_as("/api/admin/setup", &admin).await.ok()["version"], before);

    // The exported file can be imported again.
    let import = json!({ "file": file });
    let taken = house.post_as("/api/admin/import", &admin, import).await.ok();
    assert_eq!(taken["version"].as_i64(), before.as_i64().map(|version| version + 1));
    // Saving an edit of the version before is refused.
    let mut late = house.get_as("/api/admin/setup", &admin).await.ok();
    late["version"] = before;
    let refused = house.post_as("/api/admin/save_setup", &admin, late).await;
    assert_eq!(refused.refusal(), (409, "in_use".into()));
    let told = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(told.contains(&format!("Version {} is now in force", taken["version"])), "{told}");
}

#[tokio::test]
async fn a_line_with_people_in_it_is_not_removed() {
    let house = House::open().await;
    house.issue("marriage").await;
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    let hall = &mut now["setup"]["hall"][0];
    for list in ["line", "matter"] {
        let kept: Vec<Value> = hall[list]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["id"] != "marriage" && one["line"] != "marriage")
            .cloned()
            .collect();
        hall[list] = json!(kept);
    }
    hall["bundle"] = json!([]);
    for counter in hall["counter"].as_array_mut().unwrap() {
        let lines: Vec<Value> = counter["lines"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| **line != "marriage")
            .cloned()
            .collect();
        counter["lines"] = if lines.is_empty() { json!(["business"]) } else { json!(lines) };
    }
    let refused = house.post_as("/api/admin/save_setup", &admin, now.clone()).await;
    assert_eq!(refused.refusal(), (409, "in_use".into()), "{}", refused.text());
    assert!(refused.text().contains("the line "), "{}", refused.text());
    let refused = house.post_in("zh-CN", "/api/admin/save_setup", &admin, now).await;
    for told in ["大厅“青禾区政务服务大厅”（main）的队列“", "”（marriage）", "事项“"]
    {
        assert!(refused.text().contains(told), "{told}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk4", "4").await;
    house.get_as("/api/counter/now", &clerk).await.ok();
    let admin = house.admin().await;
    let set = |password: &str| json!({ "clerk": "clerk4", "password": password });
    let short = house.post_as("/api/admin/set_password", &admin, set("short")).await;
    assert_eq!(short.refusal(), (400, "bad_request".into()));
    house.post_as("/api/admin/set_password", &admin, set("another-password")).await.ok();
    assert_eq!(house.get_as("/api/counter/now", &clerk).await.refusal().0, 401);
    let old = json!({ "name": "clerk4", "password": crate::support::PASSWORD, "counter": "4" });
    assert_eq!(house.post("/api/counter/sign_in", old).await.refusal().1, "wrong_password");
}

#[tokio::test]
async fn a_stream_begins_with_a_whole_snapshot() {
    use http_body_util::BodyExt;
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;

    let house = House::open().await;
    let ticket = house.issue("marriage").await;
    let client = Client::builder(TokioExecutor::new())
        .build_http::<http_body_util::Empty<hyper::body::Bytes>>();
    let address =
        house.url(&format!("/events/progress?token={}", ticket["token"].as_str().unwrap()));
    let mut stream = client.get(address.parse().unwrap()).await.unwrap().into_body();
    let mut next = async || {
        let frame = stream.frame().await.unwrap().unwrap().into_data().unwrap();
        let text = String::from_utf8(frame.to_vec()).unwrap();
        serde_json::from_str::<Value>(text.strip_prefix("data: ").unwrap().trim()).unwrap()
    };
    assert_eq!(next().await["state"], "waiting");
    let clerk = house.sign_in("clerk1", "1").await;
    let places = house.get("/api/counter/places").await.ok();
    assert!(places["halls"][0]["counters"][0]["taken_by"]["zh"].is_string());
    // A counter that serves the line calls it, and the stream reports it.
    let mut called = Value::Null;
    for (counter, name) in ["1", "2", "3", "4", "5", "6"].into_iter().zip(1..) {
        let cookie = if counter == "1" {
            clerk.clone()
        } else {
            house.sign_in(&format!("clerk{name}"), counter).await
        };
        called = house.verb(&cookie, "call_next").await.ok()["ticket"].clone();
        if !called.is_null() {
            break;
        }
    }
    assert_eq!(called["number"], "E001");
    loop {
        let progress = next().await;
        if progress["state"] == "called" {
            assert_eq!(progress["counter"], called["counter"]);
            break;
        }
    }
}

#[tokio::test]
async fn a_call_meant_for_another_counter_is_refused() {
    let house = House::open().await;
    house.issue("marriage").await;
    let clerk = house.sign_in("clerk1", "1").await;
    for counter in ["2", "99"] {
        for verb in ["call_next", "recall", "finish"] {
            let body = json!({ "request_id": Uuid::new_v4(), "counter": counter });
            let refused = house.post_as(&format!("/api/counter/{verb}"), &clerk, body).await;
            assert_eq!(refused.refusal(), (403, "not_your_counter".into()), "{verb} {counter}");
        }
    }
    let body = json!({ "request_id": Uuid::new_v4(), "counter": "1" });
    house.post_as("/api/counter/call_next", &clerk, body).await.ok();
}

#[tokio::test]
async fn a_body_must_be_an_object_and_strangers_learn_nothing_more() {
    let house = House::open().await;
    let list = json!([Uuid::new_v4(), "K1", "marriage", "none"]);
    let refused = house.post("/api/kiosk/issue", list).await;
    assert_eq!(refused.refusal(), (400, "bad_request".into()));
    let body = issue("marriage").to_string();
    let upper = "Application/JSON; charset=UTF-8";
    house.post_raw("/api/kiosk/issue", "", upper, body.clone().into()).await.ok();
    let near = house.post_raw("/api/kiosk/issue", "", "application/jsonp", body.into()).await;
    assert_eq!(near.refusal().0, 400);
    for path in ["/api/counter/recall", "/api/admin/save_setup"] {
        assert_eq!(house.post(path, json!({})).await.refusal(), (401, "sign_in_first".into()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn right_passwords_lock_nobody_out() {
    let house = std::sync::Arc::new(House::open().await);
    let mut signing = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let house = house.clone();
        signing.spawn(async move { house.sign_in("clerk1", "1").await });
    }
    let cookies = signing.join_all().await;
    assert_eq!(cookies.iter().collect::<std::collections::HashSet<_>>().len(), 12);
}

#[tokio::test]
async fn a_setup_that_locks_every_director_out_is_refused() {
    let house = House::open().await;
    let admin = house.admin().await;
    let current = house.get_as("/api/admin/setup", &admin).await.ok();
    let clerks = current["setup"]["clerk"].as_array().unwrap();
    let at = clerks.iter().position(|clerk| clerk["role"] == "admin").unwrap();
    let save = async |change: &dyn Fn(&mut Value)| {
        let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
        change(&mut now["setup"]["clerk"]);
        house.post_as("/api/admin/save_setup", &admin, now).await
    };
    let another = |id: &str| {
        let mut another = clerks[at].clone();
        another["id"] = json!(id);
        another
    };
    let expected = (409, "no_director_left".to_owned());
    let renamed = save(&|clerks| clerks[at]["id"] = json!("director")).await;
    assert_eq!(renamed.refusal(), expected);
    let elsewhere = save(&|clerks| clerks[at]["halls"] = json!(["main"])).await;
    assert_eq!(elsewhere.refusal(), expected);
    let demoted = save(&|clerks| {
        clerks[at]["role"] = json!("clerk");
        clerks.as_array_mut().unwrap().push(another("director"));
    })
    .await;
    assert_eq!(demoted.refusal(), expected, "the new director has no password");
    assert_eq!(house.get_as("/api/admin/setup", &admin).await.ok(), current);

    save(&|clerks| clerks.as_array_mut().unwrap().push(another("director"))).await.ok();
    let word = json!({ "clerk": "director", "password": "a-long-enough-word" });
    house.post_as("/api/admin/set_password", &admin, word).await.ok();
    save(&|clerks| drop(clerks.as_array_mut().unwrap().remove(at))).await.ok();
}

#[tokio::test]
async fn a_browser_does_not_print_a_network_printers_slip() {
    let house = House::open().await;
    let admin = house.admin().await;
    let mut now = house.get_as("/api/admin/setup", &admin).await.ok();
    // Nothing answers there: the job stays queued until the server gives up.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    now["setup"]["hall"][0]["kiosk"][0]["printer"] =
        json!({ "kind": "escpos", "address": nobody.to_string() });
    house.post_as("/api/admin/save_setup", &admin, now).await.ok();
    let ticket = house.issue("marriage").await;
    let token: jiban_domain::Token = ticket["token"].as_str().unwrap().parse().unwrap();
    let kiosk = jiban_domain::KioskId::from("K1");
    let seen = jiban::views::kiosk::kiosk_now(house.service(), &kiosk, Some(token), 0).unwrap();
    assert_eq!(seen.jobs.len(), 1);
    assert!(seen.jobs[0].slip.is_none());
    let printed = json!({ "kiosk": "K1", "token": token });
    house.post("/api/kiosk/printed", printed).await.ok();
    for wrong in [
        json!({ "kiosk": "K9", "token": token }),
        json!({ "kiosk": "K1", "token": "0".repeat(26) }),
    ] {
        assert_eq!(house.post("/api/kiosk/printed", wrong).await.status, 404);
    }
    let mut wants_none = issue("marriage");
    wants_none["screen_only"] = json!(true);
    let silent = house.post("/api/kiosk/issue", wants_none).await.ok();
    let token = silent["token"].as_str().unwrap().parse().ok();
    let seen = jiban::views::kiosk::kiosk_now(house.service(), &kiosk, token, 0).unwrap();
    assert!(seen.jobs.is_empty());
}

#[tokio::test]
async fn an_import_is_read_before_anything_is_changed() {
    let house = House::open().await;
    let admin = house.admin().await;
    let before = house.get_as("/api/admin/setup", &admin).await.ok();
    assert!(before["by"].is_string());
    let file = house.get_as("/api/admin/setup.toml", &admin).await.text();
    let name = before["setup"]["hall"][0]["name"]["zh"].as_str().unwrap();
    let file = file.replace(name, "新名字大厅");
    let check = json!({ "file": file, "check": true });
    let read = house.post_as("/api/admin/import", &admin, check).await.ok();
    assert_eq!(read["setup"]["hall"][0]["name"]["zh"], "新名字大厅");
    assert_eq!(read["version"], before["version"]);
    assert_eq!(house.get_as("/api/admin/setup", &admin).await.ok(), before, "nothing was changed");
    let wrong = json!({ "file": "x", "check": true });
    assert_eq!(house.post_as("/api/admin/import", &admin, wrong).await.refusal().1, "bad_setup");
}
