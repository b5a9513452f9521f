//! A request for each route that is complete enough for its access to be decided.

use http_body_util::{BodyExt, Empty, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use jiban::http::routes::Route;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{PERSON, photograph, signature};
use crate::support::terminals::Terminal;
use crate::support::{Answer, House, PASSWORD, issue};

/// Cases of the hall `main` that clerk1 has.
pub struct Ground {
    /// Accepted; its first step is in the department of review1.
    accepted: Value,
    /// A photograph of it.
    file: String,
    step: String,
    /// Its view token.
    token: String,
    /// Its result waits.
    ready: Value,
    /// The result's code.
    code: String,
    /// Cases that change when access is granted: one for each such route.
    taken_up: Value,
    looked_into: Value,
    withdrawn: Value,
    /// Decided on a commitment, whose check is to be done by review1, and its own token.
    checked: Value,
    own_token: Value,
    /// Somebody is to be called about a case.
    telling: Value,
    /// A draft that was sent: its row, and its applicant's token.
    draft: (Value, Value),
    hall_file: String,
}

/// An applicant who wants to be called, and whose document was revoked.
async fn telling(house: &House) -> Value {
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let what = json!({ "matter": "proprietor-open", "told_by": "call" });
    let opened = house.try_open(&cookie, ticket, &what, PERSON).await.ok();
    house.mark_all(&cookie, &opened).await;
    house.accept(&cookie, &opened["id"]).await;
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    house.verb(&cookie, "finish").await.ok();
    let code = house.case(&cookie, &opened["id"]).await["results"][0]["code"].clone();
    let supervisor = house.office("supervisor").await;
    let revoked = json!({ "request_id": Uuid::new_v4(), "code": code, "reason": "误发" });
    house.post_as("/api/office/revoke", &supervisor, revoked).await.ok();
    let tellings = house.get_as("/api/office/tellings", &supervisor).await.ok();
    tellings["tellings"][0]["telling"].clone()
}

/// A case that was decided on a commitment.
async fn checked(house: &House) -> Value {
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    house.on_case(&cookie, "sign_commitment", &opened["id"], json!({})).await.ok();
    for material in 1..=3 {
        house.mark(&cookie, &opened["id"], &json!(material), "present").await.ok();
    }
    house.accept(&cookie, &opened["id"]).await;
    house.verb(&cookie, "finish").await.ok();
    let office = house.office("review1").await;
    let step = json!(format!("{}-3", opened["id"]));
    house.on_step(&office, "approve", &step, "").await.ok();
    opened["id"].clone()
}

impl Ground {
    pub async fn prepare(house: &House) -> Self {
        let mut cases = Vec::new();
        for _ in 0..4 {
            let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
            house.verb(&cookie, "finish").await.ok();
            cases.push(opened);
        }
        let cookie = house.sign_in("clerk1", "1").await;
        let attach = |case: &Value| format!("/api/counter/attach?case={}&material=1", case["id"]);
        let case = house
            .post_raw(&attach(&cases[0]), &cookie, "image/jpeg", photograph().into())
            .await
            .ok();
        let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
        house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
        house.verb(&cookie, "finish").await.ok();
        let ready = house.case(&cookie, &opened["id"]).await;
        let telling = telling(house).await;
        let checked = checked(house).await;
        let own_token = house.own_token(&checked).await;
        let token = house.sent_draft("food-permit").await;
        let clerk = house.sign_in("clerk1", "1").await;
        let draft = house.drafts_in_hand(&clerk).await[0].clone();
        let admin = house.admin().await;
        Self {
            draft: (draft["id"].clone(), token.into()),
            telling,
            checked,
            own_token,
            file: case["materials"][0]["files"][0]["file"].as_str().unwrap().to_owned(),
            step: format!("{}-1", cases[0]["id"]),
            token: cases[0]["token"].as_str().unwrap().to_owned(),
            accepted: cases[0]["id"].clone(),
            taken_up: cases[1]["id"].clone(),
            looked_into: cases[2]["id"].clone(),
            withdrawn: cases[3]["id"].clone(),
            code: ready["results"][0]["code"].as_str().unwrap().to_owned(),
            ready: opened["id"].clone(),
            hall_file: house.get_as("/api/admin/setup.toml", &admin).await.text(),
        }
    }

    /// The address of a route, with what it asks for.
    fn address(&self, path: &str) -> String {
        let Self { accepted, file, token, code, .. } = self;
        let code = if path == "/api/verify" { "0" } else { code };
        let params = match path {
            "/api/counter/case"
            | "/api/office/case"
            | "/api/counter/answers"
            | "/api/office/answers"
            | "/api/counter/signature"
            | "/api/counter/card"
            | "/api/counter/form.pdf"
            | "/api/office/form.pdf" => format!("?case={accepted}"),
            "/api/counter/attach" => format!("?case={accepted}&material=1"),
            "/api/counter/file" | "/api/office/file" => format!("?case={accepted}&file={file}"),
            "/api/apply/attach" => {
                format!("?token={}&material=0", self.draft.1.as_str().unwrap())
            }
            "/api/apply/file" => {
                format!("?token={}&file={file}", self.draft.1.as_str().unwrap())
            }
            "/api/apply"
            | "/api/apply/live"
            | "/api/apply/form.pdf"
            | "/api/apply/sign"
            | "/api/apply/offers" => {
                format!("?token={}", self.draft.1.as_str().unwrap())
            }
            "/api/drafts/form.pdf" | "/api/drafts/draft" => format!("?draft={}", self.draft.0),
            "/api/drafts/file" => format!("?draft={}&file={file}", self.draft.0),
            "/counter/paper" => format!("?case={accepted}&paper=receipt"),
            "/api/verify" | "/api/counter/result.pdf" | "/api/office/result.pdf" => {
                format!("?code={code}")
            }
            "/api/progress" | "/events/progress" | "/api/booking/booking" => {
                format!("?token={token}")
            }
            "/api/booking/offers" => "?hall=main&matter=food-permit".to_owned(),
            "/api/case/supply" => format!("?token={token}&material=1"),
            "/api/office/figures"
            | "/events/admin"
            | "/events/tickets"
            | "/events/terminals"
            | "/events/display" => "?hall=main".to_owned(),
            "/api/office/figures.csv" => "?hall=main&table=states".to_owned(),
            "/api/display/voice" => "?hall=main&seq=1".to_owned(),
            "/api/kiosk/read_code" => "?width=100".to_owned(),
            "/api/kiosk/voice" => "?lang=en&text=Hello".to_owned(),
            "/events/kiosk" => "?kiosk=K1".to_owned(),
            "/events/shared" => "?of=display%3Fhall%3Dmain".to_owned(),
            "/events/progress/shared" => format!("?of=progress%3Ftoken%3D{token}"),
            _ => String::new(),
        };
        let of_draft = match path.split_once("/{token}") {
            // Of a draft.
            Some(("/d" | "/D", below)) => {
                format!("/d/{}{below}", self.draft.1.as_str().unwrap())
            }
            _ => path.to_owned(),
        };
        let named = of_draft
            .replace("{group}", "applicant")
            .replace("{kiosk}", "K1")
            .replace("{tag}", "zh-Hant")
            .replace("/guides/{hall}", "/guides/main")
            .replace("{hall}", "main")
            .replace("{matter}", "food-permit")
            .replace("{token}", token)
            .replace("{file}", file)
            .replace("{code}", code)
            .replace("{*name}", "jiban.css");
        named + &params
    }

    #[allow(clippy::too_many_lines)] // A call a line.
    fn body(&self, path: &str) -> Value {
        let request_id = Uuid::new_v4();
        let case = match path {
            "/api/counter/take_up_case" => &self.taken_up,
            "/api/counter/look_into" => &self.looked_into,
            "/api/counter/withdraw_case" => &self.withdrawn,
            "/api/counter/hand_over_result" | "/api/counter/post_result" => &self.ready,
            _ => &self.accepted,
        };
        let mut body = json!({ "request_id": request_id });
        let more = match path {
            // Without names and numbers: no try is counted.
            "/api/counter/sign_in"
            | "/api/office/sign_in"
            | "/api/admin/sign_in"
            | "/api/case/find" => return json!({}),
            "/api/kiosk/issue" => return issue("food-permit"),
            "/api/terminal/pair" | "/api/terminal/paired" => {
                return json!({ "secret": Uuid::new_v4().to_string() });
            }
            "/api/admin/pair_terminal" => {
                return json!({ "code": "000000", "kiosk": "K1" });
            }
            "/api/admin/revoke_terminal" | "/api/admin/change_terminal_key" => {
                return json!({ "kiosk": "K1" });
            }
            "/api/terminal/report" => return Terminal::new("K1").report(&json!([])),
            "/api/terminal/issue" => {
                return json!({
                    "issue": issue("food-permit"), "store": Uuid::new_v4(),
                    "token": jiban_domain::Token(Uuid::new_v4().into_bytes()),
                });
            }
            "/api/terminal/hand_in" => {
                return json!({ "kiosk": "K1", "store": Uuid::new_v4(), "numbers": [] });
            }
            "/api/kiosk/search" => return json!({ "kiosk": "K1", "text": "食品" }),
            "/api/kiosk/abandon" => {
                return json!({ "kiosk": "K1", "request_id": Uuid::new_v4() });
            }
            "/api/kiosk/heartbeat" | "/api/terminal/hall" => return json!({ "kiosk": "K1" }),
            "/api/kiosk/characters" => return json!({ "text": "yue" }),
            "/api/self_print/now" => return json!({ "kiosk": "K2" }),
            "/api/self_print/prove" => {
                // Nobody's card, and no number: no try is counted.
                return json!({ "kiosk": "K2", "number": "1", "card": true });
            }
            "/api/self_print/print" => json!({
                "kiosk": "K2", "pass": self.token, "item": { "statement": "insured" },
            }),
            "/api/self_print/read" => json!({ "kiosk": "K2" }),
            "/api/self_print/leave" | "/api/self_print/list" => {
                return json!({ "kiosk": "K2", "pass": self.token });
            }
            "/api/kiosk/reprint" | "/api/kiosk/printed" => {
                json!({ "kiosk": "K1", "token": self.token })
            }
            "/api/kiosk/guide" | "/api/kiosk/print_guide" => {
                json!({ "kiosk": "K1", "id": "food-permit", "lang": "zh-CN" })
            }
            "/api/booking/hold" => json!({
                "hall": "main", "matter": "food-permit", "day": "2027-01-01", "slot": "09:00",
            }),
            "/api/booking/confirm" => json!({
                "token": self.token, "name": "张伟", "number": PERSON, "telephone": "13812345678",
            }),
            "/api/booking/move" => {
                json!({ "token": self.token, "day": "2027-01-01", "slot": "09:00" })
            }
            "/api/booking/cancel" => json!({ "token": self.token }),
            "/api/apply/begin" | "/api/help/begin" => {
                json!({ "hall": "main", "matter": "food-permit" })
            }
            "/api/apply/continue" | "/api/help/join" => json!({ "code": "000000" }),
            "/api/help/invite" => json!({ "token": self.draft.1 }),
            "/api/apply/write" => {
                json!({ "token": self.draft.1, "field": "shop_name", "value": "店" })
            }
            "/api/apply/detach" => json!({ "token": self.draft.1, "file": self.file }),
            path if path.starts_with("/api/apply/") => json!({ "token": self.draft.1 }),
            "/api/booking/check_in" => json!({ "kiosk": "K1", "token": self.token }),
            "/api/counter/book" => json!({
                "matter": "food-permit", "day": "2027-01-01", "slot": "09:00", "name": "张伟",
                "number": PERSON, "telephone": "13812345678",
            }),
            "/api/counter/check_in"
            | "/api/counter/cancel_booking"
            | "/api/counter/reveal_booking" => json!({ "booking": 1 }),
            "/api/counter/transfer" => json!({ "line": "approval" }),
            "/api/admin/order_ticket" => json!({
                "hall": "main", "ticket": 0, "order": "cancel", "reason": "other",
            }),
            "/api/counter/find_cases" => json!({ "q": PERSON }),
            "/api/counter/open_case" => json!({
                "ticket": 0, "matter": "food-permit",
                "applicant": { "kind": "person", "name": "张伟", "number": PERSON,
                               "telephone": "13812345678" },
            }),
            "/api/counter/look_into" => json!({ "case": case, "reason": "asked" }),
            "/api/counter/print_paper" => json!({ "case": case, "paper": "receipt" }),
            "/api/counter/mark_material" => {
                json!({ "case": case, "material": 1, "state": "present" })
            }
            "/api/counter/detach" => json!({ "case": case, "material": 1, "file": self.file }),
            "/api/counter/reuse_material" | "/api/counter/unreadable" => {
                json!({ "case": case, "material": 1 })
            }
            "/api/office/revoke" => json!({ "code": self.code, "reason": "" }),
            "/api/admin/save_setup" => json!({ "version": 0, "setup": {} }),
            "/api/admin/import" => json!({ "file": self.hall_file }),
            "/api/admin/import_calendar" => json!({ "file": "" }),
            "/api/admin/import_records" => {
                json!({ "hall": "main", "statement": "insured", "file": "" })
            }
            "/api/admin/accept_clock" => json!({ "ahead": 0 }),
            "/api/admin/set_password" => json!({ "clerk": "spare", "password": PASSWORD }),
            path if path.starts_with("/api/counter/") && path.ends_with("sign_out") => json!({}),
            // The right old password, so that no guess is counted.
            path if path.ends_with("/change_own_password") => {
                json!({ "old": PASSWORD, "new": "password1" })
            }
            "/api/drafts/find" => json!({ "token": self.draft.1 }),
            "/api/drafts/paper_seen" => json!({ "token": self.draft.1, "number": "0Y43" }),
            "/api/drafts/remark" => {
                json!({ "draft": self.draft.0, "about": "draft", "words": "" })
            }
            "/api/drafts/settle" => {
                json!({ "draft": self.draft.0, "remark": 1, "settled": true })
            }
            "/api/drafts/book" => {
                json!({ "draft": self.draft.0, "day": "2027-01-01", "slot": "09:00" })
            }
            path if path.starts_with("/api/drafts/") => json!({ "draft": self.draft.0 }),
            path if path.ends_with("/reveal_answers") => return json!({ "case": case }),
            path if path == "/api/office/look" || path == "/api/counter/look" => {
                json!({ "case": case })
            }
            "/api/office/reveal_telephone" => json!({ "telling": self.telling }),
            "/api/office/mark_told" => json!({ "telling": self.telling, "reached": true }),
            "/api/case/answer" => {
                json!({ "token": self.own_token, "matter": "food-permit", "text": "说明" })
            }
            "/api/counter/sign_commitment" | "/api/counter/withdraw_commitment" => {
                json!({ "case": case })
            }
            "/api/counter/record_answer"
            | "/api/office/take_check"
            | "/api/office/find_kept"
            | "/api/office/find_broken"
            | "/api/office/record_answer"
            | "/api/office/put_breach_right"
            | "/api/office/revoke_for_breach" => {
                json!({ "case": self.checked, "matter": "food-permit", "note": "" })
            }
            path if path.starts_with("/api/office/") => json!({ "step": self.step, "note": "" }),
            path if path.ends_with("_case")
                || ["tell_missing", "sign_promise", "hand_over_result", "post_result"]
                    .iter()
                    .any(|verb| path.ends_with(verb)) =>
            {
                json!({ "case": case })
            }
            _ => json!({}),
        };
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }
}

/// Sends a route's request as somebody.
pub async fn send(house: &House, ground: &Ground, row: &Route, cookie: &str) -> Answer {
    let address = ground.address(row.path);
    match (row.method, row.path) {
        ("GET", path) if path.starts_with("/events/") => stream(house, &address, cookie).await,
        ("GET", "/api/apply/live") => socket(house, &address, cookie).await,
        ("GET", _) => house.get_as(&address, cookie).await,
        (_, "/api/counter/signature" | "/api/apply/sign") => {
            house.post_raw(&address, cookie, "image/png", signature().into()).await
        }
        (_, "/api/counter/card" | "/api/counter/attach" | "/api/case/supply") => {
            house.post_raw(&address, cookie, "image/jpeg", photograph().into()).await
        }
        (_, path) if path.ends_with("{token}/supply") => {
            let kind = "multipart/form-data; boundary=x";
            house.post_raw(&address, cookie, kind, "--x--\r\n".into()).await
        }
        (_, path) => house.post_as(&address, cookie, ground.body(path)).await,
    }
}

/// Whether a WebSocket is agreed to.
async fn socket(house: &House, address: &str, cookie: &str) -> Answer {
    let request = Request::builder()
        .uri(house.url(address))
        .header("cookie", cookie)
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    house.send(request.body(Full::default()).unwrap()).await
}

/// The beginning of a stream; of a refused one, all there is.
async fn stream(house: &House, address: &str, cookie: &str) -> Answer {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let request = Request::builder().uri(house.url(address)).header("cookie", cookie);
    let answer = client.request(request.body(Empty::new()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = if parts.status.is_success() {
        Bytes::new()
    } else {
        body.collect().await.unwrap().to_bytes()
    };
    Answer { status: parts.status, headers: parts.headers, body }
}
