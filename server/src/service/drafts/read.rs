//! Reading drafts back.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiban_domain::draft::{Entry, Remark, SharedValues, Writer};
use jiban_domain::form::Form;
use jiban_domain::form::compare::{FormChanges, changes};
use jiban_domain::{CaseId, Refusal, Token};

use super::{HallService, REMARKS, Room, RoomNow, about_draft};
use crate::service::read_failed;
use crate::store::StoredDraft;

impl HallService {
    /// A room of what is kept.
    pub(super) async fn loaded_room(&self, stored: StoredDraft) -> Result<Room, Refusal> {
        let StoredDraft { draft, remarks, version, .. } = stored;
        let failed = |error| {
            tracing::error!(%error, draft = draft.id.0, "a draft could not be decrypted");
            Refusal::Unavailable
        };
        let mut entries = BTreeMap::new();
        for value in self.reader.draft_values(draft.id).await.map_err(read_failed)? {
            let about = about_draft(draft.token, value.field.as_str());
            let opened = self.vault.open_text(&about, &value.sealed).map_err(failed)?;
            let Ok(opened) = serde_json::from_str(&opened) else { continue };
            let by = value.by.map_or(Writer::Applicant, Writer::Helper);
            entries.insert(
                value.field,
                Entry { value: opened, version: value.version, by, at: value.at },
            );
        }
        let remarks = match remarks {
            Some(sealed) => {
                let about = about_draft(draft.token, REMARKS);
                let opened = self.vault.open_text(&about, &sealed).map_err(failed)?;
                serde_json::from_str::<Vec<Remark>>(&opened).unwrap_or_default()
            }
            None => Vec::new(),
        };
        // A matter that is no longer offered has the form that it had.
        let form = match self.form_now(&draft.hall, &draft.subject) {
            Ok(form) => form,
            Err(_) => (Arc::new(self.kept_form(&draft.form).await?), draft.form.as_str().into()),
        };
        let agreed_in = draft.agreed_in.as_ref().unwrap_or(&draft.form);
        let before =
            if *form.1 == **agreed_in { None } else { Some(self.kept_form(agreed_in).await?) };
        let room = Room::new(draft, remarks, form, SharedValues::new(version, entries));
        if let Some(before) = before {
            room.disagree(&before, self.clock.now());
        }
        Ok(room)
    }

    /// The token that opens the page of the case which a draft became, as slips have it.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn page_of_case(&self, case: CaseId) -> Result<Option<Token>, Refusal> {
        let case = self.reader.case(case).await.map_err(read_failed)?;
        Ok(case.map(|case| self.view_token(&case)))
    }

    /// A form as it was, by its digest.
    pub(super) async fn kept_form(&self, digest: &str) -> Result<Form, Refusal> {
        let document = self.reader.form(digest).await.map_err(read_failed)?;
        Ok(document.and_then(|form| serde_json::from_str(&form).ok()).unwrap_or_default())
    }

    /// Takes over a newer form, where the hall file has changed.
    pub fn refresh_form(&self, room: &Room) {
        let now = room.now();
        if now.draft.state.is_over() {
            return;
        }
        if let Ok(form) = self.form_now(&now.draft.hall, &now.draft.subject)
            && room.use_form(form, self.clock.now())
        {
            self.keep_soon(room);
            room.tell(super::Told::Draft);
        }
    }

    /// What the form asks otherwise than when the draft was filled in last.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn form_changes(&self, now: &RoomNow) -> Result<Option<FormChanges>, Refusal> {
        if now.draft.form == *now.digest {
            return Ok(None);
        }
        let before = self.kept_form(&now.draft.form).await?;
        Ok(Some(changes(&before, &now.form)).filter(|changes| !changes.is_empty()))
    }
}
