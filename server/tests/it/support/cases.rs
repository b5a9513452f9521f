//! What tests of cases do at the counter and in the office, over HTTP.

use jiban_domain::CaseId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, House, PASSWORD};

pub const PERSON: &str = "11010519491231002X";
pub const BUSINESS: &str = "9144030071526726XG";

impl House {
    /// Takes a number for a matter, calls it at a counter, and begins serving.
    pub async fn serve(&self, clerk: &str, counter: &str, matter: &str) -> (String, i64) {
        let issued = self.issue(matter).await;
        let cookie = self.sign_in(clerk, counter).await;
        let called = self.verb(&cookie, "call_next").await.ok();
        assert_eq!(called["ticket"]["id"], issued["id"], "the first of its line");
        self.verb(&cookie, "begin").await.ok();
        (cookie, issued["id"].as_i64().unwrap())
    }

    pub async fn open_case(&self, cookie: &str, ticket: i64, what: &Value) -> Value {
        self.try_open(cookie, ticket, what, PERSON).await.ok()
    }

    pub async fn try_open(&self, cookie: &str, ticket: i64, what: &Value, number: &str) -> Answer {
        let kind =
            if number.len() == 18 && number.starts_with('9') { "business" } else { "person" };
        let mut body = json!({
            "request_id": Uuid::new_v4(),
            "ticket": ticket,
            "applicant": { "kind": kind, "name": "欧阳小满", "number": number,
                           "telephone": "138 1234 5678" },
        });
        body.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        self.post_as("/api/counter/open_case", cookie, body).await
    }

    pub async fn mark(&self, cookie: &str, case: &Value, material: &Value, state: &str) -> Answer {
        let body = json!({ "case": case, "material": material, "state": state });
        self.post_as("/api/counter/mark_material", cookie, body).await
    }

    pub async fn mark_all(&self, cookie: &str, opened: &Value) {
        for material in opened["materials"].as_array().unwrap() {
            self.mark(cookie, &opened["id"], &material["id"], "present").await.ok();
        }
    }

    /// An action on a case, with further fields.
    pub async fn on_case(&self, cookie: &str, verb: &str, case: &Value, more: Value) -> Answer {
        let mut body = json!({ "request_id": Uuid::new_v4(), "case": case });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post_as(&format!("/api/counter/{verb}"), cookie, body).await
    }

    pub async fn accept(&self, cookie: &str, case: &Value) -> Value {
        self.on_case(cookie, "accept_case", case, json!({})).await.ok()
    }

    /// Opens a case with all its materials present, and accepts it.
    pub async fn accepted(&self, clerk: &str, counter: &str, matter: &str) -> (String, Value) {
        let (cookie, ticket) = self.serve(clerk, counter, matter).await;
        let opened = self.open_case(&cookie, ticket, &json!({ "matter": matter })).await;
        self.mark_all(&cookie, &opened).await;
        self.accept(&cookie, &opened["id"]).await;
        (cookie, opened)
    }

    pub async fn office(&self, name: &str) -> String {
        let body = json!({ "name": name, "password": PASSWORD });
        let answer = self.post("/api/office/sign_in", body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.cookie()
    }

    pub async fn steps(&self, cookie: &str) -> Vec<Value> {
        let steps = self.get_as("/api/office/steps", cookie).await.ok();
        steps["steps"].as_array().unwrap().clone()
    }

    pub async fn on_step(&self, cookie: &str, verb: &str, step: &Value, note: &str) -> Answer {
        let body = json!({ "request_id": Uuid::new_v4(), "step": step, "note": note });
        self.post_as(&format!("/api/office/{verb}"), cookie, body).await
    }

    /// Approves the steps of a reviewer's departments until there are none.
    pub async fn approve_all(&self, cookie: &str) -> usize {
        let mut approved = 0;
        loop {
            let steps = self.steps(cookie).await;
            let Some(step) = steps.iter().find(|step| step["state"] != "paused") else {
                return approved;
            };
            self.on_step(cookie, "approve", &step["id"], "").await.ok();
            approved += 1;
        }
    }

    /// Approves the steps of all cases but one.
    pub async fn approve_all_but(&self, cookie: &str, case: &Value) {
        loop {
            let steps = self.steps(cookie).await;
            let Some(step) = steps.iter().find(|step| step["case"] != *case) else { return };
            self.on_step(cookie, "approve", &step["id"], "").await.ok();
        }
    }

    pub async fn progress(&self, token: &Value) -> Value {
        let path = format!("/api/progress?token={}", token.as_str().unwrap());
        self.get(&path).await.ok()
    }

    /// The token on a case's receipt, which alone leads to the pick-up code.
    pub async fn own_token(&self, case: &Value) -> Value {
        let case = self.service().case(CaseId(case.as_i64().unwrap())).await.unwrap();
        json!(case.token)
    }

    /// The pick-up code, as the applicant reads it.
    pub async fn pick_up_code(&self, case: &Value) -> Value {
        let token = self.own_token(case).await;
        self.progress(&token).await["case"]["ready"]["code"].clone()
    }

    /// A photograph of an identity document, sent for a hand-over.
    pub async fn card(&self, cookie: &str, case: &Value) -> Value {
        let path = format!("/api/counter/card?case={case}");
        let sent = self.post_raw(&path, cookie, "image/jpeg", photograph().into()).await;
        sent.ok()["file"].clone()
    }

    pub async fn case(&self, cookie: &str, case: &Value) -> Value {
        self.get_as(&format!("/api/counter/case?case={case}"), cookie).await.ok()
    }
}

/// A small photograph.
pub fn photograph() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb([200, 100, 50]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A drawn signature.
pub fn signature() -> Vec<u8> {
    let picture = image::GrayImage::from_pixel(60, 20, image::Luma([255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Every file below a folder.
pub fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] })
        .collect()
}
