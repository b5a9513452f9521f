//! Streams of snapshots. A client gets the whole snapshot when it connects, and
//! again whenever something in it has changed. A `beat` in between shows that the
//! stream is alive.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use futures::Stream;
use futures::future::BoxFuture;
use futures::stream;
use jiban_domain::{HallId, KioskId, Millis, Refusal};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::sleep;

use super::App;
use super::extract::{QueryParams, TokenParam};
use super::response::Rejection;
use super::{admin, counter, office};
use crate::service::{HallService, Topic};
use crate::views::{self, Snapshot};

/// A page gives up a stream after more than two of these without an event.
const BEAT: Duration = Duration::from_secs(10);
/// The shortest time between two snapshots to one page: a full hall changes faster
/// than a person can read.
const MIN_INTERVAL: Duration = Duration::from_millis(50);

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/events/kiosk", get(kiosk))
        .route("/events/progress", get(progress))
        .route("/events/display", get(display))
        .route("/events/counter", get(at_counter))
        .route("/events/admin", get(director))
        .route("/events/office", get(office_page))
}

#[derive(Deserialize)]
struct KioskParams {
    kiosk: KioskId,
    token: Option<String>,
}

async fn kiosk(
    State(app): State<App>,
    QueryParams(KioskParams { kiosk, token }): QueryParams<KioskParams>,
) -> Result<EventStream, Rejection> {
    let token = token.and_then(|token| token.parse().ok());
    let hall = {
        let live_state = app.service.live_state();
        let (hall, _) = live_state.setup().setup.kiosk(&kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let snapshot = views::kiosk::kiosk_now(&service, &kiosk, token, now);
        Box::pin(async move { snapshot })
    })
    .await
}

async fn progress(
    State(app): State<App>,
    QueryParams(params): QueryParams<TokenParam>,
) -> Result<EventStream, Rejection> {
    let token = params.token()?;
    let (hall, ticket) = views::progress::place_of(&app.service, token).await?;
    let own = ticket.map(Topic::CasesOf);
    live(&app, Topic::Hall(hall), own, move |service, _| {
        Box::pin(async move { views::progress::progress(&service, token).await })
    })
    .await
}

#[derive(Deserialize)]
struct HallParams {
    hall: Option<HallId>,
}

async fn display(
    State(app): State<App>,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<EventStream, Rejection> {
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let voice = app.voice;
    let of = hall.clone();
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let snapshot = views::display::display_now(&service.live_state(), &of, voice, now);
        Box::pin(async move { snapshot })
    })
    .await
}

async fn at_counter(State(app): State<App>, jar: CookieJar) -> Result<EventStream, Rejection> {
    let (_, counter) = counter::signed_in(&app.service, &jar)?;
    let hall = {
        let live_state = app.service.live_state();
        let (hall, _) =
            live_state.setup().setup.counter(&counter).ok_or(Refusal::UnknownCounter)?;
        hall.id.clone()
    };
    live(&app, Topic::Hall(hall), None, move |service, now| {
        // Checked each time: the stream ends with the session.
        let snapshot = counter::signed_in(&service, &jar)
            .and_then(|(clerk, id)| views::counter::counter_now(&service, clerk, &id, now));
        Box::pin(async move { snapshot })
    })
    .await
}

async fn director(
    State(app): State<App>,
    jar: CookieJar,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<EventStream, Rejection> {
    admin::signed_in(&app.service, &jar)?;
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let of = hall.clone();
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let snapshot = admin::signed_in(&service, &jar)
            .and_then(|clerk| views::admin::admin_now(&service, clerk, Some(&of), now));
        Box::pin(async move { snapshot })
    })
    .await
}

async fn office_page(State(app): State<App>, jar: CookieJar) -> Result<EventStream, Rejection> {
    office::signed_in(&app.service, &jar)?;
    live(&app, Topic::Office, None, move |service, _| {
        let who = office::signed_in(&service, &jar);
        Box::pin(async move {
            let (me, clerk) = who?;
            views::office::office_now(&service, &me, clerk).await
        })
    })
    .await
}

type EventStream = Sse<std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>>;
type SnapshotFuture<T> = BoxFuture<'static, Result<T, Refusal>>;

struct Live<T, F> {
    service: Arc<HallService>,
    make: F,
    version: watch::Receiver<u64>,
    /// A second topic that changes the snapshot, and still does so when the first
    /// no longer can.
    own: Option<watch::Receiver<u64>>,
    closing: watch::Receiver<bool>,
    first: Option<T>,
    sent: Option<T>,
}

/// A stream of snapshots of one topic. The first snapshot is made before the answer
/// begins, so that a refusal is answered with its own status.
async fn live<T, F>(
    app: &App,
    topic: Topic,
    own: Option<Topic>,
    make: F,
) -> Result<EventStream, Rejection>
where
    T: Snapshot + Clone + 'static,
    F: Fn(Arc<HallService>, Millis) -> SnapshotFuture<T> + Send + Sync + 'static,
{
    let service = app.service.clone();
    let mut version = service.changed.watch(topic);
    version.mark_unchanged();
    let own = own.map(|topic| {
        let mut own = service.changed.watch(topic);
        own.mark_unchanged();
        own
    });
    let first = Some(make(service.clone(), service.clock.now()).await?);
    let closing = app.closing.clone();
    let live = Live { service, make, version, own, closing, first, sent: None };
    let events = stream::unfold(live, |mut live| async move {
        let event = live.next().await?;
        Some((Ok(event), live))
    });
    Ok(Sse::new(Box::pin(events)))
}

impl<T, F> Live<T, F>
where
    T: Snapshot + Clone,
    F: Fn(Arc<HallService>, Millis) -> SnapshotFuture<T>,
{
    /// The next event, or `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        if self.sent.is_some() {
            tokio::select! {
                () = sleep(MIN_INTERVAL) => {}
                () = server_closing(&mut self.closing) => return None,
            }
        }
        loop {
            if *self.closing.borrow() {
                return None;
            }
            if let Some(first) = self.first.take() {
                return self.send(first);
            }
            // Phones of visitors who have left stay connected for hours: nothing is
            // queried for them.
            let is_last = self.sent.as_ref().is_some_and(Snapshot::is_last);
            let at_rest = self.sent.as_ref().is_some_and(Snapshot::rests);
            let timed_out = tokio::select! {
                () = sleep(BEAT) => true,
                changed = self.version.changed(), if !at_rest => match changed {
                    Ok(()) => false,
                    Err(_) => return None,
                },
                () = own_changed(&mut self.own), if !is_last => false,
                () = server_closing(&mut self.closing) => return None,
            };
            if !is_last {
                let now = self.service.clock.now();
                let snapshot = (self.make)(self.service.clone(), now).await.ok()?;
                if self.sent.as_ref() != Some(&snapshot) {
                    return self.send(snapshot);
                }
            }
            if timed_out {
                return Some(Event::default().event("beat").data("-"));
            }
        }
    }

    fn send(&mut self, snapshot: T) -> Option<Event> {
        let mut stamped = snapshot.clone();
        self.sent = Some(snapshot);
        stamped.made_at(self.service.clock.now());
        Event::default().json_data(&stamped).ok()
    }
}

/// Returns when the stream's own topic has changed; never, if it has none.
async fn own_changed(own: &mut Option<watch::Receiver<u64>>) {
    if let Some(own) = own
        && own.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

async fn server_closing(closing: &mut watch::Receiver<bool>) {
    // An error means that the server is gone: that ends the stream too.
    let _ = closing.wait_for(|closing| *closing).await;
}
