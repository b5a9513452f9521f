//! Commitments, and the checks of departments, as pages show them.

use jiban_app::api::commitment::{
    AnswerShown, BreachShown, CheckShown, CheckStatus, Checks, CommitmentOffered, CommitmentShown,
    MatterOffered, TermsShown,
};
use jiban_domain::calendar::Calendar;
use jiban_domain::case::commitment::{Breach, CommitmentOffer};
use jiban_domain::case::{
    Case, CaseRefusal, CaseState, CheckState, Colour, CommitmentCheck, commitment_offered,
};
use jiban_domain::setup::{Clerk, Setup};
use jiban_domain::{DepartmentId, HallId, Refusal, Text};
use jiff::civil::Date;

use crate::service::{HallService, moment, read_failed};
use crate::store::CheckRow;

/// For whom a commitment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownTo {
    Staff,
    /// Who has the receipt: they may answer.
    Applicant,
    /// Who opened the page by another token.
    Holder,
}

/// What was committed to in a case, whose notes are open.
pub fn commitment(setup: &Setup, case: &Case, to: ShownTo) -> Option<CommitmentShown> {
    let commitment = case.commitment.as_ref()?;
    let terms = commitment.terms.iter().map(|terms| TermsShown {
        matter: terms.matter.clone(),
        name: part_name(case, &terms.matter),
        text: terms.text.clone(),
        consequence: terms.consequence.clone(),
        department: terms.check_department.clone(),
        check_department: setup.department_name(&terms.check_department),
        check_within_days: terms.check_within_days,
        check: terms.check.as_ref().map(|check| status(setup, check, to)),
    });
    Some(CommitmentShown {
        at: commitment.at,
        signature: commitment.signature.clone().filter(|_| to == ShownTo::Staff),
        ordinary_days: commitment.ordinary_days,
        terms: terms.collect(),
    })
}

fn part_name(case: &Case, matter: &jiban_domain::MatterId) -> Text {
    let part = case.parts.iter().find(|part| part.matter == *matter);
    part.map_or_else(|| Text::from(matter.as_str()), |part| part.name.clone())
}

fn status(setup: &Setup, check: &CommitmentCheck, to: ShownTo) -> CheckStatus {
    let reviewer = check.reviewer.as_ref().filter(|_| to == ShownTo::Staff);
    CheckStatus {
        state: check.state,
        due: check.due.map(|due| due.date.to_string()),
        due_provisional: check.due.is_some_and(|due| due.provisional),
        late: check.late,
        reviewer: reviewer.map(|id| name_of(setup, id)),
        note: check.note.clone(),
        done_at: check.done.map(|at| at.at),
        breach: check.breach.as_ref().map(|breach| breach_shown(breach, check.state, to)),
    }
}

fn breach_shown(breach: &Breach, state: CheckState, to: ShownTo) -> BreachShown {
    let answers = breach.answers.iter().map(|answer| AnswerShown {
        at: answer.at,
        via: answer.via,
        text: if to == ShownTo::Holder { String::new() } else { answer.text.clone() },
    });
    BreachShown {
        at: breach.at.at,
        finding: breach.finding.clone(),
        answer_by: breach.answer_by.to_string(),
        put_right_by: breach.put_right_by.map(|day| day.to_string()),
        answers: answers.collect(),
        may_answer: to != ShownTo::Holder && state == CheckState::Noticed,
    }
}

fn name_of(setup: &Setup, id: &jiban_domain::ClerkId) -> Text {
    setup.clerk(id).map_or_else(|| Text::from(id.as_str()), |clerk| clerk.name.clone())
}

/// What could be committed to in a case that is being received.
pub fn offered(setup: &Setup, case: &Case) -> Option<CommitmentOffered> {
    let hall = setup.hall(&case.hall).filter(|_| case.state == CaseState::Open)?;
    let CommitmentOffer { promised_days, matters } = commitment_offered(hall, &case.subject)?;
    let matters = matters.into_iter().map(|one| MatterOffered {
        matter: one.matter,
        name: one.name,
        text: one.text,
        consequence: one.consequence,
        steps: one.steps,
        materials: one.materials.into_iter().map(|(_, name)| name).collect(),
        check_department: setup.department_name(&one.check_department),
        check_within_days: one.check_within_days,
    });
    Some(CommitmentOffered { promised_days, matters: matters.collect() })
}

/// The departments whose checks a reviewer sees.
fn departments(setup: &Setup, me: &Clerk) -> Vec<DepartmentId> {
    let listed = setup.departments.iter().map(|department| department.id.clone());
    listed.filter(|id| me.sees_steps_of(id)).collect()
}

/// The checks that a reviewer's departments have to do.
///
/// # Errors
/// A department that is not the reviewer's.
pub async fn checks(
    service: &HallService,
    me: &Clerk,
    department: Option<&DepartmentId>,
    mine: bool,
) -> Result<Checks, Refusal> {
    let (setup, calendar) = setup_and_calendar(service);
    let mut in_departments = departments(&setup, me);
    if let Some(one) = department {
        if !in_departments.contains(one) {
            return Err(CaseRefusal::NotYourDepartment.into());
        }
        in_departments.retain(|id| id == one);
    }
    let reviewer = mine.then_some(&me.id);
    let rows = service.reader.open_checks(&in_departments, reviewer, &me.halls).await;
    let today = today(service, &setup);
    let shown = |row: &CheckRow| shown(&setup, &calendar, Some(me), today, row);
    Ok(Checks { checks: rows.map_err(read_failed)?.iter().filter_map(shown).collect() })
}

/// The checks of all departments in these halls, for the director's figures; in all halls
/// where there are none.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_halls(service: &HallService, halls: &[HallId]) -> Result<Vec<CheckShown>, Refusal> {
    let (setup, calendar) = setup_and_calendar(service);
    let all: Vec<DepartmentId> = setup.departments.iter().map(|one| one.id.clone()).collect();
    let rows = service.reader.open_checks(&all, None, halls).await.map_err(read_failed)?;
    let today = today(service, &setup);
    Ok(rows.iter().filter_map(|row| shown(&setup, &calendar, None, today, row)).collect())
}

fn setup_and_calendar(service: &HallService) -> (Setup, Calendar) {
    let live_state = service.live_state();
    (live_state.setup().setup.clone(), live_state.calendar().calendar.clone())
}

/// Today in the first hall: departments are shared by all halls.
fn today(service: &HallService, setup: &Setup) -> Date {
    moment(setup.halls.first(), service.clock.now()).day
}

fn shown(
    setup: &Setup,
    calendar: &Calendar,
    me: Option<&Clerk>,
    today: Date,
    row: &CheckRow,
) -> Option<CheckShown> {
    let case = &row.case;
    let (terms, check) = case.checks().find(|(terms, _)| terms.matter == row.matter)?;
    let due = check.due?;
    let left = calendar.left(today, due.date);
    Some(CheckShown {
        case: case.id,
        number: case.number.to_string(),
        matter: terms.matter.clone(),
        matter_name: part_name(case, &terms.matter),
        hall: case.hall.clone(),
        department: terms.check_department.clone(),
        department_name: setup.department_name(&terms.check_department),
        state: check.state,
        answered: check.breach.as_ref().is_some_and(|breach| !breach.answers.is_empty()),
        reviewer: check.reviewer.as_ref().map(|id| name_of(setup, id)),
        mine: me.is_some_and(|me| check.reviewer.as_ref() == Some(&me.id)),
        due: due.date.to_string(),
        due_provisional: due.provisional,
        colour: Colour::of(left, &setup.case_rules(&case.hall)),
        days_left: left,
    })
}
