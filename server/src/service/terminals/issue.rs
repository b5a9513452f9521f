//! Numbers that the hall gives and a terminal prints.

use jiban_app::api::kiosk::{Issue, Issued};
use jiban_app::api::terminal::{IssueByTerminal, IssuedByTerminal};
use jiban_domain::Refusal;
use jiban_domain::setup::Printer;
use jiban_domain::slip::Slip;

use crate::limits::ClientAddress;
use crate::service::issue::{SlipFacts, slip_of};
use crate::service::{HallService, unit_of_work};

impl HallService {
    /// Takes a number for a terminal, which has made its token and prints its slip. The answer
    /// that is kept is that of the kiosk's own call, so a repeat may come either way.
    ///
    /// # Errors
    /// As [`HallService::issue`].
    pub async fn issue_by_terminal(
        &self,
        command: IssueByTerminal,
        client: ClientAddress,
    ) -> Result<IssuedByTerminal, Refusal> {
        let IssueByTerminal { issue, token, store: _ } = command;
        let answer = self.issue_with(issue.clone(), client, Some(token)).await?;
        // What is kept under the request's id is of this shape: its digest is the call's.
        let issued: Issued = serde_json::from_str(&answer).map_err(|error| {
            tracing::error!(%error, "an answer could not be read");
            Refusal::Unavailable
        })?;
        let slip = self.slip_of_issued(&issue, &issued)?;
        Ok(IssuedByTerminal { issued, slip })
    }

    /// What the slip says: by the answer alone, so that a repeat says the same.
    fn slip_of_issued(&self, issue: &Issue, issued: &Issued) -> Result<Option<Slip>, Refusal> {
        let live_state = self.live_state();
        let (hall, kiosk) = unit_of_work::kiosk(&live_state.setup().setup, &issue.kiosk)?;
        if issue.screen_only || kiosk.printer == Printer::None {
            return Ok(None);
        }
        let line = hall.matter(&issue.matter).map(|matter| matter.line.clone());
        let facts = SlipFacts {
            number: issued.number.clone(),
            token: issued.token,
            line: line.unwrap_or_default(),
            matter: issue.matter.clone(),
            priority: issue.priority,
            state: issued.state,
            counter: None,
            issued_at: issued.issued_at,
        };
        let wait = crate::waits::Wait {
            minutes: issued.wait_minutes,
            calls_from: issued.calls_from.clone(),
        };
        let mut slip = slip_of(
            hall,
            &facts,
            issue.lang,
            (issued.ahead.unwrap_or_default(), wait),
            &self.addresses,
        );
        if self.clock.is_unknown() {
            "–".clone_into(&mut slip.issued_local);
        }
        Ok(Some(slip))
    }
}
