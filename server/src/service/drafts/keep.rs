//! Keeping what was written.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiban_domain::draft::Writer;
use jiban_domain::event::HallEvent;
use jiban_domain::{DraftId, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::begin::form_document;
use super::room::Unkept;
use super::{AtDraft, HallService, Room, Told, about_draft, put};
use crate::change::Change;
use crate::change::drafts::{DraftChange, WrittenValue, WrittenValues};
use crate::service::moment;
use crate::service::prefetch::Prefetch;

/// Between two commits: what is written meanwhile goes into the next.
const BREATH: Duration = Duration::from_millis(50);
/// After a failure: a full disk is not emptied sooner.
const PAUSE: Duration = Duration::from_secs(1);
/// Drafts in one command. Numbers wait for it, so it is short.
const AT_ONCE: usize = 24;

/// A request to be answered once what was written is kept.
type Asked = Option<((Uuid, [u8; 32]), String)>;

/// Answers that are being kept. What is still here in the end goes back to its room: they could
/// not be kept, or whoever asked for it has gone meanwhile and nobody knows.
struct Taken<'a> {
    service: &'a HallService,
    rooms: Vec<(Arc<Room>, Unkept)>,
}

impl<'a> Taken<'a> {
    fn of(service: &'a HallService, rooms: &[Arc<Room>]) -> Self {
        let rooms = rooms.iter().map(|room| (room.clone(), room.take_unkept())).collect();
        Self { service, rooms }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        for (room, unkept) in &self.rooms {
            if !unkept.entries.is_empty() {
                // An answer that was kept all the same is written twice, as it is.
                room.put_back(unkept);
                self.service.keep_soon(room);
            }
        }
    }
}

impl HallService {
    /// Keeps what is written to drafts, until it is dropped.
    pub async fn keep_drafts(&self) {
        loop {
            self.drafts.written.notified().await;
            loop {
                tokio::time::sleep(BREATH).await;
                let dirty: Vec<_> = std::mem::take(&mut *self.drafts.dirty()).into_iter().collect();
                if dirty.is_empty() {
                    break;
                }
                let rooms: Vec<Arc<Room>> = {
                    let rooms = self.drafts.rooms();
                    dirty.iter().filter_map(|token| rooms.get(token).cloned()).collect()
                };
                for rooms in rooms.chunks(AT_ONCE) {
                    if let Err(refusal) = self.keep_rooms(rooms).await {
                        tracing::warn!(%refusal, "answers could not be kept; trying again soon");
                        tokio::time::sleep(PAUSE).await;
                    }
                }
            }
        }
    }

    /// Keeps what was written to any draft, before the server stops. What cannot be kept is sent
    /// again by the pages that wrote it.
    pub(in crate::service) async fn keep_all_drafts(&self) {
        let rooms: Vec<Arc<Room>> =
            self.drafts.rooms().values().filter(|room| room.has_unkept()).cloned().collect();
        for rooms in rooms.chunks(AT_ONCE) {
            if let Err(refusal) = self.keep_rooms(rooms).await {
                tracing::error!(%refusal, "answers of drafts could not be kept");
            }
        }
    }

    /// Keeps what was written to a draft so far.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn keep_draft(&self, at: &AtDraft) -> Result<(), Refusal> {
        if at.room.has_unkept() {
            self.keep_room(&at.room, None).await?;
        }
        Ok(())
    }

    /// Keeps what was written to one draft, now.
    ///
    /// # Errors
    /// It cannot be kept; it is tried again.
    pub(super) async fn keep_room(
        &self,
        room: &Arc<Room>,
        asked: Asked,
    ) -> Result<Arc<str>, Refusal> {
        self.keep(std::slice::from_ref(room), asked).await
    }

    async fn keep_rooms(&self, rooms: &[Arc<Room>]) -> Result<(), Refusal> {
        self.keep(rooms, None).await.map(|_| ())
    }

    async fn keep(&self, rooms: &[Arc<Room>], asked: Asked) -> Result<Arc<str>, Refusal> {
        let mut taken = Taken::of(self, rooms);
        let written: Vec<Arc<WrittenValues>> = taken
            .rooms
            .iter()
            .filter(|(_, unkept)| !unkept.entries.is_empty())
            .map(|(room, unkept)| Arc::new(self.sealed_answers(room, unkept)))
            .collect();
        let (request, answer) = match asked {
            Some((request, answer)) => (Some(request), answer),
            None => (None, "{}".to_owned()),
        };
        // A draft is kept longer by what is written, which its row says once a day; and it says in
        // which form something is agreed to.
        let changed: Vec<(DraftId, Option<(String, String)>)> = taken
            .rooms
            .iter()
            .filter(|(_, unkept)| !unkept.entries.is_empty())
            .filter_map(|(room, unkept)| {
                let now = room.now();
                let known = now.draft.agreed_in.as_ref().unwrap_or(&now.draft.form);
                let agrees = room.agrees(unkept) && **known != *now.digest;
                let form = agrees.then(|| (now.digest.to_string(), form_document(&now.form).0));
                (agrees || self.is_kept_longer(room)).then_some((room.id, form))
            })
            .collect();
        let prefetch = changed.iter().map(|(id, _)| Prefetch::Draft(*id)).collect();
        // A repeated request gets its first answer, and nothing is written for it.
        let is_run = Arc::new(AtomicBool::new(false));
        let runs = is_run.clone();
        let kept = self
            .execute_with(request, prefetch, move |work| {
                runs.store(true, Ordering::SeqCst);
                for written in &written {
                    work.put(Change::Draft(DraftChange::Written(written.clone())));
                }
                for (id, form) in &changed {
                    let mut draft = work.draft(*id)?.draft.clone();
                    if let Some((digest, document)) = form.clone() {
                        draft.agreed_in = Some(digest.clone());
                        work.put(Change::Draft(DraftChange::Form { digest, document }));
                    }
                    let setup = work.setup();
                    let hall = setup.setup.hall(&draft.hall);
                    let now = moment(hall, work.now());
                    draft.keep(hall.map_or(0, |hall| hall.cases.draft_kept_days), now);
                    put(work, draft, HallEvent::DraftWritten, "", json!({}));
                }
                Ok(answer.clone())
            })
            .await;
        if kept.is_ok() && is_run.load(Ordering::SeqCst) {
            for (room, unkept) in taken.rooms.drain(..) {
                room.tell(Told::Kept(unkept.version));
            }
        }
        kept
    }

    fn is_kept_longer(&self, room: &Room) -> bool {
        let setup = self.live_state().setup().clone();
        let Some(hall) = setup.setup.hall(&room.hall) else { return false };
        let mut draft = (*room.now().draft).clone();
        let before = draft.keep_until;
        draft.keep(hall.cases.draft_kept_days, moment(Some(hall), self.clock.now()));
        draft.keep_until != before
    }

    fn sealed_answers(&self, room: &Room, unkept: &Unkept) -> WrittenValues {
        let values = unkept.entries.iter().map(|(field, entry)| {
            // A value has nothing that JSON cannot represent.
            let plain = serde_json::to_string(&entry.value).unwrap_or_default();
            let about = about_draft(room.token, field.as_str());
            WrittenValue {
                field: field.clone(),
                version: entry.version,
                sealed: self.vault.seal_text(&about, &plain),
                by: match &entry.by {
                    Writer::Applicant => None,
                    Writer::Helper(clerk) => Some(clerk.clone()),
                },
                at: entry.at,
            }
        });
        let Unkept { version, effort, .. } = *unkept;
        WrittenValues { draft: room.id, version, values: values.collect(), effort }
    }
}
