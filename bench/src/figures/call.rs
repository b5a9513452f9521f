//! The next visitor called, with few and with many waiting.

use std::time::Instant;

use anyhow::Result;

use super::hall::{self, Clerk};
use crate::Amount;
use crate::numbers::{Times, count};
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table, thousands};

const WAITING: [usize; 2] = [100, 10_000];
/// The line that counter 1 serves.
const LINE: &str = "business";

/// Adds its row.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let server = workplace.serve(&workplace.database("call")).await?;
    let matters = hall::matters(&server, Some(LINE)).await?;
    let mut clerk = Clerk::sign_in(&server, 1).await?;
    let mut times = Vec::new();
    let mut waiting = 0;
    for wanted in WAITING {
        hall::take(&server, &matters, 64, wanted - waiting).await?;
        waiting = wanted;
        times.push(calls(&server, &matters, &mut clerk, amount.calls).await?);
    }
    let [few, many] = [&times[0], &times[1]].map(|times| times.part(0.5));
    table.row(
        format!("call_next, {} waiting", thousands(count(WAITING[1]))),
        format!("p50 {many:.1} ms, p99 {:.1} ms", times[1].part(0.99)),
        format!("{} waiting: p50 {few:.1} ms, p99 {:.1} ms", WAITING[0], times[0].part(0.99)),
        [Aim::new("at most 1.5 times", many <= 1.5 * few)],
    );
    server.stop()
}

/// Calls so many, each followed by the visitor's coming and another's taking a
/// number, so that as many wait before each call.
pub async fn calls(
    server: &Server,
    matters: &[String],
    clerk: &mut Clerk,
    calls: usize,
) -> Result<Times> {
    let mut times = Times::default();
    for _ in 0..calls {
        let asked = Instant::now();
        clerk.call_next().await?;
        times.add(asked.elapsed());
        clerk.verb("begin").await?;
        hall::take(server, matters, 1, 1).await?;
    }
    Ok(times)
}
