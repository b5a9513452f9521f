//! Photographs and PDFs of a draft.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{MATTER, hidden, pair};
use crate::support::cases::photograph;
use crate::support::{Answer, House};

const FORM: &str = "multipart/form-data; boundary=b";

/// The key of the first material that is asked for, as an address has it.
async fn material(house: &House, token: &str) -> String {
    let draft = house.draft(token).await.ok();
    draft["materials"][0]["key"].as_str().unwrap().to_owned()
}

async fn attach(house: &House, token: &str, material: &str) -> Answer {
    let key = percent_encoding::utf8_percent_encode(material, percent_encoding::NON_ALPHANUMERIC);
    let path = format!("/api/apply/attach?token={token}&material={key}");
    house.post_raw(&path, "", "image/jpeg", photograph().into()).await
}

fn files(draft: &Value) -> &Vec<Value> {
    draft["materials"][0]["files"].as_array().unwrap()
}

#[tokio::test]
async fn several_files_of_one_material_are_added_seen_and_removed() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let key = material(&house, &token).await;
    let before = house.stored_files().len();
    attach(&house, &token, &key).await.ok();
    let draft = attach(&house, &token, &key).await.ok();
    assert_eq!(files(&draft).len(), 2);
    let file = files(&draft)[0]["file"].as_str().unwrap().to_owned();
    let seen = house.get(&format!("/api/apply/file?token={token}&file={file}")).await;
    assert_eq!(
        (seen.status.as_u16(), seen.headers["content-type"].as_bytes()),
        (200, &b"image/jpeg"[..])
    );
    // By another draft's token it is not seen.
    let other = house.begin_draft(MATTER).await;
    let unknown = house.get(&format!("/api/apply/file?token={other}&file={file}")).await;
    assert_eq!(unknown.refusal(), (404, "unknown_file".to_owned()));
    let detach = json!({ "token": token, "file": file });
    house.post("/api/apply/detach", detach.clone()).await.ok();
    assert_eq!(house.post("/api/apply/detach", detach).await.refusal().1, "unknown_file");
    assert_eq!(files(&house.draft(&token).await.ok()).len(), 1);
    assert_eq!(house.stored_files().len(), before + 2, "one file with its thumbnail is left");

    assert_eq!(attach(&house, &token, "nothing").await.refusal().1, "unknown_material");
    for _ in 1..12 {
        attach(&house, &token, &key).await.ok();
    }
    assert_eq!(attach(&house, &token, &key).await.refusal().1, "too_many_files");
    house.on_draft("withdraw", &token).await.ok();
    assert_eq!(house.stored_files().len(), before);
    assert_eq!(attach(&house, &token, &key).await.refusal().1, "draft_not_writable");
}

#[tokio::test]
async fn a_page_without_scripts_adds_and_removes_files() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let address = format!("/d/{token}/materials");
    let page = house.open_page(&address).await;
    let key = material(&house, &token).await;
    assert!(page.contains(&format!("name=\"material\" value=\"{key}\"")), "{page}");
    let mut form =
        format!("--b\r\ncontent-disposition: form-data; name=\"material\"\r\n\r\n{key}\r\n")
            .into_bytes();
    for name in ["正面.jpg", "反面.jpg"] {
        let mut head = "--b\r\ncontent-disposition: form-data; name=\"file\"; ".to_owned();
        write!(head, "filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n").unwrap();
        form.extend(head.as_bytes());
        form.extend(photograph());
        form.extend(b"\r\n");
    }
    form.extend(b"--b--\r\n");
    let added = house.post_raw(&format!("/d/{token}/attach"), "", FORM, form.into()).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let led = added.headers["location"].to_str().unwrap();
    assert!(led.ends_with("went=added"), "{led}");
    let page = house.open_page(led).await;
    assert_eq!(page.matches("<img").count(), 2, "{page}");
    let picture = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(house.get(picture).await.headers["content-type"].as_bytes(), b"image/jpeg");
    let removed = [pair("file", hidden(&page, "file"))];
    let led = house.led(&format!("/d/{token}/detach"), &removed).await;
    assert_eq!(house.open_page(&led).await.matches("<img").count(), 1);
    // Not a picture: the page says so.
    let mut form = format!(
        "--b\r\ncontent-disposition: form-data; name=\"material\"\r\n\r\n{key}\r\n\
         --b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n"
    );
    form.push_str("--b--\r\n");
    let refused = house.post_raw(&format!("/d/{token}/attach"), "", FORM, form.into()).await;
    let page = house.open_page(refused.headers["location"].to_str().unwrap()).await;
    assert!(page.contains("role=\"alert\""), "{page}");
}

#[tokio::test]
async fn a_helper_adds_files_as_long_as_the_help_lasts() {
    let house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    let key = material(&house, &token).await;
    let clerk = house.sign_in("clerk1", "1").await;
    let code = house.on_draft("share", &token).await.ok()["code"].clone();
    let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
    let beside = joined["token"].as_str().unwrap().to_owned();
    let draft = attach(&house, &beside, &key).await.ok();
    assert_eq!(files(&draft)[0]["by_helper"], true);
    house.on_draft("end_help", &token).await.ok();
    assert_eq!(attach(&house, &beside, &key).await.status, 404);
    assert_eq!(files(&house.draft(&token).await.ok()).len(), 1);
}

/// Begins to send a file, does something meanwhile, and sends the rest. Nothing of it is left.
async fn sent_while(house: &House, token: &str, meanwhile: impl Future<Output = Answer>) -> u16 {
    let key = material(house, token).await;
    let before = house.stored_files();
    let mut half = TcpStream::connect(house.address()).await.unwrap();
    let photograph = photograph();
    let key = percent_encoding::utf8_percent_encode(&key, percent_encoding::NON_ALPHANUMERIC);
    let head = format!(
        "POST /api/apply/attach?token={token}&material={key} HTTP/1.1\r\nhost: localhost\r\n\
         connection: close\r\ncontent-type: image/jpeg\r\ncontent-length: {}\r\n\r\n",
        photograph.len()
    );
    half.write_all(head.as_bytes()).await.unwrap();
    let (first, rest) = photograph.split_at(photograph.len() / 2);
    half.write_all(first).await.unwrap();
    meanwhile.await.ok();
    half.write_all(rest).await.unwrap();
    let mut answer = Vec::new();
    half.read_to_end(&mut answer).await.unwrap();
    assert_eq!(house.stored_files(), before);
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    status.and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer}"))
}

#[tokio::test]
async fn a_file_whose_draft_is_given_up_or_sent_meanwhile_leaves_nothing() {
    for verb in ["withdraw", "send"] {
        let house = House::open().await;
        let token = house.begin_draft(MATTER).await;
        house.fill_draft(&token, MATTER).await;
        assert_eq!(sent_while(&house, &token, house.on_draft(verb, &token)).await, 409, "{verb}");
        assert!(files(&house.draft(&token).await.ok()).is_empty());
    }
}

#[tokio::test]
async fn a_helpers_file_whose_help_or_session_ends_meanwhile_leaves_nothing() {
    let house = House::open().await;
    let clerk = house.sign_in("clerk1", "1").await;
    for by_whom in ["applicant", "session"] {
        let token = house.begin_draft(MATTER).await;
        let code = house.share_with(&token, "helper").await;
        let joined = house.post_as("/api/help/join", &clerk, json!({ "code": code })).await.ok();
        let beside = joined["token"].as_str().unwrap().to_owned();
        let status = if by_whom == "applicant" {
            sent_while(&house, &beside, house.on_draft("end_help", &token)).await
        } else {
            let out = house.post_as("/api/counter/sign_out", &clerk, json!({}));
            sent_while(&house, &beside, out).await
        };
        assert!([404, 410].contains(&status), "{by_whom}: {status}");
        assert!(files(&house.draft(&token).await.ok()).is_empty(), "{by_whom}");
    }
}
