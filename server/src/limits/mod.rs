//! What one client, and all together, may use of the hall: so that nobody guesses what is
//! not theirs, and nobody takes the hall away from the others.
//!
//! - [`ClientAddress`]: by what a client is counted
//! - [`Places`], [`FairPlaces`]: so many at once; [`Recent`], [`Rate`]: so many within a while
//! - [`Patience`]: how long the other side of a connection is waited for
//! - [`Budget`]: so many wrong tries an hour; [`LockOut`]: a wait after too many in a row

mod budget;
mod client_address;
mod fair_places;
mod lock_out;
mod patience;
mod places;
mod rate;
mod recent;

use std::time::Duration;

pub use budget::Budget;
pub use client_address::ClientAddress;
pub use fair_places::{FairPlace, FairPlaces};
pub use lock_out::LockOut;
pub use patience::{LeastSpeed, Patience};
pub use places::{Place, Places};
pub use rate::Rate;
pub use recent::Recent;

/// So many that nothing is bounded.
const UNBOUNDED: usize = tokio::sync::Semaphore::MAX_PERMITS;

/// The bounds in force. Each is a setting of the operator, which says why it is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Nothing is bounded: for load tests, where one machine plays a thousand.
    pub lifted: bool,
    /// Connections at once.
    pub connections: u32,
    pub connections_per_address: u32,
    /// Requests of one address a second, over ten seconds.
    pub requests_per_address: u32,
    /// Seconds that a connection stays open without a request.
    pub idle_seconds: u32,
    /// Streams of phones at once. A quarter as many are kept for kiosks and displays, and a
    /// quarter for those who are signed in.
    pub streams: u32,
    pub streams_per_address: u32,
    /// Streams of one ticket; and of one kiosk, display or session from one address.
    pub streams_per_page: u32,
    /// Bytes a second that a body must have, over [`Limits::slow_seconds`] of waiting.
    pub bytes_per_second: u32,
    /// Seconds over which the least speed is measured.
    pub slow_seconds: u32,
    /// Seconds in which a body must have arrived.
    pub body_seconds: u32,
    /// Uploads at once. A quarter of them is kept for counters.
    pub uploads: u32,
    pub uploads_per_case: u32,
    pub uploads_per_address: u32,
    /// Numbers a minute of one kiosk.
    pub numbers_per_kiosk: u32,
    /// Numbers a minute from one address.
    pub numbers_per_address: u32,
    /// Reprinted slips of one kiosk in ten minutes.
    pub reprints_per_kiosk: u32,
    /// Printed guides of one kiosk in ten minutes.
    pub guides_per_kiosk: u32,
    /// Slips that wait for one kiosk's printer.
    pub slips_per_kiosk: u32,
    /// Tickets that wait in one line.
    pub waiting_per_line: u32,
    /// Documents, pictures and hall files worked on at once.
    pub drawings: u32,
    /// Wrong tries in a row at one case number, at one pick-up code, or of one name from one
    /// place, before the first wait.
    pub wrong_in_a_row: u32,
    /// Cases that were not found, by number and last four characters, an hour: by one address,
    /// and in all.
    pub wrong_finds_of_address: u32,
    pub wrong_finds: u32,
    /// Wrong pick-up codes of one clerk, an hour, and as many wrong figures with which they join an
    /// applicant.
    pub wrong_pick_ups_of_clerk: u32,
    /// Unknown verification codes, an hour: by one address, and in all.
    pub wrong_documents_of_address: u32,
    pub wrong_documents: u32,
    /// Wrong pick-up codes and unknown cards at kiosks that print documents, an hour: by one
    /// address, and in all.
    pub wrong_proofs_of_address: u32,
    pub wrong_proofs: u32,
    /// Unknown tokens of one address, an hour.
    pub wrong_tokens_of_address: u32,
    /// Wrong passwords from one address, or one device that is known, an hour.
    pub wrong_sign_ins_of_address: u32,
    /// Passwords that wait to be hashed: of one address, and in all.
    pub hashes_of_address: u32,
    pub hashes: u32,
    /// Failed tries that are written to the trail one by one, an hour; the others are summed up.
    pub failed_tries_written: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            lifted: false,
            connections: 8_000,
            connections_per_address: 2_000,
            requests_per_address: 600,
            idle_seconds: 60,
            streams: 4_000,
            streams_per_address: 1_000,
            streams_per_page: 16,
            bytes_per_second: 16 * 1024,
            slow_seconds: 30,
            body_seconds: 300,
            uploads: 32,
            uploads_per_case: 2,
            uploads_per_address: 12,
            numbers_per_kiosk: 40,
            numbers_per_address: 120,
            reprints_per_kiosk: 20,
            guides_per_kiosk: 6,
            slips_per_kiosk: 20,
            waiting_per_line: 1_000,
            drawings: 2,
            wrong_in_a_row: 5,
            wrong_finds_of_address: 60,
            wrong_finds: 600,
            wrong_pick_ups_of_clerk: 30,
            wrong_documents_of_address: 60,
            wrong_documents: 3_000,
            wrong_proofs_of_address: 60,
            wrong_proofs: 600,
            wrong_tokens_of_address: 300,
            wrong_sign_ins_of_address: 100,
            hashes_of_address: 64,
            hashes: 256,
            failed_tries_written: 120,
        }
    }
}

impl Limits {
    /// The bounds of a load test: none.
    pub fn lifted() -> Self {
        Self { lifted: true, ..Self::default() }
    }

    /// A bound as it is in force.
    pub fn most(&self, bound: u32) -> usize {
        if self.lifted { UNBOUNDED } else { bound as usize }
    }

    /// What a sender must keep up.
    pub fn least_speed(&self) -> LeastSpeed {
        let over = Duration::from_secs(self.slow_seconds.into());
        LeastSpeed { over, bytes: self.bytes_per_second.into() }
    }

    /// How long a request waits for its turn: as long as its sender is waited for.
    pub fn patience(&self) -> Duration {
        self.least_speed().over
    }

    /// In what time a body must have arrived.
    pub fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_seconds.into())
    }

    /// The bounds of guesses in force: these, or none if they are lifted.
    #[must_use]
    pub fn in_force(&self) -> Self {
        if !self.lifted {
            return self.clone();
        }
        Self {
            lifted: true,
            wrong_in_a_row: u32::MAX,
            wrong_finds_of_address: u32::MAX,
            wrong_finds: u32::MAX,
            wrong_pick_ups_of_clerk: u32::MAX,
            wrong_documents_of_address: u32::MAX,
            wrong_documents: u32::MAX,
            wrong_proofs_of_address: u32::MAX,
            wrong_proofs: u32::MAX,
            wrong_tokens_of_address: u32::MAX,
            wrong_sign_ins_of_address: u32::MAX,
            hashes_of_address: u32::MAX,
            hashes: u32::MAX,
            // Only for the sake of the disk: a load test has no wrong tries.
            ..self.clone()
        }
    }
}
