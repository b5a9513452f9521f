//! A visit that the hall books for somebody, held and confirmed at once.

use std::sync::Arc;

use jiban_domain::booking::BookingRefusal;
use jiban_domain::day::Clock24;
use jiban_domain::event::HallEvent;
use jiban_domain::form::applicant::ApplicantAnswers;
use jiban_domain::{HallId, Lang, MatterId, Refusal, Text, Token, identity};

use super::book::{Wish, hold, require_free};
use super::booked_by::about_booking;
use super::put;
use crate::change::{BookedBy, BookingRow};
use crate::service::HallService;
use crate::service::unit_of_work::UnitOfWork;
use crate::zone::utc_day;

/// What is booked.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    pub hall: &'a HallId,
    pub matter: &'a MatterId,
    /// `2026-11-27`.
    pub day: &'a str,
    pub slot: Clock24,
}

impl HallService {
    /// The applicant of a draft, sealed for the booking with this token. A business comes under
    /// its own code.
    ///
    /// # Errors
    /// [`BookingRefusal::PersonNotValid`] with the reason.
    pub(in crate::service) fn sealed_applicant(
        &self,
        token: Token,
        by: &ApplicantAnswers,
    ) -> Result<Arc<BookedBy>, Refusal> {
        let not_valid = |why: Text| Refusal::from(BookingRefusal::PersonNotValid(why));
        let name = identity::name(&by.name).map_err(not_valid)?;
        let today = utc_day(self.clock.now());
        let (_, number) =
            identity::number(by.kind, by.paper, &by.number, today).map_err(not_valid)?;
        let telephone = identity::telephone(&by.telephone).map_err(not_valid)?;
        let seal =
            |field: &str, plain: &str| self.vault.seal_text(&about_booking(token, field), plain);
        Ok(Arc::new(BookedBy {
            name: seal("name", &name),
            number: seal("number", &number),
            telephone: seal("telephone", &telephone),
            number_key: self.vault.index("number", &number),
            telephone_key: self.vault.index("telephone", &telephone),
        }))
    }
}

/// Books a visit.
///
/// # Errors
/// The slot is not offered or full; the person has a booking for that day, or may not book.
pub(in crate::service) fn book_visit(
    work: &mut UnitOfWork<'_>,
    Visit { hall, matter, day, slot }: Visit<'_>,
    (token, codes): (Token, &[String]),
    person: Arc<BookedBy>,
    by: &str,
) -> Result<(), Refusal> {
    let wish = Wish { hall, matter, day, slot };
    let booking = hold(work, &wish, (token, codes), (by, Lang::Zh))?;
    require_free(work, &booking, &person)?;
    let booking = booking.confirm(work.now())?;
    put(work, BookingRow { booking, person: Some(person) }, HallEvent::BookingMade, by);
    Ok(())
}
