//! What an applicant does with a whole draft: send it, take it back, give it up.

use std::sync::Arc;

use jiban_app::api::apply::{DraftMoved, SendDraft, TakeDraftBack, WithdrawDraft};
use jiban_domain::Refusal;
use jiban_domain::case::Moment;
use jiban_domain::draft::{Draft, DraftRefusal};
use jiban_domain::event::HallEvent;
use jiban_domain::form::{Checked, check};
use serde_json::json;
use uuid::Uuid;

use super::{HallService, Held, Room, RoomNow, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::prefetch::Prefetch;
use crate::service::{answer, digest, moment, read_failed};

/// Refuses what its applicant has not read.
pub(super) fn require_seen(seen: Option<u64>, version: u64) -> Result<(), DraftRefusal> {
    match seen {
        Some(seen) if seen < version => Err(DraftRefusal::ChangedMeanwhile),
        _ => Ok(()),
    }
}

impl HallService {
    /// Checks all answers of a draft.
    pub fn check_draft(&self, now: &RoomNow) -> Checked {
        let setup = self.live_state().setup().clone();
        let today = moment(setup.setup.hall(&now.draft.hall), self.clock.now()).day;
        check(&now.form, &now.values(), today)
    }

    /// Sends a draft to be looked at.
    ///
    /// # Errors
    /// [`DraftRefusal::FormNotComplete`] with what is missing or wrong.
    pub async fn send_draft(&self, command: SendDraft) -> Result<Arc<str>, Refusal> {
        let at = self.at_draft(command.token).await?;
        at.require_applicant()?;
        self.require_calm(at.room.token, command.request_id)?;
        let held = at.room.hold().await;
        self.refresh_form(&at.room);
        self.keep_room(&at.room, None).await?;
        let now = at.room.now();
        let checked = self.check_draft(&now);
        // A repeat of what was sent gets the first answer.
        if now.draft.state.is_writable() && !checked.refusals.is_empty() {
            self.count_faults(&at.room, &checked).await;
            return Err(DraftRefusal::FormNotComplete(checked.refusals).into());
        }
        if now.draft.state.is_writable() {
            require_seen(command.version, now.version)?;
        }
        let form = now.digest.to_string();
        let document = super::begin::form_document(&now.form).0;
        let request = (command.request_id, digest::<SendDraft>(&command));
        self.move_draft(held, request, HallEvent::DraftSent, move |draft, moment| {
            draft.send(moment)?;
            draft.form.clone_from(&form);
            Ok(vec![DraftChange::Form { digest: form.clone(), document: document.clone() }])
        })
        .await
    }

    /// Takes a draft back, to change it.
    ///
    /// # Errors
    /// It was not sent, or is over.
    pub async fn take_draft_back(&self, command: TakeDraftBack) -> Result<Arc<str>, Refusal> {
        let at = self.at_draft(command.token).await?;
        at.require_applicant()?;
        self.require_calm(at.room.token, command.request_id)?;
        let held = at.room.hold().await;
        let kind = HallEvent::DraftTakenBack;
        let request = (command.request_id, digest::<TakeDraftBack>(&command));
        self.move_draft(held, request, kind, |draft, _| {
            draft.take_back()?;
            Ok(Vec::new())
        })
        .await
    }

    /// Gives a draft up: its answers and files are erased.
    ///
    /// # Errors
    /// It is over already.
    pub async fn withdraw_draft(&self, command: WithdrawDraft) -> Result<Arc<str>, Refusal> {
        let at = self.at_draft(command.token).await?;
        at.require_applicant()?;
        self.require_calm(at.room.token, command.request_id)?;
        let held = at.room.hold().await;
        let files = at.room.now().draft.all_files();
        let kind = HallEvent::DraftWithdrawn;
        let gone = files.clone();
        let request = (command.request_id, digest::<WithdrawDraft>(&command));
        let done = self
            .move_draft(held, request, kind, move |draft, moment| {
                draft.withdraw(moment)?;
                draft.forget_files();
                let mut changes: Vec<DraftChange> =
                    gone.iter().cloned().map(DraftChange::FileGone).collect();
                changes.push(DraftChange::Erased(draft.id));
                Ok(changes)
            })
            .await?;
        self.log_has_erased.store(true, std::sync::atomic::Ordering::Relaxed);
        self.discard_files(&files).await;
        Ok(done)
    }

    /// A move of the applicant.
    async fn move_draft(
        &self,
        held: Held,
        request: (Uuid, [u8; 32]),
        kind: HallEvent,
        change: impl Fn(&mut Draft, Moment) -> Result<Vec<DraftChange>, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        let id = held.room().id;
        self.execute_with(Some(request), vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            work.require_date()?;
            let mut draft = work.draft(id)?.draft.clone();
            let setup = work.setup();
            let hall = setup.setup.hall(&draft.hall);
            let now = moment(hall, work.now());
            let changes = change(&mut draft, now)?;
            draft.keep(hall.map_or(0, |hall| hall.cases.draft_kept_days), now);
            let answer = answer(&DraftMoved { state: draft.state })?;
            let count = draft.times_sent;
            // The event covers what the other changes write, so it comes first.
            put(work, draft, kind, "", json!({ "times_sent": count }));
            for change in changes {
                work.put(Change::Draft(change));
            }
            Ok(answer)
        })
        .await
    }

    /// Reads what is kept of a draft and its remarks again; `known` is from [`Room::doubted`].
    pub(super) async fn reload(&self, room: &Room, known: u64) -> Result<(), Refusal> {
        let stored = self.reader.draft(room.token).await.map_err(read_failed)?;
        let stored = stored.ok_or(DraftRefusal::UnknownDraft)?;
        let remarks = if stored.erased {
            None
        } else {
            Some(self.opened_remarks(&stored.draft, stored.remarks.as_deref())?)
        };
        room.settle(known, Arc::new(stored.draft), remarks);
        Ok(())
    }

    /// Removes files from the disk. What cannot be removed is swept later.
    pub(super) async fn discard_files(&self, files: &[String]) {
        for file in files {
            if let Ok(id) = file.parse() {
                self.discard(id).await;
            }
        }
    }
}
