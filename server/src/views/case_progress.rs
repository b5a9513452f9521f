//! The progress of a case as its applicant sees it: departments, never persons.

use jiban_app::api::progress::{
    AskedFor, CaseProgress, MissingMaterial, PauseProgress, Ready, ReadyDocument, RefusedPart,
    SentFile, SentMaterial, StepProgress,
};
use jiban_domain::case::{
    Attached, Case, CaseMaterial, CaseState, Handed, MaterialState, PartState, StepState, Stop,
    StopGround,
};
use jiban_domain::setup::Setup;
use jiban_domain::{Refusal, Text};

use super::case::{ground, posted};
use super::checks::{self, ShownTo};
use crate::service::{HallService, moment};
use crate::shapes::promised_until;

/// By which token a case's page was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenedBy {
    /// The ticket's, on the slip. Slips lie around.
    Ticket,
    /// The case's view token, which staff and kiosks know too.
    ViewToken,
    /// The case's own, which only its receipt has.
    OwnToken,
}

/// The progress of a case; `others` are the other cases of the same visit. Only the
/// page opened by the case's own token has the pick-up code.
///
/// # Errors
/// When the applicant's details cannot be read.
pub async fn of_case(
    service: &HallService,
    case: &Case,
    opened_by: OpenedBy,
    others: &[&Case],
) -> Result<CaseProgress, Refusal> {
    let own = opened_by == OpenedBy::OwnToken;
    let applicant = service.applicant(case).await?;
    let case = &service.notes_of(case).await?.open_in(case);
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let calendar = &live_state.calendar().calendar;
    let hall = setup.hall(&case.hall);
    let now = moment(hall, service.clock.now());
    let accepted = case.state == CaseState::Accepted;
    let department = case.parts.first().and_then(|part| setup.department(&part.department));
    Ok(CaseProgress {
        number: case.number.to_string(),
        by_own_token: opened_by != OpenedBy::Ticket,
        by_pass: false,
        token: Some(if own { case.token } else { service.view_token(case) }),
        state: case.state,
        name: case.name.clone(),
        applicant: applicant.name,
        opened_at: case.opened.at,
        accepted_at: case.accepted.map(|at| at.at),
        due: case.due.map(|due| due.date.to_string()),
        due_provisional: case.due.is_some_and(|due| due.provisional),
        days_left: case.due.filter(|_| accepted).map(|due| calendar.left(now.day, due.date)),
        pauses: case.stops.iter().map(pause).collect(),
        steps: steps(setup, case),
        missing: missing(case),
        sent: sent(case, own),
        missing_note: case
            .told
            .as_ref()
            .filter(|_| case.state == CaseState::Open)
            .map(|told| told.note.clone())
            .unwrap_or_default(),
        asked: asked(setup, case),
        commitment: checks::commitment(
            setup,
            case,
            if own { ShownTo::Applicant } else { ShownTo::Holder },
        ),
        ready: ready(setup, case, own),
        refused: refused(setup, case),
        telephone: department
            .and_then(|department| department.telephone.clone())
            .or_else(|| hall.map(|hall| hall.telephone.clone()))
            .filter(|telephone| !telephone.is_empty()),
        others: others
            .iter()
            .map(|other| (other.number.to_string(), other.name.clone(), service.view_token(other)))
            .collect(),
    })
}

/// What a pass shows: how far the case is. Four characters of a number are known to many, so
/// there is nothing that opens or collects anything, and nothing about persons.
pub fn by_pass(case: CaseProgress) -> CaseProgress {
    let ready = case.ready.map(|ready| Ready {
        code: String::new(),
        documents: Vec::new(),
        posted: None,
        ..ready
    });
    let missing = case.missing.into_iter().map(|one| MissingMaterial {
        by_phone: false,
        unreadable: one.unreadable.map(|_| String::new()),
        ..one
    });
    let asked = case.asked.into_iter().map(|one| AskedFor { reason: String::new(), ..one });
    let refused =
        case.refused.into_iter().map(|part| RefusedPart { reason: Text::default(), ..part });
    CaseProgress {
        by_own_token: false,
        by_pass: true,
        token: None,
        applicant: String::new(),
        missing: missing.collect(),
        missing_note: String::new(),
        commitment: None,
        asked: asked.collect(),
        sent: Vec::new(),
        ready,
        refused: refused.collect(),
        others: Vec::new(),
        ..case
    }
}

fn pause(stop: &Stop) -> PauseProgress {
    PauseProgress {
        ground: ground(&stop.ground),
        from: stop.from.to_string(),
        to: stop.to.map(|day| day.to_string()),
    }
}

/// The whole way: the counter, the departments, the window for results.
fn steps(setup: &Setup, case: &Case) -> Vec<StepProgress> {
    let hall = setup.hall(&case.hall);
    let counter = hall.map_or_else(|| Text::from(case.hall.as_str()), |hall| hall.name.clone());
    let results = hall.map(|hall| hall.cases.results_at.clone()).unwrap_or_default();
    let several = case.parts.len() > 1;
    let accepted = StepProgress {
        name: case.accept_step.clone(),
        matter: None,
        department: counter,
        state: match case.state {
            CaseState::Open => StepState::Open,
            CaseState::Declined => StepState::Rejected,
            _ if case.accepted.is_some() => StepState::Approved,
            _ => StepState::Skipped,
        },
        at: Some(case.accepted.map_or(case.opened.at, |at| at.at)),
        due: None,
    };
    let delivered = StepProgress {
        name: case.deliver_step.clone(),
        matter: None,
        department: results,
        state: match case.state {
            CaseState::Delivered => StepState::Approved,
            CaseState::Ready => StepState::Open,
            CaseState::Open | CaseState::Accepted => StepState::Waiting,
            _ => StepState::Skipped,
        },
        at: case.ended.or(case.decided).filter(|_| !case.results.is_empty()).map(|at| at.at),
        due: None,
    };
    let reviewed = case.parts.iter().flat_map(|part| {
        part.steps.iter().map(move |step| StepProgress {
            name: step.name.clone(),
            matter: several.then(|| part.name.clone()),
            department: setup.department_name(&step.department),
            state: step.state,
            at: step.done.or(step.opened).map(|at| at.at),
            due: step.due.filter(|_| step.done.is_none()).map(|due| due.date.to_string()),
        })
    });
    std::iter::once(accepted).chain(reviewed).chain(std::iter::once(delivered)).collect()
}

fn missing(case: &Case) -> Vec<MissingMaterial> {
    let awaited = |one: &CaseMaterial| match (case.state, one.state) {
        // Before the notice of missing materials the visitor is at the counter.
        (CaseState::Open, MaterialState::Missing) => {
            case.told.is_some() || one.unreadable.is_some()
        }
        (CaseState::Accepted, MaterialState::Missing | MaterialState::Deferred) => true,
        _ => false,
    };
    case.materials
        .iter()
        .filter(|one| awaited(one))
        .map(|one| MissingMaterial {
            id: one.id,
            name: one.name.clone(),
            form: one.form,
            until: promised_until(case, one),
            by_phone: case.wants_by_phone(one),
            asked: one.asked_by.is_some(),
            unreadable: one.unreadable.as_ref().map(|unreadable| unreadable.note.clone()),
        })
        .collect()
}

/// Who waits for what they asked for. A paper that is asked for again is no such request.
fn asked(setup: &Setup, case: &Case) -> Vec<AskedFor> {
    let lacks = |stop: &Stop| {
        case.materials
            .iter()
            .any(|one| one.asked_by == Some(stop.step) && one.state == MaterialState::Missing)
    };
    let waits =
        |stop: &&Stop| stop.to.is_none() && stop.ground == StopGround::Materials && lacks(stop);
    let stops = case.stops.iter().filter(|_| case.state == CaseState::Accepted).filter(waits);
    stops
        .map(|stop| {
            let mut steps = case.parts.iter().flat_map(|part| &part.steps);
            let step = steps.find(|step| step.id == stop.step.step);
            AskedFor {
                department: step
                    .map(|step| setup.department_name(&step.department))
                    .unwrap_or_default(),
                at: stop.at,
                reason: stop.note.clone(),
            }
        })
        .collect()
}

/// What was sent from the phone page. Only who has the receipt sees what the files are.
fn sent(case: &Case, own: bool) -> Vec<SentMaterial> {
    let file = |file: &Attached| SentFile {
        file: own.then(|| file.file.clone()),
        name: if own { file.name.clone() } else { String::new() },
        kind: file.kind.clone(),
        bytes: file.bytes,
        at: file.at,
        unreadable: file.unreadable,
    };
    let sent = case.materials.iter().filter(|one| one.was_sent_by_phone());
    sent.map(|one| SentMaterial {
        id: one.id,
        name: one.name.clone(),
        files: one.files.iter().map(file).collect(),
        takes_more: case.takes_more_by_phone(one),
    })
    .collect()
}

fn ready(setup: &Setup, case: &Case, own: bool) -> Option<Ready> {
    if !matches!(case.state, CaseState::Ready | CaseState::Delivered) {
        return None;
    }
    let hall = setup.hall(&case.hall);
    Some(Ready {
        place: hall.map(|hall| hall.cases.results_at.clone()).unwrap_or_default(),
        since: case.decided.map_or(case.opened.at, |at| at.at),
        code: case
            .pick_up_code
            .clone()
            .filter(|_| own && case.state == CaseState::Ready && !case.is_revoked())
            .unwrap_or_default(),
        documents: case
            .results
            .iter()
            .map(|document| ReadyDocument {
                name: document.name.clone(),
                code: document.code.to_string(),
                revoked: document.revoked.is_some(),
                revoked_because: document
                    .revoked
                    .as_ref()
                    .map(|revoked| revoked.reason.clone())
                    .unwrap_or_default(),
            })
            .collect(),
        revoked: case.is_revoked(),
        handed_at: case.handed.as_ref().map(|handed| match handed {
            Handed::Fetched { at, .. } | Handed::Printed { at, .. } | Handed::Posted { at, .. } => {
                *at
            }
        }),
        posted: posted(case),
    })
}

/// Every "no" of the case, and its reasons.
fn refused(setup: &Setup, case: &Case) -> Vec<RefusedPart> {
    let mut refused: Vec<RefusedPart> = case
        .parts
        .iter()
        .filter(|part| part.state == PartState::Rejected)
        .map(|part| {
            let step = part.steps.iter().find(|step| step.state == StepState::Rejected);
            RefusedPart {
                name: part.name.clone(),
                department: Some(setup.department_name(&part.department)),
                reason: step.map(|step| Text::from(step.note.as_str())).unwrap_or_default(),
                may_appeal: true,
            }
        })
        .collect();
    if matches!(case.state, CaseState::Declined | CaseState::Ended) {
        refused.push(RefusedPart {
            name: case.name.clone(),
            department: None,
            reason: case.end_reason(),
            // Not to be accepted is a decision that can be appealed too.
            may_appeal: case.state == CaseState::Declined,
        });
    }
    refused
}
