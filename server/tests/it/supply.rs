//! What applicants send from the phone page: several files, their names, who sees them, and
//! what is asked for again because nobody can read it.

use std::fmt::Write as _;

use axum::http::{Method, Request, header};
use http_body_util::Full;
use jiban::clock::Clock;
use serde_json::{Value, json};

use crate::support::cases::photograph;
use crate::support::{Answer, House, SATURDAY_TEN};

const DAY: i64 = 24 * 60 * 60 * 1000;

const FORM: &str = "multipart/form-data; boundary=b";

/// A form for a material, with files by their names.
fn form(material: &Value, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut form =
        format!("--b\r\ncontent-disposition: form-data; name=\"material\"\r\n\r\n{material}\r\n")
            .into_bytes();
    for (name, content) in files {
        let mut head = "--b\r\ncontent-disposition: form-data; name=\"file\"; ".to_owned();
        write!(head, "filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n").unwrap();
        form.extend(head.as_bytes());
        form.extend(*content);
        form.extend(b"\r\n");
    }
    form.extend(b"--b--\r\n");
    form
}

/// Asks for a page, as somebody who types its address.
async fn open(house: &House, path: &str) -> Answer {
    let request = Request::builder()
        .uri(house.url(path))
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::ACCEPT_LANGUAGE, "zh-CN");
    house.send(request.body(Full::default()).unwrap()).await
}

/// A case of which the applicant was told what is missing: the clerk's cookie, the case, and
/// its own token.
async fn lacking(house: &House) -> (String, Value, String) {
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.on_case(&cookie, "tell_missing", &opened["id"], json!({ "note": "" })).await.ok();
    let own = house.own_token(&opened["id"]).await.as_str().unwrap().to_owned();
    (cookie, opened, own)
}

#[tokio::test]
async fn two_sides_of_a_card_are_one_material() {
    let house = House::open().await;
    let (cookie, opened, own) = lacking(&house).await;
    let material = &opened["materials"][0]["id"];
    let picture = photograph();
    // The field of the camera was left empty, as browsers send it.
    let files: [(&str, &[u8]); 3] =
        [("", b""), ("C:\\\\照片\\\\正面.jpg", &picture), ("反面.jpg", &picture)];
    let path = format!("/t/{own}/supply");
    let answer = house.post_raw(&path, "", FORM, form(material, &files).into()).await;
    assert_eq!(answer.headers["location"].to_str().unwrap(), format!("/t/{own}?supplied=ok"));
    let case = house.progress(&json!(own)).await["case"].clone();
    let sent = &case["sent"][0];
    assert_eq!((&sent["id"], &sent["takes_more"]), (material, &json!(true)));
    let names: Vec<_> = sent["files"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["正面.jpg", "反面.jpg"]);

    // A third, by the script.
    let request = Request::builder()
        .method(Method::POST)
        .uri(house.url(&format!("/api/case/supply?token={own}&material={material}")))
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header("x-file-name", "..%2F%E7%AC%AC3%E9%A1%B5%E2%80%AE.jpg");
    let added = house.send(request.body(Full::new(picture.into())).unwrap()).await.ok();
    assert_eq!(added["case"]["sent"][0]["files"][2]["name"], "第3页.jpg");
    let shown = house.case(&cookie, &opened["id"]).await;
    assert_eq!(shown["materials"][0]["files"].as_array().unwrap().len(), 3);
    assert_eq!(shown["materials"][0]["files"][1]["name"], "反面.jpg");

    let page = open(&house, &format!("/t/{own}")).await.text();
    assert!(page.contains("正面.jpg · ") && page.contains(" KB · "), "name and size: {page}");
    let forms = page.matches("<form").count();
    assert_eq!(forms, 5, "one for each that is missing, and one to add to what was sent");
    assert!(page.contains("capture=\"environment\"") && page.contains("accept=\"image/*\""));

    // Nothing of its name is in the database in plain words.
    let db = std::fs::read(house.folder.path().join("hall.db")).unwrap();
    let wal = std::fs::read(house.folder.path().join("hall.db-wal")).unwrap_or_default();
    let plain = "反面".as_bytes();
    assert!(![db, wal].iter().any(|file| file.windows(plain.len()).any(|part| part == plain)));
}

#[tokio::test]
async fn what_was_sent_is_seen_by_the_receipt_alone() {
    let house = House::open().await;
    let (cookie, opened, own) = lacking(&house).await;
    let material = &opened["materials"][0]["id"];
    let picture = photograph();
    let files: [(&str, &[u8]); 1] = [("身份证.jpg", &picture)];
    let path = format!("/t/{own}/supply");
    house.post_raw(&path, "", FORM, form(material, &files).into()).await;
    let case = house.progress(&json!(own)).await["case"].clone();
    let file = case["sent"][0]["files"][0]["file"].as_str().unwrap().to_owned();
    let answer = house.get(&format!("/t/{own}/file/{file}")).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );
    let unknown = house.get(&format!("/t/{own}/file/{}", "0".repeat(32))).await;
    assert_eq!(unknown.refusal().1, "unknown_file");

    // The view token is on slips, which lie around.
    let view = opened["token"].as_str().unwrap();
    let case = house.progress(&json!(view)).await["case"].clone();
    let seen = &case["sent"][0]["files"][0];
    assert_eq!((&seen["file"], &seen["name"]), (&json!(null), &json!("")));
    assert!(seen["bytes"].as_u64().unwrap() > 0);
    let refused = house.get(&format!("/t/{view}/file/{file}")).await.refusal();
    assert_eq!(refused, (404, "unknown_file".to_owned()));
    drop(cookie);
}

#[tokio::test]
async fn a_file_that_is_not_taken_is_told_by_its_true_reason() {
    let house = House::open().await;
    let (_, opened, own) = lacking(&house).await;
    let material = &opened["materials"][0]["id"];
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let refused: [(&[u8], &str, &str); 4] = [
        (heic, "file_heic", "兼容性最佳"),
        (b"GIF89a\x01\0\x01\0", "file_picture_format", "截屏"),
        (b"", "file_empty", "文件是空的"),
        (b"%PDF-1.4\n1 0 obj", "file_broken", "不完整"),
    ];
    for (content, code, words) in refused {
        let sent = form(material, &[("照片", content)]);
        let answer = house.post_raw(&format!("/t/{own}/supply"), "", FORM, sent.into()).await;
        let to = answer.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(to, format!("/t/{own}?supplied={code}"));
        let page = open(&house, &to).await.text();
        assert!(page.contains(words), "{code}: {page}");
    }
}

#[tokio::test]
async fn a_paper_nobody_can_read_is_asked_for_again_while_the_clock_stands() {
    let clock = Clock::standing_at(SATURDAY_TEN - 61 * DAY);
    let house = House::at(clock.clone()).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let (case, material) = (&opened["id"], &opened["materials"][0]["id"]);
    let attach = format!("/api/counter/attach?case={case}&material={material}");
    house.post_raw(&attach, &cookie, "image/jpeg", photograph().into()).await.ok();
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, case).await;
    let office = house.office("review1").await;
    let step = house.steps(&office).await[0]["id"].clone();
    let ask = async |verb: &str| {
        let body = json!({ "request_id": uuid::Uuid::new_v4(), "step": step, "note": "右上角看不清",
                           "material": material });
        house.post_as(&format!("/api/office/{verb}"), &office, body).await
    };
    assert_eq!(ask("unreadable").await.ok()["state"], "asked");
    assert_eq!(ask("look_at_new").await.refusal(), (409, "nothing_to_read".to_owned()));
    let own = house.own_token(case).await;
    let progress = house.progress(&own).await["case"].clone();
    assert_eq!(progress["missing"][0]["unreadable"], "右上角看不清");
    assert_eq!(progress["pauses"][0]["to"], json!(null));
    let page = open(&house, &format!("/t/{}", own.as_str().unwrap())).await.text();
    assert!(page.contains("上次传的看不清，请重新拍照上传：右上角看不清"), "{page}");

    let supply = format!("/api/case/supply?token={}&material={material}", own.as_str().unwrap());
    house.post_raw(&supply, "", "image/jpeg", photograph().into()).await.ok();
    let shown = house.get_as(&format!("/api/office/case?case={case}"), &office).await.ok();
    let row = &shown["materials"][0];
    assert_eq!((&row["state"], &row["unseen"]), (&json!("present"), &json!(true)));
    let unreadable: Vec<_> =
        row["files"].as_array().unwrap().iter().map(|one| &one["unreadable"]).collect();
    assert_eq!(unreadable, [true, false]);
    assert_eq!(shown["paused"][0]["until"], json!(null), "until somebody has looked");
    assert_eq!(ask("look_at_new").await.ok()["state"], "taken");
    let shown = house.get_as(&format!("/api/office/case?case={case}"), &office).await.ok();
    assert!(shown["paused"][0]["until"].is_string() && shown["materials"][0]["unseen"] == false);

    // The clerk cannot read it either, and the one request for more materials is still there.
    let again = json!({ "material": material, "note": "" });
    house.on_case(&cookie, "unreadable", case, again).await.ok();
    house.post_raw(&supply, "", "image/jpeg", photograph().into()).await.ok();
    let body = json!({ "request_id": uuid::Uuid::new_v4(), "step": step, "note": "补",
                       "materials": ["健康证明"] });
    house.post_as("/api/office/ask_for_more", &office, body).await.ok();
}

#[tokio::test]
async fn one_side_that_nobody_can_read_is_replaced_and_the_other_stays() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let (case, material) = (&opened["id"], &opened["materials"][0]["id"]);
    let attach = format!("/api/counter/attach?case={case}&material={material}");
    for _ in ["front", "back"] {
        house.post_raw(&attach, &cookie, "image/jpeg", photograph().into()).await.ok();
    }
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, case).await;
    let office = house.office("review1").await;
    let step = house.steps(&office).await[0]["id"].clone();
    let shown = async || house.get_as(&format!("/api/office/case?case={case}"), &office).await.ok();
    let files = shown().await["materials"][0]["files"].clone();
    let ask = async |file: &Value| {
        let body = json!({ "request_id": uuid::Uuid::new_v4(), "step": step, "note": "反光",
                           "material": material, "file": file });
        house.post_as("/api/office/unreadable", &office, body).await
    };
    assert_eq!(ask(&json!("0")).await.refusal(), (409, "nothing_to_read".to_owned()));
    ask(&files[1]["file"]).await.ok();
    let unread = |case: &Value| {
        let files = case["materials"][0]["files"].as_array().unwrap().clone();
        files.iter().map(|one| one["unreadable"] == true).collect::<Vec<_>>()
    };
    let now = shown().await;
    assert_eq!(
        (unread(&now), &now["materials"][0]["state"]),
        (vec![false, true], &json!("missing"))
    );
    assert_eq!(now["paused"][0]["until"], json!(null), "the clock stands");

    // The phone sees which one, replaces it, and adds another page.
    let own = house.own_token(case).await;
    let sent = house.progress(&own).await["case"]["sent"][0].clone();
    let marks: Vec<_> =
        sent["files"].as_array().unwrap().iter().map(|one| one["unreadable"].clone()).collect();
    assert_eq!(marks, [json!(false), json!(true)]);
    let supply = format!("/api/case/supply?token={}&material={material}", own.as_str().unwrap());
    for _ in ["back again", "and a third page"] {
        house.post_raw(&supply, "", "image/jpeg", photograph().into()).await.ok();
    }
    let now = shown().await;
    assert_eq!(unread(&now), [false, true, false, false]);
    assert_eq!(now["paused"][0]["until"], json!(null), "until somebody has looked");
    let body = json!({ "request_id": uuid::Uuid::new_v4(), "step": step, "note": "",
                       "material": material });
    house.post_as("/api/office/look_at_new", &office, body).await.ok();
    assert!(shown().await["paused"][0]["until"].is_string());

    // A clerk says so of one file too.
    let first = json!({ "material": material, "file": files[0]["file"], "note": "" });
    let after = house.on_case(&cookie, "unreadable", case, first).await.ok();
    assert_eq!(unread(&after), [true, true, false, false]);
}

#[tokio::test]
async fn a_file_the_clerk_takes_back_leaves_its_material_missing() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let (case, material) = (&opened["id"], &opened["materials"][0]["id"]);
    for one in opened["materials"].as_array().unwrap().iter().skip(1) {
        house.mark(&cookie, case, &one["id"], "present").await.ok();
    }
    let attach = format!("/api/counter/attach?case={case}&material={material}");
    for _ in 0..20 {
        house.post_raw(&attach, &cookie, "image/jpeg", photograph().into()).await.ok();
    }
    let shown = house.case(&cookie, case).await;
    let files = shown["materials"][0]["files"].as_array().unwrap().clone();
    assert_eq!(files.len(), 20);
    let more = house.post_raw(&attach, &cookie, "image/jpeg", photograph().into()).await;
    assert_eq!(more.refusal(), (409, "too_many_files".to_owned()));
    for (left, file) in files.iter().enumerate() {
        let shown = house.case(&cookie, case).await;
        assert_eq!(
            (&shown["materials"][0]["state"], &shown["may_accept"]),
            (&json!("present"), &json!(true)),
            "{left}"
        );
        let body = json!({ "case": case, "material": material, "file": file["file"] });
        house.post_as("/api/counter/detach", &cookie, body).await.ok();
    }
    let shown = house.case(&cookie, case).await;
    assert_eq!(
        (&shown["materials"][0]["state"], &shown["may_accept"]),
        (&json!("missing"), &json!(false))
    );
    let no = house.on_case(&cookie, "accept_case", case, json!({})).await.refusal();
    assert_eq!(no.1, "materials_missing");
}

#[tokio::test]
async fn a_form_address_opened_by_hand_leads_to_its_page() {
    let house = House::open().await;
    let (_, _, own) = lacking(&house).await;
    for (path, page) in [
        (format!("/t/{own}/supply"), format!("/t/{own}")),
        (format!("/T/{own}/supply"), format!("/t/{own}")),
        ("/api/counter/sign_in".to_owned(), "/counter".to_owned()),
        ("/api/office/approve".to_owned(), "/office".to_owned()),
        ("/api/admin/import".to_owned(), "/admin".to_owned()),
        ("/api/kiosk/issue".to_owned(), "/".to_owned()),
    ] {
        let answer = open(&house, &path).await;
        assert_eq!(answer.status, 303, "{path}");
        assert_eq!(answer.headers["location"], page, "{path}");
        // A program is told that it asked wrongly.
        assert_eq!(house.get(&path).await.refusal(), (404, "unknown_call".to_owned()), "{path}");
    }
    // Not signed in, or not any more.
    for (path, page) in [
        ("/counter/paper?case=1&paper=receipt", "/counter"),
        ("/api/office/file?case=1&file=0", "/office"),
    ] {
        let answer = open(&house, path).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.headers["location"]),
            (303, &page.parse().unwrap())
        );
        assert_eq!(house.get(path).await.status, 401);
    }
    let nothing = open(&house, "/api/counter/nothing").await;
    assert_eq!(nothing.status, 404);
    assert!(nothing.text().contains("href=\"/\""), "{}", nothing.text());
}
