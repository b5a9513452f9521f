//! The calls about bookings: of phones and kiosks, and of counters.

use axum::Json;
use axum::extract::State;
use jiban_app::api::Call;
use jiban_app::api::booking::{
    BookAtCounter, BookedBy, BookingNow, BookingsToday, CancelAtCounter, CancelBooking, CheckIn,
    CheckInAtCounter, ConfirmBooking, HoldSlot, MoveBooking, Offered, RevealBooking,
};
use jiban_domain::access::Action;
use jiban_domain::booking::BookingRefusal;
use jiban_domain::{HallId, MatterId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::{self, Client};
use super::extract::{JsonBody, QueryParams, TokenParam};
use super::response::{Rejection, StoredAnswer};
use super::routes::{CounterSession, Routes};
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/api/booking/offers", Action::ReadOffers, offers)
        .get("/api/booking/booking", Action::FollowBooking, booking)
        .post(HoldSlot::PATH, Action::HoldSlot, hold)
        .post(ConfirmBooking::PATH, Action::ConfirmBooking, confirm)
        .post(MoveBooking::PATH, Action::MoveBooking, move_it)
        .post(CancelBooking::PATH, Action::CancelBooking, cancel)
        .post(CheckIn::PATH, Action::CheckIn, check_in)
        .get("/api/counter/bookings", Action::ListBookings, today)
        .post(BookAtCounter::PATH, Action::BookAtCounter, book_at_counter)
        .post(CheckInAtCounter::PATH, Action::CheckInAtCounter, check_in_at_counter)
        .post(CancelAtCounter::PATH, Action::CancelAtCounter, cancel_at_counter)
        .post(RevealBooking::PATH, Action::RevealBooking, reveal)
}

#[derive(Deserialize)]
struct OffersParams {
    hall: HallId,
    matter: MatterId,
}

async fn offers(
    State(app): State<App>,
    QueryParams(OffersParams { hall, matter }): QueryParams<OffersParams>,
) -> Result<Json<Offered>, Rejection> {
    Ok(Json(app.service.booking_offers(&hall, &matter)?))
}

async fn booking(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(params): QueryParams<TokenParam>,
) -> Result<Json<BookingNow>, Rejection> {
    let found = match params.token() {
        Ok(token) => app.service.booking(token),
        Err(_) => Err(BookingRefusal::UnknownBooking.into()),
    };
    Ok(Json(client::known(&app, client, found)?))
}

async fn hold(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<HoldSlot>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.hold_slot(command, client).await?))
}

async fn confirm(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<ConfirmBooking>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.confirm_booking(command, client).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn move_it(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<MoveBooking>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.move_booking(command, client).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn cancel(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<CancelBooking>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.cancel_booking(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn check_in(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<CheckIn>,
) -> Result<StoredAnswer, Rejection> {
    let by_token = command.token.is_some();
    let done = app.service.check_in(command, client).await;
    // What is typed has a budget of its own.
    let done = if by_token { client::known(&app, client, done) } else { done };
    Ok(StoredAnswer(done?))
}

async fn today(
    State(app): State<App>,
    CounterSession(me): CounterSession,
) -> Result<Json<BookingsToday>, Rejection> {
    Ok(Json(views::bookings::today(&app.service, &me)?))
}

async fn book_at_counter(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<BookAtCounter>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.book_at_counter(me, command).await?))
}

async fn check_in_at_counter(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    Client(client): Client,
    JsonBody(command): JsonBody<CheckInAtCounter>,
) -> Result<StoredAnswer, Rejection> {
    let by_token = command.token.is_some();
    let done = app.service.check_in_at_counter(me, command, client).await;
    let done = if by_token { client::known(&app, client, done) } else { done };
    Ok(StoredAnswer(done?))
}

async fn cancel_at_counter(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<CancelAtCounter>,
) -> Result<StoredAnswer, Rejection> {
    Ok(StoredAnswer(app.service.cancel_at_counter(me, command).await?))
}

async fn reveal(
    State(app): State<App>,
    CounterSession(me): CounterSession,
    JsonBody(command): JsonBody<RevealBooking>,
) -> Result<Json<BookedBy>, Rejection> {
    Ok(Json(app.service.reveal_booking(me, command).await?))
}

impl From<BookingRefusal> for Rejection {
    fn from(refusal: BookingRefusal) -> Self {
        Self(Refusal::from(refusal))
    }
}
