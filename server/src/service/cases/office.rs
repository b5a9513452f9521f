//! What departments do to steps.

use std::sync::Arc;

use jiban_app::api::office::{
    Approve, AskForMore, HandOver, Pause, Reject, Resume, Revoke, StepNow, Take,
};
use jiban_domain::case::{CaseRefusal, Colour, StepRef, VerifyCode};
use jiban_domain::setup::{Clerk, Role};
use jiban_domain::{CaseId, DepartmentId, Refusal, Text};
use serde_json::json;
use uuid::Uuid;

use super::{Acting, Deed};
use crate::change::EventKind;
use crate::service::{HallService, answer, digest, unread};

/// Who decides, as the hall file has them now.
#[derive(Debug, Clone)]
pub struct Reviewer(pub Clerk);

impl Reviewer {
    /// Whether they decide for a department.
    pub fn decides_for(&self, department: &DepartmentId) -> bool {
        match self.0.role {
            Role::Reviewer => self.0.departments.contains(department),
            // The director may stand in for anyone; a supervisor decides nothing.
            Role::Admin => true,
            Role::Supervisor | Role::Clerk => false,
        }
    }

    /// Whether they see a department's steps.
    pub fn sees(&self, department: &DepartmentId) -> bool {
        self.0.role.supervises() || self.decides_for(department)
    }
}

impl HallService {
    async fn on_step(
        &self,
        me: Reviewer,
        (request, step): ((Uuid, [u8; 32]), StepRef),
        verb: impl Fn(Acting<'_>, &Reviewer) -> Result<Deed, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        self.on_case(
            Some(request),
            step.case,
            vec![],
            move |acting| {
                let (_, found) = acting.case.step(step.step)?;
                if !me.decides_for(&found.department) || !me.0.works_in(&acting.case.hall) {
                    return Err(CaseRefusal::NotYourDepartment.into());
                }
                verb(acting, &me)
            },
            move |case, now, rules, calendar| {
                let (_, found) = case.step(step.step)?;
                let due = found.due.filter(|_| found.done.is_none());
                answer(&StepNow {
                    id: step,
                    state: found.state,
                    due: due.map(|due| due.date.to_string()),
                    colour: due.map(|due| Colour::of(calendar.left(now.day, due.date), rules)),
                    case_state: case.state,
                })
            },
        )
        .await
    }

    /// A reviewer takes a step; the answer, like that of each below, is a
    /// [`StepNow`].
    ///
    /// # Errors
    /// It is another department's, or another reviewer's.
    pub async fn take_step(&self, me: Reviewer, q: Take) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("take", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            acting.case.take(q.step.step, &me.0.id, acting.now)?;
            Ok(told(EventKind::StepTaken, me, q.step, &q.note))
        })
        .await
    }

    /// Passes a step.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::approve`].
    pub async fn approve_step(&self, me: Reviewer, q: Approve) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("approve", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            let Acting { case, calendar, now, issuing, .. } = acting;
            case.approve(q.step.step, &me.0.id, q.note.clone(), issuing, (calendar, now))?;
            Ok(told(EventKind::StepApproved, me, q.step, &q.note))
        })
        .await
    }

    /// Rejects a matter.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`].
    pub async fn reject_step(&self, me: Reviewer, q: Reject) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("reject", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            let Acting { case, calendar, now, issuing, .. } = acting;
            case.reject(q.step.step, &me.0.id, q.note.clone(), issuing, (calendar, now))?;
            Ok(told(EventKind::StepRejected, me, q.step, &q.note))
        })
        .await
    }

    /// Asks for more materials.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::ask_for_more`].
    pub async fn ask_for_more(&self, me: Reviewer, q: AskForMore) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("ask_for_more", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            let Acting { case, calendar, now, rules, .. } = acting;
            let said = (&q.materials[..], q.note.clone());
            case.ask_for_more(q.step.step, &me.0.id, said, rules, (calendar, now))?;
            Ok(told(EventKind::MoreAsked, me, q.step, &q.note))
        })
        .await
    }

    /// Stops the clock on a legal ground.
    ///
    /// # Errors
    /// [`CaseRefusal::GroundNeeded`] with the grounds there are.
    pub async fn pause_step(&self, me: Reviewer, q: Pause) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("pause", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            let Acting { case, calendar, now, rules, .. } = acting;
            let ground = match &q.ground {
                Some(id) => rules.pause(id),
                None => rules.pause_named_in(&q.note),
            };
            let Some(ground) = ground else {
                let known: Vec<Text> = rules.pauses.iter().map(|one| one.name.clone()).collect();
                return Err(CaseRefusal::GroundNeeded(known).into());
            };
            case.pause(q.step.step, &me.0.id, (ground, q.note.clone()), (calendar, now))?;
            let detail = json!({ "step": q.step, "ground": ground.id, "note": q.note });
            Ok(Deed::new(EventKind::ClockStopped, me.0.id.as_str(), detail))
        })
        .await
    }

    /// Lets the clock run again.
    ///
    /// # Errors
    /// It does not stand still, or is another's.
    pub async fn resume_step(&self, me: Reviewer, q: Resume) -> Result<Arc<str>, Refusal> {
        let asked = ((q.request_id, digest("resume", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            acting.case.resume(q.step.step, &me.0.id, (acting.calendar, acting.now))?;
            Ok(told(EventKind::ClockResumed, me, q.step, &q.note))
        })
        .await
    }

    /// Gives a step to a department.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownDepartment`].
    pub async fn hand_over_step(&self, me: Reviewer, q: HandOver) -> Result<Arc<str>, Refusal> {
        let setup = self.live_state().setup().clone();
        if q.department.as_ref().is_some_and(|id| setup.setup.department(id).is_none()) {
            return Err(CaseRefusal::UnknownDepartment.into());
        }
        let asked = ((q.request_id, digest("hand_over", &(&me.0.id, &q))), q.step);
        self.on_step(me, asked, move |acting, me| {
            let (_, step) = acting.case.step(q.step.step)?;
            let to = q.department.clone().unwrap_or_else(|| step.department.clone());
            let said = (to.clone(), q.note.clone());
            acting.case.hand_over(q.step.step, &me.0.id, said, acting.now)?;
            let detail = json!({ "step": q.step, "department": to, "note": q.note });
            Ok(Deed::new(EventKind::StepHandedOver, me.0.id.as_str(), detail))
        })
        .await
    }

    /// Takes a document back; says which case it was of.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownDocument`]; only its issuer and the supervisor may.
    pub async fn revoke_result(&self, me: Reviewer, q: Revoke) -> Result<CaseId, Refusal> {
        let code: VerifyCode = q.code.parse().map_err(|_| CaseRefusal::UnknownDocument)?;
        let issued = self.reader.issued(&code.0).await.map_err(unread)?;
        let case = issued.ok_or(CaseRefusal::UnknownDocument)?.case;
        let request = (q.request_id, digest("revoke", &(&me.0.id, &q)));
        self.on_case_plainly(Some(request), case, vec![], move |acting| {
            let document = acting.case.results.iter().find(|one| one.code == code);
            let issuer = &document.ok_or(CaseRefusal::UnknownDocument)?.issuer;
            if !me.sees(issuer) {
                return Err(CaseRefusal::NotYourDepartment.into());
            }
            acting.case.revoke(code, q.reason.clone(), acting.now)?;
            let detail = json!({ "code": code, "note": q.reason });
            Ok(Deed::new(EventKind::ResultRevoked, me.0.id.as_str(), detail))
        })
        .await?;
        Ok(case)
    }
}

fn told(kind: EventKind, me: &Reviewer, step: StepRef, note: &str) -> Deed {
    Deed::new(kind, me.0.id.as_str(), json!({ "step": step, "note": note }))
}
