//! What can happen to a booking. Each move takes the booking and the moment, and gives the
//! booking changed, or a refusal.

use jiff::civil::Date;

use super::offer::{Offers, Taken};
use super::refusal::BookingRefusal;
use super::{Booking, BookingId, BookingState, Resting};
use crate::day::local;
use crate::ids::{Millis, TicketId, Token};
use crate::schedule::day_in_words;
use crate::setup::BookingRules;
use crate::text;
use crate::text::{Lang, Text};

/// What it takes to hold a slot.
#[derive(Debug, Clone)]
pub struct New {
    pub id: BookingId,
    pub token: Token,
    pub code: String,
    /// A kiosk, a clerk, or empty for a phone.
    pub by: String,
    pub lang: Lang,
}

/// How somebody with a booking arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Within the time: the ticket has its place from the booking.
    OnTime,
    /// Too late for that: the ticket waits like everyone's.
    Late,
}

impl Booking {
    /// Holds a slot while its visitor types.
    pub fn hold(new: New, offers: &Offers<'_>, taken: Taken, now: Millis) -> Self {
        Self {
            id: new.id,
            token: new.token,
            code: new.code,
            hall: offers.hall.id.clone(),
            line: offers.line.id.clone(),
            matter: offers.matter.id.clone(),
            state: BookingState::Held,
            places: taken.places,
            resting: Vec::new(),
            begins_at: taken.begins_at,
            ends_at: taken.ends_at,
            // Nobody is given longer than until the slot itself.
            held_until: (now + offers.rules.hold()).min(taken.begins_at),
            made_at: now,
            changed_at: now,
            by: new.by,
            lang: new.lang,
            ticket: None,
            late: false,
            concern: None,
        }
    }

    /// Makes a held slot a booking.
    ///
    /// # Errors
    /// [`BookingRefusal::HoldOver`], [`BookingRefusal::WrongBookingState`].
    pub fn confirm(mut self, now: Millis) -> Result<Self, BookingRefusal> {
        match self.state {
            BookingState::Held if now < self.held_until => {}
            BookingState::Held | BookingState::Expired => return Err(BookingRefusal::HoldOver),
            state => return Err(BookingRefusal::WrongBookingState(state)),
        }
        self.state = BookingState::Booked;
        self.changed_at = now;
        Ok(self)
    }

    /// Gives it up. Its places rest for a while.
    ///
    /// # Errors
    /// [`BookingRefusal::WrongBookingState`].
    pub fn cancel(mut self, rules: &BookingRules, now: Millis) -> Result<Self, BookingRefusal> {
        let rest = match self.state {
            // Whoever only looked gives it back at once.
            BookingState::Held => 0,
            BookingState::Booked => rules.rest(),
            state => return Err(BookingRefusal::WrongBookingState(state)),
        };
        self.rest(now, rest);
        self.state = BookingState::Cancelled;
        self.changed_at = now;
        Ok(self)
    }

    /// Moves it to other places. Its old ones rest for a while.
    ///
    /// # Errors
    /// [`BookingRefusal::WrongBookingState`].
    pub fn move_to(
        mut self,
        taken: Taken,
        rules: &BookingRules,
        now: Millis,
    ) -> Result<Self, BookingRefusal> {
        if self.state != BookingState::Booked {
            return Err(BookingRefusal::WrongBookingState(self.state));
        }
        self.rest(now, rules.rest());
        self.places = taken.places;
        self.begins_at = taken.begins_at;
        self.ends_at = taken.ends_at;
        self.concern = None;
        self.changed_at = now;
        Ok(self)
    }

    fn rest(&mut self, now: Millis, rest: Millis) {
        self.resting.retain(|resting| now < resting.until);
        if rest > 0 {
            let until = now + rest;
            self.resting.extend(self.places.iter().map(|place| Resting { place: *place, until }));
        }
    }

    /// How its holder arrives now. The booking itself is not changed.
    ///
    /// # Errors
    /// Too early, on another day, or in a state that does not come to a ticket any more.
    pub fn arrives(
        &self,
        rules: &BookingRules,
        now: Millis,
        today: Date,
    ) -> Result<Arrival, BookingRefusal> {
        let zone_free = |day: Date| day_in_words(day, today);
        match self.state {
            BookingState::Booked | BookingState::NotCome => {}
            state => return Err(BookingRefusal::WrongBookingState(state)),
        }
        if self.day() < today {
            return Err(BookingRefusal::DayOver(zone_free(self.day())));
        }
        if self.day() > today {
            let (day, slot) = (zone_free(self.day()), self.slot());
            let Text { zh, en } = day;
            return Err(BookingRefusal::OtherDay(text!("{zh} {slot}" | "{en} at {slot}")));
        }
        let early = BookingRules::millis(rules.early_minutes);
        if now < self.begins_at - early {
            // Said by the hall's clock: what is subtracted from the slot's own time.
            let minutes = u32::from(self.slot().minutes).saturating_sub(rules.early_minutes);
            let minutes = u16::try_from(minutes).unwrap_or_default();
            return Err(BookingRefusal::TooEarly(Text::from(
                &*crate::day::Clock24 { minutes }.to_string(),
            )));
        }
        Ok(if now <= self.begins_at + BookingRules::millis(rules.late_minutes) {
            Arrival::OnTime
        } else {
            Arrival::Late
        })
    }

    /// It has become a ticket.
    #[must_use]
    pub fn checked_in(mut self, ticket: TicketId, arrival: Arrival, now: Millis) -> Self {
        self.state = BookingState::CheckedIn;
        self.ticket = Some(ticket);
        self.late = arrival == Arrival::Late;
        self.changed_at = now;
        self
    }

    /// What time alone makes of it: a hold ends, or nobody came. `None` where nothing.
    pub fn by_time(&self, rules: &BookingRules, now: Millis) -> Option<Self> {
        let state = match self.state {
            BookingState::Held if now >= self.held_until => BookingState::Expired,
            // Until the last slot is over, and never while a late one would still count.
            BookingState::Booked
                if now > self.ends_at
                    && now > self.begins_at + BookingRules::millis(rules.late_minutes) =>
            {
                BookingState::NotCome
            }
            _ => return None,
        };
        Some(Self { state, changed_at: now, ..self.clone() })
    }

    /// Whether name and numbers are to be erased: its time is over, or it never was a booking.
    pub fn is_over(&self, rules: &BookingRules, now: Millis) -> bool {
        const DAY: Millis = 24 * 60 * 60_000;
        match self.state {
            BookingState::Held => false,
            BookingState::Expired => now > self.changed_at + DAY,
            _ => now > self.ends_at + Millis::from(rules.kept_days) * DAY,
        }
    }

    /// The day and time as people say it, seen from an instant.
    pub fn when(&self, now: Millis, zone: &jiff::tz::TimeZone) -> Text {
        let Text { zh, en } = day_in_words(self.day(), local(now, zone).date());
        let slot = self.slot();
        text!("{zh} {slot}" | "{en} at {slot}")
    }
}
