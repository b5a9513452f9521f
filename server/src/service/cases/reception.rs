//! What a counter does to a case, after it was opened.

use std::sync::Arc;

use jiban_app::api::reception::{
    AcceptCase, AcceptedCase, DecideCase, DeclineCase, HandOverResult, MarkMaterial, PostResult,
    ReuseMaterial, SignPromise, TakeUpCase, TellMissing, WithdrawCase,
};
use jiban_domain::case::{Case, CaseRefusal, CaseState, Fetching, MaterialState, Via, offered};
use jiban_domain::{CaseId, HallId, Refusal};
use jiff::civil::Date;
use serde_json::json;

use super::{Acting, Deed, may_promise, must_go_on};
use crate::change::EventKind;
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::AtCounter;
use crate::service::{HallService, answer, digest};

/// Whether a clerk has a case.
fn mine(case: &Case, me: &AtCounter) -> Result<(), Refusal> {
    if case.clerk == me.clerk { Ok(()) } else { Err(CaseRefusal::NotYourCase.into()) }
}

impl HallService {
    /// Ticks a material; one that comes after acceptance is a supply, which any
    /// counter of the hall takes.
    ///
    /// # Errors
    /// See [`Case::mark`] and [`Case::supply`].
    pub async fn mark_material(&self, me: AtCounter, q: MarkMaterial) -> Result<(), Refusal> {
        let hall = self.hall_of(&me)?;
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        self.on_case_plainly(None, q.case, prefetch, move |acting| {
            here(acting.case, &hall)?;
            let detail = json!({ "material": q.material, "state": q.state });
            if acting.case.state == CaseState::Accepted && q.state == MaterialState::Present {
                acting.case.supply(q.material, &Via::Counter, acting.now)?;
                return Ok(Deed::new(EventKind::MaterialSupplied, me.clerk.as_str(), detail));
            }
            mine(acting.case, &me)?;
            let may = may_promise(&acting);
            acting.case.mark(q.material, q.state, may, acting.now)?;
            Ok(Deed::new(EventKind::MaterialMarked, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Takes over what the hall has from an earlier case.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToReuse`].
    pub async fn reuse_material(&self, me: AtCounter, q: ReuseMaterial) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<ReuseMaterial>(&(&me.counter, &q)));
        let prefetch = vec![Prefetch::PersonOf(q.case)];
        self.on_case_plainly(Some(request), q.case, prefetch, move |acting| {
            mine(acting.case, &me)?;
            let material = acting.case.material(q.material)?;
            let offer = offered(material, acting.case.id, &acting.prefetched.history)
                .ok_or(CaseRefusal::NothingToReuse)?;
            let detail = json!({ "material": q.material, "from": offer.case });
            // The files stay the earlier case's: they are erased with it.
            acting.case.reuse(q.material, offer.case, offer.files, acting.now)?;
            Ok(Deed::new(EventKind::MaterialReused, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Tells all that is missing, at once.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingMissing`].
    pub async fn tell_missing(&self, me: AtCounter, q: TellMissing) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<TellMissing>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            mine(acting.case, &me)?;
            acting.case.tell_missing(q.note.clone(), acting.now)?;
            let told = acting.case.told.as_ref().map(|told| told.materials.clone());
            Ok(Deed::new(EventKind::MissingTold, me.clerk.as_str(), json!({ "materials": told })))
        })
        .await
    }

    /// Signs the promise for all that is deferred.
    ///
    /// # Errors
    /// See [`Case::sign_promise`].
    pub async fn sign_promise(&self, me: AtCounter, q: SignPromise) -> Result<(), Refusal> {
        let days: Vec<(u32, Date)> = q
            .items
            .iter()
            .map(|item| {
                let wrong = || Refusal::BadRequest("items: until: YYYY-MM-DD is wanted".to_owned());
                Ok((item.material, item.until.parse().map_err(|_| wrong())?))
            })
            .collect::<Result<_, Refusal>>()?;
        if let Some(signature) = &q.signature {
            self.must_be_kept(signature, q.case).await?;
        }
        let request = (q.request_id, digest::<SignPromise>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            mine(acting.case, &me)?;
            let Acting { case, calendar, now, .. } = acting;
            case.sign_promise(&days, q.signature.clone(), calendar, now)?;
            let items = case.promise.as_ref().map(|promise| promise.items.clone());
            let detail = json!({ "items": items, "drawn": q.signature.is_some() });
            Ok(Deed::new(EventKind::PromiseSigned, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Accepts a case; the answer is an [`AcceptedCase`].
    ///
    /// # Errors
    /// [`CaseRefusal::MaterialsMissing`].
    pub async fn accept_case(&self, me: AtCounter, q: AcceptCase) -> Result<Arc<str>, Refusal> {
        let request = (q.request_id, digest::<AcceptCase>(&(&me.counter, &q)));
        self.on_case(
            Some(request),
            q.case,
            vec![],
            move |acting| {
                mine(acting.case, &me)?;
                let Acting { case, calendar, now, issuing, .. } = acting;
                case.accept(calendar, issuing, now)?;
                let detail = json!({ "due": case.due });
                Ok(Deed::new(EventKind::CaseAccepted, me.clerk.as_str(), detail))
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
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            mine(acting.case, &me)?;
            let Acting { case, calendar, now, issuing, .. } = acting;
            case.decide_on_the_spot(&me.clerk, &q.note, issuing, (calendar, now))?;
            Ok(Deed::new(EventKind::CaseDecided, me.clerk.as_str(), json!({ "note": q.note })))
        })
        .await
    }

    /// Does not accept a case.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`].
    pub async fn decline_case(&self, me: AtCounter, q: DeclineCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<DeclineCase>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            mine(acting.case, &me)?;
            acting.case.decline(q.reason.clone(), acting.now)?;
            let detail = json!({ "note": q.reason });
            Ok(Deed::new(EventKind::CaseDeclined, me.clerk.as_str(), detail))
        })
        .await
    }

    /// The applicant takes a case back.
    ///
    /// # Errors
    /// Once it is decided.
    pub async fn withdraw_case(&self, me: AtCounter, q: WithdrawCase) -> Result<(), Refusal> {
        let request = (q.request_id, digest::<WithdrawCase>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            mine(acting.case, &me)?;
            acting.case.withdraw(q.reason.clone(), acting.now)?;
            let detail = json!({ "note": q.reason });
            Ok(Deed::new(EventKind::CaseWithdrawn, me.clerk.as_str(), detail))
        })
        .await
    }

    /// The asker's clerk has the case from now on.
    ///
    /// # Errors
    /// It is another hall's, or has ended.
    pub async fn take_up_case(&self, me: AtCounter, q: TakeUpCase) -> Result<(), Refusal> {
        let hall = self.hall_of(&me)?;
        let request = (q.request_id, digest::<TakeUpCase>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            here(acting.case, &hall)?;
            acting.case.take_up(me.clerk.clone(), me.counter.clone())?;
            let detail = json!({ "counter": me.counter });
            Ok(Deed::new(EventKind::CaseTakenUp, me.clerk.as_str(), detail))
        })
        .await
    }

    /// Hands results over.
    ///
    /// # Errors
    /// See [`Case::hand_over_results`]; too many wrong codes are refused for a
    /// while.
    pub async fn hand_over_result(&self, me: AtCounter, q: HandOverResult) -> Result<(), Refusal> {
        if let Some(signature) = &q.signature {
            self.must_be_kept(signature, q.case).await?;
        }
        let hall = self.hall_of(&me)?;
        let guess = format!("pick-up {}", q.case.0);
        if q.code.is_some() {
            self.guessing.try_now(&guess, self.clock.now())?;
        }
        let request = (q.request_id, digest::<HandOverResult>(&(&me.counter, &q)));
        let done = self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            here(acting.case, &hall)?;
            let fetching = Fetching {
                code: q.code.clone(),
                identity_checked: q.identity_checked,
                signature: q.signature.clone(),
            };
            acting.case.hand_over_results(fetching, acting.now)?;
            let detail = json!({ "by_code": q.code.is_some(), "drawn": q.signature.is_some() });
            Ok(Deed::new(EventKind::ResultFetched, me.clerk.as_str(), detail))
        });
        let done = done.await;
        if !matches!(done, Err(Refusal::Case(CaseRefusal::WrongCode))) {
            self.guessing.forgive(&guess);
        }
        done
    }

    /// The results were posted.
    ///
    /// # Errors
    /// See [`Case::post_results`].
    pub async fn post_result(&self, me: AtCounter, q: PostResult) -> Result<(), Refusal> {
        let hall = self.hall_of(&me)?;
        let request = (q.request_id, digest::<PostResult>(&(&me.counter, &q)));
        self.on_case_plainly(Some(request), q.case, vec![], move |acting| {
            here(acting.case, &hall)?;
            acting.case.post_results(&q.carrier, &q.tracking, acting.now)?;
            let detail = json!({ "carrier": q.carrier, "tracking": q.tracking });
            Ok(Deed::new(EventKind::ResultPosted, me.clerk.as_str(), detail))
        })
        .await
    }

    /// The hall of a counter.
    ///
    /// # Errors
    /// [`Refusal::UnknownCounter`].
    pub fn hall_of(&self, me: &AtCounter) -> Result<HallId, Refusal> {
        let setup = self.live_state().setup().clone();
        let (hall, _) = setup.setup.counter(&me.counter).ok_or(Refusal::UnknownCounter)?;
        Ok(hall.id.clone())
    }

    /// Whether a file is kept for a case.
    async fn must_be_kept(&self, file: &str, case: CaseId) -> Result<(), Refusal> {
        let files = self.reader.files_of(case).await.map_err(super::super::unread)?;
        if files.iter().any(|known| known == file) {
            Ok(())
        } else {
            Err(CaseRefusal::UnknownFile.into())
        }
    }
}

/// A case of the counter's own hall; any other is not known there.
pub(super) fn here(case: &Case, hall: &HallId) -> Result<(), Refusal> {
    must_go_on(case)?;
    if case.hall == *hall { Ok(()) } else { Err(CaseRefusal::UnknownCase.into()) }
}
