//! The session of the director's pages, which a supervisor may use too.

use jiban_domain::{Lang, Refusal};
use leptos::prelude::*;

use super::cases::report::Report;
use super::working_copy::{SetupJson, WorkingCopy, fetch_setup};
use crate::api::figures::Figures;
use crate::api::session::AdminWorkplace;
use crate::api::{Refused, get};
use crate::parts::session::{Session, StaffPage};

/// The session of this page.
pub type AdminSession = Session<AdminPages>;

/// The director's pages, seen from their session.
#[derive(Debug, Clone, Copy)]
pub struct AdminPages {
    pub working_copy: WorkingCopy,
    pub report: StoredValue<Report>,
}

/// Who is signed in, with what their first page shows.
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
#[derive(Debug, Clone, PartialEq)]
pub enum AdminStart {
    /// An administrator, with the setup in force.
    Administrator(SetupJson),
    /// A supervisor sees the cases and nothing else.
    Supervisor(Figures),
}

impl StaffPage for AdminPages {
    type Workplace = AdminWorkplace;
    type Start = AdminStart;

    async fn load(self, lang: Lang) -> Result<AdminStart, Refused> {
        match fetch_setup(lang).await {
            Ok(setup) => Ok(AdminStart::Administrator(setup)),
            Err(refused) if refused.code == Refusal::NotAllowed.code() => {
                let figures = get::<Figures>("/api/office/figures", lang).await;
                figures.map(AdminStart::Supervisor).map_err(|_| refused)
            }
            Err(refused) => Err(refused),
        }
    }

    /// Loads the setup in force, unless there are unsaved changes: if the session
    /// ends while editing, the working copy survives signing in again.
    fn prepare(self, start: &AdminStart) {
        match start {
            AdminStart::Administrator(setup) => {
                if !self.working_copy.unsaved.get_untracked() {
                    self.working_copy.load(setup.clone());
                }
            }
            AdminStart::Supervisor(figures) => {
                self.report.get_value().show(figures.clone());
            }
        }
    }
}
