//! The places for streams. Phones, machines and people at work have places of their own, so
//! that nobody takes those of the others.

use crate::limits::{ClientAddress, FairPlace, FairPlaces, Limits, Place, Places};

use jiban_domain::Refusal;

use super::snapshots::Key;

/// When a refused client may come again, in seconds.
const RETRY_AFTER: u32 = 10;

/// Who listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Audience {
    /// Visitors, who may share an address with all others in the hall.
    Phone,
    /// Kiosks and displays. They have no password: anyone can name one.
    Machine,
    /// Someone who is signed in.
    Staff,
}

/// The places for streams.
#[derive(Debug)]
pub struct Seats {
    phones: FairPlaces,
    machines: FairPlaces,
    staff: FairPlaces,
    pages: Places<(Key, Option<ClientAddress>)>,
}

/// A place for a stream.
#[derive(Debug)]
pub(super) struct Seat {
    place: FairPlace,
    _page: Place<(Key, Option<ClientAddress>)>,
}

impl Seats {
    pub fn new(limits: &Limits) -> Self {
        let quarter = |bound: u32| limits.most((bound / 4).max(1));
        Self {
            phones: FairPlaces::new(
                limits.most(limits.streams),
                limits.most(limits.streams_per_address),
            ),
            machines: FairPlaces::new(quarter(limits.streams), quarter(limits.streams_per_address)),
            // The clerks of a hall often share an address, and each has a session.
            staff: FairPlaces::new(quarter(limits.streams), quarter(limits.streams)),
            pages: Places::new(limits.most(limits.streams_per_page)),
        }
    }

    /// Takes a place for a stream of a snapshot.
    ///
    /// # Errors
    /// [`Refusal::Busy`].
    pub(super) fn take(
        &self,
        audience: Audience,
        client: ClientAddress,
        key: &Key,
    ) -> Result<Seat, Refusal> {
        self.free(audience, client, key).ok_or(Refusal::Busy { seconds: RETRY_AFTER })
    }

    fn free(&self, audience: Audience, client: ClientAddress, key: &Key) -> Option<Seat> {
        // A ticket's page belongs to a few people, wherever they are.
        let shared_by = (audience != Audience::Phone).then_some(client);
        let page = self.pages.try_take((key.clone(), shared_by))?;
        let all = match audience {
            Audience::Phone => &self.phones,
            Audience::Machine => &self.machines,
            Audience::Staff => &self.staff,
        };
        Some(Seat { place: all.take(Some(client))?, _page: page })
    }
}

impl Seat {
    /// Returns when it must be given up to another client.
    pub(super) async fn ended(&self) {
        self.place.ended().await;
    }
}
