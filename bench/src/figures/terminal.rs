//! A kiosk's terminal: from a touch to the number with the server and without it, and from its
//! start to a page that can be touched.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{hall, rows};
use crate::client::Connection;
use crate::numbers::Times;
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table};

/// Fewer than a terminal gives in a minute by itself.
const NUMBERS: usize = 25;
const STARTS: usize = 5;

/// Adds its rows.
pub async fn measure(workplace: &Workplace, table: &mut Table) -> Result<()> {
    let database = workplace.database("terminal");
    let server = workplace.serve(&database).await?;
    let matters = hall::matters(&server, None).await?;
    let (_, at_server) = hall::take(&server, &matters, 1, NUMBERS).await?;
    let terminal = workplace.terminal(server.address, None).await?;
    told(&terminal, |now| now.contains(": reached") && now.contains(" F on ")).await?;
    let (_, with_server) = hall::take(&terminal, &matters, 1, NUMBERS).await?;
    let server_was = server.address;
    server.stop()?;
    told(&terminal, |now| now.contains("not reached")).await?;
    let (_, alone) = hall::take(&terminal, &matters, 1, NUMBERS).await?;
    terminal.stop()?;
    let kept = 1_000.0 / rows::issued(&workplace.database("terminal-bound"), NUMBERS, 1).await?;

    table.row(
        "a number at a terminal, passed on to the server",
        middle_and_worst(&with_server),
        format!("asked at the server itself: {}", middle_and_worst(&at_server)),
        [Aim::new("p99 under 100 ms", with_server.part(0.99) < 100.0)],
    );
    table.row(
        "a number at a terminal without the server",
        middle_and_worst(&alone),
        format!("the rows of a number through the store, one to a commit: {kept:.1} ms"),
        [Aim::new("p99 under 100 ms", alone.part(0.99) < 100.0)],
    );
    starts(workplace, server_was, table).await
}

/// From the start of the program, with and without a browser, to what a visitor can use. The
/// server is away, which is the slower case: nothing but the terminal's own store is there.
async fn starts(
    workplace: &Workplace,
    away: std::net::SocketAddr,
    table: &mut Table,
) -> Result<()> {
    let mut alone = Times::default();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let terminal = workplace.terminal(away, None).await?;
        Connection::open(terminal.address).await?.get("/kiosk/K1", "").await?;
        alone.add(begun.elapsed());
        terminal.stop()?;
    }
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let mut usable = Times::default();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let terminal = workplace.terminal(away, Some(&browser)).await?;
        told(&terminal, |now| now.contains("page: home, heard")).await?;
        usable.add(begun.elapsed());
        terminal.stop()?;
    }
    table.row(
        "a terminal started, to the first page that can be touched",
        format!("{:.1} s, at most {:.1} s", usable.part(0.5) / 1e3, usable.part(1.0) / 1e3),
        format!("without the browser: {:.2} s", alone.part(0.5) / 1e3),
        [Aim::new("under 3 s", usable.part(1.0) < 3_000.0)],
    );
    Ok(())
}

/// Waits until what a terminal says of itself fits.
async fn told(terminal: &Server, fits: impl Fn(&str) -> bool) -> Result<()> {
    let mut connection = Connection::open(terminal.address).await?;
    let mut now = String::new();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_mins(1) {
        now = String::from_utf8(connection.get("/healthz", "").await?.body)
            .context("what the terminal says is no text")?;
        if fits(&now) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bail!("the terminal goes on saying: {now}")
}

fn middle_and_worst(times: &Times) -> String {
    format!("p50 {:.1} ms, p99 {:.1} ms", times.part(0.5), times.part(0.99))
}
