//! Streams of snapshots. A client gets the whole snapshot when it connects, and
//! again whenever something in it has changed. A `beat` in between shows that the
//! stream is alive. [`snapshots`] makes each snapshot once for all its listeners; [`seats`] are
//! the places for them.

pub mod seats;
pub mod snapshots;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use futures::stream;
use jiban_app::api::display::DisplayNow;
use jiban_domain::access::Action;
use jiban_domain::{HallId, KioskId, Lang, Millis, Refusal};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::App;
use super::client::{self, Client};
use super::extract::{QueryParams, TokenParam};
use super::response::Rejection;
use super::routes::{Routes, SignedInCaller};
use super::{admin, counter, kiosk_guard, office};
use crate::languages::in_characters_of;
use crate::limits::ClientAddress;
use crate::service::{HallService, Topic};
use crate::views::{self, Snapshot};
use seats::{Audience, Seat};
use snapshots::{Key, Published, Recipe, SnapshotFuture};

/// A page gives up a stream after more than two of these without an event.
const BEAT: Duration = Duration::from_secs(10);
/// The shortest time between two snapshots to one page: a full hall changes faster
/// than a person can read.
const MIN_INTERVAL: Duration = Duration::from_millis(50);

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/events/kiosk", Action::WatchKiosk, kiosk)
        .get("/events/progress", Action::FollowProgress, progress)
        .get("/events/display", Action::WatchDisplay, display)
        .get("/events/counter", Action::WatchCounter, at_counter)
        .get("/events/admin", Action::WatchHall, director)
        .get("/events/tickets", Action::WatchTickets, tickets)
        .get("/events/terminals", Action::WatchTerminals, terminals)
        .get("/events/office", Action::WatchOffice, office_page)
}

/// The key of a snapshot that depends on these values.
fn key(page: &'static str, of: &impl Serialize) -> Key {
    // These values contain nothing that JSON cannot represent.
    (page, serde_json::to_string(of).unwrap_or_default())
}

#[derive(Deserialize)]
struct KioskParams {
    kiosk: KioskId,
    token: Option<String>,
    /// In whose characters its names are.
    #[serde(default)]
    lang: Lang,
}

async fn kiosk(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    QueryParams(KioskParams { kiosk, token, lang }): QueryParams<KioskParams>,
) -> Result<Response, Rejection> {
    let token = token.and_then(|token| token.parse().ok());
    let (hall, ticket) = {
        let live_state = app.service.live_state();
        let (hall, _) = live_state.setup().setup.kiosk(&kiosk).ok_or(Refusal::UnknownKiosk)?;
        // Made-up tokens are no reason to make a snapshot for each.
        let ticket = token.and_then(|token| {
            let standing = live_state.by_token(token).map(|standing| standing.ticket.id);
            let printed = || live_state.jobs().find(|job| job.token == token);
            standing.or_else(|| printed().map(|job| job.ticket))
        });
        (hall.id.clone(), ticket)
    };
    if let Some(token) = token.filter(|_| ticket.is_none()) {
        match views::progress::place_of(&app.service, token).await {
            // The page shows the hall all the same.
            Err(Refusal::UnknownTicket) => app.service.unknown_token(client)?,
            other => drop(other?),
        }
    }
    let token = token.filter(|_| ticket.is_some());
    // Beside a ticket's slips the page has a stream of the kiosk itself. So this one is
    // made again for its slips alone, and for the rest with each beat.
    let topic = ticket.map_or(Topic::Hall(hall), Topic::SlipsOf);
    // Most languages have the same names, by which the page chooses.
    let lang = if lang.is_traditional() { lang } else { Lang::Zh };
    let key = key("kiosk", &(&kiosk, token, lang));
    // The stream ends when its terminal is revoked, or the kiosk begins to ask for a key.
    let check = {
        let (kiosk, secret) = (kiosk.clone(), kiosk_guard::key(&headers).map(str::to_owned));
        move |service: &HallService| service.admit_kiosk(&kiosk, secret.as_deref()).is_ok()
    };
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let snapshot = views::kiosk::kiosk_now(&service, &kiosk, token, now);
        Box::pin(async move { snapshot.map(|now| in_characters_of(lang, now)) })
    };
    let who = Listening { audience: Audience::Machine, client, check: Box::new(check) };
    live(&app, key, Recipe { topic, own: None, make }, who).await
}

/// A phone's page fetches itself again; it needs to hear only that it is old.
#[derive(Deserialize)]
struct BriefParam {
    #[serde(default)]
    brief: bool,
}

async fn progress(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<TokenParam>,
    QueryParams(BriefParam { brief }): QueryParams<BriefParam>,
) -> Result<Response, Rejection> {
    let token = client::known(&app, client, params.token())?;
    let place = views::progress::place_of(&app.service, token).await;
    let (hall, ticket) = client::known(&app, client, place)?;
    let (topic, own) = (Topic::Hall(hall), ticket.map(Topic::CasesOf));
    let who = Listening { audience: Audience::Phone, client, check: anyone() };
    if brief {
        let make = move |service: Arc<HallService>, _| -> SnapshotFuture<_> {
            Box::pin(async move {
                let progress = views::progress::progress(&service, token).await?;
                Ok(views::progress::Edition::of(&progress))
            })
        };
        let recipe = Recipe { topic, own, make };
        return live(&app, key("edition", &token), recipe, who).await;
    }
    let make = move |service: Arc<HallService>, _| -> SnapshotFuture<_> {
        Box::pin(async move { views::progress::progress(&service, token).await })
    };
    live(&app, key("progress", &token), Recipe { topic, own, make }, who).await
}

#[derive(Deserialize)]
struct HallParams {
    hall: Option<HallId>,
}

async fn display(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Response, Rejection> {
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let voice = app.voice;
    let (topic, key) = (Topic::Hall(hall.clone()), key("display", &hall));
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let snapshot = views::display::display_now(&service.live_state(), &hall, voice, now)
            .map(|shown| DisplayNow { time_unknown: service.clock.is_unknown(), ..shown });
        Box::pin(async move { snapshot })
    };
    let who = Listening { audience: Audience::Machine, client, check: anyone() };
    live(&app, key, Recipe { topic, own: None, make }, who).await
}

async fn at_counter(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
) -> Result<Response, Rejection> {
    let (clerk, counter) = counter::signed_in(&app.service, &jar)?;
    let hall = {
        let live_state = app.service.live_state();
        let (hall, _) =
            live_state.setup().setup.counter(&counter).ok_or(Refusal::UnknownCounter)?;
        hall.id.clone()
    };
    let key = key("counter", &(&clerk, &counter));
    // The stream ends with the session, and when the clerk is another or changed.
    let check = {
        let (clerk, counter) = (clerk.clone(), counter.clone());
        move |service: &HallService| {
            counter::signed_in(service, &jar)
                .is_ok_and(|now| now == (clerk.clone(), counter.clone()))
        }
    };
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let snapshot = views::counter::counter_now(&service, clerk.clone(), &counter, now);
        Box::pin(async move { snapshot })
    };
    let who = Listening { audience: Audience::Staff, client, check: Box::new(check) };
    live(&app, key, Recipe { topic: Topic::Hall(hall), own: None, make }, who).await
}

async fn director(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Response, Rejection> {
    let clerk = admin::signed_in(&app.service, &jar)?;
    let hall = views::hall::meant(&app.service.live_state(), hall.as_ref())?.id.clone();
    let (topic, key) = (Topic::Hall(hall.clone()), key("admin", &(&clerk, &hall)));
    let check = {
        let clerk = clerk.clone();
        move |service: &HallService| admin::signed_in(service, &jar).is_ok_and(|now| now == clerk)
    };
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let snapshot = views::admin::admin_now(&service, clerk.clone(), Some(&hall), now);
        Box::pin(async move { snapshot })
    };
    let who = Listening { audience: Audience::Staff, client, check: Box::new(check) };
    live(&app, key, Recipe { topic, own: None, make }, who).await
}

async fn tickets(
    State(app): State<App>,
    Client(client): Client,
    SignedInCaller(me): SignedInCaller,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Response, Rejection> {
    let hall = views::tickets::meant(&app.service, &me, hall.as_ref())?;
    let (topic, key) = (Topic::Hall(hall.clone()), key("tickets", &(&me.clerk, &hall)));
    let check = {
        let (me, hall) = (me.clone(), hall.clone());
        move |service: &HallService| views::tickets::meant(service, &me, Some(&hall)).is_ok()
    };
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let snapshot = views::tickets::tickets_now(&service, &me, &hall, now);
        Box::pin(async move { snapshot })
    };
    let who = Listening { audience: Audience::Staff, client, check: Box::new(check) };
    live(&app, key, Recipe { topic, own: None, make }, who).await
}

async fn terminals(
    State(app): State<App>,
    Client(client): Client,
    SignedInCaller(me): SignedInCaller,
    QueryParams(HallParams { hall }): QueryParams<HallParams>,
) -> Result<Response, Rejection> {
    let hall = views::tickets::meant(&app.service, &me, hall.as_ref())?;
    // What may be done depends on where they are signed in.
    let key = key("terminals", &(&me.clerk, format!("{:?}", me.place), &hall));
    let check = {
        let (me, hall) = (me.clone(), hall.clone());
        move |service: &HallService| views::tickets::meant(service, &me, Some(&hall)).is_ok()
    };
    let page = app.assets.kiosk.script.rsplit('/').next().map(str::to_owned);
    let make = move |service: Arc<HallService>, now| -> SnapshotFuture<_> {
        let (me, hall, page) = (me.clone(), hall.clone(), page.clone());
        Box::pin(
            async move { views::terminals::terminals_now(&service, &me, &hall, page, now).await },
        )
    };
    let who = Listening { audience: Audience::Staff, client, check: Box::new(check) };
    live(&app, key, Recipe { topic: Topic::Terminals, own: None, make }, who).await
}

async fn office_page(
    State(app): State<App>,
    Client(client): Client,
    jar: CookieJar,
) -> Result<Response, Rejection> {
    let (me, clerk) = office::signed_in(&app.service, &jar)?;
    let key = key("office", &me);
    let check = {
        let me = me.clone();
        move |service: &HallService| {
            office::signed_in(service, &jar).is_ok_and(|(now, _)| now == me)
        }
    };
    let make = move |service: Arc<HallService>, _| -> SnapshotFuture<_> {
        let (me, clerk) = (me.clone(), clerk.clone());
        Box::pin(async move { views::office::office_now(&service, &me, clerk).await })
    };
    let who = Listening { audience: Audience::Staff, client, check: Box::new(check) };
    live(&app, key, Recipe { topic: Topic::Office, own: None, make }, who).await
}

/// Whether a listener may still listen; asked before every event.
type Check = Box<dyn Fn(&HallService) -> bool + Send + Sync>;

/// Whoever may open the stream may listen to its end.
fn anyone() -> Check {
    Box::new(|_| true)
}

/// Who opens a stream.
struct Listening {
    audience: Audience,
    client: ClientAddress,
    check: Check,
}

/// A stream of a shared snapshot. The first one is made before the answer begins, so
/// that a refusal is answered with its own status.
async fn live<T, F>(
    app: &App,
    key: Key,
    recipe: Recipe<F>,
    who: Listening,
) -> Result<Response, Rejection>
where
    T: Snapshot + Clone + 'static,
    F: Fn(Arc<HallService>, Millis) -> SnapshotFuture<T> + Send + Sync + 'static,
{
    let seat = app.seats.take(who.audience, who.client, &key)?;
    let published = app.snapshots.join(&app.service, &app.closing, key, recipe).await?;
    let listener = Listener {
        service: app.service.clone(),
        published,
        check: who.check,
        seat,
        seen: 0,
        beat_at: Instant::now(),
        closing: app.closing.clone(),
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Body::from_stream(events)).into_response())
}

/// One who listens to a shared snapshot.
struct Listener {
    service: Arc<HallService>,
    published: watch::Receiver<Published>,
    check: Check,
    seat: Seat,
    /// The edition sent last.
    seen: u64,
    /// When a beat is due, if nothing is sent before.
    beat_at: Instant,
    closing: watch::Receiver<bool>,
}

impl Listener {
    /// The next event, or `None` at the end of the stream.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if *self.closing.borrow() || !(self.check)(&self.service) {
                return None;
            }
            let Published { edition, event, .. } = self.published.borrow_and_update().clone();
            if edition != self.seen {
                self.seen = edition;
                self.beat_at = Instant::now() + BEAT;
                return event.ok();
            }
            if Instant::now() >= self.beat_at {
                self.beat_at = Instant::now() + BEAT;
                return Some(Bytes::from_static(b"event: beat\ndata: -\n\n"));
            }
            tokio::select! {
                () = sleep_until(self.beat_at) => {}
                changed = self.published.changed() => changed.ok()?,
                () = self.seat.ended() => return None,
                () = server_closing(&mut self.closing) => return None,
            }
        }
    }
}

async fn server_closing(closing: &mut watch::Receiver<bool>) {
    // An error means that the server is gone: that ends the stream too.
    let _ = closing.wait_for(|closing| *closing).await;
}
