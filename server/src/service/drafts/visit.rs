//! A visit that the hall books for the applicant of a draft.

use std::sync::Arc;

use jiban_app::api::Call as _;
use jiban_app::api::drafts::BookForDraft;
use jiban_domain::access::Action;
use jiban_domain::draft::{Draft, DraftRefusal, DraftState, checkers};
use jiban_domain::form::applicant;
use jiban_domain::{MatterId, Refusal};

use super::check::require_on_draft;
use super::{HallService, Room};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::access::Caller;
use crate::service::bookings::{Visit, book_visit};
use crate::service::prefetch::Prefetch;
use crate::service::secret;

impl HallService {
    /// The matter for which a visit can be booked; none where the hall books none for it.
    pub fn booked_matter(&self, draft: &Draft) -> Option<MatterId> {
        let setup = self.live_state().setup().clone();
        let hall = setup.setup.hall(&draft.hall)?;
        let mut matters = checkers::matter_ids(hall, &draft.subject).into_iter();
        matters.find(|matter| self.booking_offers(&draft.hall, matter).is_ok())
    }

    /// Books a visit for the applicant of a draft.
    ///
    /// # Errors
    /// As holding and confirming a booking; the draft is over, or has a visit that stands.
    pub async fn book_for_draft(&self, me: &Caller, q: BookForDraft) -> Result<Arc<Room>, Refusal> {
        self.require_sealing().await?;
        let room = self.room_of(q.draft).await?;
        self.may_on_draft(me, Action::BookForDraft, &room.now().draft)?;
        let held = room.hold().await;
        let now = room.now();
        if !matches!(now.draft.state, DraftState::Sent | DraftState::Returned | DraftState::Cleared)
        {
            return Err(DraftRefusal::WrongDraftState(now.draft.state).into());
        }
        let matter = self.booked_matter(&now.draft);
        let matter = matter.ok_or(jiban_domain::booking::BookingRefusal::NoBookings)?;
        let token = secret::token();
        let person = self.sealed_applicant(token, &applicant::answers(&now.values()))?;
        let request =
            (q.request_id, crate::service::digest::<BookForDraft>(&(BookForDraft::PATH, &q)));
        let (id, caller, codes, hall) = (room.id, me.clone(), secret::codes(), room.hall.clone());
        self.execute_with(Some(request), vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            let mut draft = work.draft(id)?.draft.clone();
            require_on_draft(work, &caller, Action::BookForDraft, &draft)?;
            let visit = Visit { hall: &hall, matter: &matter, day: &q.day, slot: q.slot };
            let by = caller.clerk.as_str();
            book_visit(work, visit, (token, &codes), person.clone(), by)?;
            draft.booking = Some(token);
            if let Ok(day) = q.day.parse() {
                draft.keep_at_least_until(day);
            }
            work.put(Change::Draft(DraftChange::Put(Arc::new(draft))));
            Ok("{}".to_owned())
        })
        .await?;
        Ok(room)
    }
}
