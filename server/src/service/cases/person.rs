//! Who applied, and who may see them whole.

use jiban_app::api::case::{Applicant, FindCase, FoundCase};
use jiban_domain::case::{Case, CaseNumber, CaseRefusal};
use jiban_domain::event::CaseEvent;
use jiban_domain::identity::{last_four, masked_name, masked_number, masked_telephone, plain};
use jiban_domain::setup::Clerk;
use jiban_domain::{CaseId, ClerkId, Refusal};
use serde_json::{Value, json};

use super::office::Reviewer;
use super::open::{about_person, unsealed};
use crate::change::Person;
use crate::service::unit_of_work::About;
use crate::service::{HallService, unread};

impl HallService {
    /// The applicant of a case, masked; empty once erased.
    ///
    /// # Errors
    /// When it cannot be read or opened.
    pub async fn applicant(&self, case: &Case) -> Result<Applicant, Refusal> {
        let whole = self.opened(case).await?;
        Ok(whole.map_or_else(
            || Applicant { kind: case.applicant, ..Applicant::default() },
            |whole| Applicant {
                kind: whole.kind,
                name: masked_name(whole.kind, &whole.name),
                number: masked_number(&whole.number),
                telephone: masked_telephone(&whole.telephone),
                whole: false,
            },
        ))
    }

    /// The applicant as written, for papers and documents of the case.
    ///
    /// # Errors
    /// [`CaseRefusal::Erased`].
    pub async fn applicant_whole(&self, case: &Case) -> Result<Applicant, Refusal> {
        Ok(self.opened(case).await?.ok_or(CaseRefusal::Erased)?)
    }

    async fn opened(&self, case: &Case) -> Result<Option<Applicant>, Refusal> {
        let person = self.reader.person(case.id).await.map_err(unread)?;
        person.map(|person| self.open_person(case, &person)).transpose()
    }

    fn open_person(&self, case: &Case, person: &Person) -> Result<Applicant, Refusal> {
        let open = |field: &str, sealed: &[u8]| {
            self.vault.open_text(&about_person(case.token, field), sealed).map_err(unsealed)
        };
        Ok(Applicant {
            kind: person.kind,
            name: open("name", &person.name)?,
            number: open("number", &person.number)?,
            telephone: open("telephone", &person.telephone)?,
            whole: true,
        })
    }

    /// The applicant whole, for the clerk who has the case. Each look is told
    /// to the trail, before anything is shown.
    ///
    /// # Errors
    /// [`CaseRefusal::NotYourCase`], [`CaseRefusal::Erased`].
    pub async fn look_from_counter(&self, me: &ClerkId, id: CaseId) -> Result<Applicant, Refusal> {
        let case = self.case(id).await?;
        if case.clerk != *me {
            return Err(CaseRefusal::NotYourCase.into());
        }
        self.look(case, me).await
    }

    /// The applicant whole, for the reviewer who has a step of the case.
    ///
    /// # Errors
    /// As [`HallService::look_from_counter`].
    pub async fn look_from_office(&self, me: &Reviewer, id: CaseId) -> Result<Applicant, Refusal> {
        let case = self.case(id).await?;
        if !has_a_step(&case, &me.0) {
            return Err(CaseRefusal::NotYourCase.into());
        }
        self.look(case, &me.0.id).await
    }

    async fn look(&self, case: Case, me: &ClerkId) -> Result<Applicant, Refusal> {
        let whole = self.applicant_whole(&case).await?;
        self.tell_of_case(&case, CaseEvent::PersonRevealed, me.as_str(), json!({})).await?;
        Ok(whole)
    }

    /// Tells the trail of something that did not change the case.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn tell_of_case(
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

    /// A case by its row.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`].
    pub async fn case(&self, id: CaseId) -> Result<Case, Refusal> {
        let found = self.reader.case(id).await.map_err(unread)?;
        Ok(found.ok_or(CaseRefusal::UnknownCase)?)
    }

    /// Finds a case by its number and the last four of the applicant's number.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`], whichever of the two is wrong; after a few
    /// wrong tries of one number [`Refusal::LockedOut`].
    pub async fn find_case(&self, command: &FindCase) -> Result<FoundCase, Refusal> {
        let number: CaseNumber = command.number.parse().map_err(|_| CaseRefusal::UnknownCase)?;
        self.guessing.try_now(number.as_str(), self.clock.now())?;
        let found = self.reader.case_by_number(number.as_str()).await.map_err(unread)?;
        let case = found.ok_or(CaseRefusal::UnknownCase)?;
        let whole = self.applicant_whole(&case).await?;
        if last_four(&whole.number) != plain(&command.last_four) {
            return Err(CaseRefusal::UnknownCase.into());
        }
        self.guessing.forgive(number.as_str());
        Ok(FoundCase { token: case.token })
    }

    /// Cases of who has an identity number or credit code, typed whole; newest
    /// first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cases_of_number(&self, typed: &str) -> Result<Vec<Case>, Refusal> {
        let key = self.vault.index("number", &plain(typed));
        self.reader.history(&key).await.map_err(unread)
    }
}

/// Whether a reviewer has taken a step of a case, or decided one.
pub fn has_a_step(case: &Case, me: &Clerk) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    steps.any(|step| step.reviewer.as_ref() == Some(&me.id))
}
