//! The stream of the page, as the hall's server has it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::stream;
use jiban_app::api::kiosk::KioskNow;
use jiban_domain::{Lang, Refusal, Token};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use super::{Terminal, json, lock};
use crate::languages::in_characters_of;

/// A page gives up a stream after more than two of these without an event.
const BEAT: Duration = Duration::from_secs(10);
/// The shortest time between two snapshots.
const MIN_INTERVAL: Duration = Duration::from_millis(50);

/// A page that listens.
struct Listener {
    terminal: Arc<Terminal>,
    token: Option<Token>,
    lang: Lang,
    changed: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    /// What was sent last, at no time.
    last: Option<KioskNow>,
    beat_at: Instant,
    _shown: Option<Shown>,
}

/// Says that a page shows a ticket, until it is dropped.
struct Shown {
    terminal: Arc<Terminal>,
    token: Token,
}

impl Shown {
    fn new(terminal: Arc<Terminal>, token: Token) -> Self {
        lock(&terminal.shown).entry(token).or_default().pages += 1;
        Self { terminal, token }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let mut shown = lock(&self.terminal.shown);
        if let Some(by) = shown.get_mut(&self.token) {
            by.pages -= 1;
            by.left = self.terminal.clock.steady();
        }
    }
}

/// Opens the stream of the page; with a token, that of a ticket's page.
///
/// # Errors
/// [`Refusal::NeedsServer`] where there is nothing to show yet.
pub(super) fn open(
    terminal: Arc<Terminal>,
    token: Option<Token>,
    lang: Lang,
) -> Result<Response, Refusal> {
    terminal.kiosk_now(token)?;
    let listener = Listener {
        changed: terminal.changed.subscribe(),
        closing: terminal.closing.clone(),
        _shown: token.map(|token| Shown::new(terminal.clone(), token)),
        terminal,
        token,
        lang,
        last: None,
        beat_at: Instant::now(),
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Body::from_stream(events)).into_response())
}

impl Listener {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            self.changed.mark_unchanged();
            let shown = self.terminal.kiosk_now(self.token).ok()?;
            let timeless = KioskNow { now: 0, ..shown.clone() };
            if self.last.as_ref() != Some(&timeless) {
                self.last = Some(timeless);
                self.beat_at = Instant::now() + BEAT;
                return Some(
                    format!("data: {}\n\n", json(&in_characters_of(self.lang, shown)).ok()?).into(),
                );
            }
            if Instant::now() >= self.beat_at {
                self.beat_at = Instant::now() + BEAT;
                return Some(Bytes::from_static(b"event: beat\ndata: -\n\n"));
            }
            tokio::select! {
                () = sleep_until(self.beat_at) => {}
                changed = self.changed.changed() => {
                    changed.ok()?;
                    sleep(MIN_INTERVAL).await;
                }
                () = closed(&mut self.closing) => return None,
            }
        }
    }
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error means that the terminal is gone: that ends the stream too.
    let _ = closing.wait_for(|closing| *closing).await;
}
