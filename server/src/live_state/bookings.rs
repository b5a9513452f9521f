//! Bookings whose person is not erased, by everything that they are looked for by.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiban_domain::booking::offer::places_in;
use jiban_domain::booking::{Booking, BookingId, BookingState};
use jiban_domain::day::Clock24;
use jiban_domain::{HallId, LineId, Millis, TicketId, Token};
use jiff::civil::Date;

use crate::change::BookingRow;

type Ids = BTreeSet<BookingId>;

/// All bookings that are kept.
#[derive(Debug, Clone, Default)]
pub struct Bookings {
    rows: HashMap<BookingId, Arc<BookingRow>>,
    tokens: HashMap<Token, BookingId>,
    codes: HashMap<(HallId, String), BookingId>,
    tickets: HashMap<TicketId, BookingId>,
    days: HashMap<(HallId, LineId, Date), Ids>,
    numbers: HashMap<[u8; 32], Ids>,
    telephones: HashMap<[u8; 32], Ids>,
}

impl Bookings {
    pub(super) fn put(&mut self, row: &Arc<BookingRow>) {
        self.remove(row.booking.id);
        let booking = &row.booking;
        let id = booking.id;
        self.tokens.insert(booking.token, id);
        self.codes.insert((booking.hall.clone(), booking.code.clone()), id);
        if let Some(ticket) = booking.ticket {
            self.tickets.insert(ticket, id);
        }
        for day in days_of(booking) {
            let key = (booking.hall.clone(), booking.line.clone(), day);
            self.days.entry(key).or_default().insert(id);
        }
        if let Some(person) = &row.person {
            self.numbers.entry(person.number_key).or_default().insert(id);
            self.telephones.entry(person.telephone_key).or_default().insert(id);
        }
        self.rows.insert(id, row.clone());
    }

    pub(super) fn remove(&mut self, id: BookingId) {
        let Some(row) = self.rows.remove(&id) else { return };
        let booking = &row.booking;
        self.tokens.remove(&booking.token);
        self.codes.remove(&(booking.hall.clone(), booking.code.clone()));
        if let Some(ticket) = booking.ticket {
            self.tickets.remove(&ticket);
        }
        for day in days_of(booking) {
            take_out(&mut self.days, &(booking.hall.clone(), booking.line.clone(), day), id);
        }
        if let Some(person) = &row.person {
            take_out(&mut self.numbers, &person.number_key, id);
            take_out(&mut self.telephones, &person.telephone_key, id);
        }
    }

    pub fn get(&self, id: BookingId) -> Option<&Arc<BookingRow>> {
        self.rows.get(&id)
    }

    pub fn by_token(&self, token: Token) -> Option<&Arc<BookingRow>> {
        self.rows.get(self.tokens.get(&token)?)
    }

    pub fn by_code(&self, hall: &HallId, code: &str) -> Option<&Arc<BookingRow>> {
        self.rows.get(self.codes.get(&(hall.clone(), code.to_owned()))?)
    }

    /// The booking that became a ticket.
    pub fn of_ticket(&self, ticket: TicketId) -> Option<&Arc<BookingRow>> {
        self.rows.get(self.tickets.get(&ticket)?)
    }

    /// Those of a person, by the keyed hash of their number.
    pub fn of_number(&self, key: &[u8; 32]) -> impl Iterator<Item = &Arc<BookingRow>> {
        self.of(self.numbers.get(key))
    }

    /// Those with a telephone number, by its keyed hash.
    pub fn of_telephone(&self, key: &[u8; 32]) -> impl Iterator<Item = &Arc<BookingRow>> {
        self.of(self.telephones.get(key))
    }

    /// Those of a line with places on a day, taken or resting.
    pub fn on(&self, hall: &HallId, line: &LineId, day: Date) -> impl Iterator<Item = &Booking> {
        self.of(self.days.get(&(hall.clone(), line.clone(), day))).map(|row| &row.booking)
    }

    /// The places of a slot that are not free at an instant.
    pub fn taken(
        &self,
        (hall, line): (&HallId, &LineId),
        day: Date,
        slot: Clock24,
        now: Millis,
    ) -> BTreeSet<u32> {
        self.on(hall, line, day).flat_map(|one| places_in(one, day, slot, now)).collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<BookingRow>> {
        self.rows.values()
    }

    fn of<'a>(&'a self, ids: Option<&'a Ids>) -> impl Iterator<Item = &'a Arc<BookingRow>> {
        ids.into_iter().flatten().filter_map(|id| self.rows.get(id))
    }
}

/// The days on which a booking has places.
fn days_of(booking: &Booking) -> BTreeSet<Date> {
    let has = match booking.state {
        BookingState::Cancelled | BookingState::Expired => None,
        _ => Some(booking.places.iter()),
    };
    let resting = booking.resting.iter().map(|resting| resting.place.day);
    has.into_iter().flatten().map(|place| place.day).chain(resting).collect()
}

fn take_out<K: std::hash::Hash + Eq>(index: &mut HashMap<K, Ids>, key: &K, id: BookingId) {
    if let Some(ids) = index.get_mut(key) {
        ids.remove(&id);
        if ids.is_empty() {
            index.remove(key);
        }
    }
}
