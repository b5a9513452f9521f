//! Tickets issued over HTTP, every answer after its commit.

use std::time::Instant;

use anyhow::Result;

use super::{hall, rows};
use crate::Amount;
use crate::numbers::rate;
use crate::server::Workplace;
use crate::table::{Aim, Table, thousands};

/// Questions that share a commit at most, and so the bound's.
const TO_A_COMMIT: usize = 64;

/// Adds its rows.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let database = workplace.database("issue");
    // Started twice: to seed the demo, passwords are hashed, which takes memory
    // that a hall in use does not.
    workplace.serve(&database).await?.stop()?;
    let server = workplace.serve(&database).await?;
    let (idle, _) = server.resident()?;
    let matters = hall::matters(&server, None).await?;
    let _clerks = hall::all_counters(&server).await?;

    // A disk is not the same from one minute to the next: the bound is taken
    // before and after.
    let bound = |name: &'static str, tickets: usize, to_a_commit: usize| {
        let database = workplace.database(name);
        async move { rows::issued(&database, tickets, to_a_commit).await }
    };
    for connections in [1, 16, 64] {
        let (tickets, to_a_commit) =
            if connections == 1 { (amount.alone, 1) } else { (amount.many, TO_A_COMMIT) };
        let names = match connections {
            1 => ["alone-before", "alone-after"],
            16 => ["some-before", "some-after"],
            _ => ["many-before", "many-after"],
        };
        let before = bound(names[0], tickets, to_a_commit).await?;
        let begun = Instant::now();
        let (_, times) = hall::take(&server, &matters, connections, tickets).await?;
        let reached = rate(tickets, begun.elapsed());
        let after = bound(names[1], tickets, to_a_commit).await?;
        let bound = f64::midpoint(before, after);

        let part = format!("{:.0} %", 100.0 * reached / bound);
        let p99 = times.part(0.99);
        let aims = match connections {
            1 => vec![Aim::new("at least 80 % of the bound", reached >= 0.8 * bound)],
            64 => vec![
                Aim::new("at least half of the bound", reached >= 0.5 * bound),
                Aim::new("5,000/s", reached >= 5_000.0),
                Aim::new("p99 under 20 ms", p99 < 20.0),
            ],
            _ => vec![],
        };
        table.row(
            format!("issue over HTTP, {connections} connections"),
            format!(
                "{}/s = {part}; p50 {:.1} ms, p99 {p99:.1} ms",
                thousands(reached),
                times.part(0.5)
            ),
            format!(
                "the same rows without HTTP, {to_a_commit} to a commit: {}/s",
                thousands(bound)
            ),
            aims,
        );
    }
    let (now, highest) = server.resident()?;
    table.row(
        format!(
            "resident memory, {} waiting",
            thousands(crate::numbers::count(amount.alone + 2 * amount.many))
        ),
        format!("{now:.0} MB, at its highest {highest:.0} MB"),
        format!("just started: {idle:.0} MB"),
        [],
    );
    server.stop()
}
