//! The applicant, and who may see their data unmasked.

use jiban_app::api::case::{Applicant, FindCase, FoundCase};
use jiban_domain::case::{Case, CaseNumber, CaseRefusal};
use jiban_domain::event::CaseEvent;
use jiban_domain::identity::{last_four, masked_name, masked_number, masked_telephone, normalise};
use jiban_domain::setup::Clerk;
use jiban_domain::{CaseId, ClerkId, Refusal};
use serde_json::{Value, json};

use super::office::Reviewer;
use super::open::{about_person, vault_failed};
use crate::change::Person;
use crate::service::unit_of_work::About;
use crate::service::{HallService, read_failed};

impl HallService {
    /// The applicant of a case, masked; empty after erasure.
    ///
    /// # Errors
    /// The data cannot be read or decrypted.
    pub async fn applicant(&self, case: &Case) -> Result<Applicant, Refusal> {
        let applicant = self.opened(case).await?;
        Ok(applicant.map_or_else(
            || Applicant { kind: case.applicant, ..Applicant::default() },
            |unmasked| Applicant {
                kind: unmasked.kind,
                name: masked_name(unmasked.kind, &unmasked.name),
                number: masked_number(&unmasked.number),
                telephone: masked_telephone(&unmasked.telephone),
                whole: false,
            },
        ))
    }

    /// The applicant unmasked, for the documents of the case.
    ///
    /// # Errors
    /// [`CaseRefusal::Erased`].
    pub async fn applicant_unmasked(&self, case: &Case) -> Result<Applicant, Refusal> {
        Ok(self.opened(case).await?.ok_or(CaseRefusal::Erased)?)
    }

    async fn opened(&self, case: &Case) -> Result<Option<Applicant>, Refusal> {
        let person = self.reader.person(case.id).await.map_err(read_failed)?;
        person.map(|person| self.open_person(case, &person)).transpose()
    }

    fn open_person(&self, case: &Case, person: &Person) -> Result<Applicant, Refusal> {
        let open = |field: &str, sealed: &[u8]| {
            self.vault.open_text(&about_person(case.token, field), sealed).map_err(vault_failed)
        };
        Ok(Applicant {
            kind: person.kind,
            name: open("name", &person.name)?,
            number: open("number", &person.number)?,
            telephone: open("telephone", &person.telephone)?,
            whole: true,
        })
    }

    /// Reveals the applicant to the clerk in charge of the case. The audit trail
    /// records it before anything is shown.
    ///
    /// # Errors
    /// [`CaseRefusal::NotYourCase`], [`CaseRefusal::Erased`].
    pub async fn reveal_to_clerk(&self, me: &ClerkId, id: CaseId) -> Result<Applicant, Refusal> {
        let case = self.case(id).await?;
        if case.clerk != *me {
            return Err(CaseRefusal::NotYourCase.into());
        }
        self.reveal(case, me).await
    }

    /// Reveals the applicant to a reviewer who has a step of the case.
    ///
    /// # Errors
    /// As [`HallService::reveal_to_clerk`].
    pub async fn reveal_to_reviewer(
        &self,
        me: &Reviewer,
        id: CaseId,
    ) -> Result<Applicant, Refusal> {
        let case = self.case(id).await?;
        if !has_a_step(&case, &me.0) {
            return Err(CaseRefusal::NotYourCase.into());
        }
        self.reveal(case, &me.0.id).await
    }

    async fn reveal(&self, case: Case, me: &ClerkId) -> Result<Applicant, Refusal> {
        let applicant = self.applicant_unmasked(&case).await?;
        self.record_case_event(&case, CaseEvent::PersonRevealed, me.as_str(), json!({})).await?;
        Ok(applicant)
    }

    /// Records an event that does not change the case.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn record_case_event(
        &self,
        case: &Case,
        kind: CaseEvent,
        by: &str,
        detail: Value,
    ) -> Result<(), Refusal> {
        let (hall, id, by) = (case.hall.clone(), case.id, by.to_owned());
        self.execute(None, move |work| {
            work.append_event(kind, hall.clone(), About::Case(id), &by, &detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(())
    }

    /// A case, or [`CaseRefusal::UnknownCase`].
    pub async fn case(&self, id: CaseId) -> Result<Case, Refusal> {
        let found = self.reader.case(id).await.map_err(read_failed)?;
        Ok(found.ok_or(CaseRefusal::UnknownCase)?)
    }

    /// Finds a case by its number and the last four characters of the applicant's
    /// identity number.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`], whichever of the two is wrong; after several
    /// failed attempts for one case number [`Refusal::LockedOut`].
    pub async fn find_case(&self, command: &FindCase) -> Result<FoundCase, Refusal> {
        let number: CaseNumber = command.number.parse().map_err(|_| CaseRefusal::UnknownCase)?;
        self.code_attempts.attempt(number.as_str(), self.clock.now())?;
        let found = self.reader.case_by_number(number.as_str()).await.map_err(read_failed)?;
        let case = found.ok_or(CaseRefusal::UnknownCase)?;
        let applicant = self.applicant_unmasked(&case).await?;
        if last_four(&applicant.number) != normalise(&command.last_four) {
            return Err(CaseRefusal::UnknownCase.into());
        }
        self.code_attempts.reset(number.as_str());
        // Four digits can be guessed: they lead to no pick-up code.
        Ok(FoundCase { token: self.view_token(&case) })
    }

    /// The cases of an identity number or credit code, typed in full; newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn cases_of_number(&self, typed: &str) -> Result<Vec<Case>, Refusal> {
        let key = self.vault.index("number", &normalise(typed));
        self.reader.history(&key).await.map_err(read_failed)
    }
}

/// Whether a reviewer has taken or decided a step of a case.
pub fn has_a_step(case: &Case, me: &Clerk) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    steps.any(|step| step.reviewer.as_ref() == Some(&me.id))
}
