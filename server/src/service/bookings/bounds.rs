//! How much of the slots one client may take. A hall's phones often share one address, so the
//! bounds are those of a full hall; a slot that is held and not confirmed is free again soon.

use jiban_domain::booking::BookingRefusal;
use jiban_domain::{Millis, Refusal};
use uuid::Uuid;

use crate::limits::{ClientAddress, Limits, Recent};

const TEN_MINUTES: Millis = 10 * 60_000;
const DAY: Millis = 24 * 60 * 60_000;
/// Slots held from one address in ten minutes.
const HOLDS: u32 = 20;
/// Bookings from one address in a day.
const BOOKINGS: u32 = 200;

/// The recent holds and bookings of clients.
#[derive(Debug)]
pub struct BookingBounds {
    holds: Recent<ClientAddress>,
    bookings: Recent<ClientAddress>,
}

impl BookingBounds {
    pub fn new(limits: &Limits) -> Self {
        Self {
            holds: Recent::new(limits.most(HOLDS), TEN_MINUTES),
            bookings: Recent::new(limits.most(BOOKINGS), DAY),
        }
    }

    /// Counts a hold. A repeated request counts once.
    ///
    /// # Errors
    /// [`BookingRefusal::TooManyHolds`].
    pub(super) fn hold(&self, client: ClientAddress, id: Uuid, now: Millis) -> Result<(), Refusal> {
        Ok(self
            .holds
            .begin(&client, id, now)
            .map_err(|seconds| BookingRefusal::TooManyHolds { seconds })?)
    }

    /// Gives back a hold that was refused.
    pub(super) fn no_hold(&self, client: ClientAddress, id: Uuid) {
        self.holds.undo(&client, id);
    }

    /// Counts a booking; it is a hold no more.
    ///
    /// # Errors
    /// [`BookingRefusal::TooManyHolds`].
    pub(super) fn book(&self, client: ClientAddress, id: Uuid, now: Millis) -> Result<(), Refusal> {
        Ok(self
            .bookings
            .begin(&client, id, now)
            .map_err(|seconds| BookingRefusal::TooManyHolds { seconds })?)
    }

    /// Gives back a booking that was refused.
    pub(super) fn no_booking(&self, client: ClientAddress, id: Uuid) {
        self.bookings.undo(&client, id);
    }
}
