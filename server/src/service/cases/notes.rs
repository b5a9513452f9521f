//! Notes, reasons and tracking numbers: sealed with the case's own key before they reach the
//! writer, opened for who may see the case, and erased with the applicant.

use jiban_domain::case::Case;
use jiban_domain::{CaseId, Refusal};

use super::open::NOTES;
use super::sealed::{about_person, vault_failed};
use crate::change::Change;
use crate::service::{HallService, read_failed};
use crate::vault::{NotesKey, open_notes};

/// What stands in the place of a note that was erased.
const GONE: &str = "（已随申请人信息删除 / erased with the applicant's details）";

/// What opens the notes of one case; nothing, once they are erased.
pub struct Notes(Option<NotesKey>);

impl Notes {
    /// A note as it was written.
    pub fn open(&self, note: &str) -> String {
        open_notes(self.0.as_ref(), note, GONE)
    }

    /// The case with its notes as they were written.
    #[must_use]
    pub fn open_in(&self, case: &Case) -> Case {
        let mut case = case.clone();
        for note in case.notes_mut() {
            *note = self.open(note);
        }
        case
    }
}

impl HallService {
    /// The notes of a case.
    ///
    /// # Errors
    /// The key cannot be read or opened.
    pub async fn notes_of(&self, case: &Case) -> Result<Notes, Refusal> {
        let person = self.reader.person(case.id).await.map_err(read_failed)?;
        let Some(sealed) = person.and_then(|person| person.notes_key) else {
            return Ok(Notes(None));
        };
        let about = about_person(case.token, NOTES);
        let bytes = self.vault.open(&about, &sealed).map_err(vault_failed)?;
        Ok(Notes(NotesKey::from_bytes(&bytes)))
    }

    /// Seals a note about a case. An empty one stays empty; one about a case that is unknown
    /// or was erased is not kept.
    ///
    /// # Errors
    /// The key cannot be read, or a new one cannot be written.
    pub(super) async fn seal_note(&self, id: CaseId, note: &str) -> Result<String, Refusal> {
        if note.trim().is_empty() {
            return Ok(String::new());
        }
        let Some(case) = self.reader.case(id).await.map_err(read_failed)? else {
            return Ok(NotesKey::new().seal(note));
        };
        if let Notes(Some(key)) = self.notes_of(&case).await? {
            return Ok(key.seal(note));
        }
        self.require_sealing().await?;
        let about = about_person(case.token, NOTES);
        let sealed = self.vault.seal(&about, NotesKey::new().bytes());
        self.execute(None, move |work| {
            work.put(Change::NotesKey { case: id, sealed: sealed.clone() });
            Ok(String::new())
        })
        .await?;
        // Perhaps another note was faster: its key counts.
        let Notes(key) = self.notes_of(&case).await?;
        Ok(key.unwrap_or_default().seal(note))
    }
}
