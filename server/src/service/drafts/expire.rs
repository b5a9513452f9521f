//! What time alone does: drafts whose time is over are erased.

use std::sync::atomic::Ordering;

use jiban_domain::event::HallEvent;
use jiban_domain::{DraftId, Refusal};
use jiff::civil::Date;
use serde_json::json;

use super::{HallService, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::prefetch::Prefetch;
use crate::service::{moment, read_failed};
use crate::zone;

/// The answer where a draft is kept longer by now.
const KEPT: &str = "kept";

impl HallService {
    /// Erases drafts whose time is over. Does nothing while the clock is in doubt.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub async fn erase_old_drafts(&self) -> Result<(), Refusal> {
        self.drafts.sign_ins.prune(self.clock.steady());
        let mut after = None;
        while !self.clock.is_in_doubt() {
            let today = zone::utc_day(self.clock.now());
            let due = self.reader.drafts_to_erase(today, after).await.map_err(read_failed)?;
            let Some(last) = due.last().copied() else { return Ok(()) };
            for (_, id) in due {
                // One that cannot be erased keeps no other.
                if let Err(refusal) = self.erase_draft(id, today).await {
                    tracing::warn!(%refusal, draft = id.0, "a draft could not be erased");
                }
            }
            after = Some(last);
        }
        Ok(())
    }

    /// Erases a draft, unless it is kept longer by now. Its answers are not opened for that.
    async fn erase_draft(&self, id: DraftId, today: Date) -> Result<(), Refusal> {
        let held = match self.open_room_of(id).await? {
            Some(room) => Some(room.hold().await),
            None => None,
        };
        let files = self.reader.files_of_draft(id).await.map_err(read_failed)?;
        let done = self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            let mut draft = work.draft(id)?.draft.clone();
            if draft.keep_until >= today {
                return Ok(KEPT.to_owned());
            }
            let now = moment(work.setup().setup.hall(&draft.hall), work.now());
            let gone = draft.all_files();
            draft.expire(now);
            put(work, draft, HallEvent::DraftErased, "", json!({}));
            for file in gone {
                work.put(Change::Draft(DraftChange::FileGone(file)));
            }
            work.put(Change::Draft(DraftChange::Erased(id)));
            Ok("{}".to_owned())
        });
        if &*done.await? == KEPT {
            return Ok(());
        }
        self.log_has_erased.store(true, Ordering::Relaxed);
        self.discard_files(&files).await;
        Ok(())
    }
}
