//! The server's stream of this kiosk: what the page shows while the server is there.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::{Method, Response, StatusCode};
use jiban_app::api::kiosk::KioskNow;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::time::{sleep, timeout};

use super::server_link::{LONG_PATIENCE, own_language};
use super::{Terminal, write};

/// The server sends a beat every ten seconds.
const SILENT_AFTER: Duration = Duration::from_secs(25);
/// Before the stream is opened again.
const AGAIN_AFTER: Duration = Duration::from_millis(500);
/// A snapshot is smaller.
const LONGEST: usize = 8 * 1024 * 1024;

/// Listens until it is dropped.
pub(super) async fn run(terminal: Arc<Terminal>) {
    let mut changed = terminal.changed.subscribe();
    loop {
        if terminal.server.is_reached() {
            listen(&terminal).await;
            // Whether the server is still there is seen by a report.
            terminal.server.look_now();
            sleep(AGAIN_AFTER).await;
        } else if changed.changed().await.is_err() {
            return;
        }
    }
}

/// Listens until the stream ends.
async fn listen(terminal: &Terminal) {
    let id = utf8_percent_encode(terminal.kiosk.as_str(), NON_ALPHANUMERIC);
    let target = format!("/events/kiosk?kiosk={id}");
    let opened = terminal.server.begin((Method::GET, &target), own_language(), Bytes::new());
    let Ok(Ok(answer)) = timeout(LONG_PATIENCE, opened).await else { return };
    if answer.status() != StatusCode::OK {
        return;
    }
    read(terminal, answer).await;
}

async fn read(terminal: &Terminal, answer: Response<Incoming>) {
    let mut body = answer.into_body();
    let mut pending: Vec<u8> = Vec::new();
    while let Ok(Some(Ok(frame))) = timeout(SILENT_AFTER, body.frame()).await {
        let Some(bytes) = frame.data_ref() else { continue };
        pending.extend_from_slice(bytes);
        if pending.len() > LONGEST {
            return;
        }
        while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = pending.drain(..=end).collect();
            let told = line.strip_prefix(b"data: ").map(serde_json::from_slice::<KioskNow>);
            if let Some(Ok(told)) = told {
                // The time comes with each report.
                *write(&terminal.told) = Some(Arc::new(KioskNow { now: 0, ..told }));
                terminal.wake();
            }
        }
        if !terminal.server.is_reached() {
            return;
        }
    }
}
