//! Numbers taken while photographs come in.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::json;
use uuid::Uuid;

use super::case_rows::PERSON;
use super::hall::{self, Clerk};
use crate::Amount;
use crate::client::Connection;
use crate::numbers::{Times, count};
use crate::server::{Server, Workplace};
use crate::table::{Aim, Table};

/// Photographs that come in at once.
const UPLOADS: usize = 10;
/// Connections that take numbers meanwhile.
const TAKING: usize = 4;

/// Adds its row.
pub async fn measure(workplace: &Workplace, amount: Amount, table: &mut Table) -> Result<()> {
    let photograph: Arc<[u8]> = photograph()?.into();
    let megabytes = count(photograph.len()) / 1024.0 / 1024.0;
    let (mut alone, mut meanwhile, mut took) = (Times::default(), Times::default(), 0.0);
    for round in 0..amount.photographs {
        // A morning each: where thousands wait, taking a number is another thing.
        let database = workplace.database(&format!("photographs-{round}"));
        let server = workplace.serve(&database).await?;
        let (quiet, busy, seconds) = a_round(&server, &photograph).await?;
        alone.join(quiet);
        meanwhile.join(busy);
        took += seconds;
        server.stop()?;
    }
    took /= count(amount.photographs);
    let (quiet, busy) = (alone.part(0.99), meanwhile.part(0.99));
    table.row(
        format!("issue while {UPLOADS} photographs of {megabytes:.0} MB come in ({took:.1} s)"),
        format!("p99 {busy:.1} ms, p50 {:.1} ms", meanwhile.part(0.5)),
        format!("alone: p99 {quiet:.1} ms, p50 {:.1} ms", alone.part(0.5)),
        [Aim::new("p99 at most twice", busy <= 2.0 * quiet)],
    );
    Ok(())
}

/// Numbers taken alone, then while photographs come in, and for how many seconds.
async fn a_round(server: &Server, photograph: &Arc<[u8]>) -> Result<(Times, Times, f64)> {
    let matters = hall::matters(server, Some("business")).await?;
    let mut clerk = Clerk::sign_in(server, 1).await?;
    hall::take(server, &matters, 1, 1).await?;
    let ticket = clerk.verb("call_next").await?["ticket"]["id"].clone();
    clerk.verb("begin").await?;
    let body = json!({
        "request_id": Uuid::new_v4(), "ticket": ticket, "matter": "food-permit",
        "applicant": { "kind": "person", "name": "张伟", "number": PERSON,
                       "telephone": "13812345678" },
    });
    let case = clerk.post("/api/counter/open_case", &body).await?["id"].clone();
    hall::take(server, &matters, TAKING, 200).await?;

    let (_, alone) = hall::take(server, &matters, TAKING, 1_000).await?;
    let path = format!("/api/counter/attach?case={case}&material=1");
    let coming = uploading(server.address, path, clerk.cookie().to_owned(), photograph.clone());
    let begun = Instant::now();
    let mut meanwhile = Times::default();
    while !coming.is_finished() {
        let (_, busy) = hall::take(server, &matters, TAKING, 100).await?;
        meanwhile.join(busy);
    }
    let seconds = begun.elapsed().as_secs_f64();
    coming.join().map_err(|_| anyhow::anyhow!("an upload stopped"))??;
    Ok((alone, meanwhile, seconds))
}

/// Phones have processors of their own: what they send must not take time from
/// the thread that takes numbers and reads the clock.
fn uploading(
    address: SocketAddr,
    path: String,
    cookie: String,
    photograph: Arc<[u8]>,
) -> thread::JoinHandle<Result<()>> {
    thread::spawn(move || {
        let phones = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        phones.block_on(async move {
            let mut sending = tokio::task::JoinSet::new();
            for _ in 0..UPLOADS {
                let (path, cookie, photograph) = (path.clone(), cookie.clone(), photograph.clone());
                sending.spawn(async move {
                    let mut connection = Connection::open(address).await?;
                    let sent = connection.send_file(&path, &cookie, "image/jpeg", &photograph);
                    sent.await?.json().context("a photograph was not taken in")
                });
            }
            while let Some(sent) = sending.join_next().await {
                sent??;
            }
            Ok(())
        })
    })
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
