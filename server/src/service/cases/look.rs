//! Looks at cases. Each is in the trail before anything is shown, and so is one that
//! was refused: who counts through the ids leaves traces.

use jiban_app::api::reception::LookInto;
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::event::{CaseEvent, HallEvent};
use jiban_domain::{CaseId, HallId, Millis, Refusal};
use serde_json::json;

use super::HallService;
use crate::live_state::LiveState;
use crate::service::access::{AtCounter, Caller};
use crate::service::looks::Looks;
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::About;

impl HallService {
    /// A case that the caller may look at.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`]; [`CaseRefusal::UnknownCase`].
    pub async fn look(&self, me: &Caller, action: Action, id: CaseId) -> Result<Case, Refusal> {
        match self.case_to_look_at(me, action, id).await {
            Err(refusal) => Err(self.refused(me, id, refusal).await),
            found => found,
        }
    }

    async fn case_to_look_at(
        &self,
        me: &Caller,
        action: Action,
        id: CaseId,
    ) -> Result<Case, Refusal> {
        let (case, now) = (self.case(id).await?, self.clock.now());
        let steady = self.clock.steady();
        let visit = {
            let live_state = self.live_state();
            let subject = as_subject(&self.looks, &live_state, steady, me, &case);
            me.require(&live_state, now, action, &subject)?;
            case.clerk != me.clerk && serves_visit(&live_state, me, &case)
        };
        if self.looks.is_noted(&me.session, id, steady) {
            return Ok(case);
        }
        let (caller, looked) = (me.clone(), self.looks.clone());
        self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
            let case = work.case(id)?.clone();
            let subject = as_subject(&looked, work.live_state(), work.steady(), &caller, &case);
            work.require(&caller, action, &subject)?;
            let by = caller.clerk.as_str();
            let detail = if visit { json!({ "reason": "visit" }) } else { json!({}) };
            work.append_event(CaseEvent::CaseLookedAt, case.hall, About::Case(id), by, &detail);
            Ok("{}".to_owned())
        })
        .await?;
        self.looks.note(&me.session, id, steady);
        Ok(case)
    }

    /// Says why a clerk looks at a case that another clerk has. From then on, for a
    /// while, they may.
    ///
    /// # Errors
    /// The case is of another hall, or the reason does not fit it.
    pub async fn say_why(&self, me: &AtCounter, q: LookInto) -> Result<(), Refusal> {
        let (caller, id, steady) = (me.caller(), q.case, self.clock.steady());
        // Free words may name people: they are erased with the applicant.
        let sealed = self.seal_note(id, &q.note).await?;
        let said = self.execute_with(None, vec![Prefetch::Case(id)], {
            let caller = caller.clone();
            move |work| {
                let case = work.case(id)?.clone();
                let subject = Subject::Case { case: &case, opened: false };
                work.require(&caller, Action::SayWhy, &subject)?;
                let words = q.reason.words(&q.note, &case)?;
                let note = if words.is_empty() { words } else { sealed.clone() };
                let detail = json!({ "reason": q.reason, "note": note });
                let by = caller.clerk.as_str();
                work.append_event(CaseEvent::CaseLookedAt, case.hall, About::Case(id), by, &detail);
                Ok("{}".to_owned())
            }
        });
        match said.await {
            Ok(_) => {
                self.looks.open(&caller.session, id, steady);
                Ok(())
            }
            Err(refusal) => Err(self.refused(&caller, id, refusal).await),
        }
    }

    /// Whether a clerk is asked why before they look at a case of their hall.
    pub fn asks_why(&self, me: &Caller, case: &Case) -> bool {
        let (live_state, now) = (self.live_state(), self.clock.now());
        let subject = as_subject(&self.looks, &live_state, self.clock.steady(), me, case);
        me.require(&live_state, now, Action::LookAtCase, &subject).is_err()
    }

    /// Refuses what the caller may not do with a case now.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`].
    pub(super) async fn require_on_case(
        &self,
        me: &Caller,
        action: Action,
        case: &Case,
    ) -> Result<(), Refusal> {
        let allowed = {
            let (live_state, now) = (self.live_state(), self.clock.now());
            let subject = as_subject(&self.looks, &live_state, self.clock.steady(), me, case);
            me.require(&live_state, now, action, &subject)
        };
        match allowed {
            Err(refusal) => Err(self.refused(me, case.id, refusal).await),
            Ok(()) => Ok(()),
        }
    }

    /// Records a refusal that says whose a case is; returns what is answered.
    pub(super) async fn refused(&self, me: &Caller, case: CaseId, refusal: Refusal) -> Refusal {
        let foreign = matches!(
            refusal,
            Refusal::Case(
                CaseRefusal::SayWhy
                    | CaseRefusal::NotYourCase
                    | CaseRefusal::NotYourDepartment
                    | CaseRefusal::UnknownCase
            )
        );
        if !foreign {
            return refusal;
        }
        match self.looks.refused(&me.clerk, case, self.clock.steady()) {
            Ok(false) => refusal,
            Err(locked) => locked,
            Ok(true) => {
                let (me, why) = (me.clone(), refusal.code());
                let recorded = self.execute(None, move |work| {
                    let hall = me.staff(work.live_state(), work.now()).ok();
                    let hall = hall.and_then(|staff| staff.hall.cloned());
                    let detail = json!({ "case": case, "why": why });
                    let (hall, by) = (hall.unwrap_or_else(HallId::default), me.clerk.as_str());
                    work.append_event(HallEvent::LookRefused, hall, About::Hall, by, &detail);
                    Ok("{}".to_owned())
                });
                match recorded.await {
                    Ok(_) => refusal,
                    Err(unavailable) => unavailable,
                }
            }
        }
    }
}

/// A case as the table of access asks about it; `steady` is of [`crate::clock::HallTime`].
pub(super) fn as_subject<'c>(
    looks: &Looks,
    live_state: &LiveState,
    steady: Millis,
    me: &Caller,
    case: &'c Case,
) -> Subject<'c> {
    let said_why = looks.is_opened(&me.session, case.id, steady);
    Subject::Case { case, opened: said_why || serves_visit(live_state, me, case) }
}

/// Whether the ticket that the caller serves is the visit the case was opened in: that
/// its applicant stands there is reason enough.
fn serves_visit(live_state: &LiveState, me: &Caller, case: &Case) -> bool {
    let in_hand = me.place.counter().and_then(|counter| live_state.in_hand(counter));
    in_hand.is_some_and(|standing| case.ticket == Some(standing.ticket.id))
}
