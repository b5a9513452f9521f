//! What each audience sees, made from the live state; one file for each
//! audience. Each view is a whole snapshot, so that a client that was
//! disconnected has nothing to repair.

pub mod admin;
pub mod answers;
mod application_figures;
pub mod bookings;
pub mod case;
mod case_progress;
pub mod checks;
pub mod counter;
pub mod display;
pub mod draft;
mod draft_materials;
pub mod drafts_in_hand;
pub mod figures;
pub mod figures_csv;
pub mod form_schema;
pub mod guides;
pub mod hall;
pub mod kiosk;
pub mod office;
pub mod progress;
pub mod reception;
pub mod self_print;
pub mod tellings;
pub mod terminal;
pub mod terminals;
pub mod tickets;
pub mod verify;

use jiban_app::api::progress::CaseProgress;
use jiban_domain::Millis;

/// A snapshot with the time it was made. The time alone does not make a
/// snapshot different.
pub trait Snapshot: serde::Serialize + PartialEq + Send + Sync {
    /// Sets the time it was made.
    fn made_at(&mut self, now: Millis);

    /// Whether events of the hall cannot change it any more. Its own case still
    /// may.
    fn rests(&self) -> bool {
        self.is_last()
    }

    /// Whether nothing in it can change any more.
    fn is_last(&self) -> bool {
        false
    }
}

macro_rules! snapshots {
    ($($timed:ty),+) => {$(
        impl Snapshot for $timed {
            fn made_at(&mut self, now: Millis) {
                self.now = now;
            }
        }
    )+};
}

snapshots!(
    jiban_app::api::admin::AdminNow,
    jiban_app::api::counter::CounterNow,
    jiban_app::api::display::DisplayNow,
    jiban_app::api::kiosk::KioskNow,
    jiban_app::api::office::OfficeNow,
    jiban_app::api::terminals::TerminalsNow,
    jiban_app::api::tickets::TicketsNow
);

impl Snapshot for jiban_app::api::progress::Progress {
    fn made_at(&mut self, _: Millis) {}

    fn is_last(&self) -> bool {
        // The check of a commitment may still undo what was decided.
        let ends = |case: &CaseProgress| case.state.is_end() && !case.is_checked();
        let case_ends = self.case.as_ref().is_none_or(ends);
        !self.state.is_active() && case_ends
    }

    fn rests(&self) -> bool {
        !self.state.is_active()
    }
}

/// A count as it is sent.
fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
