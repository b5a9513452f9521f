//! The office's session.

use jiban_domain::Lang;

use crate::api::office::Steps;
use crate::api::session::OfficeWorkplace;
use crate::api::{Refused, get};
use crate::parts::session::{Session, StaffPage};

/// The session of this page.
pub(super) type OfficeSession = Session<OfficePages>;

/// The office, seen from its session.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfficePages;

impl StaffPage for OfficePages {
    type Workplace = OfficeWorkplace;
    type Start = ();

    /// Loads the smallest answer that only somebody signed in gets.
    async fn load(self, lang: Lang) -> Result<(), Refused> {
        get::<Steps>("/api/office/steps?limit=1", lang).await.map(|_| ())
    }
}
