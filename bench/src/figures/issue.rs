//! Tickets issued over HTTP, every answer after its commit.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::{hall, rows};
use crate::Amount;
use crate::client::Connection;
use crate::numbers::{Times, count, rate};
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table, thousands};

/// The server's largest batch, and so the bound's.
const BATCH: usize = 64;

/// Adds its rows.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let constant = workplace.constant().await?;
    let bound = Bound::new(workplace, "one", amount.alone, 1).await?;
    let before = bound.measure("before").await?;
    let http_before = http_share(&constant, amount.alone).await?;
    let (reached, times) = issue(workplace, 1, amount.alone, table).await?;
    let http_after = http_share(&constant, amount.alone).await?;
    let after = bound.measure("after").await?;
    constant.stop()?;
    let commit = 1.0 / f64::midpoint(before, after);
    let http = f64::midpoint(http_before, http_after);
    let together = 1.0 / (commit + http);
    table.row(
        "issue over HTTP, 1 connection",
        told(reached, together, &times),
        format!(
            "SQLite's own loop in C, one to a commit: {}/s = {:.0} µs; a POST answered with a \
             constant: {:.0} µs; together {}/s",
            thousands(1.0 / commit),
            commit * 1e6,
            http * 1e6,
            thousands(together)
        ),
        [Aim::new("at least 85 %", reached >= 0.85 * together)],
    );
    bound.through_store(table, 1.0 / commit);

    let bound = Bound::new(workplace, "many", amount.many, BATCH).await?;
    for connections in [8, 16, 64] {
        let before = bound.measure(&format!("{connections}-before")).await?;
        let (reached, times) = issue(workplace, connections, amount.many, table).await?;
        let after = bound.measure(&format!("{connections}-after")).await?;
        let in_c = f64::midpoint(before, after);
        let aims = match connections {
            64 => vec![
                Aim::new("at least half", reached >= 0.5 * in_c),
                Aim::new("p99 under 20 ms", times.part(0.99) < 20.0),
            ],
            _ => vec![],
        };
        table.row(
            format!("issue over HTTP, {connections} connections"),
            told(reached, in_c, &times),
            format!("SQLite's own loop in C, {BATCH} to a commit: {}/s", thousands(in_c)),
            aims,
        );
        if connections == 64 {
            bound.through_store(table, in_c);
        }
    }
    Ok(())
}

/// Issues tickets in an empty database, like the bound's. Returns tickets per
/// second and how long each took.
async fn issue(
    workplace: &Workplace,
    connections: usize,
    tickets: usize,
    table: &mut Table,
) -> Result<(f64, Times)> {
    let database = workplace.database(&format!("issue-{connections}"));
    // Started twice: the first start seeds the demo and hashes passwords, which
    // takes memory that a hall in use does not.
    workplace.serve(&database).await?.stop()?;
    let server = workplace.serve(&database).await?;
    let (idle, _) = server.resident()?;
    let matters = hall::matters(&server, None).await?;
    let _clerks = hall::all_counters(&server).await?;
    let begun = Instant::now();
    let (_, times) = hall::take(&server, &matters, connections, tickets).await?;
    let reached = rate(tickets, begun.elapsed());
    if connections == 64 {
        let (now, highest) = server.resident()?;
        table.row(
            format!("resident memory, {} waiting", thousands(count(tickets))),
            format!("{now:.0} MB, at its highest {highest:.0} MB"),
            format!("just started: {idle:.0} MB"),
            [],
        );
    }
    server.stop()?;
    Ok((reached, times))
}

fn told(reached: f64, bound: f64, times: &Times) -> String {
    let part = 100.0 * reached / bound;
    let (p50, p99) = (times.part(0.5), times.part(0.99));
    format!("{}/s = {part:.0} %; p50 {p50:.1} ms, p99 {p99:.1} ms", thousands(reached))
}

/// Seconds that HTTP takes of one command, on one connection: a POST of the same
/// body to a handler that answers a constant.
async fn http_share(constant: &Server, times: usize) -> Result<f64> {
    let mut connection = Connection::open(constant.address).await?;
    let mut all = Duration::ZERO;
    for _ in 0..times {
        let body = hall::issue("food-permit");
        let asked = Instant::now();
        connection.post("/", "", &body).await?;
        all += asked.elapsed();
    }
    Ok(all.as_secs_f64() / count(times))
}

/// The same rows without HTTP. A disk is not the same from one minute to the next,
/// so the bound is measured before and after.
struct Bound<'w> {
    workplace: &'w Workplace,
    name: &'static str,
    per_commit: usize,
    store: f64,
}

impl<'w> Bound<'w> {
    /// Makes the rows, through the server's store.
    async fn new(
        workplace: &'w Workplace,
        name: &'static str,
        tickets: usize,
        per_commit: usize,
    ) -> Result<Self> {
        let store = rows::issued(&workplace.database(name), tickets, per_commit).await?;
        Ok(Self { workplace, name, per_commit, store })
    }

    /// Tickets per second of the loop in C.
    async fn measure(&self, when: &str) -> Result<f64> {
        let rows = self.workplace.database(self.name);
        let database = self.workplace.database(&format!("{}-{when}", self.name));
        rows::issued_in_c(&rows, &database, self.per_commit).await
    }

    /// Adds a row: what the server's store takes of it.
    fn through_store(&self, table: &mut Table, in_c: f64) {
        table.row(
            format!("the same rows through the store alone, {} to a commit", self.per_commit),
            format!("{}/s = {:.0} %", thousands(self.store), 100.0 * self.store / in_c),
            format!("SQLite's own loop in C: {}/s", thousands(in_c)),
            [],
        );
    }
}
