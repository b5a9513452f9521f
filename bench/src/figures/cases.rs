//! Cases: opened, approved and looked up, with few and with many in the
//! database; the office's list; and numbers taken while photographs come in.

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
/// Photographs that come in at once.
const UPLOADS: usize = 10;

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
    uploads(workplace, table).await
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

/// Numbers taken alone, and while ten photographs of 10 MB come in.
async fn uploads(workplace: &Workplace, table: &mut Table) -> Result<()> {
    let server = workplace.serve(&workplace.database("uploads")).await?;
    let matters = hall::matters(&server, Some("business")).await?;
    let mut clerk = Clerk::sign_in(&server, 1).await?;
    hall::take(&server, &matters, 1, 1).await?;
    let ticket = clerk.verb("call_next").await?["ticket"]["id"].clone();
    clerk.verb("begin").await?;
    let body = json!({
        "request_id": Uuid::new_v4(), "ticket": ticket, "matter": "food-permit",
        "applicant": { "kind": "person", "name": "张伟", "number": PERSON,
                       "telephone": "13812345678" },
    });
    let case = clerk.post("/api/counter/open_case", &body).await?["id"].clone();
    let photograph = photograph()?;
    let megabytes = count(photograph.len()) / 1024.0 / 1024.0;
    let path = format!("/api/counter/attach?case={case}&material=1");

    hall::take(&server, &matters, 4, 2_000).await?;
    let (_, alone) = hall::take(&server, &matters, 4, 4_000).await?;
    let mut coming = tokio::task::JoinSet::new();
    for _ in 0..UPLOADS {
        let (photograph, path) = (photograph.clone(), path.clone());
        let (address, cookie) = (server.address, clerk.cookie().to_owned());
        coming.spawn(async move {
            let mut connection = Connection::open(address).await?;
            connection.send_file(&path, &cookie, "image/jpeg", &photograph).await?.json()
        });
    }
    let mut meanwhile = Times::default();
    let begun = Instant::now();
    while !coming.is_empty() {
        let (_, times) = hall::take(&server, &matters, 4, 200).await?;
        meanwhile.join(times);
        while let Some(done) = coming.try_join_next() {
            done??;
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let (quiet, busy) = (alone.part(0.99), meanwhile.part(0.99));
    table.row(
        format!("issue while {UPLOADS} photographs of {megabytes:.0} MB come in ({took:.1} s)"),
        format!("p99 {busy:.1} ms, p50 {:.1} ms", meanwhile.part(0.5)),
        format!("alone: p99 {quiet:.1} ms, p50 {:.1} ms", alone.part(0.5)),
        [Aim::new("p99 at most twice", busy <= 2.0 * quiet)],
    );
    server.stop()
}

/// Just under the largest that is taken: noise, which no coder makes small.
fn photograph() -> Result<Vec<u8>> {
    let mut state = 7_u32;
    let picture = image::RgbImage::from_fn(2_900, 2_200, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture)?;
    anyhow::ensure!(bytes.len() < 10 * 1024 * 1024, "{} bytes are too many", bytes.len());
    Ok(bytes)
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
