//! Writing answers.

use std::sync::Arc;

use jiban_app::api::apply::{FieldWritten, WriteField};
use jiban_domain::Refusal;
use jiban_domain::draft::{Write, Written};

use super::{AtDraft, HallService};
use crate::service::{answer, digest, read_failed};

impl HallService {
    /// Takes an answer into the server's order. It is kept soon after.
    ///
    /// # Errors
    /// The draft is not being filled in, or the field does not take such a value.
    pub fn write_in_room(&self, at: &AtDraft, write: Write) -> Result<Written, Refusal> {
        let written = at.room.write(write)?;
        if !written.repeated {
            self.drafts.dirty().insert(at.room.token);
            self.drafts.written.notify_one();
        }
        Ok(written)
    }

    /// Writes an answer, and answers when it is kept.
    ///
    /// # Errors
    /// As [`HallService::write_in_room`]; or it cannot be kept.
    pub async fn write_field(&self, command: WriteField) -> Result<Arc<str>, Refusal> {
        let at = self.at_draft(command.token).await?;
        // It holds what nobody may guess from an ordinary hash.
        let content = digest::<WriteField>(&command);
        let request = (command.request_id, self.vault.digest(&content));
        // What was kept before a restart must not be written over what came after it.
        if self.reader.answer(command.request_id).await.map_err(read_failed)?.is_none() {
            self.refresh_form(&at.room);
            at.room.write(Write {
                request: command.request_id,
                field: command.field,
                value: command.value,
                base: None,
                by: at.writer.clone(),
                at: self.clock.now(),
            })?;
        }
        let version = at.room.now().version;
        let answer = answer(&FieldWritten { version })?;
        self.keep_room(&at.room, Some((request, answer))).await
    }
}
