//! What departments do with steps.

use std::sync::Arc;

use jiban_app::api::office::{
    Approve, AskForMore, HandOver, LookAtNew, Pause, Reject, Resume, Revoke, StepNow, Take,
    Unreadable,
};
use jiban_domain::access::Action;
use jiban_domain::case::{CaseRefusal, Colour, StepRef, VerifyCode};
use jiban_domain::event::CaseEvent;
use jiban_domain::{CaseId, Refusal, Text};
use serde_json::json;
use uuid::Uuid;

use super::{CaseContext, NewEvent, Of};
use crate::service::access::Caller;
use crate::service::{HallService, answer, digest, read_failed};

impl HallService {
    async fn change_step(
        &self,
        (me, action): (Caller, Action),
        (request, step): ((Uuid, [u8; 32]), StepRef),
        change: impl Fn(CaseContext<'_>, &Caller) -> Result<NewEvent, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        self.change_case_returning(
            Some(request),
            (me.clone(), action, Of::Step(step.step)),
            step.case,
            vec![],
            move |context| change(context, &me),
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

    /// Takes a step on; the answer, like that of each command below, is a
    /// [`StepNow`].
    ///
    /// # Errors
    /// The step belongs to another department or reviewer.
    pub async fn take_step(&self, me: Caller, q: Take) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Take>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::TakeStep), request, move |context, me| {
            context.case.take(q.step.step, &me.clerk, context.now)?;
            Ok(step_event(CaseEvent::StepTaken, me, q.step, &note))
        })
        .await
    }

    /// Approves a step.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::approve`].
    pub async fn approve_step(&self, me: Caller, q: Approve) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Approve>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::ApproveStep), request, move |context, me| {
            let CaseContext { case, calendar, now, issuing, .. } = context;
            case.approve(q.step.step, &me.clerk, note.clone(), issuing, (calendar, now))?;
            Ok(step_event(CaseEvent::StepApproved, me, q.step, &note))
        })
        .await
    }

    /// Rejects a matter.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`].
    pub async fn reject_step(&self, me: Caller, q: Reject) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Reject>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::RejectStep), request, move |context, me| {
            let CaseContext { case, calendar, now, issuing, .. } = context;
            case.reject(q.step.step, &me.clerk, note.clone(), issuing, (calendar, now))?;
            Ok(step_event(CaseEvent::StepRejected, me, q.step, &note))
        })
        .await
    }

    /// Asks the applicant for more materials.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::ask_for_more`].
    pub async fn ask_for_more(&self, me: Caller, q: AskForMore) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<AskForMore>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        // A note alone names what is wanted, as a material.
        let named = q.materials.iter().any(|name| !name.trim().is_empty());
        let wanted = if named { q.materials.clone() } else { vec![q.note.clone()] };
        self.change_step((me, Action::AskForMore), request, move |context, me| {
            let CaseContext { case, calendar, now, rules, .. } = context;
            let more = (&wanted[..], note.clone());
            case.ask_for_more(q.step.step, &me.clerk, more, rules, (calendar, now))?;
            Ok(step_event(CaseEvent::MoreAsked, me, q.step, &note))
        })
        .await
    }

    /// Asks the applicant for one material again that cannot be read.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::unreadable_to_reviewer`].
    pub async fn step_unreadable(&self, me: Caller, q: Unreadable) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Unreadable>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::AskAgain), request, move |context, me| {
            let (step, note, when) =
                ((q.step.step, &me.clerk), note.clone(), (context.calendar, context.now));
            let what = (q.material, q.file.as_deref());
            context.case.unreadable_to_reviewer(what, step, note.clone(), when)?;
            let detail = json!({
                "step": q.step, "material": q.material, "file": q.file, "note": note,
            });
            Ok(NewEvent::new(CaseEvent::MaterialUnreadable, me.clerk.as_str(), detail))
        })
        .await
    }

    /// The reviewer has looked at what was sent anew.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToRead`].
    pub async fn look_at_new(&self, me: Caller, q: LookAtNew) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<LookAtNew>(&(&me.clerk, &q))), q.step);
        self.change_step((me, Action::LookAtNew), request, move |context, me| {
            context.case.look_at_new(q.material, (context.calendar, context.now))?;
            let detail = json!({ "step": q.step, "material": q.material });
            Ok(NewEvent::new(CaseEvent::MaterialLookedAt, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Suspends the deadline on a legal ground.
    ///
    /// # Errors
    /// [`CaseRefusal::GroundNeeded`] with the possible grounds.
    pub async fn pause_step(&self, me: Caller, q: Pause) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Pause>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::PauseStep), request, move |context, me| {
            let CaseContext { case, calendar, now, rules, .. } = context;
            let ground = match &q.ground {
                Some(id) => rules.pause(id),
                None => rules.pause_named_in(&q.note),
            };
            let Some(ground) = ground else {
                let grounds: Vec<Text> = rules.pauses.iter().map(|one| one.name.clone()).collect();
                return Err(CaseRefusal::GroundNeeded(grounds).into());
            };
            case.pause(q.step.step, &me.clerk, (ground, note.clone()), (calendar, now))?;
            let detail = json!({ "step": q.step, "ground": ground.id, "note": note });
            Ok(NewEvent::new(CaseEvent::ClockStopped, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Resumes the deadline.
    ///
    /// # Errors
    /// The deadline is not suspended, or the step belongs to another reviewer.
    pub async fn resume_step(&self, me: Caller, q: Resume) -> Result<Arc<str>, Refusal> {
        let request = ((q.request_id, digest::<Resume>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::ResumeStep), request, move |context, me| {
            context.case.resume(q.step.step, &me.clerk, (context.calendar, context.now))?;
            Ok(step_event(CaseEvent::ClockResumed, me, q.step, &note))
        })
        .await
    }

    /// Transfers a step to another department or reviewer.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownDepartment`].
    pub async fn hand_over_step(&self, me: Caller, q: HandOver) -> Result<Arc<str>, Refusal> {
        let setup = self.live_state().setup().clone();
        if q.department.as_ref().is_some_and(|id| setup.setup.department(id).is_none()) {
            return Err(CaseRefusal::UnknownDepartment.into());
        }
        let request = ((q.request_id, digest::<HandOver>(&(&me.clerk, &q))), q.step);
        let note = self.seal_note(q.step.case, &q.note).await?;
        self.change_step((me, Action::HandOverStep), request, move |context, me| {
            let (_, step) = context.case.step(q.step.step)?;
            let to = q.department.clone().unwrap_or_else(|| step.department.clone());
            let more = (to.clone(), note.clone());
            context.case.hand_over(q.step.step, &me.clerk, more, context.now)?;
            let detail = json!({ "step": q.step, "department": to, "note": note });
            Ok(NewEvent::new(CaseEvent::StepHandedOver, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Revokes an issued document and returns the id of its case. Only the issuing
    /// department and a supervisor may do so.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownDocument`], [`CaseRefusal::NotYourDepartment`].
    pub async fn revoke_result(&self, me: Caller, q: Revoke) -> Result<CaseId, Refusal> {
        let code: VerifyCode = q.code.parse().map_err(|_| CaseRefusal::UnknownDocument)?;
        let issued = self.reader.issued(&code.0).await.map_err(read_failed)?;
        let case = issued.ok_or(CaseRefusal::UnknownDocument)?.case;
        let request = (q.request_id, digest::<Revoke>(&(&me.clerk, &q)));
        let reason = self.seal_note(case, &q.reason).await?;
        let who = (me.clone(), Action::RevokeResult, Of::Document(code));
        self.change_case(Some(request), who, case, vec![], move |context| {
            context.case.revoke(code, reason.clone(), context.now)?;
            let detail = json!({ "code": code, "note": reason });
            Ok(NewEvent::new(CaseEvent::ResultRevoked, me.clerk.as_str(), detail))
        })
        .await?;
        Ok(case)
    }
}

fn step_event(kind: CaseEvent, me: &Caller, step: StepRef, note: &str) -> NewEvent {
    NewEvent::new(kind, me.clerk.as_str(), json!({ "step": step, "note": note }))
}
