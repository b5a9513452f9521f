//! Who may do what. Every verb and every look passes [`may`]: an [`Actor`], an
//! [`Action`] and the [`Subject`] it concerns. Nothing is decided elsewhere.
//!
//! - [`action`]: the table: every action, and the rule it follows
//! - [`actor`]: who asks, and where they are signed in
//! - [`subject`]: what an action concerns
//! - [`reason`]: why somebody looks at a case that another clerk has
//!
//! A clerk, reviewer, supervisor or director who is bound to halls acts and sees in
//! those alone; without halls in the hall file, in all.

pub mod action;
pub mod actor;
pub mod reason;
pub mod subject;
#[cfg(test)]
mod tests;

use crate::case::{Case, CaseRefusal};
use crate::draft::{Draft, DraftRefusal};
use crate::ids::DepartmentId;
use crate::refusal::Refusal;
use crate::setup::{Clerk, Role};

pub use action::{Action, Rule};
pub use actor::{Actor, Place, PlaceKind, Staff};
pub use reason::LookReason;
pub use subject::Subject;

/// Whether an actor may do something to a subject.
///
/// # Errors
/// [`Refusal::SignInFirst`] where somebody signed in is needed, [`Refusal::NotAllowed`]
/// for the wrong place or role; for a subject of another hall that it is unknown; for
/// a case or step of somebody else, whose it is.
pub fn may(actor: &Actor<'_>, action: Action, subject: &Subject<'_>) -> Result<(), Refusal> {
    let rule = action.rule();
    match (rule, actor) {
        (Rule::Anyone, _) | (Rule::Holder, Actor::Holder) => Ok(()),
        (Rule::Holder, _) => Err(Refusal::UnknownTicket),
        (Rule::Kiosk, Actor::Kiosk(hall)) => match subject {
            Subject::Hall(other) if other != hall => Err(Refusal::UnknownTicket),
            _ => Ok(()),
        },
        (Rule::Kiosk, _) => Err(Refusal::UnknownKiosk),
        (_, Actor::Staff(staff)) => {
            enters(staff, rule)?;
            concerns(staff, rule, subject)
        }
        _ => Err(Refusal::SignInFirst),
    }
}

/// Whether somebody signed in is at a place where the rule's actions are offered, in a
/// role that may do them there. What the action concerns is not known yet.
///
/// # Errors
/// [`Refusal::NotAllowed`]; [`Refusal::SignInFirst`] where their role no longer belongs
/// to the place they signed in at.
pub fn enters(staff: &Staff<'_>, rule: Rule) -> Result<(), Refusal> {
    if !staff.place.kind().admits(staff.clerk.role) {
        return Err(Refusal::SignInFirst);
    }
    let role = staff.clerk.role;
    let allowed = match rule {
        Rule::Supervises => role.supervises(),
        Rule::Directs | Rule::DirectsAll | Rule::DirectsClerk => role == Role::Admin,
        _ => true,
    };
    if allowed && rule.places().contains(&staff.place.kind()) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

fn concerns(staff: &Staff<'_>, rule: Rule, subject: &Subject<'_>) -> Result<(), Refusal> {
    let clerk = staff.clerk;
    match (rule, subject) {
        (Rule::DirectsAll, Subject::Halls(halls)) => {
            let all = halls.iter().all(|hall| clerk.works_in(&hall.id));
            if all { Ok(()) } else { Err(Refusal::NotAllowed) }
        }
        (Rule::DirectsClerk, Subject::Clerk(other)) => {
            let bound = !other.halls.is_empty();
            let all_of_theirs = bound && other.halls.iter().all(|hall| clerk.works_in(hall));
            if clerk.halls.is_empty() || all_of_theirs { Ok(()) } else { Err(Refusal::NotAllowed) }
        }
        (_, Subject::Nothing) => match rule {
            // These are always about something: forgetting it is no permission.
            Rule::AtCounter
            | Rule::AtOffice
            | Rule::Supervises
            | Rule::SignedIn
            | Rule::Helps
            | Rule::LooksAtDraft => Ok(()),
            _ => Err(Refusal::NotAllowed),
        },
        (_, Subject::Hall(hall)) => match staff.hall {
            _ if staff.works_in(hall) => Ok(()),
            Some(here) if here != *hall => Err(Refusal::NotYourCounter),
            _ => Err(Refusal::NotAllowed),
        },
        (_, Subject::Case { case, opened }) => {
            in_hall(staff, case)?;
            case_rule(clerk, rule, case, *opened)
        }
        (Rule::DecidesStep, Subject::Step { case, step }) => {
            in_hall(staff, case)?;
            let (_, step) = case.step(*step)?;
            if clerk.role == Role::Supervisor {
                return Err(Refusal::NotAllowed);
            }
            let theirs = clerk.decides_for(&step.department);
            if theirs { Ok(()) } else { Err(CaseRefusal::NotYourDepartment.into()) }
        }
        (Rule::ChecksCommitment, Subject::Check { case, matter }) => {
            in_hall(staff, case)?;
            let department = &case.terms_of(matter)?.check_department;
            if clerk.role == Role::Supervisor {
                return Err(Refusal::NotAllowed);
            }
            let theirs = clerk.decides_for(department);
            if theirs { Ok(()) } else { Err(CaseRefusal::NotYourDepartment.into()) }
        }
        (Rule::RevokesDocument, Subject::Document { case, code }) => {
            in_hall(staff, case)?;
            let document = case.results.iter().find(|one| one.code == *code);
            let issuer = &document.ok_or(CaseRefusal::UnknownDocument)?.issuer;
            let theirs = clerk.sees_steps_of(issuer);
            if theirs { Ok(()) } else { Err(CaseRefusal::NotYourDepartment.into()) }
        }
        (_, Subject::Draft { draft, departments }) => draft_rule(staff, rule, draft, departments),
        _ => Err(Refusal::NotAllowed),
    }
}

/// A draft of another hall is unknown there.
fn draft_rule(
    staff: &Staff<'_>,
    rule: Rule,
    draft: &Draft,
    departments: &[DepartmentId],
) -> Result<(), Refusal> {
    let (clerk, at_counter) = (staff.clerk, staff.place.kind() == PlaceKind::Counter);
    if !staff.works_in(&draft.hall) {
        return Err(DraftRefusal::UnknownDraft.into());
    }
    let theirs = match rule {
        Rule::LooksAtDraft => {
            clerk.role.supervises() || departments.iter().any(|one| clerk.sees_steps_of(one))
        }
        Rule::ChecksDraft if !at_counter && clerk.role == Role::Supervisor => {
            return Err(Refusal::NotAllowed);
        }
        Rule::ChecksDraft => {
            clerk.role == Role::Admin || departments.iter().any(|one| clerk.decides_for(one))
        }
        _ => return Err(Refusal::NotAllowed),
    };
    if at_counter || theirs { Ok(()) } else { Err(CaseRefusal::NotYourDepartment.into()) }
}

/// A case of another hall is unknown there.
fn in_hall(staff: &Staff<'_>, case: &Case) -> Result<(), Refusal> {
    if staff.works_in(&case.hall) { Ok(()) } else { Err(CaseRefusal::UnknownCase.into()) }
}

fn case_rule(clerk: &Clerk, rule: Rule, case: &Case, opened: bool) -> Result<(), Refusal> {
    use crate::case::CaseState::Open;
    let has = case.clerk == clerk.id;
    let refused = match rule {
        Rule::HasCase if !has => Some(CaseRefusal::NotYourCase),
        Rule::HasCaseUntilAccepted if !has && case.state == Open => Some(CaseRefusal::NotYourCase),
        Rule::HasCaseUntilAccepted | Rule::LooksAtCase if !has && !opened => {
            Some(CaseRefusal::SayWhy)
        }
        Rule::ReviewsCase if !reviews(clerk, case) => Some(CaseRefusal::NotYourDepartment),
        Rule::HasStep if !has_step(clerk, case) => Some(CaseRefusal::NotYourCase),
        Rule::AtCounter
        | Rule::HasCase
        | Rule::HasCaseUntilAccepted
        | Rule::LooksAtCase
        | Rule::ReviewsCase
        | Rule::HasStep => None,
        _ => return Err(Refusal::NotAllowed),
    };
    refused.map_or(Ok(()), |refused| Err(refused.into()))
}

/// Whether a step of the case came to a department whose steps the clerk sees.
fn reviews(clerk: &Clerk, case: &Case) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    clerk.role.supervises()
        || steps.any(|step| step.opened.is_some() && clerk.sees_steps_of(&step.department))
        || case.checks().any(|(terms, _)| clerk.sees_steps_of(&terms.check_department))
}

/// Whether the clerk took or decided a step of the case, or the check of its commitment, and
/// still may.
pub fn has_step(clerk: &Clerk, case: &Case) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    steps.any(|step| {
        step.reviewer.as_ref() == Some(&clerk.id) && clerk.decides_for(&step.department)
    }) || case.checks().any(|(terms, check)| {
        check.reviewer.as_ref() == Some(&clerk.id) && clerk.decides_for(&terms.check_department)
    })
}
