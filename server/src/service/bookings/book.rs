//! A booking from the hold to its end.

use std::sync::Arc;

use jiban_app::api::Call;
use jiban_app::api::booking::{
    BookedBy, CancelBooking, ConfirmBooking, HoldSlot, MoveBooking, Offered,
};
use jiban_domain::booking::{
    Booking, BookingId, BookingRefusal, BookingState, Concern, New, Offers,
};
use jiban_domain::day::Clock24;
use jiban_domain::event::HallEvent;
use jiban_domain::schedule::day_in_words;
use jiban_domain::setup::Hall;
use jiban_domain::{HallId, Lang, MatterId, Millis, Refusal, Token};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{by_token, not_come, put, rules_of, shown};
use crate::change::{self, BookingRow};
use crate::limits::ClientAddress;
use crate::service::unit_of_work::{self, UnitOfWork};
use crate::service::{Addresses, HallService, answer, digest, secret};
use crate::zone::{day, zone};

impl HallService {
    /// What can be booked of a matter.
    ///
    /// # Errors
    /// An unknown hall or matter; one that takes no bookings.
    pub fn booking_offers(&self, hall: &HallId, matter: &MatterId) -> Result<Offered, Refusal> {
        let live_state = self.live_state();
        let hall = live_state.setup().setup.hall(hall).ok_or(Refusal::UnknownHall)?;
        let (zone, now) = (zone(hall), self.clock.now());
        let offers = Offers::of(hall, matter, live_state.time(&zone))?;
        let line = (&hall.id, &offers.line.id);
        let taken = |day, slot| live_state.bookings().taken(line, day, slot, now);
        Ok(Offered {
            hall: hall.id.clone(),
            hall_name: hall.name.clone(),
            matter: matter.clone(),
            matter_name: offers.matter.name.clone(),
            time_zone: hall.time_zone.clone(),
            days: offers.offered(now, taken),
        })
    }

    /// Holds a slot; the answer is a [`jiban_app::api::booking::BookingNow`].
    ///
    /// # Errors
    /// A slot that is full or not offered; too many holds from there.
    pub async fn hold_slot(&self, q: HoldSlot, client: ClientAddress) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<HoldSlot>(&q));
        self.booking_bounds.hold(client, q.request_id, self.clock.steady())?;
        let (token, codes, addresses) = (secret::token(), secret::codes(), self.addresses.clone());
        let id = q.request_id;
        let held = self
            .execute(Some(request), move |work| {
                let by = match &q.kiosk {
                    Some(kiosk) => {
                        unit_of_work::kiosk(&work.setup().setup, kiosk)?;
                        kiosk.to_string()
                    }
                    None => String::new(),
                };
                let wish = Wish { hall: &q.hall, matter: &q.matter, day: &q.day, slot: q.slot };
                let booking = hold(work, &wish, (token, &codes), (&by, q.lang))?;
                put(work, BookingRow { booking, person: None }, HallEvent::BookingHeld, &by);
                answer_of(work, token, &addresses)
            })
            .await;
        if held.is_err() {
            self.booking_bounds.no_hold(client, id);
        }
        held
    }

    /// Makes a held slot a booking.
    ///
    /// # Errors
    /// The person is not valid or has one already; the hold is over.
    pub async fn confirm_booking(
        &self,
        q: ConfirmBooking,
        client: ClientAddress,
    ) -> Result<Arc<str>, Refusal> {
        let ConfirmBooking { request_id, token, by } = q;
        let by_phone = by_token(&self.live_state(), token)?.booking.by.is_empty();
        let person = self.sealed(token, &by, (by_phone, self.clock.now()))?;
        let request = (request_id, self.personal_digest::<ConfirmBooking>(token, &by));
        self.booking_bounds.book(client, request_id, self.clock.steady())?;
        let addresses = self.addresses.clone();
        let booked = self
            .execute(Some(request), move |work| {
                let row = by_token(work.live_state(), token)?;
                let by = row.booking.by.clone();
                let booking = row.booking.clone();
                require_free(work, &booking, &person)?;
                let booking = booking.confirm(work.now())?;
                let row = BookingRow { booking, person: Some(person.clone()) };
                put(work, row, HallEvent::BookingMade, &by);
                answer_of(work, token, &addresses)
            })
            .await;
        if booked.is_err() {
            self.booking_bounds.no_booking(client, request_id);
        }
        booked
    }

    /// Moves a booking to another slot.
    ///
    /// # Errors
    /// A slot that is full or not offered; a booking that cannot be moved any more.
    pub async fn move_booking(
        &self,
        q: MoveBooking,
        client: ClientAddress,
    ) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<MoveBooking>(&q));
        // Each takes a slot from others for a while.
        self.booking_bounds.hold(client, q.request_id, self.clock.steady())?;
        let addresses = self.addresses.clone();
        self.execute(Some(request), move |work| {
            let row = by_token(work.live_state(), q.token)?.clone();
            let moved = moved(work, &row.booking, &q.day, q.slot)?;
            if let Some(person) = &row.person {
                require_free(work, &moved, person)?;
            }
            let row = BookingRow { booking: moved, person: row.person };
            put(work, row, HallEvent::BookingMoved, "");
            answer_of(work, q.token, &addresses)
        })
        .await
    }

    /// Gives a booking up.
    ///
    /// # Errors
    /// It is over, or has become a ticket.
    pub async fn cancel_booking(&self, q: CancelBooking) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<CancelBooking>(&q));
        let addresses = self.addresses.clone();
        self.execute(Some(request), move |work| {
            let row = by_token(work.live_state(), q.token)?.clone();
            cancel(work, row, "")?;
            answer_of(work, q.token, &addresses)
        })
        .await
    }

    /// The digest of a request with personal data.
    pub(super) fn personal_digest<C: Call>(
        &self,
        token: impl serde::Serialize,
        by: &BookedBy,
    ) -> [u8; 32] {
        let content = serde_json::to_vec(&(C::PATH, token, by)).unwrap_or_default();
        self.vault.digest(&content)
    }
}

/// What somebody wants to book.
pub(super) struct Wish<'a> {
    pub hall: &'a HallId,
    pub matter: &'a MatterId,
    pub day: &'a str,
    pub slot: Clock24,
}

/// Takes the places of a slot.
pub(super) fn hold(
    work: &mut UnitOfWork<'_>,
    wish: &Wish<'_>,
    (token, codes): (Token, &[String]),
    (by, lang): (&str, Lang),
) -> Result<Booking, Refusal> {
    work.require_date()?;
    let setup = work.setup();
    let hall = setup.setup.hall(wish.hall).ok_or(Refusal::UnknownHall)?;
    let (zone, now) = (zone(hall), work.now());
    let day = parse(wish.day)?;
    let id = work.booking_id();
    let live_state = work.live_state();
    let offers = Offers::of(hall, wish.matter, live_state.time(&zone))?;
    let line = (&hall.id, &offers.line.id);
    let taken = |day, slot| live_state.bookings().taken(line, day, slot, now);
    let taken = offers.take(now, day, wish.slot, taken)?;
    let unused = |code: &&String| live_state.bookings().by_code(&hall.id, code).is_none();
    let code = codes.iter().find(unused).ok_or(Refusal::Unavailable)?;
    let new = New { id, token, code: code.clone(), by: by.to_owned(), lang };
    Ok(Booking::hold(new, &offers, taken, now))
}

fn moved(
    work: &UnitOfWork<'_>,
    booking: &Booking,
    to_day: &str,
    slot: Clock24,
) -> Result<Booking, Refusal> {
    work.require_date()?;
    let setup = work.setup();
    let hall = setup.setup.hall(&booking.hall).ok_or(Refusal::UnknownHall)?;
    let (zone, now, live_state) = (zone(hall), work.now(), work.live_state());
    let day = parse(to_day)?;
    let offers = Offers::of(hall, &booking.matter, live_state.time(&zone))?;
    // Nothing is moved onto itself.
    if (booking.day(), booking.slot()) == (day, slot) {
        return Err(BookingRefusal::SlotNotOffered.into());
    }
    let line = (&hall.id, &offers.line.id);
    let taken = |day, slot| live_state.bookings().taken(line, day, slot, now);
    let taken = offers.take(now, day, slot, taken)?;
    let line = offers.line.id.clone();
    Ok(Booking { line, ..booking.clone().move_to(taken, offers.rules, now)? })
}

/// Gives a booking up.
pub(super) fn cancel(work: &mut UnitOfWork<'_>, row: BookingRow, by: &str) -> Result<(), Refusal> {
    let setup = work.setup();
    let rules = rules_of(setup.setup.hall(&row.booking.hall));
    let booking = row.booking.cancel(&rules, work.now())?;
    put(work, BookingRow { booking, person: row.person }, HallEvent::BookingCancelled, by);
    Ok(())
}

/// Refuses a second booking of a person for a matter and a day, one that cannot be kept, and
/// whoever may not book for a while.
pub(super) fn require_free(
    work: &UnitOfWork<'_>,
    booking: &Booking,
    person: &change::BookedBy,
) -> Result<(), Refusal> {
    let (setup, live_state) = (work.setup(), work.live_state());
    let same = |other: &Booking| {
        other.id != booking.id
            && (&other.hall, &other.matter, other.day())
                == (&booking.hall, &booking.matter, booking.day())
            && matches!(other.state, BookingState::Booked | BookingState::CheckedIn)
    };
    if live_state.bookings().of_number(&person.number_key).any(|row| same(&row.booking)) {
        return Err(BookingRefusal::AlreadyBooked.into());
    }
    let hall = setup.setup.hall(&booking.hall).ok_or(Refusal::UnknownHall)?;
    let zone = zone(hall);
    if let Some(concern) = Concern::of(booking, &setup.setup, live_state.time(&zone)) {
        return Err(BookingRefusal::CannotBeKept(concern.name()).into());
    }
    require_not_barred(work, hall, person, work.now())
}

fn require_not_barred(
    work: &UnitOfWork<'_>,
    hall: &Hall,
    person: &change::BookedBy,
    now: Millis,
) -> Result<(), Refusal> {
    let rules = rules_of(Some(hall));
    let live_state = work.live_state();
    let often = not_come(live_state, &hall.id, &person.number_key) >= rules.told_after;
    if rules.barred_days == 0 || rules.told_after == 0 || !often {
        return Ok(());
    }
    let last = live_state
        .bookings()
        .of_number(&person.number_key)
        .filter(|row| row.booking.hall == hall.id && row.booking.state == BookingState::NotCome)
        .map(|row| row.booking.day())
        .max();
    let days = i32::try_from(rules.barred_days).unwrap_or(i32::MAX);
    let until = last.and_then(|day| day.checked_add(days.days()).ok());
    let today = day(hall, now);
    match until.filter(|until| *until > today) {
        Some(until) => Err(BookingRefusal::Barred(day_in_words(until, today)).into()),
        None => Ok(()),
    }
}

fn parse(day: &str) -> Result<Date, Refusal> {
    day.parse().map_err(|_| Refusal::BadRequest("day: expected YYYY-MM-DD".to_owned()))
}

/// The booking as its holder sees it.
pub(super) fn answer_of(
    work: &UnitOfWork<'_>,
    token: Token,
    addresses: &Addresses,
) -> Result<String, Refusal> {
    let row = by_token(work.live_state(), token)?;
    answer(&shown(work.live_state(), row, addresses, work.now()))
}

/// A booking by its id.
pub(super) fn by_id(work: &UnitOfWork<'_>, id: BookingId) -> Result<BookingRow, Refusal> {
    let row = work.live_state().bookings().get(id);
    Ok(row.ok_or(BookingRefusal::UnknownBooking)?.as_ref().clone())
}
