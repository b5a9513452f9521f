//! Streams of snapshots. Whoever connects hears the whole at once, and again
//! whenever something in it has changed; a `beat` in between says that the
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

/// The page takes a stream for dead after more than two of these.
const BEAT: Duration = Duration::from_secs(10);
/// Snapshots to one page come no faster than this: a full hall changes faster
/// than a person reads.
const BREATH: Duration = Duration::from_millis(50);

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/events/kiosk", get(kiosk))
        .route("/events/progress", get(progress))
        .route("/events/display", get(display))
        .route("/events/counter", get(at_counter))
        .route("/events/admin", get(director))
        .route("/events/office", get(in_the_office))
}

#[derive(Deserialize)]
struct KioskParams {
    kiosk: KioskId,
    token: Option<String>,
}

async fn kiosk(
    State(app): State<App>,
    QueryParams(KioskParams { kiosk, token }): QueryParams<KioskParams>,
) -> Result<Answer, Rejection> {
    let token = token.and_then(|token| token.parse().ok());
    let hall = {
        let live_state = app.service.live_state();
        let (hall, _) = live_state.setup().setup.kiosk(&kiosk).ok_or(Refusal::UnknownKiosk)?;
        hall.id.clone()
    };
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let made = views::kiosk::kiosk_now(&service, &kiosk, token, now);
        Box::pin(async move { made })
    })
    .await
}

async fn progress(
    State(app): State<App>,
    QueryParams(params): QueryParams<TokenParam>,
) -> Result<Answer, Rejection> {
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
) -> Result<Answer, Rejection> {
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let voice = app.voice;
    let of = hall.clone();
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let made = views::display::display_now(&service.live_state(), &of, voice, now);
        Box::pin(async move { made })
    })
    .await
}

async fn at_counter(State(app): State<App>, jar: CookieJar) -> Result<Answer, Rejection> {
    let (_, counter) = counter::signed_in(&app.service, &jar)?;
    let hall = {
        let live_state = app.service.live_state();
        let (hall, _) =
            live_state.setup().setup.counter(&counter).ok_or(Refusal::UnknownCounter)?;
        hall.id.clone()
    };
    live(&app, Topic::Hall(hall), None, move |service, now| {
        // Looked at each time: the stream ends with the session.
        let made = counter::signed_in(&service, &jar)
            .and_then(|(clerk, id)| views::counter::counter_now(&service, clerk, &id, now));
        Box::pin(async move { made })
    })
    .await
}

async fn director(
    State(app): State<App>,
    jar: CookieJar,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Answer, Rejection> {
    admin::signed_in(&app.service, &jar)?;
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let of = hall.clone();
    live(&app, Topic::Hall(hall), None, move |service, now| {
        let made = admin::signed_in(&service, &jar)
            .and_then(|clerk| views::admin::admin_now(&service, clerk, Some(&of), now));
        Box::pin(async move { made })
    })
    .await
}

async fn in_the_office(State(app): State<App>, jar: CookieJar) -> Result<Answer, Rejection> {
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

type Answer = Sse<std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>>;
type Made<T> = BoxFuture<'static, Result<T, Refusal>>;

struct Live<T, F> {
    service: Arc<HallService>,
    make: F,
    version: watch::Receiver<u64>,
    /// What changes it beside that, also when the rest no longer does.
    own: Option<watch::Receiver<u64>>,
    closing: watch::Receiver<bool>,
    first: Option<T>,
    sent: Option<T>,
}

/// A stream of snapshots of one topic. The first is made before the answer
/// begins, so that a refusal has its status.
async fn live<T, F>(app: &App, topic: Topic, own: Option<Topic>, make: F) -> Result<Answer, Rejection>
where
    T: Snapshot + Clone + 'static,
    F: Fn(Arc<HallService>, Millis) -> Made<T> + Send + Sync + 'static,
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
    F: Fn(Arc<HallService>, Millis) -> Made<T>,
{
    /// The next event; none when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        if self.sent.is_some() {
            tokio::select! {
                () = sleep(BREATH) => {}
                () = closed(&mut self.closing) => return None,
            }
        }
        loop {
            if *self.closing.borrow() {
                return None;
            }
            if let Some(first) = self.first.take() {
                return self.send(first);
            }
            // Phones of visitors who have gone stay open for hours: nothing is
            // looked up for them.
            let over = self.sent.as_ref().is_some_and(Snapshot::is_last);
            let rests = self.sent.as_ref().is_some_and(Snapshot::rests);
            let timed_out = tokio::select! {
                () = sleep(BEAT) => true,
                changed = self.version.changed(), if !rests => match changed {
                    Ok(()) => false,
                    Err(_) => return None,
                },
                () = moved(&mut self.own), if !over => false,
                () = closed(&mut self.closing) => return None,
            };
            if !over {
                let now = self.service.clock.now();
                let made = (self.make)(self.service.clone(), now).await.ok()?;
                if self.sent.as_ref() != Some(&made) {
                    return self.send(made);
                }
            }
            if timed_out {
                return Some(Event::default().event("beat").data("-"));
            }
        }
    }

    fn send(&mut self, made: T) -> Option<Event> {
        let mut said = made.clone();
        self.sent = Some(made);
        said.made_at(self.service.clock.now());
        Event::default().json_data(&said).ok()
    }
}

/// Returns when the stream's own topic has changed; never where it has none.
async fn moved(own: &mut Option<watch::Receiver<u64>>) {
    if let Some(own) = own
        && own.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error is a server that is gone altogether.
    let _ = closing.wait_for(|closing| *closing).await;
}
