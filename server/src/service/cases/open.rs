//! Opening a case for the ticket that is being served.

use std::sync::Arc;

use jiban_app::api::reception::{OpenAgent, OpenCase, OpenedCase};
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::plan::{Plan, plan};
use jiban_domain::case::reception::Opening;
use jiban_domain::case::{ApplicantKind, Case, CaseRefusal, Subject as CaseSubject};
use jiban_domain::event::CaseEvent;
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
        let subject = match (&command.matter, &command.bundle) {
            (Some(matter), None) => CaseSubject::Matter(matter.clone()),
            (None, Some(bundle)) => CaseSubject::Bundle(bundle.clone()),
            _ => {
                let required = "matter, bundle: exactly one of the two is required";
                return Err(Refusal::BadRequest(required.to_owned()));
            }
        };
        self.require_sealing().await?;
        let content = serde_json::to_vec(&(&me.counter, &command)).unwrap_or_default();
        // It contains a name and an identity number, which could be guessed from an
        // ordinary hash.
        let request = (command.request_id, self.vault.digest(&content));
        let token = secret::token();
        let view_token = self.view_token_of(token);
        let hall = self.hall_of(&me)?;
        let (sealed, name) = self.seal_applicant(&command, token, self.today_at(&hall))?;
        let known = self.known_by(&sealed.number_key, &name, None).await?;
        self.execute(Some(request), move |work| {
            open(work, &me, &command, &subject, (token, view_token), (&sealed, &known))
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
        command: &OpenCase,
        token: Token,
        today: Date,
    ) -> Result<(Sealed, String), Refusal> {
        let invalid = |why: Text| Refusal::from(CaseRefusal::BadApplicant(why));
        let applicant = &command.applicant;
        let name = identity::name(&applicant.name).map_err(invalid)?;
        let (paper, number) =
            identity::number(applicant.kind, applicant.paper, &applicant.number, today)
                .map_err(invalid)?;
        let telephone = identity::telephone(&applicant.telephone).map_err(invalid)?;
        let agent = command.agent.as_ref();
        let agent = agent.map(|agent| read_agent(agent, &number, today)).transpose()?;
        let authorised_on = command.agent.as_ref().and_then(|agent| agent.authorised_on.as_deref());
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
    subject: &CaseSubject,
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
    let mut case = new_case(work, hall, me, command, plan, token);
    if sealed.agent.is_some() {
        case.add_agent(sealed.authorised_on, now)?;
    }
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
        kind: command.applicant.kind,
        name: sealed.name.clone(),
        number: sealed.number.clone(),
        telephone: sealed.telephone.clone(),
        number_key: sealed.number_key,
        notes_key: Some(sealed.notes_key.clone()),
        agent: sealed.agent.clone(),
    };
    let row = row(case, &calendar.calendar, &hall.cases, now);
    put(work, row, CaseEvent::CaseOpened, me.clerk.as_str(), detail);
    work.put(Change::Person(Arc::new(person)));
    Ok(answer)
}

fn new_case(
    work: &mut UnitOfWork<'_>,
    hall: &Hall,
    me: &AtCounter,
    command: &OpenCase,
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
        applicant: command.applicant.kind,
        told_by: command.told_by,
    };
    Case::open(plan, opening, now)
}
