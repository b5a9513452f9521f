//! The pages on which somebody books by phone. All of them work without scripts: what is chosen
//! is sent by plain forms, whose request id makes a repeated touch harmless.

use axum::extract::rejection::PathRejection;
use axum::extract::{Form, Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiban_app::api::Refused;
use jiban_app::api::booking::{
    BookedBy, BookingNow, CancelBooking, ConfirmBooking, HoldSlot, MoveBooking,
};
use jiban_app::booking::calendar_entry::calendar_entry;
use jiban_app::booking::choose::{Bookable, Choice, read_chosen};
use jiban_app::booking::form::Typed;
use jiban_app::booking::html;
use jiban_domain::access::Action;
use jiban_domain::booking::{BookingRefusal, BookingState, Offers};
use jiban_domain::{HallId, MatterId, Millis, Refusal, Token, typed};
use serde::Deserialize;
use uuid::Uuid;

use super::App;
use super::client::{self, Client};
use super::pages::{PageContext, refusal_page, unknown_page};
use super::response::status;
use super::routes::Routes;
use crate::zone::{time_in, utc_basic, zone};

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/book/{hall}", Action::ReadOffers, matters)
        .get("/book/{hall}/{matter}", Action::ReadOffers, slots)
        .post("/book/{hall}/{matter}", Action::HoldSlot, hold)
        .get("/b/{token}", Action::FollowBooking, page)
        // The QR code holds its address in capitals.
        .get("/B/{token}", Action::FollowBooking, page)
        .post("/b/{token}", Action::ConfirmBooking, confirm)
        .get("/b/{token}/move", Action::MoveBooking, ask_move)
        .post("/b/{token}/move", Action::MoveBooking, move_it)
        .get("/b/{token}/cancel", Action::CancelBooking, ask_cancel)
        .post("/b/{token}/cancel", Action::CancelBooking, cancel)
        .get("/b/{token}/booking.ics", Action::FollowBooking, ics)
}

/// What the form of slots sends.
#[derive(Deserialize)]
struct Chosen {
    request_id: Uuid,
    slot: String,
}

#[derive(Deserialize)]
struct Confirmed {
    request_id: Uuid,
    #[serde(default)]
    name: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    telephone: String,
}

#[derive(Deserialize)]
struct Repeatable {
    request_id: Uuid,
}

/// The matters of a hall that can be booked.
async fn matters(
    State(app): State<App>,
    page: PageContext,
    hall: Result<Path<HallId>, PathRejection>,
) -> Response {
    let listed = || {
        let Path(id) = hall.map_err(|_| Refusal::UnknownHall)?;
        let live_state = app.service.live_state();
        let hall = live_state.setup().setup.hall(&id).ok_or(Refusal::UnknownHall)?;
        let zone = zone(hall);
        let bookable = hall.matters.iter().filter_map(|matter| {
            let offers = Offers::of(hall, &matter.id, live_state.time(&zone)).ok()?;
            Some(Bookable {
                name: matter.name.get(page.lang).to_owned(),
                line: offers.line.name.get(page.lang).to_owned(),
                address: format!("/book/{id}/{}?lang={}", matter.id, page.lang.tag()),
            })
        });
        let bookable: Vec<_> = bookable.collect();
        if bookable.is_empty() {
            return Err(BookingRefusal::NoBookings.into());
        }
        Ok((hall.name.get(page.lang).to_owned(), bookable))
    };
    match listed() {
        Ok((hall, bookable)) => {
            Html(html::matters(&page.shell, page.lang, hall, bookable)).into_response()
        }
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

type OfMatter = Result<Path<(HallId, MatterId)>, PathRejection>;

async fn slots(State(app): State<App>, page: PageContext, of: OfMatter) -> Response {
    match of {
        Ok(Path((hall, matter))) => slots_page(&app, &page, &hall, &matter, None),
        Err(_) => refusal_page(&page, &Refusal::UnknownMatter),
    }
}

/// The slots of a matter; `refused` is why the last choice was not taken.
fn slots_page(
    app: &App,
    page: &PageContext,
    hall: &HallId,
    matter: &MatterId,
    refused: Option<&Refusal>,
) -> Response {
    let choice = Choice {
        action: format!("/book/{hall}/{matter}?lang={}", page.lang.tag()),
        request_id: Uuid::new_v4().to_string(),
        moved: None,
        refused: refused.map(|refusal| Refused::of(refusal, page.lang).in_a_line(page.lang)),
        matters: format!("/book/{hall}?lang={}", page.lang.tag()),
    };
    match app.service.booking_offers(hall, matter) {
        Ok(offered) => {
            let document = Html(html::slots(&page.shell, page.lang, offered, choice));
            match refused {
                Some(refusal) => (status(refusal), document).into_response(),
                None => document.into_response(),
            }
        }
        Err(refusal) => refusal_page(page, &refusal),
    }
}

/// Holds the slot that was chosen, and leads to its page.
async fn hold(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    of: OfMatter,
    form: Result<Form<Chosen>, axum::extract::rejection::FormRejection>,
) -> Response {
    let Ok(Path((hall, matter))) = of else {
        return refusal_page(&page, &Refusal::UnknownMatter);
    };
    let Some((chosen, day, slot)) = form.ok().and_then(|Form(chosen)| {
        let (day, slot) = read_chosen(&chosen.slot)?;
        Some((chosen.request_id, day, slot))
    }) else {
        return slots_page(&app, &page, &hall, &matter, Some(&not_offered()));
    };
    let command = HoldSlot {
        request_id: chosen,
        hall: hall.clone(),
        matter: matter.clone(),
        day,
        slot,
        lang: page.lang,
        kiosk: None,
    };
    match app.service.hold_slot(command, client).await.and_then(|answer| read(&answer)) {
        Ok(held) => to_page(held.token, &page),
        Err(
            refusal @ Refusal::Booking(BookingRefusal::SlotFull | BookingRefusal::SlotNotOffered),
        ) => slots_page(&app, &page, &hall, &matter, Some(&refusal)),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

fn not_offered() -> Refusal {
    BookingRefusal::SlotNotOffered.into()
}

/// A stored answer as the page shows it.
fn read(answer: &str) -> Result<BookingNow, Refusal> {
    serde_json::from_str(answer).map_err(|error| {
        tracing::error!(%error, "a stored answer could not be read");
        Refusal::Unavailable
    })
}

fn to_page(token: Token, page: &PageContext) -> Response {
    Redirect::to(&format!("/b/{token}?lang={}", page.lang.tag())).into_response()
}

type TokenPath = Result<Path<String>, PathRejection>;

/// The booking of a token; one that nobody has is counted for the client.
fn find(
    app: &App,
    client: crate::limits::ClientAddress,
    token: TokenPath,
) -> Result<BookingNow, Refusal> {
    let unknown = || Refusal::from(BookingRefusal::UnknownBooking);
    let token =
        token.map_err(|_| unknown()).and_then(|Path(token)| token.parse().map_err(|_| unknown()));
    client::known(app, client, token.and_then(|token| app.service.booking(token)))
}

fn refused(page: &PageContext, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Booking(BookingRefusal::UnknownBooking) => unknown_page(page),
        refusal => refusal_page(page, refusal),
    }
}

async fn page(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find(&app, client, token) {
        Ok(booking) => shown(&app, &page, booking, None),
        Err(refusal) => refused(&page, &refusal),
    }
}

/// A booking, or the form of a slot that is held.
fn shown(
    app: &App,
    page: &PageContext,
    booking: BookingNow,
    typed: Option<(Typed, &Refusal)>,
) -> Response {
    let (zone, materials) = {
        let live_state = app.service.live_state();
        let hall = live_state.setup().setup.hall(&booking.hall);
        let matter = hall.and_then(|hall| hall.matter(&booking.matter));
        let materials = matter.map(|matter| &matter.materials[..]).unwrap_or_default();
        let materials = materials.iter().map(|one| one.name.get(page.lang).to_owned()).collect();
        (hall.map(|hall| hall.time_zone.clone()).unwrap_or_default(), materials)
    };
    let held = booking.state == BookingState::Held;
    if let Some(until) = booking.held_until.filter(|until| held && app.service.clock.now() < *until)
    {
        let status = typed.as_ref().map(|(_, refusal)| status(refusal));
        let fresh = || Typed { request_id: Uuid::new_v4().to_string(), ..Typed::default() };
        let typed = typed.map_or_else(fresh, |(typed, _)| typed);
        let held_until = time_in(&zone, until);
        let document = Html(html::form(&page.shell, page.lang, booking, held_until, typed));
        return match status {
            Some(status) => (status, document).into_response(),
            None => document.into_response(),
        };
    }
    // A hold whose time is over, before that is written.
    let state = if held { BookingState::Expired } else { booking.state };
    let at = |at: Millis| time_in(&zone, at);
    let check_in = (at(booking.check_in_from), at(booking.on_time_until));
    let booking = BookingNow { state, ..booking };
    Html(html::booked(&page.shell, page.lang, booking, check_in, materials)).into_response()
}

/// Makes a held slot a booking. What was typed stays where it is not right.
async fn confirm(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Result<Form<Confirmed>, axum::extract::rejection::FormRejection>,
) -> Response {
    let booking = match find(&app, client, token) {
        Ok(booking) => booking,
        Err(refusal) => return refused(&page, &refusal),
    };
    let Ok(Form(form)) = form else { return to_page(booking.token, &page) };
    let by = BookedBy {
        name: typed::visible(&form.name),
        number: typed::visible(&form.number),
        telephone: typed::visible(&form.telephone),
        paper: None,
    };
    let (request_id, token) = (form.request_id, booking.token);
    let command = ConfirmBooking { request_id, token, by: by.clone() };
    match app.service.confirm_booking(command, client).await {
        Ok(_) => to_page(token, &page),
        // In another tab, or by a second touch: the page says what has become of it.
        Err(Refusal::Booking(BookingRefusal::WrongBookingState(_) | BookingRefusal::HoldOver)) => {
            to_page(token, &page)
        }
        Err(refusal @ Refusal::Booking(_)) => {
            let typed = Typed {
                by,
                request_id: Uuid::new_v4().to_string(),
                refused: Some(Refused::of(&refusal, page.lang).in_a_line(page.lang)),
            };
            shown(&app, &page, booking, Some((typed, &refusal)))
        }
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

/// The slots to which a booking can be moved.
async fn ask_move(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find(&app, client, token) {
        Ok(booking) => move_page(&app, &page, &booking, None),
        Err(refusal) => refused(&page, &refusal),
    }
}

fn move_page(
    app: &App,
    page: &PageContext,
    booking: &BookingNow,
    refused: Option<&Refusal>,
) -> Response {
    if booking.state != BookingState::Booked {
        return to_page(booking.token, page);
    }
    let tag = page.lang.tag();
    let address = format!("/b/{}", booking.token);
    let choice = Choice {
        action: format!("{address}/move?lang={tag}"),
        request_id: Uuid::new_v4().to_string(),
        moved: Some((booking.when.get(page.lang).to_owned(), format!("{address}?lang={tag}"))),
        refused: refused.map(|refusal| Refused::of(refusal, page.lang).in_a_line(page.lang)),
        matters: String::new(),
    };
    match app.service.booking_offers(&booking.hall, &booking.matter) {
        Ok(offered) => {
            let document = Html(html::slots(&page.shell, page.lang, offered, choice));
            match refused {
                Some(refusal) => (status(refusal), document).into_response(),
                None => document.into_response(),
            }
        }
        Err(refusal) => refusal_page(page, &refusal),
    }
}

async fn move_it(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Result<Form<Chosen>, axum::extract::rejection::FormRejection>,
) -> Response {
    let booking = match find(&app, client, token) {
        Ok(booking) => booking,
        Err(refusal) => return refused(&page, &refusal),
    };
    let Some((request_id, day, slot)) = form.ok().and_then(|Form(chosen)| {
        let (day, slot) = read_chosen(&chosen.slot)?;
        Some((chosen.request_id, day, slot))
    }) else {
        return move_page(&app, &page, &booking, Some(&not_offered()));
    };
    let command = MoveBooking { request_id, token: booking.token, day, slot };
    match app.service.move_booking(command, client).await {
        Ok(_) => to_page(booking.token, &page),
        Err(Refusal::Booking(BookingRefusal::WrongBookingState(_))) => {
            to_page(booking.token, &page)
        }
        Err(refusal @ Refusal::Booking(_)) => move_page(&app, &page, &booking, Some(&refusal)),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

/// Whether it is meant.
async fn ask_cancel(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find(&app, client, token) {
        Ok(booking) if booking.state == BookingState::Booked => {
            let request_id = Uuid::new_v4().to_string();
            Html(html::cancel(&page.shell, page.lang, booking, request_id)).into_response()
        }
        Ok(booking) => to_page(booking.token, &page),
        Err(refusal) => refused(&page, &refusal),
    }
}

async fn cancel(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    form: Result<Form<Repeatable>, axum::extract::rejection::FormRejection>,
) -> Response {
    let booking = match find(&app, client, token) {
        Ok(booking) => booking,
        Err(refusal) => return refused(&page, &refusal),
    };
    let token = booking.token;
    // The form of a held slot has a request id of its own, which was for confirming.
    let request_id = match form {
        Ok(Form(form)) if booking.state == BookingState::Booked => form.request_id,
        _ => Uuid::new_v4(),
    };
    let command = CancelBooking { request_id, token };
    match app.service.cancel_booking(command).await {
        Ok(_) | Err(Refusal::Booking(_)) => to_page(token, &page),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

/// The booking for a calendar.
async fn ics(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
) -> Response {
    match find(&app, client, token) {
        Ok(booking) if booking.state == BookingState::Booked => {
            let made = utc_basic(app.service.clock.now());
            let (begins, ends) = (utc_basic(booking.begins_at), utc_basic(booking.ends_at));
            let entry = calendar_entry(&booking, page.lang, &made, (&begins, &ends));
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"booking.ics\""),
            ];
            (headers, entry).into_response()
        }
        Ok(booking) => to_page(booking.token, &page),
        Err(refusal) => refused(&page, &refusal),
    }
}
