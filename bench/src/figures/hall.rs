//! The demo hall, as the load uses it.

use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Connection;
use crate::numbers::Times;
use crate::server::{PASSWORD, Server};

/// The ids of all matters, or of those of one line.
pub async fn matters(server: &Server, line: Option<&str>) -> Result<Vec<String>> {
    let mut connection = Connection::open(server.address).await?;
    let hall = connection.get("/api/hall?hall=main", "").await?.json()?;
    let matters = hall["matters"].as_array().context("the hall lists no matters")?;
    Ok(matters
        .iter()
        .filter(|matter| line.is_none_or(|line| matter["line"] == line))
        .filter_map(|matter| matter["id"].as_str().map(str::to_owned))
        .collect())
}

/// Issues so many tickets over so many connections at once. Returns their tokens,
/// and how long each answer took.
pub async fn take(
    server: &Server,
    matters: &[String],
    connections: usize,
    tickets: usize,
) -> Result<(Vec<String>, Times)> {
    let mut askers = tokio::task::JoinSet::new();
    for at in 0..connections {
        let mut connection = Connection::open(server.address).await?;
        let matters = matters.to_vec();
        let mine = tickets / connections + usize::from(at < tickets % connections);
        askers.spawn(async move {
            let mut answers = Vec::with_capacity(mine);
            let mut times = Times::default();
            for turn in 0..mine {
                let body = issue(&matters[turn % matters.len()]);
                let asked = Instant::now();
                let answer = connection.post("/api/kiosk/issue", "", &body).await?;
                times.add(asked.elapsed());
                answers.push(answer);
            }
            anyhow::Ok((answers, times))
        });
    }
    let (mut all, mut times) = (Vec::with_capacity(tickets), Times::default());
    while let Some(asker) = askers.join_next().await {
        let (answers, took) = asker??;
        times.join(took);
        all.extend(answers);
    }
    // Parsed only now: it takes time from the server.
    let tokens = all.iter().map(|answer| {
        let token = answer.json()?["token"].as_str().map(str::to_owned);
        token.context("a ticket without a token")
    });
    Ok((tokens.collect::<Result<_>>()?, times))
}

/// The body of a command to issue a ticket.
pub fn issue(matter: &str) -> String {
    let request = Uuid::new_v4();
    format!(r#"{{"request_id":"{request}","kiosk":"K1","matter":"{matter}","priority":"none"}}"#)
}

/// A clerk signed in at a counter.
#[derive(Debug)]
pub struct Clerk {
    connection: Connection,
    cookie: String,
}

impl Clerk {
    /// Signs in at a counter, 1 to 6.
    pub async fn sign_in(server: &Server, counter: usize) -> Result<Self> {
        let mut connection = Connection::open(server.address).await?;
        let body = json!({
            "name": format!("clerk{counter}"),
            "password": PASSWORD,
            "counter": counter.to_string(),
        });
        let answer = connection.post("/api/counter/sign_in", "", &body.to_string()).await?;
        answer.json()?;
        let cookie = answer.header("set-cookie").context("no cookie was given")?;
        let cookie = cookie.split(';').next().unwrap_or_default();
        Ok(Self { connection, cookie: format!("Cookie: {cookie}\r\n") })
    }

    /// Calls the next ticket, and returns its number.
    pub async fn call_next(&mut self) -> Result<String> {
        let answer = self.verb("call_next").await?;
        let number = answer["ticket"]["number"].as_str();
        Ok(number.context("no ticket is waiting")?.to_owned())
    }

    /// The header of the session.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sends JSON.
    pub async fn post(&mut self, path: &str, body: &Value) -> Result<Value> {
        self.connection.post(path, &self.cookie, &body.to_string()).await?.json()
    }

    /// Performs an action on the ticket in hand.
    pub async fn verb(&mut self, verb: &str) -> Result<Value> {
        let body = format!(r#"{{"request_id":"{}"}}"#, Uuid::new_v4());
        let path = format!("/api/counter/{verb}");
        self.connection.post(&path, &self.cookie, &body).await?.json()
    }
}

/// Signs clerks in at all six counters, so that a wait is estimated for each ticket.
pub async fn all_counters(server: &Server) -> Result<Vec<Clerk>> {
    let mut clerks = Vec::new();
    for counter in 1..=6 {
        clerks.push(Clerk::sign_in(server, counter).await?);
    }
    Ok(clerks)
}
