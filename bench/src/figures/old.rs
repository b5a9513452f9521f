//! The same with few and with many old tickets in the database.

use std::time::Instant;

use anyhow::Result;

use super::hall::{self, Clerk};
use super::{call, look_up, rows};
use crate::Amount;
use crate::numbers::{count, rate};
use crate::server::Workplace;
use crate::table::{Aim, Table, thousands};

struct Figures {
    issued: f64,
    call: f64,
    looked_up: f64,
    started: f64,
    resident: f64,
}

/// Adds its rows.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let few = with(workplace, amount, amount.old[0]).await?;
    let many = with(workplace, amount, amount.old[1]).await?;
    let told = thousands(count(amount.old[1]));
    let beside = thousands(count(amount.old[0]));
    table.row(
        format!("issue, 64 connections, {told} old tickets"),
        format!("{}/s", thousands(many.issued)),
        format!("{beside} old: {}/s", thousands(few.issued)),
        [Aim::new("at most 1.2 times slower", many.issued * 1.2 >= few.issued)],
    );
    table.row(
        format!("call_next, {told} old tickets"),
        format!("p50 {:.1} ms", many.call),
        format!("{beside} old: p50 {:.1} ms", few.call),
        [Aim::new("at most 1.2 times slower", many.call <= 1.2 * few.call)],
    );
    table.row(
        format!("progress of old tickets, {told} of them"),
        format!("{}/s", thousands(many.looked_up)),
        format!("{beside} old: {}/s", thousands(few.looked_up)),
        [Aim::new("at most 1.2 times slower", many.looked_up * 1.2 >= few.looked_up)],
    );
    table.row(
        format!("start and memory, {told} old tickets"),
        format!("{:.2} s, {:.0} MB", many.started, many.resident),
        format!("{beside} old: {:.2} s, {:.0} MB", few.started, few.resident),
        [],
    );
    Ok(())
}

async fn with(workplace: &Workplace, amount: Amount, old: usize) -> Result<Figures> {
    let database = workplace.database(&format!("old-{old}"));
    // Seeded by the program itself, then filled.
    workplace.serve(&database).await?.stop()?;
    let tokens = rows::old(&database, old).await?;

    let begun = Instant::now();
    let server = workplace.serve(&database).await?;
    let started = begun.elapsed().as_secs_f64();
    let (resident, _) = server.resident()?;
    let paths: Vec<String> = tokens.iter().map(|token| look_up::path(&token.to_string())).collect();
    // Once for the caches: what is compared is the depth of the trees.
    look_up::fetch(&server, &paths, 2 * paths.len()).await?;
    let (looked_up, _) = look_up::fetch(&server, &paths, amount.look_ups / 2).await?;

    let matters = hall::matters(&server, Some("business")).await?;
    let mut clerk = Clerk::sign_in(&server, 1).await?;
    hall::take(&server, &matters, 16, 100).await?;
    let call = call::calls(&server, &matters, &mut clerk, amount.calls).await?.part(0.5);
    let begun = Instant::now();
    hall::take(&server, &matters, 64, amount.many).await?;
    let issued = rate(amount.many, begun.elapsed());
    server.stop()?;
    Ok(Figures { issued, call, looked_up, started, resident })
}
