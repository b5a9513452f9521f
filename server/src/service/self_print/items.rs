//! What a proof opens.

use jiban_domain::case::Case;
use jiban_domain::self_print::{PrintKind, Printable, kind_of};
use jiban_domain::setup::{Statement, StatementSource};
use jiban_domain::{HallId, Refusal};

use super::passes::Proven;
use crate::service::HallService;

/// Something that a proof opens.
#[derive(Debug)]
pub enum Opened {
    Case(Box<Case>, PrintKind),
    Statement(Statement),
}

impl HallService {
    /// The case or statement that somebody asks for, if their proof opens it.
    ///
    /// # Errors
    /// [`Refusal::NotPrintable`], or as [`jiban_domain::self_print::Proof::opens`].
    pub async fn opened_item(&self, proven: &Proven, item: &Printable) -> Result<Opened, Refusal> {
        match item {
            Printable::Case(id) => {
                let cases = self.printable_cases(proven).await?;
                let case = cases.into_iter().find(|case| case.id == *id);
                let case = case.ok_or(Refusal::NotPrintable)?;
                let kind = kind_of(&case).ok_or(Refusal::NotPrintable)?;
                proven.proof.opens(kind, Some(*id))?;
                Ok(Opened::Case(Box::new(case), kind))
            }
            Printable::Statement(id) => {
                proven.proof.opens(PrintKind::Statement, None)?;
                Ok(Opened::Statement(self.statement(&proven.hall, id)?))
            }
        }
    }

    /// The statements of a hall.
    pub fn statements_of(&self, hall: &HallId) -> Vec<Statement> {
        let live_state = self.live_state();
        let hall = live_state.setup().setup.hall(hall);
        hall.map(|hall| hall.statements.clone()).unwrap_or_default()
    }

    /// Whether somebody has records for a statement; `true` where only its department knows.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn may_have_records(
        &self,
        proven: &Proven,
        statement: &Statement,
    ) -> Result<bool, Refusal> {
        if statement.source != StatementSource::Records {
            return Ok(true);
        }
        match self.imported_rows(proven, statement).await {
            Ok(_) => Ok(true),
            Err(Refusal::NoRecord(_)) => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }
}
