//! The places for streams. Phones, machines and people at work have places of their own, so
//! that nobody takes those of the others.

use crate::limits::{ClientAddress, Limits, Place, Places};

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
    phones: Places<()>,
    machines: Places<()>,
    staff: Places<()>,
    phones_of_address: Places<ClientAddress>,
    machines_of_address: Places<ClientAddress>,
    pages: Places<(Key, Option<ClientAddress>)>,
}

/// A place for a stream.
#[derive(Debug)]
pub(super) struct Seat {
    _audience: Place<()>,
    _address: Option<Place<ClientAddress>>,
    _page: Place<(Key, Option<ClientAddress>)>,
}

impl Seats {
    pub fn new(limits: &Limits) -> Self {
        let quarter = |bound: u32| limits.most((bound / 4).max(1));
        Self {
            phones: Places::new(limits.most(limits.streams)),
            machines: Places::new(quarter(limits.streams)),
            staff: Places::new(quarter(limits.streams)),
            phones_of_address: Places::new(limits.most(limits.streams_per_address)),
            machines_of_address: Places::new(quarter(limits.streams_per_address)),
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
        let address = match audience {
            Audience::Phone => Some(self.phones_of_address.try_take(client)?),
            Audience::Machine => Some(self.machines_of_address.try_take(client)?),
            // The clerks of a hall often share an address, and each has a session.
            Audience::Staff => None,
        };
        let all = match audience {
            Audience::Phone => &self.phones,
            Audience::Machine => &self.machines,
            Audience::Staff => &self.staff,
        };
        Some(Seat { _audience: all.try_take(())?, _address: address, _page: page })
    }
}
