//! What clerks do with bookings: make one for a visitor, check one in, cancel one, and call
//! about one.

use std::sync::Arc;

use jiban_app::api::Call as _;
use jiban_app::api::booking::{
    BookAtCounter, BookedBy, CancelAtCounter, CheckInAtCounter, RevealBooking,
};
use jiban_domain::access::{Action, Subject};
use jiban_domain::booking::BookingRefusal;
use jiban_domain::event::HallEvent;
use jiban_domain::{HallId, Lang, Refusal};
use serde_json::json;

use super::book::{Wish, answer_of, by_id, cancel, hold, require_free};
use super::booked_by::opened;
use super::check_in::{Prints, Where, check_in};
use super::put;
use crate::change::BookingRow;
use crate::limits::ClientAddress;
use crate::service::access::AtCounter;
use crate::service::guesses::{Door, Failure};
use crate::service::unit_of_work::{self, About, UnitOfWork};
use crate::service::{HallService, answer, digest, secret};

impl HallService {
    /// Books for a visitor who stands at the counter: held and confirmed at once.
    ///
    /// # Errors
    /// As holding and confirming.
    pub async fn book_at_counter(
        &self,
        me: AtCounter,
        q: BookAtCounter,
    ) -> Result<Arc<str>, Refusal> {
        let token = secret::token();
        let person = self.sealed(token, &q.by, (true, self.clock.now()))?;
        let wish = (&me.counter, &q.matter, &q.day, q.slot);
        let request = (q.request_id, self.personal_digest::<BookAtCounter>(wish, &q.by));
        let (codes, addresses) = (secret::codes(), self.addresses.clone());
        self.execute(Some(request), move |work| {
            let hall = hall_of(work, &me, Action::BookAtCounter)?;
            let wish = Wish { hall: &hall, matter: &q.matter, day: &q.day, slot: q.slot };
            let by = me.clerk.as_str();
            let booking = hold(work, &wish, (token, &codes), (by, Lang::Zh))?;
            require_free(work, &booking, &person)?;
            let booking = booking.confirm(work.now())?;
            let row = BookingRow { booking, person: Some(person.clone()) };
            put(work, row, HallEvent::BookingMade, by);
            answer_of(work, token, &addresses)
        })
        .await
    }

    /// Checks a booking in at the counter; the answer is a
    /// [`jiban_app::api::booking::CheckedIn`].
    ///
    /// # Errors
    /// As at a kiosk.
    pub async fn check_in_at_counter(
        &self,
        me: AtCounter,
        q: CheckInAtCounter,
        client: ClientAddress,
    ) -> Result<Arc<str>, Refusal> {
        let which = self.which(q.booking, q.token, q.typed.as_deref()).ok_or_else(|| {
            let one = "one of booking, token and typed is required";
            Refusal::BadRequest(one.to_owned())
        })?;
        let failure = Failure {
            by: me.clerk.to_string(),
            hall: self.hall_of(&me)?,
            ..Failure::at(Door::Booking, client)
        };
        // What is typed is personal.
        let content = serde_json::to_vec(&(CheckInAtCounter::PATH, &me.counter, &q));
        let request = (q.request_id, self.vault.digest(&content.unwrap_or_default()));
        let guess = self.guess(&which, &failure)?;
        let (token, addresses) = (secret::token(), self.addresses.clone());
        let done = self
            .execute(Some(request), move |work| {
                let hall = hall_of(work, &me, Action::CheckInAtCounter)?;
                let by = me.clerk.to_string();
                let at = Where { hall, kiosk: None, prints: Prints::Nobody, by, lang: Lang::Zh };
                check_in(work, &which, &at, token, &addresses)
            })
            .await;
        self.judge(guess, failure, &done);
        done
    }

    /// Cancels a booking, as its holder asks.
    ///
    /// # Errors
    /// It is of another hall, or cannot be cancelled any more.
    pub async fn cancel_at_counter(
        &self,
        me: AtCounter,
        q: CancelAtCounter,
    ) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<CancelAtCounter>(&(&me.counter, &q)));
        let addresses = self.addresses.clone();
        self.execute(Some(request), move |work| {
            let hall = hall_of(work, &me, Action::CancelAtCounter)?;
            let row = of_hall(by_id(work, q.booking)?, &hall)?;
            let token = row.booking.token;
            cancel(work, row, me.clerk.as_str())?;
            answer_of(work, token, &addresses)
        })
        .await
    }

    /// Name and telephone number of a booking, for a call. The trail records it before they
    /// are shown.
    ///
    /// # Errors
    /// The booking is of another hall, or its person is erased.
    pub async fn reveal_booking(
        &self,
        me: AtCounter,
        q: RevealBooking,
    ) -> Result<BookedBy, Refusal> {
        let row = {
            let live_state = self.live_state();
            let row = live_state.bookings().get(q.booking).cloned();
            row.ok_or(BookingRefusal::UnknownBooking)?
        };
        let person = row.person.clone().ok_or(BookingRefusal::UnknownBooking)?;
        self.execute(None, move |work| {
            let hall = hall_of(work, &me, Action::RevealBooking)?;
            of_hall(by_id(work, q.booking)?, &hall)?;
            let detail = json!({ "booking": q.booking });
            let by = me.clerk.as_str();
            work.append_event(HallEvent::BookingRevealed, hall, About::Hall, by, &detail);
            answer(&())
        })
        .await?;
        let opened = opened(&self.vault, row.booking.token, &person);
        let (name, telephone) = opened.map_err(|error| {
            tracing::error!(%error, "a booking's person could not be read");
            Refusal::Unavailable
        })?;
        Ok(BookedBy { name, telephone, ..BookedBy::default() })
    }
}

/// The hall of a clerk's counter, if they may.
fn hall_of(work: &UnitOfWork<'_>, me: &AtCounter, action: Action) -> Result<HallId, Refusal> {
    let setup = work.setup();
    let (hall, _) = unit_of_work::counter(&setup.setup, &me.counter)?;
    work.require(&me.caller(), action, &Subject::Hall(&hall.id))?;
    Ok(hall.id.clone())
}

/// A booking of another hall is unknown here.
fn of_hall(row: BookingRow, hall: &HallId) -> Result<BookingRow, Refusal> {
    if row.booking.hall == *hall { Ok(row) } else { Err(BookingRefusal::UnknownBooking.into()) }
}
