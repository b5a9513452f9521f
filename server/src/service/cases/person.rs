//! The applicant, and who may see their data unmasked.

use jiban_app::api::case::{Applicant, FindCase, FoundCase};
use jiban_domain::case::{Case, CaseNumber, CaseRefusal};
use jiban_domain::event::CaseEvent;
use jiban_domain::identity::{last_four, masked_name, masked_number, masked_telephone, normalise};
use jiban_domain::setup::Clerk;
use jiban_domain::{CaseId, ClerkId, Refusal, Token};
use serde_json::{Value, json};

use super::office::Reviewer;
use super::open::{about_person, vault_failed};
use crate::change::Person;
use crate::limits::ClientAddress;
use crate::service::guesses::{Door, Failure};
use crate::service::unit_of_work::About;
use crate::service::{HallService, NOBODY, read_failed};

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
    /// identity number, and gives a pass for its progress.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`], whichever of the two is wrong; a [`Refusal`] with the
    /// time to wait after too many wrong tries. What does not exist is counted and answered
    /// like what does.
    pub async fn find_case(
        &self,
        command: &FindCase,
        client: ClientAddress,
    ) -> Result<FoundCase, Refusal> {
        let now = self.clock.now();
        let failure = Failure::at(Door::Case, client);
        // The same number in other digits must not be another one.
        let number = command.number.parse::<CaseNumber>().map(|number| number.to_string());
        let typed = number.as_deref().unwrap_or(&command.number);
        let guess = match self.guesses.find(client, typed, now) {
            Ok(guess) => guess,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        // A number that cannot be is looked for as well.
        let number = number.unwrap_or_default();
        let case = self.reader.case_by_number(&number).await.map_err(read_failed)?;
        let row = case.as_ref().map_or(CaseId(0), |case| case.id);
        let person = self.reader.person(row).await.map_err(read_failed)?;
        let (about, sealed) = match case.as_ref().zip(person.as_ref()) {
            Some((case, person)) => (about_person(case.token, "number"), &person.number),
            None => (NOBODY.to_owned(), &self.nobody),
        };
        let known = self.vault.open_text(&about, sealed).map_err(vault_failed)?;
        let matches = last_four(&known) == normalise(&command.last_four);
        if let Some(case) = case.filter(|_| matches && person.is_some()) {
            guess.right();
            Ok(FoundCase { token: self.passes.give(case.id, now) })
        } else {
            let case = (row != CaseId(0)).then_some(row);
            self.record_failure(Failure { case, ..failure });
            Err(CaseRefusal::UnknownCase.into())
        }
    }

    /// The case of a pass that [`HallService::find_case`] gave, as long as it is valid.
    pub fn case_of_pass(&self, pass: Token) -> Option<CaseId> {
        self.passes.case(pass, self.clock.now())
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
