//! What time alone does: drafts whose time is over are erased.

use std::sync::atomic::Ordering;

use jiban_domain::event::HallEvent;
use jiban_domain::{DraftId, Refusal};
use serde_json::json;

use super::{HallService, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::prefetch::Prefetch;
use crate::service::{moment, read_failed};
use crate::zone;

impl HallService {
    /// Erases drafts whose time is over. Does nothing while the clock is in doubt.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub async fn erase_old_drafts(&self) -> Result<(), Refusal> {
        self.drafts.sign_ins.prune(self.clock.steady());
        while !self.clock.is_in_doubt() {
            let today = zone::utc_day(self.clock.now());
            let due = self.reader.drafts_to_erase(today).await.map_err(read_failed)?;
            if due.is_empty() {
                return Ok(());
            }
            for id in due {
                self.erase_draft(id).await?;
            }
        }
        Ok(())
    }

    async fn erase_draft(&self, id: DraftId) -> Result<(), Refusal> {
        let room = self.room_of(id).await?;
        let _one = room.moving.lock().await;
        let files: Vec<String> =
            room.now().draft.files.iter().map(|file| file.file.clone()).collect();
        let gone = files.clone();
        self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let mut draft = work.draft(id)?.draft.clone();
            let now = moment(work.setup().setup.hall(&draft.hall), work.now());
            draft.expire(now);
            put(work, draft, HallEvent::DraftErased, "", json!({}));
            for file in &gone {
                work.put(Change::Draft(DraftChange::FileGone(file.clone())));
            }
            work.put(Change::Draft(DraftChange::Erased(id)));
            Ok("{}".to_owned())
        })
        .await?;
        room.erase();
        self.reload(&room).await?;
        self.log_has_erased.store(true, Ordering::Relaxed);
        self.discard_files(&files).await;
        Ok(())
    }
}
