//! Commitments (告知承诺): signed at a counter, checked by a department after the decision, and
//! answered by the applicant where the check finds a breach.

use jiban_app::api::commitment_calls::{
    AnswerBreach, FindBroken, FindKept, PutBreachRight, RecordAnswer, RecordAnswerAtOffice,
    RevokeForBreach, SignCommitment, TakeCheck, WithdrawCommitment,
};
use jiban_domain::access::Action;
use jiban_domain::case::commitment::AnsweredVia;
use jiban_domain::case::{CaseRefusal, commitment_offered};
use jiban_domain::event::CaseEvent;
use jiban_domain::setup::CaseRules;
use jiban_domain::{CaseId, MatterId, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{CaseContext, HallService, NewEvent, Of, moment, put, row};
use crate::service::access::{AtCounter, Caller};
use crate::service::prefetch::Prefetch;
use crate::service::{digest, read_failed};

/// The most characters of an answer.
pub const ANSWER: usize = 2000;

impl HallService {
    /// Signs the commitment that the case's matters offer now.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::sign_commitment`].
    pub async fn sign_commitment(&self, me: AtCounter, q: SignCommitment) -> Result<(), Refusal> {
        if let Some(signature) = &q.signature {
            self.require_kept_file(signature, q.case).await?;
        }
        let request = (q.request_id, digest::<SignCommitment>(&(&me.counter, &q)));
        let setup = self.live_state().setup().clone();
        let who = (me.caller(), Action::SignCommitment, Of::Case);
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        self.change_case(Some(request), who, q.case, prefetch, move |context| {
            let may = context.may_promise();
            let CaseContext { case, now, .. } = context;
            let hall = setup.setup.hall(&case.hall);
            let offer = hall.and_then(|hall| commitment_offered(hall, &case.subject));
            case.sign_commitment(offer.as_ref(), q.signature.clone(), may, now)?;
            let detail = json!({
                "drawn": q.signature.is_some(),
                "promised_days": case.promised_days,
            });
            Ok(NewEvent::new(CaseEvent::CommitmentSigned, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Takes a commitment back before acceptance.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::withdraw_commitment`].
    pub async fn withdraw_commitment(
        &self,
        me: AtCounter,
        q: WithdrawCommitment,
    ) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<WithdrawCommitment>(&(&me.counter, &q)));
        let who = (me.caller(), Action::WithdrawCommitment, Of::Case);
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            context.case.withdraw_commitment()?;
            let by = me.clerk.as_str();
            Ok(NewEvent::new(CaseEvent::CommitmentWithdrawn, by, json!({})))
        })
        .await
    }

    /// Writes down at a counter what the applicant answers.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::answer_breach`].
    pub async fn record_answer(&self, me: AtCounter, q: RecordAnswer) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<RecordAnswer>(&(&me.counter, &q)));
        let who = (me.caller(), Action::RecordAnswer, Of::Case);
        let what = (q.case, q.matter, q.note);
        self.record(request, who, what, AnsweredVia::Counter).await
    }

    /// Writes down in the office what the applicant answers.
    ///
    /// # Errors
    /// As [`Self::record_answer`].
    pub async fn record_answer_at_office(
        &self,
        me: Caller,
        q: RecordAnswerAtOffice,
    ) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<RecordAnswerAtOffice>(&(&me.clerk, &q)));
        let who = (me, Action::RecordAnswerAtOffice, Of::Check(q.matter.clone()));
        let what = (q.case, q.matter, q.note);
        self.record(request, who, what, AnsweredVia::Department).await
    }

    async fn record(
        &self,
        request: (Uuid, [u8; 32]),
        who: (Caller, Action, Of),
        (case, matter, note): (CaseId, MatterId, String),
        via: AnsweredVia,
    ) -> Result<(), Refusal> {
        let note = self.seal_note(case, &answer_of(&note)).await?;
        let by = who.0.clerk.clone();
        self.change_case(Some(request), who, case, vec![], move |context| {
            context.case.answer_breach(&matter, note.clone(), via, context.now)?;
            let detail = json!({ "matter": matter, "via": via, "note": note });
            Ok(NewEvent::new(CaseEvent::BreachAnswered, by.as_str(), detail))
        })
        .await
    }

    /// The applicant answers from the phone page, with the case's own token.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`]; see [`jiban_domain::case::Case::answer_breach`].
    pub async fn answer_breach(&self, q: AnswerBreach) -> Result<(), Refusal> {
        let found = self.reader.case_by_token(q.token).await.map_err(read_failed)?;
        let id = found.ok_or(CaseRefusal::UnknownCase)?.id;
        let request = (q.request_id, digest::<AnswerBreach>(&q));
        let note = self.seal_note(id, &answer_of(&q.text)).await?;
        self.execute_with(Some(request), vec![Prefetch::Case(id)], move |work| {
            work.require_date()?;
            let mut case = work.case(id)?.clone();
            let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
            let hall = setup.setup.hall(&case.hall);
            let default_rules = CaseRules::default();
            let rules = hall.map_or(&default_rules, |hall| &hall.cases);
            let now = moment(hall, work.now());
            case.answer_breach(&q.matter, note.clone(), AnsweredVia::Phone, now)?;
            let detail = json!({ "matter": q.matter, "via": AnsweredVia::Phone, "note": note });
            let row = row(case, &calendar.calendar, rules, now);
            put(work, row, CaseEvent::BreachAnswered, "", detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(())
    }

    /// Takes a check.
    ///
    /// # Errors
    /// It has ended, or belongs to another department.
    pub async fn take_check(&self, me: Caller, q: TakeCheck) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<TakeCheck>(&(&me.clerk, &q)));
        let who = (me.clone(), Action::TakeCheck, Of::Check(q.matter.clone()));
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            context.case.take_check(&q.matter, &me.clerk, context.now)?;
            Ok(check_event(CaseEvent::CheckTaken, &me, &q.matter, ""))
        })
        .await
    }

    /// Found as committed.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::find_kept`].
    pub async fn find_kept(&self, me: Caller, q: FindKept) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<FindKept>(&(&me.clerk, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        let who = (me.clone(), Action::FindKept, Of::Check(q.matter.clone()));
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            context.case.find_kept(&q.matter, &me.clerk, note.clone(), context.now)?;
            Ok(check_event(CaseEvent::CommitmentKept, &me, &q.matter, &note))
        })
        .await
    }

    /// Found broken: the applicant is told.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::find_broken`].
    pub async fn find_broken(&self, me: Caller, q: FindBroken) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<FindBroken>(&(&me.clerk, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        let who = (me.clone(), Action::FindBroken, Of::Check(q.matter.clone()));
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            let CaseContext { case, calendar, now, .. } = context;
            let found = (note.clone(), q.may_put_right);
            case.find_broken(&q.matter, &me.clerk, found, (calendar, now))?;
            Ok(check_event(CaseEvent::CommitmentBroken, &me, &q.matter, &note))
        })
        .await
    }

    /// The breach was put right.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::put_breach_right`].
    pub async fn put_breach_right(&self, me: Caller, q: PutBreachRight) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<PutBreachRight>(&(&me.clerk, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        let who = (me.clone(), Action::PutBreachRight, Of::Check(q.matter.clone()));
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            context.case.put_breach_right(&q.matter, &me.clerk, note.clone(), context.now)?;
            Ok(check_event(CaseEvent::BreachPutRight, &me, &q.matter, &note))
        })
        .await
    }

    /// Revokes what rests on a broken commitment. From then on it is known as other broken
    /// promises are.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::revoke_for_breach`].
    pub async fn revoke_for_breach(&self, me: Caller, q: RevokeForBreach) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<RevokeForBreach>(&(&me.clerk, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        let who = (me.clone(), Action::RevokeForBreach, Of::Check(q.matter.clone()));
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        self.change_case(Some(request), who, q.case, prefetch, move |context| {
            context.case.revoke_for_breach(&q.matter, &me.clerk, note.clone(), context.now)?;
            let event = check_event(CaseEvent::CommitmentRevoked, &me, &q.matter, &note);
            Ok(event.breaks_a_promise())
        })
        .await
    }
}

fn check_event(kind: CaseEvent, me: &Caller, matter: &MatterId, note: &str) -> NewEvent {
    NewEvent::new(kind, me.clerk.as_str(), json!({ "matter": matter, "note": note }))
}

/// As much of an answer as is kept.
fn answer_of(text: &str) -> String {
    text.trim().chars().take(ANSWER).collect()
}
