//! What a counter does with a case that is open.

use std::sync::Arc;

use jiban_app::api::reception::{
    AcceptCase, AcceptedCase, DecideCase, DeclineCase, HandOverResult, MarkMaterial, PostResult,
    ReuseMaterial, SignPromise, TakeUpCase, TellMissing, Unreadable, WithdrawCase,
};
use jiban_domain::access::Action;
use jiban_domain::case::{CaseRefusal, CaseState, Fetching, Handed, MaterialState, Via, offered};
use jiban_domain::event::CaseEvent;
use jiban_domain::{CaseId, HallId, Refusal};
use jiff::civil::Date;
use serde_json::json;

use super::{CaseContext, NewEvent, Of};
use crate::limits::ClientAddress;
use crate::service::access::AtCounter;
use crate::service::guesses::{Door, Failure};
use crate::service::prefetch::Prefetch;
use crate::service::{HallService, answer, digest, read_failed};

impl HallService {
    /// Marks the state of a material. After acceptance a material is supplied, which
    /// any counter of the hall may record.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::mark`] and [`jiban_domain::case::Case::supply`].
    pub async fn mark_material(&self, me: AtCounter, q: MarkMaterial) -> Result<(), Refusal> {
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        let dated = q.dated.as_deref().map(|day| parse_day("dated", day)).transpose()?;
        self.change_case(
            None,
            (me.caller(), Action::MarkMaterial, Of::Case),
            q.case,
            prefetch,
            move |context| {
                let detail = json!({ "material": q.material, "state": q.state });
                context.case.mark_authorisation(q.material, q.state, dated, context.now)?;
                if context.case.state == CaseState::Accepted && q.state == MaterialState::Present {
                    context.case.supply(q.material, &Via::Counter, context.now)?;
                    return Ok(NewEvent::new(
                        CaseEvent::MaterialSupplied,
                        me.clerk.as_str(),
                        detail,
                    ));
                }
                let may = context.may_promise();
                context.case.mark(q.material, q.state, may, context.now)?;
                Ok(NewEvent::new(CaseEvent::MaterialMarked, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Asks the applicant for one material again that cannot be read.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::unreadable_to_clerk`].
    pub async fn material_unreadable(&self, me: AtCounter, q: Unreadable) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<Unreadable>(&(&me.counter, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        let who = (me.caller(), Action::CallUnreadable, Of::Case);
        self.change_case(Some(request), who, q.case, vec![], move |context| {
            let when = (context.calendar, context.now);
            let what = (q.material, q.file.as_deref());
            context.case.unreadable_to_clerk(what, note.clone(), when)?;
            let detail = json!({ "material": q.material, "file": q.file, "note": note });
            Ok(NewEvent::new(CaseEvent::MaterialUnreadable, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Reuses a material that the hall has from an earlier case.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToReuse`].
    pub async fn reuse_material(&self, me: AtCounter, q: ReuseMaterial) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<ReuseMaterial>(&(&me.counter, &q)));
        let earlier = self.earlier_of_same_person(q.case).await?;
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        self.change_case(
            Some(request),
            (me.caller(), Action::ReuseMaterial, Of::Case),
            q.case,
            prefetch,
            move |context| {
                let material = context.case.material(q.material)?;
                let mut history = context.prefetched.history.clone();
                history.retain(|case| earlier.contains(&case.id));
                let offer = offered(material, context.case.id, &history)
                    .ok_or(CaseRefusal::NothingToReuse)?;
                let detail = json!({ "material": q.material, "from": offer.case });
                // The files still belong to the earlier case and are erased with it.
                context.case.reuse(q.material, offer.case, offer.files, context.now)?;
                Ok(NewEvent::new(CaseEvent::MaterialReused, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Notifies the applicant of everything that is missing, at once.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingMissing`].
    pub async fn tell_missing(&self, me: AtCounter, q: TellMissing) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<TellMissing>(&(&me.counter, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        self.change_case(
            Some(request),
            (me.caller(), Action::TellMissing, Of::Case),
            q.case,
            vec![],
            move |context| {
                context.case.tell_missing(note.clone(), context.now)?;
                let materials = context.case.told.as_ref().map(|notice| notice.materials.clone());
                let detail = json!({ "materials": materials });
                Ok(NewEvent::new(CaseEvent::MissingTold, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Signs the promise to bring every deferred material later.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::sign_promise`].
    pub async fn sign_promise(&self, me: AtCounter, q: SignPromise) -> Result<(), Refusal> {
        let days: Vec<(u32, Date)> = q
            .items
            .iter()
            .map(|item| Ok((item.material, parse_day("items: until", &item.until)?)))
            .collect::<Result<_, Refusal>>()?;
        if let Some(signature) = &q.signature {
            self.require_kept_file(signature, q.case).await?;
        }
        let request = (q.request_id, digest::<SignPromise>(&(&me.counter, &q)));
        self.change_case(
            Some(request),
            (me.caller(), Action::SignPromise, Of::Case),
            q.case,
            vec![],
            move |context| {
                let CaseContext { case, calendar, now, .. } = context;
                case.sign_promise(&days, q.signature.clone(), calendar, now)?;
                let items = case.promise.as_ref().map(|promise| promise.items.clone());
                let detail = json!({ "items": items, "drawn": q.signature.is_some() });
                Ok(NewEvent::new(CaseEvent::PromiseSigned, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Accepts a case; the answer is an [`AcceptedCase`].
    ///
    /// # Errors
    /// [`CaseRefusal::MaterialsMissing`].
    pub async fn accept_case(&self, me: AtCounter, q: AcceptCase) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<AcceptCase>(&(&me.counter, &q)));
        self.change_case_returning(
            Some(request),
            (me.caller(), Action::AcceptCase, Of::Case),
            q.case,
            vec![],
            move |context| {
                let CaseContext { case, calendar, now, issuing, .. } = context;
                case.accept(calendar, issuing, now)?;
                let detail = json!({ "due": case.due });
                Ok(NewEvent::new(CaseEvent::CaseAccepted, me.clerk.as_str(), detail))
            },
            |case, _, _, _| {
                answer(&AcceptedCase {
                    state: case.state,
                    due: case.due.map(|due| due.date.to_string()),
                    due_provisional: case.due.is_some_and(|due| due.provisional),
                })
            },
        )
        .await
    }

    /// Decides a case on the spot.
    ///
    /// # Errors
    /// [`CaseRefusal::NotOnTheSpot`].
    pub async fn decide_case(&self, me: AtCounter, q: DecideCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<DecideCase>(&(&me.counter, &q)));
        let note = self.seal_note(q.case, &q.note).await?;
        self.change_case(
            Some(request),
            (me.caller(), Action::DecideCase, Of::Case),
            q.case,
            vec![],
            move |context| {
                let CaseContext { case, calendar, now, issuing, .. } = context;
                case.decide_on_the_spot(&me.clerk, &note, issuing, (calendar, now))?;
                Ok(NewEvent::new(
                    CaseEvent::CaseDecided,
                    me.clerk.as_str(),
                    json!({ "note": note }),
                ))
            },
        )
        .await
    }

    /// Declines to accept a case.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`].
    pub async fn decline_case(&self, me: AtCounter, q: DeclineCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<DeclineCase>(&(&me.counter, &q)));
        let reason = self.seal_note(q.case, &q.reason).await?;
        self.change_case(
            Some(request),
            (me.caller(), Action::DeclineCase, Of::Case),
            q.case,
            vec![],
            move |context| {
                context.case.decline(reason.clone(), context.now)?;
                let detail = json!({ "note": reason });
                Ok(NewEvent::new(CaseEvent::CaseDeclined, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Withdraws a case at the applicant's request.
    ///
    /// # Errors
    /// The case is already decided.
    pub async fn withdraw_case(&self, me: AtCounter, q: WithdrawCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<WithdrawCase>(&(&me.counter, &q)));
        let reason = self.seal_note(q.case, &q.reason).await?;
        self.change_case(
            Some(request),
            (me.caller(), Action::WithdrawCase, Of::Case),
            q.case,
            vec![],
            move |context| {
                context.case.withdraw(reason.clone(), context.now)?;
                let detail = json!({ "note": reason });
                Ok(NewEvent::new(CaseEvent::CaseWithdrawn, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Puts the clerk who asks in charge of the case.
    ///
    /// # Errors
    /// The case belongs to another hall, or has ended.
    pub async fn take_up_case(&self, me: AtCounter, q: TakeUpCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<TakeUpCase>(&(&me.counter, &q)));
        self.change_case(
            Some(request),
            (me.caller(), Action::TakeUpCase, Of::Case),
            q.case,
            vec![],
            move |context| {
                context.case.take_up(me.clerk.clone(), me.counter.clone())?;
                let detail = json!({ "counter": me.counter });
                Ok(NewEvent::new(CaseEvent::CaseTakenUp, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// Hands results over to the applicant.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::hand_over_results`]. After several wrong codes for a case, or by a clerk,
    /// codes are refused for a while; a photograph of the card does as well.
    pub async fn hand_over_result(
        &self,
        me: AtCounter,
        q: HandOverResult,
        client: ClientAddress,
    ) -> Result<(), Refusal> {
        for file in q.signature.iter().chain(&q.card) {
            self.require_kept_file(file, q.case).await?;
        }
        let hall = self.hall_of(&me)?;
        let failure = Failure {
            by: me.clerk.to_string(),
            case: Some(q.case),
            hall: hall.clone(),
            ..Failure::at(Door::PickUpCode, client)
        };
        let typed = q.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let guess = match typed {
            None => None,
            Some(_) => match self.guesses.pick_up(&me.clerk, q.case, self.clock.steady()) {
                Ok(guess) => Some(guess),
                Err(refusal) => return Err(self.record_refused(failure, refusal)),
            },
        };
        if q.to_agent {
            self.require_agent(q.case, q.agent_number.as_deref().unwrap_or_default()).await?;
        }
        let request = (q.request_id, digest::<HandOverResult>(&(&me.counter, &q)));
        let done = self.change_case(
            Some(request),
            (me.caller(), Action::HandOverResult, Of::Case),
            q.case,
            vec![],
            move |context| {
                // A photograph that was sent for something else shows nobody's card.
                let used = |file: &String| {
                    context.case.has_file(file) || q.signature.as_ref() == Some(file)
                };
                if q.card.as_ref().is_some_and(used) {
                    return Err(CaseRefusal::UnknownFile.into());
                }
                let fetching = Fetching {
                    code: q.code.clone(),
                    identity_checked: q.identity_checked,
                    card: q.card.clone(),
                    signature: q.signature.clone(),
                    by_agent: q.to_agent,
                };
                context.case.hand_over_results(fetching, context.now)?;
                let detail = json!({
                    "by_code": matches!(
                        context.case.handed,
                        Some(Handed::Fetched { by_code: true, .. })
                    ),
                    "card": q.card,
                    "drawn": q.signature.is_some(),
                    "by_agent": q.to_agent,
                });
                Ok(NewEvent::new(CaseEvent::ResultFetched, me.clerk.as_str(), detail))
            },
        );
        let done = done.await;
        match (&done, guess) {
            (Err(Refusal::Case(CaseRefusal::WrongCode)), _) => self.record_failure(failure),
            (Ok(()), Some(guess)) => guess.right(),
            // Refused for something else: that must not begin the count anew.
            (Err(_), Some(guess)) => guess.undo(),
            (_, None) => {}
        }
        done
    }

    /// Records that the results were posted.
    ///
    /// # Errors
    /// See [`jiban_domain::case::Case::post_results`].
    pub async fn post_result(&self, me: AtCounter, q: PostResult) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<PostResult>(&(&me.counter, &q)));
        let tracking = self.seal_note(q.case, &q.tracking).await?;
        self.change_case(
            Some(request),
            (me.caller(), Action::PostResult, Of::Case),
            q.case,
            vec![],
            move |context| {
                context.case.post_results(&q.carrier, &tracking, context.now)?;
                let detail = json!({ "carrier": q.carrier, "tracking": tracking });
                Ok(NewEvent::new(CaseEvent::ResultPosted, me.clerk.as_str(), detail))
            },
        )
        .await
    }

    /// The hall of a counter, or [`Refusal::UnknownCounter`].
    pub fn hall_of(&self, me: &AtCounter) -> Result<HallId, Refusal> {
        let setup = self.live_state().setup().clone();
        let (hall, _) = setup.setup.counter(&me.counter).ok_or(Refusal::UnknownCounter)?;
        Ok(hall.id.clone())
    }

    /// Refuses a file that does not belong to the case.
    pub(super) async fn require_kept_file(&self, file: &str, case: CaseId) -> Result<(), Refusal> {
        let files = self.reader.files_of(case).await.map_err(read_failed)?;
        if files.iter().any(|known| known == file) {
            Ok(())
        } else {
            Err(CaseRefusal::UnknownFile.into())
        }
    }
}

/// A day of a body.
pub(super) fn parse_day(field: &str, day: &str) -> Result<Date, Refusal> {
    day.parse().map_err(|_| Refusal::BadRequest(format!("{field}: YYYY-MM-DD is required")))
}
