//! A hall with some of everything, and what is done to its database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiban::clock::Clock;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Row as _, SqlitePool};

use super::cases::{photograph, signature};
use super::terminals::Terminal;
use super::{House, PASSWORD, SATURDAY_TEN, issue};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A stopped hall in whose every table there are rows, and what it shows.
pub struct LivedIn {
    pub house: House,
    whole: Vec<u8>,
    looks: Vec<(String, String)>,
    shown: Vec<Value>,
    /// Parts of what is shown that are not looked at.
    unseen: Vec<&'static str>,
}

/// A draft with answers, a file, a remark and what was wrong when it was sent first; where it is
/// shown.
async fn fill_in(house: &House) -> String {
    let token = house.begin_draft("food-permit").await;
    house.on_draft("send", &token).await;
    house.fill_draft(&token, "food-permit").await;
    let draft = house.draft(&token).await.ok();
    let key = draft["materials"][0]["key"].as_str().unwrap().to_owned();
    let key = percent_encoding::utf8_percent_encode(&key, percent_encoding::NON_ALPHANUMERIC);
    let attach = format!("/api/apply/attach?token={token}&material={key}");
    let picture = super::cases::photograph().into();
    house.post_raw(&attach, "", "image/jpeg", picture).await.ok();
    house.on_draft("send", &token).await.ok();
    let clerk = house.sign_in("clerk1", "1").await;
    let id = house.drafts_in_hand(&clerk).await[0]["id"].clone();
    let remark = json!({
        "request_id": uuid::Uuid::new_v4(), "draft": id, "about": "draft", "words": "请核对。",
    });
    house.post_as("/api/drafts/remark", &clerk, remark).await.ok();
    format!("/api/apply?token={token}")
}

impl LivedIn {
    pub async fn new() -> Self {
        let clock = Clock::standing_at(SATURDAY_TEN);
        let mut house = House::with(clock.clone(), |settings| {
            settings.alerts = Some(super::terminals::nobodys_webhook(&settings.db));
        })
        .await;
        // A promise that will be broken, and a case that is decided.
        let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
        let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
        let promised = promise(&house, &cookie, &opened).await;
        house.verb(&cookie, "finish").await.ok();
        let mut cases = vec![opened];
        let (cookie, opened) = house.accepted("clerk3", "3", "social-card-new").await;
        house.verb(&cookie, "finish").await.ok();
        cases.push(opened);
        // A commitment whose check is to be done.
        let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
        let committed = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
        house.on_case(&cookie, "sign_commitment", &committed["id"], json!({})).await.ok();
        for material in 1..=3 {
            house.mark(&cookie, &committed["id"], &json!(material), "present").await.ok();
        }
        house.accept(&cookie, &committed["id"]).await;
        house.verb(&cookie, "finish").await.ok();
        for office in ["review1", "review2", "review3", "review4"] {
            let cookie = house.office(office).await;
            house.approve_all_but(&cookie, &promised).await;
        }
        let holidays: Vec<String> =
            ["01-01", "02-05", "02-06", "02-07", "02-08"].map(|day| format!("2027-{day}")).to_vec();
        let file = format!("[[year]]\nyear = 2027\nholidays = {holidays:?}\nworkdays = []\n");
        let admin = house.admin().await;
        house.post_as("/api/admin/import_calendar", &admin, json!({ "file": file })).await.ok();

        clock.set(SATURDAY_TEN + 40 * DAY);
        house.service().turn_day().await.unwrap();
        house.service().apply_timed_changes().await.unwrap();
        print_statement(&house).await;
        let mut looks = vec![("/api/hall".to_owned(), String::new())];
        for (clerk, counter, case) in [("clerk1", "1", &cases[0]), ("clerk3", "3", &cases[1])] {
            let cookie = house.sign_in(clerk, counter).await;
            let token = case["token"].as_str().unwrap();
            looks.push((format!("/api/progress?token={token}"), String::new()));
            looks.push((format!("/api/counter/case?case={}", case["id"]), cookie.clone()));
            looks.push(("/api/counter/now".to_owned(), cookie));
        }
        let slots = house.get("/api/booking/offers?hall=main&matter=marriage").await.ok();
        let at = |index: usize| {
            let slot = &slots["days"][0]["slots"][index]["slot"];
            json!({ "request_id": uuid::Uuid::new_v4(), "hall": "main", "matter": "marriage",
                    "day": slots["days"][0]["day"], "slot": slot })
        };
        let held = house.post("/api/booking/hold", at(0)).await.ok();
        let confirm = json!({
            "request_id": uuid::Uuid::new_v4(), "token": held["token"], "name": "张伟",
            "number": super::cases::PERSON, "telephone": "13812345678",
        });
        house.post("/api/booking/confirm", confirm).await.ok();
        let other = house.post("/api/booking/hold", at(1)).await.ok();
        for booking in [held, other] {
            let token = booking["token"].as_str().unwrap();
            looks.push((format!("/api/booking/booking?token={token}"), String::new()));
        }
        looks.push((fill_in(&house).await, String::new()));
        for matter in ["marriage", "marriage", "identity-renew", "food-permit"] {
            // This kiosk prints slips.
            let mut body = issue(matter);
            body["kiosk"] = json!("K2");
            let issued = house.post("/api/kiosk/issue", body).await.ok();
            let token = issued["token"].as_str().unwrap().to_owned();
            looks.push((format!("/api/progress?token={token}"), String::new()));
        }
        let cookie = house.sign_in("clerk2", "2").await;
        house.verb(&cookie, "call_next").await;
        let mut report = Terminal::new("K1").report(&json!([]));
        report["events"] = json!([{ "id": 1, "at": 1, "kind": "started", "detail": "" }]);
        house.post("/api/terminal/report", report).await.ok();
        // A terminal with a key that is to be changed, and one that was revoked; an alert.
        let admin = house.admin().await;
        for n in 0..2 {
            let secret = format!("{n:032}");
            let pair = json!({ "secret": secret });
            let code = house.post("/api/terminal/pair", pair).await.ok()["code"].clone();
            let accept = json!({ "code": code, "kiosk": "K2" });
            house.post_as("/api/admin/pair_terminal", &admin, accept).await.ok();
        }
        let change = json!({ "kiosk": "K2" });
        house.post_as("/api/admin/change_terminal_key", &admin, change).await.ok();
        let mut ill = Terminal::new("K1").report(&json!([]));
        ill["printer"] = json!("paper_out");
        house.post("/api/terminal/report", ill).await.ok();
        house.service().check_terminals().await.unwrap();
        house.pause().await;
        let mut lived =
            Self { house, whole: Vec::new(), looks, shown: Vec::new(), unseen: Vec::new() };
        lived.whole = fs::read(lived.db()).unwrap();
        lived.house.start_again().await;
        lived.shown = lived.look().await;
        lived.house.pause().await;
        lived.restore();
        lived
    }

    pub fn folder(&self) -> &Path {
        self.house.folder.path()
    }

    fn db(&self) -> PathBuf {
        self.house.db()
    }

    /// Puts the whole database back.
    pub fn restore(&self) {
        for suffix in ["-wal", "-shm"] {
            let mut path = self.db().into_os_string();
            path.push(suffix);
            let _ = fs::remove_file(path);
        }
        fs::write(self.db(), &self.whole).unwrap();
    }

    pub fn bytes(&self) -> &[u8] {
        &self.whole
    }

    /// Puts a damaged database in place of the whole one.
    pub fn put(&self, bytes: &[u8]) {
        self.restore();
        fs::write(self.db(), bytes).unwrap();
    }

    /// Runs a statement on the database, past its constraints.
    pub async fn change(&self, statement: &str) {
        let pool = self.pool().await;
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
        pool.close().await;
    }

    pub async fn pool(&self) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(self.db())
            .foreign_keys(false)
            .pragma("ignore_check_constraints", "on");
        SqlitePool::connect_with(options).await.unwrap()
    }

    /// Its tables and columns, each with its declared type, as the database itself has them.
    pub async fn columns(&self) -> Vec<(String, String, String)> {
        let pool = self.pool().await;
        let rows = sqlx::query(
            "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        pool.close().await;
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
    }

    /// By what the rows of a table are known: their number, or the first column of their key.
    pub async fn first_key(&self, table: &str) -> String {
        let pool = self.pool().await;
        let key = sqlx::query_scalar(
            "SELECT c.name FROM pragma_table_list t, pragma_table_info(t.name) c \
             WHERE t.name = $1 AND t.wr AND c.pk = 1",
        );
        let key = key.bind(table).fetch_optional(&pool).await.unwrap();
        pool.close().await;
        key.unwrap_or_else(|| "rowid".to_owned())
    }

    /// What `jiban check` says: whether all is whole, and its words.
    pub fn check(&self) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_jiban"))
            .args(["check", "--db", "hall.db"])
            .current_dir(self.folder())
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.success(), said)
    }

    /// Starts the server; whether it starts, and whether it shows what it did before.
    pub async fn starts(&mut self) -> Result<bool, String> {
        self.house.try_to_start().await.map_err(|error| error.to_string())?;
        let seen = self.look().await;
        self.house.pause().await;
        let differ = seen.iter().zip(&self.shown).filter(|(now, before)| now != before);
        for (now, before) in differ {
            println!("It showed\n{before}\nand shows\n{now}");
        }
        Ok(seen == self.shown)
    }

    /// What it showed at this path is not looked at any more: an earlier version has none of it.
    pub fn look_no_more_at(&mut self, path: &str) {
        let mut kept = self.looks.iter().map(|(look, _)| !look.starts_with(path));
        // After the looks by path comes what a sign-in showed.
        self.shown.retain(|_| kept.next().unwrap_or(true));
        self.looks.retain(|(look, _)| !look.starts_with(path));
    }

    /// The same for a part of what is shown.
    pub fn look_no_more_for(&mut self, part: &'static str) {
        self.unseen.push(part);
        for shown in &mut self.shown {
            forget(shown.get_mut(1), &self.unseen);
        }
    }

    async fn look(&self) -> Vec<Value> {
        let mut seen = Vec::new();
        for (path, cookie) in &self.looks {
            let answer = self.house.get_as(path, cookie).await;
            let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            // The message of a refusal names its request.
            forget(Some(&mut body), &["request", "message"]);
            forget(Some(&mut body), &self.unseen);
            seen.push(json!([answer.status.as_u16(), body]));
        }
        let body = json!({ "name": "clerk2", "password": PASSWORD, "counter": "2" });
        let signed_in = self.house.post("/api/counter/sign_in", body).await;
        seen.push(json!(signed_in.status.as_u16()));
        seen
    }
}

fn forget(body: Option<&mut Value>, parts: &[&str]) {
    if let Some(body) = body.and_then(Value::as_object_mut) {
        body.retain(|part, _| !parts.contains(&part.as_str()));
    }
}

/// A person prints a statement by themselves.
async fn print_statement(house: &House) {
    let printer = house.document_printer().await;
    house.import_records().await;
    let proved = house.prove_by_card().await.ok();
    let printed = house.print_to_the_end(&proved, json!({ "statement": "insured" })).await;
    assert_eq!(printed["state"], "confirmed", "{printed}");
    drop(printer);
}

/// Accepts a case with a promise to bring a material later; the case's id.
async fn promise(house: &House, cookie: &str, opened: &Value) -> Value {
    let case = &opened["id"];
    house.mark_all(cookie, opened).await;
    let materials = opened["materials"].as_array().unwrap();
    for material in materials {
        house.mark(cookie, case, &material["id"], "deferred").await;
    }
    let sign = format!("/api/counter/signature?case={case}");
    let signed = house.post_raw(&sign, cookie, "image/png", signature().into()).await.ok();
    let promise = json!({ "signature": signed["file"], "items": [] });
    house.on_case(cookie, "sign_promise", case, promise).await.ok();
    let attach = format!("/api/counter/attach?case={case}&material=1");
    house.post_raw(&attach, cookie, "image/jpeg", photograph().into()).await.ok();
    house.accept(cookie, case).await;
    case.clone()
}
