//! Applications that two hundred pairs fill in side by side, and numbers taken meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt as _, StreamExt as _};
use jiban_app::api::apply::{By, FromDraft, ToDraft};
use jiban_domain::FieldId;
use jiban_domain::draft::Writer;
use jiban_domain::draft::replica::{Replica, Sending, Told};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};
use uuid::Uuid;

use super::hall::{self, Clerk};
use crate::Amount;
use crate::client::Connection;
use crate::numbers::Times;
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table};

const PAIRS: usize = 200;
/// Between two keys of one person.
const KEY: Duration = Duration::from_millis(200);
/// Between two numbers: a hall that is full.
const NUMBER: Duration = Duration::from_millis(20);
const MATTER: &str = "food-permit";
/// Where the applicant types, and where the helper does.
const FIELDS: [&str; 2] = ["shop_name", "credit_code"];

type Socket = WebSocketStream<TcpStream>;

/// Adds its rows.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let files = u64::try_from(8 * PAIRS)?;
    if rlimit::increase_nofile_limit(files)? < files {
        bail!("fewer than {files} files may be open at once (ulimit -n)");
    }
    let seconds = Duration::from_secs(amount.typing);
    let constant = workplace.constant().await?;
    let loopback = echoes(&constant, seconds / 2).await?;
    constant.stop()?;

    let server = workplace.serve(&workplace.database("drafts")).await?;
    let matters = hall::matters(&server, Some("business")).await?;
    hall::take(&server, &matters, 1, 200).await?;
    let (idle, _) = server.resident()?;
    let pairs = pairs(&server).await?;
    let (mut keys, mut alone, mut beside) = (Times::default(), Times::default(), Times::default());
    // By turns: a disk is not the same from one minute to the next.
    for _ in 0..amount.turns {
        alone.join(numbers(&server, &matters, seconds).await?);
        let typing = type_for(&server, &pairs, seconds);
        let (typed, taken) = tokio::join!(typing, numbers(&server, &matters, seconds));
        keys.join(typed?);
        beside.join(taken?);
    }
    let typed = type_for(&server, &pairs, seconds).await?;
    let p99 = typed.part(0.99);
    table.row(
        format!("{PAIRS} pairs, each of both typing five keys a second ({} keys)", typed.len()),
        format!(
            "p50 {:.1} ms, p99 {p99:.1} ms from a key to the other's page; p99 {:.1} ms while \
             numbers are taken",
            typed.part(0.5),
            keys.part(0.99)
        ),
        format!(
            "a WebSocket's echo over loopback, as many and as often: p50 {:.1} ms, p99 {:.1} ms",
            loopback.part(0.5),
            loopback.part(0.99)
        ),
        [Aim::new("p99 under 150 ms", p99 < 150.0)],
    );
    let (quiet, busy) = (alone.part(0.99), beside.part(0.99));
    table.row(
        format!("a number every 20 ms while {PAIRS} pairs type"),
        format!(
            "p50 {:.1} ms, p99 {busy:.1} ms of {} numbers = {:.2} times",
            beside.part(0.5),
            beside.len(),
            busy / quiet
        ),
        format!("alone: p50 {:.1} ms, p99 {quiet:.1} ms", alone.part(0.5)),
        [Aim::new("p99 at most 1.2 times", busy <= 1.2 * quiet)],
    );
    let (now, highest) = server.resident()?;
    table.row(
        format!("resident memory, {PAIRS} drafts open at two pages each"),
        format!("{now:.0} MB, at its highest {highest:.0} MB"),
        format!("before they were begun: {idle:.0} MB"),
        [],
    );
    server.stop()
}

/// The tokens of an applicant and of a helper beside them.
type Pair = [String; 2];

async fn pairs(server: &Server) -> Result<Vec<Pair>> {
    let mut clerk = Clerk::sign_in(server, 1).await?;
    let mut connection = Connection::open(server.address).await?;
    let mut pairs = Vec::with_capacity(PAIRS);
    for _ in 0..PAIRS {
        let begin = json!({ "request_id": Uuid::new_v4(), "hall": "main", "matter": MATTER });
        let token = text(&call(&mut connection, "/api/apply/begin", &begin).await?, "token")?;
        let share = json!({ "request_id": Uuid::new_v4(), "token": token });
        let code = text(&call(&mut connection, "/api/apply/share", &share).await?, "code")?;
        let joined = clerk.post("/api/help/join", &json!({ "code": code })).await?;
        pairs.push([token, text(&joined, "token")?]);
    }
    Ok(pairs)
}

async fn call(connection: &mut Connection, path: &str, body: &Value) -> Result<Value> {
    connection.post(path, "", &body.to_string()).await?.json()
}

fn text(answer: &Value, key: &str) -> Result<String> {
    answer[key].as_str().map(str::to_owned).with_context(|| format!("no {key} in {answer}"))
}

async fn open(server: &Server, path: &str) -> Result<Socket> {
    let stream = TcpStream::connect(server.address).await?;
    stream.set_nodelay(true)?;
    let address = format!("ws://{}{path}", server.address);
    Ok(client_async(address, stream).await?.0)
}

/// Numbers taken one after the other at a steady pace, for a while.
async fn numbers(server: &Server, matters: &[String], long: Duration) -> Result<Times> {
    let mut connection = Connection::open(server.address).await?;
    let mut times = Times::default();
    let (begun, mut pace) = (Instant::now(), pace(NUMBER));
    while begun.elapsed() < long {
        pace.tick().await;
        let body = hall::issue(&matters[times.len() % matters.len()]);
        let asked = Instant::now();
        let answer = connection.post("/api/kiosk/issue", "", &body).await?;
        times.add(asked.elapsed());
        answer.json()?;
    }
    Ok(times)
}

fn pace(every: Duration) -> tokio::time::Interval {
    let mut pace = interval_at(tokio::time::Instant::now() + every, every);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

/// When each key of a pair was pressed, by what stood in the field then.
type Pressed = Arc<Mutex<HashMap<String, Instant>>>;

/// All pairs type for a while; how long each key took to the other's page.
async fn type_for(server: &Server, pairs: &[Pair], long: Duration) -> Result<Times> {
    let mut persons = JoinSet::new();
    for (at, pair) in pairs.iter().enumerate() {
        let pressed = Pressed::default();
        for (side, token) in pair.iter().enumerate() {
            let socket = open(server, &format!("/api/apply/live?token={token}")).await?;
            // Not all in one moment.
            let late = KEY * u32::try_from(2 * at + side)? / u32::try_from(2 * PAIRS)?;
            persons.spawn(Person::new(socket, side, pressed.clone()).types(late, long));
        }
    }
    let mut times = Times::default();
    while let Some(seen) = persons.join_next().await {
        times.join(seen??);
    }
    if times.len() == 0 {
        bail!("no key arrived");
    }
    Ok(times)
}

/// One of a pair, with a page of their own.
struct Person {
    to: SplitSink<Socket, Message>,
    from: SplitStream<Socket>,
    me: By,
    own: FieldId,
    replica: Replica,
    pressed: Pressed,
}

impl Person {
    fn new(socket: Socket, side: usize, pressed: Pressed) -> Self {
        let (to, from) = socket.split();
        let me = [By::Applicant, By::Helper][side];
        Self { to, from, me, own: FIELDS[side].into(), replica: Replica::default(), pressed }
    }

    async fn types(mut self, late: Duration, long: Duration) -> Result<Times> {
        let mut times = Times::default();
        tokio::time::sleep(late).await;
        let (begun, mut pace, mut key) = (Instant::now(), pace(KEY), 0_u32);
        while begun.elapsed() < long {
            tokio::select! {
                _ = pace.tick() => {
                    key += 1;
                    let written = format!("{} {key}", Uuid::new_v4().simple());
                    self.pressed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
                        .insert(written.clone(), Instant::now());
                    let sending =
                        self.replica.typed(&self.own, written.as_str().into(), Uuid::new_v4());
                    self.send(sending).await?;
                }
                told = self.from.next() => {
                    let told = told.context("the server closed the connection")??;
                    self.hear(&told, &mut times).await?;
                }
            }
        }
        Ok(times)
    }

    async fn send(&mut self, sending: Option<Sending>) -> Result<()> {
        let Some(Sending { request, field, value, base }) = sending else { return Ok(()) };
        let write = ToDraft::Write { request_id: request, field, value, base, touches: None };
        Ok(self.to.send(Message::Text(serde_json::to_string(&write)?.into())).await?)
    }

    async fn hear(&mut self, told: &Message, times: &mut Times) -> Result<()> {
        let Message::Text(told) = told else { return Ok(()) };
        match serde_json::from_str(told)? {
            FromDraft::Value { field, value, by, version, request_id, .. } => {
                if by != self.me {
                    let mut pressed =
                        self.pressed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    let pressed = value.text().and_then(|text| pressed.remove(text));
                    times.add(pressed.context("nobody pressed this")?.elapsed());
                }
                let by = writer(by);
                let told = Told { field, value, version, by, request: request_id };
                let sending = self.replica.told(told, Uuid::new_v4());
                self.send(sending).await
            }
            FromDraft::Kept { version } => {
                self.replica.kept(version);
                Ok(())
            }
            FromDraft::Draft { draft } => {
                let told = draft.written.iter().map(|(field, written)| Told {
                    field: field.clone(),
                    value: draft.values.get(field).cloned().unwrap_or_default(),
                    version: written.version,
                    by: writer(if written.helper.is_some() { By::Helper } else { By::Applicant }),
                    request: None,
                });
                let told: Vec<Told> = told.collect();
                for sending in
                    self.replica.connected(&draft.form, draft.version, told, Uuid::new_v4).sending
                {
                    self.send(Some(sending)).await?;
                }
                Ok(())
            }
            FromDraft::Refused { message, .. } => bail!("refused: {message}"),
            _ => Ok(()),
        }
    }
}

fn writer(by: By) -> Writer {
    match by {
        By::Applicant => Writer::Applicant,
        By::Helper => Writer::Helper("clerk1".into()),
    }
}

/// The bound: as many connections, as often, each answered with what it sent.
async fn echoes(constant: &Server, long: Duration) -> Result<Times> {
    let mut sockets = JoinSet::new();
    for at in 0..2 * PAIRS {
        let mut socket = open(constant, "/echo").await?;
        let late = KEY * u32::try_from(at)? / u32::try_from(2 * PAIRS)?;
        sockets.spawn(async move {
            let mut times = Times::default();
            tokio::time::sleep(late).await;
            let write = ToDraft::Write {
                request_id: Uuid::new_v4(),
                field: FIELDS[0].into(),
                value: Uuid::new_v4().to_string().as_str().into(),
                base: 1,
                touches: None,
            };
            let write = serde_json::to_string(&write)?;
            let (begun, mut pace) = (Instant::now(), pace(KEY));
            while begun.elapsed() < long {
                pace.tick().await;
                let pressed = Instant::now();
                socket.send(Message::Text(write.as_str().into())).await?;
                socket.next().await.context("no echo")??;
                times.add(pressed.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Times::default();
    while let Some(echoed) = sockets.join_next().await {
        times.join(echoed??);
    }
    Ok(times)
}
