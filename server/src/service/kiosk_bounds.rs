//! What a kiosk, and a client that says it is one, may take: a kiosk is unattended, has no
//! password, and its paper is for visitors.
//!
//! A person at a touch screen needs two seconds for a number at the very least. Strangers who
//! name a kiosk from elsewhere are counted by their own address first, so that they do not
//! use up what the kiosk itself needs.

use jiban_domain::{KioskId, Millis, Refusal};
use uuid::Uuid;

use crate::limits::{ClientAddress, Limits, Recent};

const MINUTE: Millis = 60_000;
const TEN_MINUTES: Millis = 10 * MINUTE;
/// What a kiosk gives out to all addresses together, in numbers it gives out to one.
const ADDRESSES: u32 = 3;
/// Heartbeats and reports of one address for each number that it may take.
const SMALL_CALLS: u32 = 10;

/// The recent requests of kiosks.
#[derive(Debug)]
pub struct KioskBounds {
    numbers: Bound,
    reprints: Bound,
    small_calls: Recent<ClientAddress>,
}

impl KioskBounds {
    pub fn new(limits: &Limits) -> Self {
        let numbers = limits.numbers_per_kiosk;
        let small = limits.numbers_per_address.saturating_mul(SMALL_CALLS);
        Self {
            numbers: Bound {
                here: Recent::new(limits.most(numbers), MINUTE),
                kiosk: Recent::new(limits.most(numbers.saturating_mul(ADDRESSES)), MINUTE),
                address: Recent::new(limits.most(limits.numbers_per_address), MINUTE),
            },
            reprints: Bound {
                here: Recent::new(limits.most(limits.reprints_per_kiosk), TEN_MINUTES),
                kiosk: Recent::new(limits.most(limits.reprints_per_kiosk), TEN_MINUTES),
                address: Recent::new(limits.most(limits.numbers_per_address), TEN_MINUTES),
            },
            small_calls: Recent::new(limits.most(small), MINUTE),
        }
    }

    /// Counts a number. A repeated request counts once.
    ///
    /// # Errors
    /// [`Refusal::TooManyNumbers`].
    pub(super) fn number(&self, asked: &Asked<'_>, now: Millis) -> Result<(), Refusal> {
        self.numbers.begin(asked, now).map_err(|seconds| Refusal::TooManyNumbers { seconds })
    }

    /// Gives back a number that was refused.
    pub(super) fn no_number(&self, asked: &Asked<'_>) {
        self.numbers.undo(asked);
    }

    /// Counts a reprinted slip.
    ///
    /// # Errors
    /// [`Refusal::TooManySlips`].
    pub(super) fn reprint(&self, asked: &Asked<'_>, now: Millis) -> Result<(), Refusal> {
        self.reprints.begin(asked, now).map_err(|seconds| Refusal::TooManySlips { seconds })
    }

    /// Gives back a slip that was refused.
    pub(super) fn no_reprint(&self, asked: &Asked<'_>) {
        self.reprints.undo(asked);
    }

    /// Counts a call that gives out nothing: a heartbeat, a guide that is read, a report.
    ///
    /// # Errors
    /// [`Refusal::Busy`].
    pub fn small_call(&self, client: ClientAddress, now: Millis) -> Result<(), Refusal> {
        let begun = self.small_calls.begin(&client, Uuid::new_v4(), now);
        begun.map_err(|seconds| Refusal::Busy { seconds })
    }
}

/// Who asks a kiosk for what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub kiosk: &'a KioskId,
    pub client: ClientAddress,
    pub request: Uuid,
}

/// The bounds of one thing that kiosks give out.
#[derive(Debug)]
struct Bound {
    /// At one kiosk from one address.
    here: Recent<(KioskId, ClientAddress)>,
    kiosk: Recent<KioskId>,
    address: Recent<ClientAddress>,
}

impl Bound {
    fn begin(&self, asked: &Asked<'_>, now: Millis) -> Result<(), u32> {
        let Asked { kiosk, client, request } = *asked;
        let begun = self
            .here
            .begin(&(kiosk.clone(), client), request, now)
            .and_then(|()| self.address.begin(&client, request, now))
            .and_then(|()| self.kiosk.begin(kiosk, request, now));
        if begun.is_err() {
            self.undo(asked);
        }
        begun
    }

    fn undo(&self, asked: &Asked<'_>) {
        let Asked { kiosk, client, request } = *asked;
        self.here.undo(&(kiosk.clone(), client), request);
        self.address.undo(&client, request);
        self.kiosk.undo(kiosk, request);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> ClientAddress {
        ClientAddress::new([203, 0, 113, last].into())
    }

    #[test]
    fn a_stranger_does_not_use_up_what_the_kiosk_needs() {
        let limits = Limits { numbers_per_kiosk: 4, numbers_per_address: 6, ..Limits::default() };
        let bounds = KioskBounds::new(&limits);
        let kiosks = [KioskId::from("K1"), KioskId::from("K2")];
        let take = |kiosk: usize, last| {
            let asked =
                Asked { kiosk: &kiosks[kiosk], client: address(last), request: Uuid::new_v4() };
            bounds.number(&asked, 1_000).is_ok()
        };
        assert_eq!((0..9).filter(|_| take(0, 1)).count(), 4, "at one kiosk");
        assert_eq!((0..9).filter(|_| take(1, 1)).count(), 2, "at all kiosks");
        assert_eq!((0..9).filter(|_| take(0, 2)).count(), 4, "another address is not affected");
        assert_eq!((0..9).filter(|_| take(0, 3)).count(), 4);
        assert_eq!((0..9).filter(|_| take(0, 4)).count(), 0, "one kiosk, from any addresses");
        assert_eq!((0..9).filter(|_| take(1, 4)).count(), 4, "and what was refused is not counted");
    }
}
