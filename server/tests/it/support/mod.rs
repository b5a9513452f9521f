//! A complete server for a test: a real file, real HTTP.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiban::clock::Clock;
use jiban::limits::Limits;
use jiban::serve::{Running, StartError, start};
use jiban::settings::Settings;
use jiban::store::trail::Walked;
use jiban::store::{StoreError, open_to_read};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

pub mod answers;
pub mod cases;
pub mod damage;
#[path = "../../../examples/printer/emulator/mod.rs"]
pub mod emulator;
pub mod identity_provider;
#[allow(dead_code)] // Some of its faults are tried beside the code alone.
#[path = "../../../examples/ipp_printer/emulator/mod.rs"]
pub mod ipp_printer;
pub mod json_schema;
pub mod paper;
pub mod process;
pub mod self_print;
pub mod small_disk;
pub mod terminal;
pub mod terminals;

pub const PASSWORD: &str = "a-test-password";

pub struct House {
    pub running: Option<Running>,
    pub folder: TempDir,
    pub clock: Clock,
    client: Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    /// What [`House::with`] changed in the settings, for a restart.
    settings: Settings,
}

/// 2026-11-21 10:00 in Shanghai, a Saturday.
pub const SATURDAY_TEN: i64 = 1_795_226_400_000;

impl House {
    pub async fn open() -> Self {
        Self::at(Clock::Machine).await
    }

    pub async fn at(clock: Clock) -> Self {
        Self::with(clock, |_| {}).await
    }

    /// A hall with other settings.
    pub async fn with(clock: Clock, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(&folder);
        change(&mut settings);
        let running = start(&settings, clock.clone()).await.unwrap();
        let address = running.address;
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { running: Some(running), folder, clock, client, address, settings }
    }

    /// A hall where one client plays all visitors.
    pub async fn unlimited(clock: Clock) -> Self {
        Self::with(clock, |settings| settings.limits = Limits::lifted()).await
    }

    /// A hall whose server is a process of its own; its address is not known yet.
    pub fn of_a_process() -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&folder);
        Self { running: None, folder, clock: Clock::Machine, client, address, settings }
    }

    /// The same hall at another address.
    pub fn moved_to(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn db(&self) -> PathBuf {
        self.folder.path().join("hall.db")
    }

    pub fn service(&self) -> &jiban::service::HallService {
        &self.running.as_ref().unwrap().service
    }

    /// Stops the server and starts it again on the same file.
    pub async fn restart(&mut self) {
        self.running.take().unwrap().stop().await;
        self.start_again().await;
    }

    /// Starts the server again on its file.
    pub async fn start_again(&mut self) {
        // A print that is on its way keeps the database a little longer; the process of a real
        // server would have ended with it.
        for _ in 0..500 {
            match self.try_to_start().await {
                Err(StartError::Store(StoreError::InUse(_))) => {
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
                started => return started.unwrap(),
            }
        }
        self.try_to_start().await.unwrap();
    }

    /// Starts the server again, if it can be started.
    pub async fn try_to_start(&mut self) -> Result<(), StartError> {
        let running = start(&self.settings, self.clock.clone()).await?;
        self.address = running.address;
        self.running = Some(running);
        Ok(())
    }

    /// Stops the server, which can be started again.
    pub async fn pause(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    pub async fn stop(mut self) -> TempDir {
        self.running.take().unwrap().stop().await;
        self.folder
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The answer to a request, before its body has come.
    pub async fn begin(&self, request: Request<Full<Bytes>>) -> Response<Incoming> {
        self.client.request(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Full<Bytes>>) -> Answer {
        let answer = self.begin(request).await;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(path, "").await
    }

    pub async fn get_as(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::builder()
            .uri(self.url(path))
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::COOKIE, cookie);
        self.send(request.body(Full::default()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_as(path, "", body).await
    }

    pub async fn post_as(&self, path: &str, cookie: &str, body: Value) -> Answer {
        self.post_raw(path, cookie, "application/json", body.to_string().into()).await
    }

    /// [`Self::post_as`] in another language.
    pub async fn post_in(&self, lang: &str, path: &str, cookie: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.url(path))
            .header(header::ACCEPT_LANGUAGE, lang)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, cookie);
        self.send(request.body(Full::new(body.to_string().into())).unwrap()).await
    }

    pub async fn post_raw(&self, path: &str, cookie: &str, kind: &str, body: Bytes) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.url(path))
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, cookie);
        self.send(request.body(Full::new(body)).unwrap()).await
    }

    /// Takes a number for a matter of the demo hall.
    pub async fn issue(&self, matter: &str) -> Value {
        let answer = self.post("/api/kiosk/issue", issue(matter)).await;
        answer.ok()
    }

    /// Signs a clerk in and returns the cookie.
    pub async fn sign_in(&self, name: &str, counter: &str) -> String {
        let answer = self
            .post(
                "/api/counter/sign_in",
                json!({ "name": name, "password": PASSWORD, "counter": counter }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.cookie()
    }

    pub async fn admin(&self) -> String {
        let answer =
            self.post("/api/admin/sign_in", json!({ "name": "admin", "password": PASSWORD })).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.cookie()
    }

    /// Changes the hall file.
    pub async fn change_setup(&self, change: impl FnOnce(&mut Value)) {
        let admin = self.admin().await;
        let mut now = self.get_as("/api/admin/setup", &admin).await.ok();
        change(&mut now["setup"]);
        self.post_as("/api/admin/save_setup", &admin, now).await.ok();
    }

    /// A counter's action with nothing but its request id.
    pub async fn verb(&self, cookie: &str, verb: &str) -> Answer {
        self.post_as(
            &format!("/api/counter/{verb}"),
            cookie,
            json!({ "request_id": Uuid::new_v4() }),
        )
        .await
    }

    /// A counter's action on a given ticket.
    pub async fn verb_on(&self, cookie: &str, verb: &str, ticket: &Value) -> Answer {
        let body = json!({ "request_id": Uuid::new_v4(), "ticket": ticket });
        self.post_as(&format!("/api/counter/{verb}"), cookie, body).await
    }
}

/// The result of a check after a statement has changed a copy of a database.
pub async fn walk_spoilt(copy: &Path, statement: &'static str) -> Walked {
    let spoilt = copy.with_file_name("spoilt.db");
    std::fs::copy(copy, &spoilt).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&spoilt).foreign_keys(false);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query(statement).execute(&pool).await.unwrap();
    pool.close().await;
    open_to_read(&spoilt).await.unwrap().walk().await.unwrap()
}

/// The events of failed tries so far: kind, by whom, detail.
pub async fn failed_tries(house: &House) -> Vec<(String, String, Value)> {
    // Events are written behind the answer, in the order of the writer: what is written now
    // comes after them.
    house.issue("food-permit").await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.db()).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT kind, by, detail FROM events WHERE kind IN \
         ('GuessFailed', 'SignInFailed', 'FailedTriesSummedUp') ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    pool.close().await;
    rows.into_iter()
        .map(|(kind, by, detail)| (kind, by, serde_json::from_str(&detail).unwrap()))
        .collect()
}

pub fn issue(matter: &str) -> Value {
    json!({ "request_id": Uuid::new_v4(), "kiosk": "K1", "matter": matter, "priority": "none" })
}

fn settings(folder: &TempDir) -> Settings {
    Settings {
        db: folder.path().join("hall.db"),
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: Some("http://hall.example:3000".to_owned()),
        demo: true,
        demo_password: Some(PASSWORD.to_owned()),
        ..Settings::default()
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: hyper::HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} is no JSON: {}", self.status, self.text()))
    }

    /// The JSON of an answer that must be 200.
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self.json()
    }

    /// The status and code of a refusal, which must have a message and a next step.
    pub fn refusal(&self) -> (u16, String) {
        let body = self.json();
        for field in ["message", "next"] {
            assert!(body[field].as_str().is_some_and(|text| !text.is_empty()), "{body}");
        }
        (self.status.as_u16(), body["code"].as_str().unwrap().to_owned())
    }

    pub fn cookie(&self) -> String {
        let set = self.headers[header::SET_COOKIE].to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }
}
