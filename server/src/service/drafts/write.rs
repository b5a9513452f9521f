//! Writing answers.

use std::sync::Arc;
use std::time::Instant;

use jiban_app::api::apply::{FieldWritten, WriteField};
use jiban_domain::draft::{Write, Written};
use jiban_domain::form::FieldValue;
use jiban_domain::{FieldId, Refusal};

use super::{AtDraft, HallService, Room};
use crate::service::{answer, digest, read_failed};

impl HallService {
    /// Takes an answer, and the touches that it took, into the server's order. It is kept soon
    /// after.
    ///
    /// # Errors
    /// The draft is not being filled in, or the field does not take such a value.
    pub fn write_in_room(
        &self,
        at: &AtDraft,
        write: Write,
        touches: u32,
    ) -> Result<Written, Refusal> {
        let written = at.room.write(write, touches)?;
        if !written.repeated {
            self.keep_soon(&at.room);
        }
        Ok(written)
    }

    /// What was written is kept soon.
    pub(super) fn keep_soon(&self, room: &Room) {
        self.drafts.dirty().insert(room.token);
        self.drafts.written.notify_one();
    }

    /// Writes an answer, and answers when it is kept.
    ///
    /// # Errors
    /// As [`HallService::write_in_room`]; or it cannot be kept.
    pub async fn write_field(&self, command: WriteField) -> Result<Arc<str>, Refusal> {
        let at = self.at_draft(command.token).await?;
        if !self.drafts.writes.allows(at.room.token, Instant::now()) {
            return Err(Refusal::Busy { seconds: 1 });
        }
        // It holds what nobody may guess from an ordinary hash.
        let content = digest::<WriteField>(&command);
        let request = (command.request_id, self.vault.digest(&content));
        let (field, sent) = (command.field.clone(), command.value.clone());
        let mut written = None;
        // What was kept before a restart must not be written over what came after it.
        if self.reader.answer(command.request_id).await.map_err(read_failed)?.is_none() {
            self.refresh_form(&at.room);
            let write = Write {
                request: command.request_id,
                field: command.field,
                value: command.value,
                base: command.base,
                by: at.writer.clone(),
                at: self.clock.now(),
            };
            written = Some(at.room.write(write, command.touches.unwrap_or(1))?);
        }
        let version = written.as_ref().map_or_else(|| at.room.now().version, |one| one.version);
        // The answer to a request is stored as it is, so it holds nothing of what was written.
        let stored = answer(&FieldWritten { version, value: None, displaced: None })?;
        let stored = self.keep_room(&at.room, Some((request, stored))).await?;
        told_with_value(&at.room, (&field, &sent), written, stored)
    }
}

/// The answer to a write, with the value where it is another than was sent.
fn told_with_value(
    room: &Room,
    (field, sent): (&FieldId, &FieldValue),
    written: Option<Written>,
    stored: Arc<str>,
) -> Result<Arc<str>, Refusal> {
    let Ok(FieldWritten { version, .. }) = serde_json::from_str(&stored) else { return Ok(stored) };
    let fresh = written.filter(|written| !written.repeated);
    let (value, displaced) = if let Some(Written { value, displaced, .. }) = fresh {
        (Some(value), displaced)
    } else {
        // A repeat: what was joined stands there unless it was written over.
        let entry = room.now().entries.remove(field);
        (entry.filter(|entry| entry.version == version).map(|entry| entry.value), None)
    };
    let value = value.filter(|value| value != sent);
    if value.is_none() && displaced.is_none() {
        return Ok(stored);
    }
    Ok(answer(&FieldWritten { version, value, displaced })?.into())
}
