//! What the hall has learned of how long visits take.

use std::collections::HashMap;

use jiban_domain::setup::Setup;
use jiban_domain::ticket::Ticket;
use jiban_domain::wait::Pace;
use jiban_domain::{HallId, MatterId, Millis};

/// Minutes of a matter that is no longer in the hall file.
const USUAL_MINUTES: f64 = 8.0;
/// A visit that lasted longer was left open by mistake.
const LONGEST_VISIT: Millis = 4 * 60 * 60_000;
/// A visitor who took longer to come to the counter was on hold in between.
const LONGEST_WALK: Millis = 3 * 60_000;

/// The pace of each matter seen so far.
#[derive(Debug, Clone, Default)]
pub struct Paces {
    seen: HashMap<(HallId, MatterId), Pace>,
}

impl Paces {
    /// Learns from a visit that kept its counter for so many milliseconds. One of
    /// half a day was left open, and ended when the day turned. One of less than nothing saw
    /// the clock set.
    pub fn learn(&mut self, setup: &Setup, hall: &HallId, matter: &MatterId, kept: Millis) {
        if !(0..=LONGEST_VISIT).contains(&kept) {
            return;
        }
        let begin = || Self::from_file(setup, hall, matter);
        self.seen.entry((hall.clone(), matter.clone())).or_insert_with(begin).learn(minutes(kept));
    }

    /// Learns from a visit when only its ended ticket is known.
    pub fn learn_from(&mut self, setup: &Setup, ticket: &Ticket) {
        let walked = match (ticket.called_at, ticket.begun_at) {
            (Some(called), Some(begun)) => (begun - called).clamp(0, LONGEST_WALK),
            _ => 0,
        };
        self.learn(setup, &ticket.hall, &ticket.matter, walked + ticket.served_ms);
    }

    /// How long visits for a matter take.
    pub fn of(&self, setup: &Setup, hall: &HallId, matter: &MatterId) -> Pace {
        self.seen
            .get(&(hall.clone(), matter.clone()))
            .copied()
            .unwrap_or_else(|| Self::from_file(setup, hall, matter))
    }

    fn from_file(setup: &Setup, hall: &HallId, matter: &MatterId) -> Pace {
        let known = setup.hall(hall).and_then(|hall| hall.matter(matter));
        Pace::new(known.map_or(USUAL_MINUTES, |matter| matter.minutes))
    }
}

/// Milliseconds as minutes.
#[allow(clippy::cast_precision_loss)]
pub fn minutes(ms: Millis) -> f64 {
    ms as f64 / 60_000.0
}
