//! Phones that ask where their ticket is.

use std::time::Instant;

use anyhow::{Result, bail};

use super::hall;
use crate::Amount;
use crate::client::Connection;
use crate::numbers::{Times, rate};
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table, thousands};

const CONNECTIONS: usize = 16;
const TICKETS: usize = 1_000;

/// Adds its row.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let server = workplace.serve(&workplace.database("look-up")).await?;
    let constant = workplace.constant().await?;
    let matters = hall::matters(&server, None).await?;
    let _clerks = hall::all_counters(&server).await?;
    let (taken, _) = hall::take(&server, &matters, 16, TICKETS).await?;
    let paths: Vec<String> = taken.iter().map(|token| path(token)).collect();

    let before = fetch(&constant, &["/".to_owned()], amount.look_ups / 2).await?.0;
    let (reached, times) = fetch(&server, &paths, amount.look_ups).await?;
    let after = fetch(&constant, &["/".to_owned()], amount.look_ups / 2).await?.0;
    let bound = f64::midpoint(before, after);
    table.row(
        format!("progress look-ups, {CONNECTIONS} connections"),
        format!(
            "{}/s = {:.0} %; p99 {:.1} ms",
            thousands(reached),
            100.0 * reached / bound,
            times.part(0.99)
        ),
        format!("an axum handler that answers a constant: {}/s", thousands(bound)),
        [Aim::new("at least half", reached >= 0.5 * bound)],
    );
    server.stop()?;
    constant.stop()
}

/// Where a ticket is asked for.
pub fn path(token: &str) -> String {
    format!("/api/progress?token={token}")
}

/// Fetches so many times, the paths in turn; how many a second, and how long each.
pub async fn fetch(server: &Server, paths: &[String], times: usize) -> Result<(f64, Times)> {
    let mut askers = tokio::task::JoinSet::new();
    let begun = Instant::now();
    for at in 0..CONNECTIONS {
        let mut connection = Connection::open(server.address).await?;
        let paths = paths.to_vec();
        askers.spawn(async move {
            let mut took = Times::default();
            for turn in 0..times / CONNECTIONS {
                let path = &paths[(at + turn * CONNECTIONS) % paths.len()];
                let asked = Instant::now();
                let answer = connection.get(path, "").await?;
                took.add(asked.elapsed());
                if answer.status != 200 {
                    bail!("{path} answered {}", answer.status);
                }
            }
            Ok(took)
        });
    }
    let mut all = Times::default();
    while let Some(asker) = askers.join_next().await {
        all.join(asker??);
    }
    Ok((rate(times / CONNECTIONS * CONNECTIONS, begun.elapsed()), all))
}
