//! A case as clerks and reviewers see it.

use jiban_app::api::case::{
    Authorisation, CaseBrief, CaseEvent, CaseShown, CaseStepShown, PartShown, PauseShown,
    PromiseShown, ResultShown,
};
use jiban_domain::access::LookReason;
use jiban_domain::case::{Case, CaseState, Colour, Handed, Part, StepRef, StopGround};
use jiban_domain::setup::Setup;
use jiban_domain::{ClerkId, Refusal, Text, text};
use serde_json::Value;

use super::checks::{self, ShownTo};
use crate::printing::glyphs::undrawable;
use crate::service::{Caller, HallService, KnownBy, Notes, moment, read_failed};
use crate::shapes::materials;
use crate::store::RecordedEvent;

/// A case for a clerk or reviewer; `may_look` is whether they have it.
///
/// # Errors
/// When a part of it cannot be read.
pub async fn shown(
    service: &HallService,
    case: &Case,
    may_look: bool,
) -> Result<CaseShown, Refusal> {
    let notes = service.notes_of(case).await?;
    let case = &notes.open_in(case);
    let person = service.reader.person(case.id).await.map_err(read_failed)?;
    let mut applicant = service.applicant(case).await?;
    let (known, broken_until) = match &person {
        Some(person) => {
            let key = &person.number_key;
            let whole = service.applicant_unmasked(case).await?;
            applicant.undrawable = undrawable(&whole.name).await;
            if let (Some(agent), Some(whole)) = (&mut applicant.agent, &whole.agent) {
                agent.undrawable = undrawable(&whole.name).await;
            }
            let name = whole.name;
            let broken_until = service.reader.broken_until(key).await.map_err(read_failed)?;
            (service.known_by(key, &name, Some(case.id)).await?, broken_until)
        }
        None => (KnownBy::default(), None),
    };
    let happened = service.reader.case_events(case.id).await.map_err(read_failed)?;
    let live_state = service.live_state();
    let (setup, calendar) = (live_state.setup().clone(), live_state.calendar().clone());
    drop(live_state);
    let (setup, calendar) = (&setup.setup, &calendar.calendar);
    let hall = setup.hall(&case.hall);
    let rules = hall.map(|hall| hall.cases.clone()).unwrap_or_default();
    let now = moment(hall, service.clock.now());
    let open = case.state == CaseState::Open;
    let due = case.due.or_else(|| open.then(|| case.due_if_accepted(calendar, now.day)));
    let left = due.filter(|_| case.state == CaseState::Accepted);
    let left = left.map(|due| calendar.left(now.day, due.date));
    let may_promise = broken_until.is_none_or(|until| now.day > until);
    Ok(CaseShown {
        id: case.id,
        number: case.number.to_string(),
        token: service.view_token(case),
        state: case.state,
        hall: case.hall.clone(),
        time_zone: hall.map(|hall| hall.time_zone.clone()).unwrap_or_default(),
        ticket: case.ticket,
        subject: case.subject.id().to_owned(),
        is_bundle: case.parts.len() > 1,
        name: case.name.clone(),
        may_look: may_look && person.is_some(),
        applicant,
        authorisation: case.agent.map(|agent| Authorisation {
            material: agent.material,
            authorised_on: agent.authorised_on.map(|day| day.to_string()),
        }),
        told_by: case.told_by,
        clerk: clerk_name(setup, &case.clerk),
        counter: case.counter.clone(),
        immediate: case.immediate,
        promised_days: case.promised_days,
        materials: materials(case, &known.same),
        parts: case.parts.iter().map(|part| part_shown(setup, case, part)).collect(),
        opened_at: case.opened.at,
        accepted_at: case.accepted.map(|at| at.at),
        due: due.map(|due| due.date.to_string()),
        due_provisional: due.is_some_and(|due| due.provisional),
        statutory_due: case.statutory_due.map(|due| due.date.to_string()),
        colour: left.map(|left| Colour::of(left, &rules)),
        days_left: left,
        late: case.late,
        paused: paused(case),
        told_at: case.told.as_ref().map(|told| told.at),
        promise: case
            .promise
            .as_ref()
            .map(|promise| PromiseShown { at: promise.at, signature: promise.signature.clone() }),
        may_promise,
        commitment_offer: checks::offered(setup, case),
        commitment: checks::commitment(setup, case, ShownTo::Staff),
        promise_until: due.filter(|_| open).map(|due| due.date.to_string()),
        may_accept: open && case.missing().next().is_none(),
        results: case
            .results
            .iter()
            .map(|document| ResultShown {
                code: document.code.to_string(),
                name: document.name.clone(),
                issuer: document.issuer_name.clone(),
                issued_at: document.issued_at,
                revoked: document.revoked.is_some(),
            })
            .collect(),
        handed_at: case.handed.as_ref().map(|handed| match handed {
            Handed::Fetched { at, .. } | Handed::Printed { at, .. } | Handed::Posted { at, .. } => {
                *at
            }
        }),
        handed_to_agent: matches!(case.handed, Some(Handed::Fetched { by_agent: true, .. })),
        posted: posted(case),
        reason: case.end_reason(),
        happened: happened.iter().map(|one| event(setup, &notes, one)).collect(),
        name_conflict: known.conflict(&case.hall),
    })
}

/// Carrier and tracking number, if the results were posted.
pub fn posted(case: &Case) -> Option<(String, String)> {
    match &case.handed {
        Some(Handed::Posted { carrier, tracking, .. }) => Some((carrier.clone(), tracking.clone())),
        _ => None,
    }
}

fn clerk_name(setup: &Setup, id: &ClerkId) -> Text {
    setup.clerk(id).map_or_else(|| Text::from(id.as_str()), |clerk| clerk.name.clone())
}

/// The pauses of the deadline, past and present.
fn paused(case: &Case) -> Vec<PauseShown> {
    case.stops
        .iter()
        .map(|stop| PauseShown {
            step: stop.step,
            ground: ground(&stop.ground),
            since: stop.at,
            until: stop.to.map(|day| day.to_string()),
            note: stop.note.clone(),
        })
        .collect()
}

/// The ground of a pause in words.
pub fn ground(ground: &StopGround) -> Text {
    match ground {
        StopGround::Legal { name, .. } => name.clone(),
        StopGround::Materials => Text::new("等待补正材料", "waiting for materials"),
    }
}

fn part_shown(setup: &Setup, case: &Case, part: &Part) -> PartShown {
    let name_of = |id| {
        let part = case.parts.iter().find(|one| one.matter == id);
        part.map_or_else(|| Text::from(id.as_str()), |part| part.name.clone())
    };
    PartShown {
        matter: part.matter.clone(),
        name: part.name.clone(),
        state: part.state,
        after: part.after.iter().cloned().map(name_of).collect(),
        steps: part
            .steps
            .iter()
            .map(|step| CaseStepShown {
                id: StepRef { case: case.id, step: step.id },
                name: step.name.clone(),
                department: step.department.clone(),
                department_name: setup.department_name(&step.department),
                state: step.state,
                reviewer: step.reviewer.as_ref().map(|id| clerk_name(setup, id)),
                opened_at: step.opened.map(|at| at.at),
                done_at: step.done.map(|at| at.at),
                due: step.due.map(|due| due.date.to_string()),
                note: step.note.clone(),
                late: step.late,
            })
            .collect(),
    }
}

fn event(setup: &Setup, notes: &Notes, happened: &RecordedEvent) -> CaseEvent {
    let detail: Value = serde_json::from_str(&happened.detail).unwrap_or_default();
    let note = detail.get("note").and_then(Value::as_str).unwrap_or_default();
    let why = detail.get("reason").and_then(Value::as_str);
    let why = why.and_then(|why| why.parse::<LookReason>().ok()).map(LookReason::name);
    CaseEvent {
        at: happened.at,
        what: match (happened.kind.name(), why) {
            (Text { zh, en }, Some(why)) => {
                let (why_zh, why_en) = (why.zh, why.en);
                text!("{zh}：{why_zh}" | "{en}: {why_en}")
            }
            (name, None) => name,
        },
        by: match happened.by.as_str() {
            "" => Text::default(),
            id => clerk_name(setup, &id.into()),
        },
        note: notes.open(note),
    }
}

/// The kind of a file of a case; none if the file belongs to another.
pub fn kind_of_file<'a>(case: &'a Case, file: &str) -> Option<&'a str> {
    let attached = case.materials.iter().flat_map(|material| &material.files);
    let found = attached.clone().find(|one| one.file == file).map(|one| one.kind.as_str());
    let promised = case.promise.as_ref().and_then(|promise| promise.signature.as_deref());
    let (fetched, card) = match &case.handed {
        Some(Handed::Fetched { signature, card, .. }) => (signature.as_deref(), card.as_deref()),
        _ => (None, None),
    };
    let committed = case.commitment.as_ref().and_then(|one| one.signature.as_deref());
    let signed = || [promised, committed, fetched].contains(&Some(file)).then_some("png");
    // Stored as a picture of either kind; which one, its bytes say.
    found.or_else(signed).or_else(|| (card == Some(file)).then_some("picture"))
}

/// A case in a list.
///
/// # Errors
/// When the applicant cannot be read.
pub async fn brief(service: &HallService, me: &Caller, case: &Case) -> Result<CaseBrief, Refusal> {
    Ok(CaseBrief {
        id: case.id,
        number: case.number.to_string(),
        name: case.name.clone(),
        state: case.state,
        applicant: service.applicant(case).await?.name,
        opened_at: case.opened.at,
        due: case.due.map(|due| due.date.to_string()),
        decided_at: case.decided.map(|at| at.at),
        asks_why: service.asks_why(me, case),
    })
}
