//! The session of the director's pages, which a supervisor may use too.

use jiban_domain::{Lang, Refusal};
use leptos::prelude::*;

use super::cases::watch::Watch;
use super::draft::{Described, Draft, fetch};
use super::place::{Page, Place};
use crate::api::office::Figures;
use crate::api::session::AdminWorkplace;
use crate::api::{Refused, get};
use crate::parts::session::{Session, StaffPage};

/// The session of this page.
pub type AdminSession = Session<AdminPages>;

/// The director's pages, seen from their session.
#[derive(Debug, Clone, Copy)]
pub struct AdminPages {
    pub draft: Draft,
    pub watch: StoredValue<Watch>,
    pub place: Place,
}

/// Who is signed in, with what their first page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum AdminStart {
    /// An administrator, with the description in force.
    Administrator(Described),
    /// A supervisor sees the cases and nothing else.
    Supervisor(Figures),
}

impl StaffPage for AdminPages {
    type Workplace = AdminWorkplace;
    type Start = AdminStart;

    async fn load(self, lang: Lang) -> Result<AdminStart, Refused> {
        match fetch(lang).await {
            Ok(described) => Ok(AdminStart::Administrator(described)),
            Err(refused) if refused.code == Refusal::NotAllowed.code() => {
                let figures = get::<Figures>("/api/office/figures", lang).await;
                figures.map(AdminStart::Supervisor).map_err(|_| refused)
            }
            Err(refused) => Err(refused),
        }
    }

    /// Loads the description in force, unless there are changes to keep: one
    /// whose session ended while they worked signs in again and goes on.
    fn prepare(self, start: &AdminStart) {
        match start {
            AdminStart::Administrator(described) => {
                if !self.draft.unsaved.get_untracked() {
                    self.draft.load(described.clone());
                }
            }
            AdminStart::Supervisor(figures) => {
                self.watch.get_value().take(figures.clone());
                self.place.page.set(Page::Cases);
            }
        }
    }
}
