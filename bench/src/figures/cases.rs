//! Cases: opened, approved and looked up, with few and with many in the
//! database; and the office's list.

use std::time::Instant;

use anyhow::{Context, Result};
use jiban_domain::case::CaseNumber;
use serde_json::{Value, json};
use uuid::Uuid;

use super::case_rows::{self, PERSON};
use super::hall::{self, Clerk};
use crate::Amount;
use crate::client::Connection;
use crate::numbers::{Times, count};
use crate::server::{PASSWORD, Server, Workplace};
use crate::table::{Aim, Table, thousands};

/// Steps that lie in the office.
const LYING: usize = 5_000;

struct Figures {
    open: Times,
    approve: Times,
    find: Times,
    list: Times,
}

/// Adds its rows.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let few = with(workplace, amount, amount.cases[0]).await?;
    let many = with(workplace, amount, amount.cases[1]).await?;
    let (told, beside) = (thousands(count(amount.cases[1])), thousands(count(amount.cases[0])));
    for (what, many, few) in [
        ("a case opened", &many.open, &few.open),
        ("a step approved", &many.approve, &few.approve),
        ("a case found by its number", &many.find, &few.find),
    ] {
        let (slow, quick) = (many.part(0.5), few.part(0.5));
        table.row(
            format!("{what}, {told} cases"),
            format!("p50 {slow:.2} ms, p99 {:.1} ms", many.part(0.99)),
            format!("{beside} cases: p50 {quick:.2} ms, p99 {:.1} ms", few.part(0.99)),
            [Aim::new("at most 1.2 times slower", slow <= 1.2 * quick)],
        );
    }
    let list = many.list.part(0.5);
    table.row(
        format!("the office's first 50 of {} steps, {told} cases", thousands(count(LYING))),
        format!("p50 {list:.1} ms, p99 {:.1} ms", many.list.part(0.99)),
        format!("{beside} cases: p50 {:.1} ms", few.list.part(0.5)),
        [Aim::new("under 50 ms", many.list.part(0.99) < 50.0)],
    );
    Ok(())
}

async fn with(workplace: &Workplace, amount: Amount, cases: usize) -> Result<Figures> {
    let database = workplace.database(&format!("cases-{cases}"));
    // Seeded by the program itself, then filled.
    workplace.serve(&database).await?.stop()?;
    let numbers = case_rows::write(&database, cases, LYING).await?;
    let server = workplace.serve(&database).await?;
    let open = opened(&server, amount.calls).await?;
    let mut office = Office::sign_in(&server, "review1").await?;
    let mut list = Times::default();
    let mut steps = Vec::new();
    for _ in 0..amount.calls {
        let asked = Instant::now();
        let answer = office.get("/api/office/steps?limit=50").await?;
        list.add(asked.elapsed());
        steps = answer["steps"].as_array().cloned().unwrap_or_default();
    }
    anyhow::ensure!(steps.len() == 50, "the office lists {} steps", steps.len());
    let approve = approved(&mut office, amount.calls).await?;
    let find = found(&server, &numbers, amount.calls).await?;
    server.stop()?;
    Ok(Figures { open, approve, find, list })
}

async fn opened(server: &Server, cases: usize) -> Result<Times> {
    let matters = hall::matters(server, Some("business")).await?;
    let mut clerk = Clerk::sign_in(server, 1).await?;
    hall::take(server, &matters, 1, 1).await?;
    let ticket = clerk.verb("call_next").await?["ticket"]["id"].clone();
    clerk.verb("begin").await?;
    let mut times = Times::default();
    for _ in 0..cases {
        let body = json!({
            "request_id": Uuid::new_v4(), "ticket": ticket, "matter": "food-permit",
            "applicant": { "kind": "business", "name": "青禾区小满咖啡馆",
                           "number": "9144030071526726XG", "telephone": "13812345678" },
        });
        let asked = Instant::now();
        clerk.post("/api/counter/open_case", &body).await?;
        times.add(asked.elapsed());
    }
    Ok(times)
}

async fn approved(office: &mut Office, steps: usize) -> Result<Times> {
    let mut times = Times::default();
    let mut after = String::new();
    while steps > times.len() {
        let answer = office.get(&format!("/api/office/steps?limit=200{after}")).await?;
        for step in answer["steps"].as_array().context("steps")?.iter().take(steps - times.len()) {
            let body = json!({ "request_id": Uuid::new_v4(), "step": step["id"], "note": "" });
            let asked = Instant::now();
            office.post("/api/office/approve", &body).await?;
            times.add(asked.elapsed());
        }
        let Some(next) = answer["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    Ok(times)
}

async fn found(server: &Server, numbers: &[CaseNumber], look_ups: usize) -> Result<Times> {
    let mut connection = Connection::open(server.address).await?;
    let mut times = Times::default();
    for turn in 0..look_ups {
        let number = &numbers[turn * 7 % numbers.len()];
        let body = json!({ "number": number, "last_four": &PERSON[14..] }).to_string();
        let asked = Instant::now();
        connection.post("/api/case/find", "", &body).await?.json()?;
        times.add(asked.elapsed());
    }
    Ok(times)
}

/// A reviewer signed in.
struct Office {
    connection: Connection,
    cookie: String,
}

impl Office {
    async fn sign_in(server: &Server, name: &str) -> Result<Self> {
        let mut connection = Connection::open(server.address).await?;
        let body = json!({ "name": name, "password": PASSWORD }).to_string();
        let answer = connection.post("/api/office/sign_in", "", &body).await?;
        answer.json()?;
        let cookie = answer.header("set-cookie").context("no cookie was given")?;
        let cookie = cookie.split(';').next().unwrap_or_default();
        Ok(Self { connection, cookie: format!("Cookie: {cookie}\r\n") })
    }

    async fn get(&mut self, path: &str) -> Result<Value> {
        self.connection.get(path, &self.cookie).await?.json()
    }

    async fn post(&mut self, path: &str, body: &Value) -> Result<Value> {
        self.connection.post(path, &self.cookie, &body.to_string()).await?.json()
    }
}
