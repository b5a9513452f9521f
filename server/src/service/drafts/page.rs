//! What a page without scripts posts: all answers that stood on it at once.

use jiban_domain::draft::{DraftRefusal, Write};
use jiban_domain::form::FieldValue;
use jiban_domain::{FieldId, Refusal};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{AtDraft, HallService};

/// The answers of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedPage {
    /// Of the page as it was shown: posted twice, it changes nothing.
    pub request_id: Uuid,
    pub answers: Vec<PostedAnswer>,
}

/// An answer, and the version of its field that the page showed; 0 for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedAnswer {
    pub field: FieldId,
    pub value: FieldValue,
    pub base: u64,
}

impl HallService {
    /// Takes the answers of a page, and returns when they are kept. What was not changed on the
    /// page stays whoever's it was.
    ///
    /// # Errors
    /// The draft is not being filled in, or has no room for them; what comes before in the page
    /// is kept all the same.
    pub async fn write_page(&self, at: &AtDraft, page: PostedPage) -> Result<(), Refusal> {
        at.room.now().draft.require_writable()?;
        let before = at.room.now();
        let mut refused = None;
        for PostedAnswer { field, value, base } in page.answers {
            let known = before.entries.get(&field);
            let same = match known {
                Some(known) => known.value == value,
                None => value.is_empty() || value == FieldValue::Flag(false),
            };
            if same {
                continue;
            }
            // Of what they wrote themselves, the later counts, whichever page they came back from.
            let base = Some(base).filter(|_| known.is_some_and(|known| known.by != at.writer));
            let write = Write {
                request: request_of(page.request_id, &field, &value),
                field,
                value,
                base,
                by: at.writer.clone(),
                at: self.clock.now(),
            };
            match self.write_in_room(at, write) {
                // The form has become another meanwhile: what it no longer asks is not kept.
                Ok(_) | Err(Refusal::Draft(DraftRefusal::UnknownField)) => {}
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        self.keep_room(&at.room, None).await?;
        refused.map_or(Ok(()), Err)
    }
}

/// A request of its own for each answer of a page. Whoever goes back in the browser posts the
/// same page with other answers.
fn request_of(page: Uuid, field: &FieldId, value: &FieldValue) -> Uuid {
    let value = serde_json::to_string(value).unwrap_or_default();
    let digest = Sha256::digest(format!("{page}/{field}/{value}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
