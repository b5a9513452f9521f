//! Opening a case for the ticket that is being served.

use std::sync::Arc;

use jiban_app::api::reception::{OpenAgent, OpenApplicant, OpenCase, OpenedCase};
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::plan::{Plan, plan};
use jiban_domain::case::reception::Opening;
use jiban_domain::case::{ApplicantKind, Case, CaseRefusal, Subject as CaseSubject};
use jiban_domain::event::CaseEvent;
use jiban_domain::form::applicant::ApplicantAnswers;
use jiban_domain::setup::Hall;
use jiban_domain::{HallId, Refusal, Text, Token, identity};
use jiff::civil::Date;
use serde_json::json;

use super::known_by::KnownBy;
use super::reception::parse_day;
use super::sealed::{Agent, about_person, with_paper};
use super::{HallService, moment, put, row};
use crate::change::{Change, Person};
use crate::service::access::AtCounter;
use crate::service::drafts::{Receiving, ToReceive, commit, put_received, receive};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::{self, UnitOfWork};
use crate::service::{answer, secret};
use crate::shapes;
use crate::vault::NotesKey;

/// The applicant's data, validated and sealed.
struct Sealed {
    name: Vec<u8>,
    number: Vec<u8>,
    telephone: Vec<u8>,
    number_key: [u8; 32],
    notes_key: Vec<u8>,
    agent: Option<Vec<u8>>,
    authorised_on: Option<Date>,
}

/// The field of a person under which the key of the notes is sealed.
pub const NOTES: &str = "notes";

impl HallService {
    /// Opens a case; the answer is an [`OpenedCase`].
    ///
    /// # Errors
    /// The ticket is not being served at this counter, the matter or bundle is
    /// unknown, or the applicant's data is invalid.
    pub async fn open_case(&self, me: AtCounter, command: OpenCase) -> Result<Arc<str>, Refusal> {
        self.require_sealing().await?;
        // Held until the case is opened.
        let held = match command.draft {
            Some(draft) => Some(self.hold_draft(&me.caller(), draft).await?),
            None => None,
        };
        let (subject, applicant) = match &held {
            Some(held) => {
                let ApplicantAnswers { kind, name, paper, number, telephone } =
                    held.applicant.clone();
                let applicant = OpenApplicant { kind, name, paper, number, telephone };
                (held.draft().subject.clone(), applicant)
            }
            None => asked_for(&command)?,
        };
        let content = serde_json::to_vec(&(&me.counter, &command)).unwrap_or_default();
        // It contains a name and an identity number, which could be guessed from an
        // ordinary hash.
        let request = (command.request_id, self.vault.digest(&content));
        let token = secret::token();
        let view_token = self.view_token_of(token);
        let hall = self.hall_of(&me)?;
        let agent = command.agent.as_ref();
        let (sealed, name) = self.seal_applicant(&applicant, agent, token, self.today_at(&hall))?;
        let known = self.known_by(&sealed.number_key, &name, None).await?;
        let to_receive = held.as_ref().map(Receiving::to_receive);
        let prefetch = to_receive
            .iter()
            .flat_map(|one| [Prefetch::Draft(one.id), Prefetch::Number(sealed.number_key)]);
        let prefetch = prefetch.collect();
        self.execute_with(Some(request), prefetch, move |work| {
            let from = (&subject, applicant.kind, to_receive.as_ref());
            open(work, &me, &command, from, (token, view_token), (&sealed, &known))
        })
        .await
    }

    /// The day at a hall: a child born there today is born.
    pub fn today_at(&self, hall: &HallId) -> Date {
        let setup = self.live_state().setup().clone();
        moment(setup.setup.hall(hall), self.clock.now()).day
    }

    /// The applicant's data and, to compare it, the name.
    fn seal_applicant(
        &self,
        applicant: &OpenApplicant,
        typed: Option<&OpenAgent>,
        token: Token,
        today: Date,
    ) -> Result<(Sealed, String), Refusal> {
        let invalid = |why: Text| Refusal::from(CaseRefusal::BadApplicant(why));
        let name = identity::name(&applicant.name).map_err(invalid)?;
        let (paper, number) =
            identity::number(applicant.kind, applicant.paper, &applicant.number, today)
                .map_err(invalid)?;
        let telephone = identity::telephone(&applicant.telephone).map_err(invalid)?;
        let agent = typed.map(|agent| read_agent(agent, &number, today)).transpose()?;
        let authorised_on = typed.and_then(|agent| agent.authorised_on.as_deref());
        let authorised_on =
            authorised_on.map(|day| parse_day("agent: authorised_on", day)).transpose()?;
        let seal =
            |field: &str, plain: &str| self.vault.seal_text(&about_person(token, field), plain);
        let sealed = Sealed {
            name: seal("name", &name),
            number: seal("number", &with_paper(paper, &number)),
            telephone: seal("telephone", &telephone),
            number_key: self.vault.index("number", &number),
            notes_key: self.vault.seal(&about_person(token, NOTES), NotesKey::new().bytes()),
            agent: agent.map(|agent| agent.seal(&self.vault, token)),
            authorised_on,
        };
        Ok((sealed, name))
    }
}

/// What a case without a draft is for, and who applies.
fn asked_for(command: &OpenCase) -> Result<(CaseSubject, OpenApplicant), Refusal> {
    let required = |what: &str| Refusal::BadRequest(what.to_owned());
    let subject = match (&command.matter, &command.bundle) {
        (Some(matter), None) => CaseSubject::Matter(matter.clone()),
        (None, Some(bundle)) => CaseSubject::Bundle(bundle.clone()),
        _ => return Err(required("matter, bundle: exactly one of the two is required")),
    };
    let applicant = command.applicant.clone();
    Ok((subject, applicant.ok_or_else(|| required("applicant: required without a draft"))?))
}

/// An agent as typed, whose number is not the applicant's.
fn read_agent(typed: &OpenAgent, applicant: &str, today: Date) -> Result<Agent, Refusal> {
    let invalid = |why: Text| Refusal::from(CaseRefusal::BadAgent(why));
    let name = identity::name(&typed.name).map_err(invalid)?;
    let person = ApplicantKind::Person;
    let (paper, number) =
        identity::number(person, typed.paper, &typed.number, today).map_err(invalid)?;
    if number == applicant {
        return Err(invalid(Text::new(
            "证件号码与申请人相同。",
            "The number is the applicant's own.",
        )));
    }
    let telephone = identity::telephone(&typed.telephone).map_err(invalid)?;
    Ok(Agent { name, paper: paper.unwrap_or_default(), number, telephone })
}

fn open(
    work: &mut UnitOfWork<'_>,
    me: &AtCounter,
    command: &OpenCase,
    (subject, kind, to_receive): (&CaseSubject, ApplicantKind, Option<&ToReceive>),
    (token, view_token): (Token, Token),
    (sealed, known): (&Sealed, &KnownBy),
) -> Result<String, Refusal> {
    work.require_date()?;
    let setup = work.setup();
    let (hall, counter) = unit_of_work::counter(&setup.setup, &me.counter)?;
    work.require(&me.caller(), Action::OpenCase, &Subject::Hall(&hall.id))?;
    let in_hand = work.live_state().in_hand(&counter.id).map(|standing| standing.ticket.id);
    if in_hand != Some(command.ticket) {
        return Err(CaseRefusal::NotServing.into());
    }
    let plan = plan(hall, subject)?;
    let now = moment(Some(hall), work.now());
    let calendar = work.live_state().calendar().clone();
    let mut case = new_case(work, hall, me, (command, kind), plan, token);
    if sealed.agent.is_some() {
        case.add_agent(sealed.authorised_on, now)?;
    }
    let received = match to_receive {
        Some(to_receive) => {
            let before = work.draft(to_receive.id)?.draft.clone();
            Some((before, receive(work, to_receive, &mut case, &me.clerk, now)?, to_receive))
        }
        None => None,
    };
    let committed =
        received.as_ref().is_some_and(|(_, draft, of)| commit(work, (of, draft), &mut case, now));
    let due = case.due_if_accepted(&calendar.calendar, now.day);
    let answer = answer(&OpenedCase {
        id: case.id,
        number: case.number.to_string(),
        token: view_token,
        state: case.state,
        materials: shapes::materials(&case, &known.same),
        due: Some(due.date.to_string()),
        name_conflict: known.conflict(&hall.id),
    })?;
    let mut detail = json!({
        "number": case.number,
        "subject": case.subject,
        "ticket": command.ticket,
        "counter": me.counter,
    });
    if sealed.agent.is_some() {
        detail["agent"] = true.into();
    }
    let person = Person {
        case: case.id,
        kind,
        name: sealed.name.clone(),
        number: sealed.number.clone(),
        telephone: sealed.telephone.clone(),
        number_key: sealed.number_key,
        notes_key: Some(sealed.notes_key.clone()),
        agent: sealed.agent.clone(),
    };
    let row = row(case, &calendar.calendar, &hall.cases, now);
    let (opened, again) = (row.case.clone(), row.clone());
    put(work, row, CaseEvent::CaseOpened, me.clerk.as_str(), detail);
    work.put(Change::Person(Arc::new(person)));
    if committed {
        let drawn = opened.commitment.as_ref().is_some_and(|one| one.signature.is_some());
        let detail = json!({ "drawn": drawn, "promised_days": opened.promised_days });
        put(work, again, CaseEvent::CommitmentSigned, "", detail);
    }
    if let Some((before, draft, to_receive)) = received {
        put_received(work, (&before, draft), to_receive, &opened, &me.clerk);
    }
    Ok(answer)
}

fn new_case(
    work: &mut UnitOfWork<'_>,
    hall: &Hall,
    me: &AtCounter,
    (command, kind): (&OpenCase, ApplicantKind),
    plan: Plan,
    token: Token,
) -> Case {
    let now = moment(Some(hall), work.now());
    let opening = Opening {
        id: work.case_id(),
        number: work.case_number(now.day),
        token,
        hall: hall.id.clone(),
        ticket: Some(command.ticket),
        clerk: me.clerk.clone(),
        counter: me.counter.clone(),
        applicant: kind,
        told_by: command.told_by,
    };
    Case::open(plan, opening, now)
}
