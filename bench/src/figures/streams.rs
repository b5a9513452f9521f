//! A call seen by a thousand event streams: half of them displays, half phones.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::mpsc;

use super::hall::{self, Clerk};
use crate::Amount;
use crate::client::{Connection, Events};
use crate::numbers::Times;
use crate::server::Workplace;
use crate::table::{Aim, Table};

const STREAMS: usize = 1_000;
const LINE: &str = "business";

/// What a stream saw last, and when its last byte was here.
struct Seen {
    stream: usize,
    at: Instant,
    event: Arc<str>,
}

/// Adds its row.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    // Each stream is a file open at both ends.
    let files = u64::try_from(2 * STREAMS)?;
    if rlimit::increase_nofile_limit(files)? < files {
        bail!("fewer than {files} files may be open at once (ulimit -n)");
    }
    let calls = amount.calls / 5;
    let server = workplace.serve(&workplace.database("streams")).await?;
    let matters = hall::matters(&server, Some(LINE)).await?;
    let mut clerk = Clerk::sign_in(&server, 1).await?;
    // Those who will be called, and behind them those who look on.
    hall::take(&server, &matters, 1, calls).await?;
    let (behind, _) = hall::take(&server, &matters, 1, STREAMS / 2).await?;

    let (to_us, mut arrivals) = mpsc::unbounded_channel();
    let mut listeners = tokio::task::JoinSet::new();
    for stream in 0..STREAMS {
        let path = match behind.get(stream) {
            Some(token) => format!("/events/progress?token={token}"),
            None => "/events/display?hall=main".to_owned(),
        };
        let events = Connection::open(server.address).await?.listen(&path).await?;
        listeners.spawn(listen(stream, events, to_us.clone()));
    }
    // Each begins with a snapshot.
    gather(&mut arrivals, |_| true).await?;

    let (mut each, mut last) = (Times::default(), Times::default());
    for call in 0..calls {
        let asked = Instant::now();
        let number = clerk.call_next().await?;
        // A display shows the number called, a phone that one fewer is ahead.
        let called = format!("\"number\":\"{number}\"");
        let ahead = |stream: usize| format!("\"ahead\":{},", calls - call - 1 + stream);
        let arrived = gather(&mut arrivals, |seen| {
            let shows = if seen.stream < behind.len() { &ahead(seen.stream) } else { &called };
            seen.event.contains(shows.as_str())
        })
        .await?;
        for at in &arrived {
            each.add(*at - asked);
        }
        last.add(arrived.iter().max().map_or(Duration::ZERO, |at| *at - asked));
        // The server lets a stream breathe between two snapshots; a clerk is slower still.
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    let p99 = each.part(0.99);
    table.row(
        format!("a call seen by {STREAMS} streams (half displays, half phones)"),
        format!(
            "p50 {:.0} ms, p99 {p99:.0} ms from the clerk's key to the last byte",
            each.part(0.5)
        ),
        format!(
            "the last stream of each call: p50 {:.0} ms, p99 {:.0} ms",
            last.part(0.5),
            last.part(0.99)
        ),
        [Aim::new("p99 under 100 ms", p99 < 100.0)],
    );
    let (now, highest) = server.resident()?;
    table.row(
        format!("resident memory, {STREAMS} streams open"),
        format!("{now:.0} MB, at its highest {highest:.0} MB"),
        "",
        [],
    );
    listeners.shutdown().await;
    server.stop()
}

async fn listen(stream: usize, mut events: Events, to: mpsc::UnboundedSender<Seen>) {
    while let Ok(event) = events.next().await {
        let sent = to.send(Seen { stream, at: Instant::now(), event: event.into() });
        if sent.is_err() {
            return;
        }
    }
}

/// Waits until every stream has seen what is wanted; when each did.
async fn gather(
    arrivals: &mut mpsc::UnboundedReceiver<Seen>,
    wanted: impl Fn(&Seen) -> bool,
) -> Result<Vec<Instant>> {
    let mut arrived = vec![None; STREAMS];
    let mut missing = STREAMS;
    while missing > 0 {
        let patience = Duration::from_secs(10);
        let Ok(Some(seen)) = tokio::time::timeout(patience, arrivals.recv()).await else {
            bail!("{missing} streams did not see the call within ten seconds");
        };
        if arrived[seen.stream].is_none() && wanted(&seen) {
            arrived[seen.stream] = Some(seen.at);
            missing -= 1;
        }
    }
    Ok(arrived.into_iter().flatten().collect())
}
