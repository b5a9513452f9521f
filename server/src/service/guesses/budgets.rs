//! A budget for each address, with one for all together.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{Millis, Refusal};

use crate::limits::{Budget, ClientAddress};

/// Addresses that are remembered for having been right.
const MAX_KNOWN: usize = 10_000;
/// How long such an address is remembered.
const KNOWN_FOR: Millis = 30 * 24 * 60 * 60_000;

/// A budget for each address, and one for all together.
#[derive(Debug)]
pub(super) struct Budgets {
    of_address: Budget<ClientAddress>,
    in_all: Budget<()>,
    /// Addresses that were right, and when. They may spend all of the common budget, others
    /// only one half: so no stranger takes the door from a kiosk.
    known: Mutex<HashMap<ClientAddress, Millis>>,
}

impl Budgets {
    pub fn new(of_address: u32, in_all: u32) -> Self {
        Self {
            of_address: Budget::new(of_address),
            in_all: Budget::new(in_all),
            known: Mutex::default(),
        }
    }

    pub fn take(&self, client: ClientAddress, now: Millis) -> Result<(), Refusal> {
        self.of_address.take(client, now).map_err(address_refused)?;
        let all = self.in_all.an_hour();
        let share = if self.knows(client, now) { all } else { all.div_ceil(2) };
        self.in_all.take_of(share, (), now).map_err(|wait| {
            self.of_address.give_back(&client, now);
            Refusal::TooManyGuesses { seconds: seconds(wait) }
        })
    }

    pub fn give_back(&self, client: ClientAddress, now: Millis) {
        self.of_address.give_back(&client, now);
        self.in_all.give_back(&(), now);
    }

    pub fn was_right(&self, client: ClientAddress, now: Millis) {
        self.give_back(client, now);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KNOWN
            && !known.contains_key(&client)
            && let Some(oldest) = known.iter().min_by_key(|(_, at)| **at).map(|(one, _)| *one)
        {
            known.remove(&oldest);
        }
        known.insert(client, now);
    }

    fn knows(&self, client: ClientAddress, now: Millis) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&client).is_some_and(|at| now - at < KNOWN_FOR)
    }
}

pub(super) fn address_refused(wait: Millis) -> Refusal {
    Refusal::AddressRefused { seconds: seconds(wait) }
}

pub(super) fn seconds(wait: Millis) -> u32 {
    u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX)
}
