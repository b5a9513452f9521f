//! The applicant: masked, whole, and looked for.

use jiban_app::api::case::{Applicant, FindCase, FoundCase};
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::{ApplicantKind, Case, CaseNumber, CaseRefusal, VerifyCode};
use jiban_domain::event::{CaseEvent, HallEvent};
use jiban_domain::identity::{
    is_last_four, masked_name, masked_number_of, masked_telephone, written,
};
use jiban_domain::{CaseId, HallId, Refusal, Token};
use serde_json::{Value, json};

use super::sealed::{Agent, about_person, of_paper, vault_failed};
use crate::change::Person;
use crate::limits::ClientAddress;
use crate::service::access::{AtCounter, Caller};
use crate::service::guesses::{Door, Failure};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::About;
use crate::service::{HallService, NOBODY, read_failed};

fn masked(whole: Applicant) -> Applicant {
    Applicant {
        kind: whole.kind,
        name: masked_name(whole.kind, &whole.name),
        paper: whole.paper,
        number: masked_number_of(whole.paper, &whole.number),
        telephone: masked_telephone(&whole.telephone),
        agent: whole.agent.map(|agent| Box::new(masked(*agent))),
        ..Applicant::default()
    }
}

impl HallService {
    /// The applicant of a case, masked; empty after erasure.
    ///
    /// # Errors
    /// The data cannot be read or decrypted.
    pub async fn applicant(&self, case: &Case) -> Result<Applicant, Refusal> {
        let applicant = self.opened(case).await?;
        Ok(applicant
            .map_or_else(|| Applicant { kind: case.applicant, ..Applicant::default() }, masked))
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

    pub(in crate::service) fn open_person(
        &self,
        case: &Case,
        person: &Person,
    ) -> Result<Applicant, Refusal> {
        let open = |field: &str, sealed: &[u8]| {
            self.vault.open_text(&about_person(case.token, field), sealed).map_err(vault_failed)
        };
        let number = open("number", &person.number)?;
        let (paper, number) = of_paper(&number);
        let paper = (person.kind == ApplicantKind::Person).then_some(paper);
        Ok(Applicant {
            kind: person.kind,
            name: open("name", &person.name)?,
            paper,
            number: number.to_owned(),
            telephone: open("telephone", &person.telephone)?,
            whole: true,
            agent: person
                .agent
                .as_deref()
                .map(|sealed| self.open_agent(case, sealed))
                .transpose()?,
            undrawable: Vec::new(),
        })
    }

    fn open_agent(&self, case: &Case, sealed: &[u8]) -> Result<Box<Applicant>, Refusal> {
        let Agent { name, paper, number, telephone } =
            Agent::open(&self.vault, case.token, sealed)?;
        Ok(Box::new(Applicant {
            kind: ApplicantKind::Person,
            name,
            paper: Some(paper),
            number,
            telephone,
            whole: true,
            ..Applicant::default()
        }))
    }

    /// Whether a number is that of the agent's paper.
    ///
    /// # Errors
    /// [`CaseRefusal::NoAgent`], [`CaseRefusal::OtherAgent`].
    pub(super) async fn require_agent(&self, id: CaseId, typed: &str) -> Result<(), Refusal> {
        let case = self.case(id).await?;
        let agent = self.opened(&case).await?.and_then(|applicant| applicant.agent);
        let agent = agent.ok_or(CaseRefusal::NoAgent)?;
        let known = agent.paper.unwrap_or_default().number(typed, self.today_at(&case.hall));
        if known.is_ok_and(|number| number == agent.number) {
            Ok(())
        } else {
            Err(CaseRefusal::OtherAgent.into())
        }
    }

    /// Reveals the applicant whole, to the clerk who has the case or a reviewer who has a
    /// step of it. The trail records it before anything is shown.
    ///
    /// # Errors
    /// [`CaseRefusal::NotYourCase`], [`CaseRefusal::Erased`].
    pub async fn reveal(
        &self,
        me: &Caller,
        action: Action,
        id: CaseId,
    ) -> Result<Applicant, Refusal> {
        match self.reveal_recorded(me, action, id).await {
            Err(refusal) => Err(self.refused(me, id, refusal).await),
            revealed => revealed,
        }
    }

    /// A case whose applicant somebody may see whole.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`]; [`CaseRefusal::UnknownCase`].
    pub async fn case_to_reveal(
        &self,
        me: &Caller,
        action: Action,
        id: CaseId,
    ) -> Result<Case, Refusal> {
        let found = async {
            let case = self.case(id).await?;
            self.require(me, action, &Subject::Case { case: &case, opened: false })?;
            Ok(case)
        };
        match found.await {
            Err(refusal) => Err(self.refused(me, id, refusal).await),
            found => found,
        }
    }

    async fn reveal_recorded(
        &self,
        me: &Caller,
        action: Action,
        id: CaseId,
    ) -> Result<Applicant, Refusal> {
        let case = self.case(id).await?;
        self.require(me, action, &Subject::Case { case: &case, opened: false })?;
        let applicant = self.applicant_unmasked(&case).await?;
        let me = me.clone();
        self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
            let case = work.case(id)?.clone();
            work.require(&me, action, &Subject::Case { case: &case, opened: false })?;
            let (kind, by) = (CaseEvent::PersonRevealed, me.clerk.as_str());
            work.append_event(kind, case.hall, About::Case(id), by, &json!({}));
            Ok("{}".to_owned())
        })
        .await?;
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
        let now = self.clock.steady();
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
        let matches = is_last_four(of_paper(&known).1, &command.last_four);
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
        self.passes.case(pass, self.clock.steady())
    }

    /// The cases of a hall with this number: a case's, or an applicant's typed in full;
    /// newest first. The trail records who looked for them, and never what was typed.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn search_cases(&self, me: &AtCounter, typed: &str) -> Result<Vec<Case>, Refusal> {
        let hall = self.hall_of(me)?;
        let (by, found) = if let Ok(number) = typed.parse::<CaseNumber>() {
            let found = self.reader.case_by_number(number.as_str()).await;
            ("case_number", found.map_err(read_failed)?.into_iter().collect())
        } else if let Ok(code) = typed.parse::<VerifyCode>() {
            let issued = self.reader.issued(&code.0).await.map_err(read_failed)?;
            let found = match issued {
                Some(issued) => vec![self.case(issued.case).await?],
                None => Vec::new(),
            };
            ("document", found)
        } else {
            let today = self.today_at(&hall);
            let mut found = Vec::new();
            for number in written(typed, today) {
                let key = self.vault.index("number", &number);
                let history = self.reader.history(&key).await.map_err(read_failed)?;
                found.extend(history.into_iter().map(|(case, _)| case));
            }
            found.sort_by_key(|case: &Case| std::cmp::Reverse(case.id));
            if found.is_empty() {
                ("name_or_telephone", self.ready_of(&hall, typed).await?)
            } else {
                ("applicant", found)
            }
        };
        let found: Vec<Case> = found.into_iter().filter(|case: &Case| case.hall == hall).collect();
        let detail =
            json!({ "by": by, "found": found.iter().map(|case| case.id).collect::<Vec<_>>() });
        let me = me.caller();
        self.execute(None, move |work| {
            work.require(&me, Action::SearchCases, &Subject::Hall(&hall))?;
            let kind = HallEvent::CasesSearched;
            work.append_event(kind, hall.clone(), About::Hall, me.clerk.as_str(), &detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(found)
    }

    /// The cases whose results wait to be collected by an applicant or agent of this name or
    /// telephone, whole. Names are sealed, so each is opened: there are at most two hundred.
    async fn ready_of(&self, hall: &HallId, typed: &str) -> Result<Vec<Case>, Refusal> {
        let plain = |text: &str| {
            text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase()
        };
        let typed = plain(typed);
        let mut found = Vec::new();
        if typed.is_empty() {
            return Ok(found);
        }
        for case in self.reader.cases_ready(hall).await.map_err(read_failed)? {
            let Some(person) = self.opened(&case).await? else { continue };
            let agent = person.agent.as_deref();
            let mut fields = [Some(&person), agent].into_iter().flatten();
            if fields.any(|one| [&one.name, &one.telephone].iter().any(|one| plain(one) == typed)) {
                found.push(case);
            }
        }
        Ok(found)
    }
}
