//! What a page without scripts posts: all answers that stood on it at once.

use std::collections::BTreeMap;

use jiban_app::apply::posted::is_same;
use jiban_domain::draft::{DraftRefusal, Entry, Write};
use jiban_domain::form::{Field, FieldValue};
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

/// An answer of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedAnswer {
    pub field: FieldId,
    pub value: FieldValue,
    /// The version of its field that the page showed; 0 for none.
    pub base: u64,
    /// It is posted as the page showed it.
    pub untouched: bool,
}

/// A page was not taken, or not all of it.
#[derive(Debug)]
pub struct PageRefused {
    pub why: Refusal,
    /// The answers that were not taken, one by one; none where nothing was looked at, or where all
    /// were taken and could not be written yet.
    pub fields: BTreeMap<FieldId, FieldValue>,
}

impl PostedAnswer {
    /// Whether it changes nothing: nobody touched it on the page, or it says what is kept already.
    fn is_left(&self, field: &Field, known: Option<&Entry>) -> bool {
        let kept = known.map_or(FieldValue::empty(), |known| &known.value);
        // A page from before an update does not say what it showed, but what was empty is known.
        let was_empty = self.base == 0 && is_same(field, FieldValue::empty(), &self.value);
        self.untouched || was_empty || is_same(field, kept, &self.value)
    }
}

impl HallService {
    /// Takes the answers of a page, and returns when they are kept. What was not changed on the
    /// page stays whatever it has become since, and whoever's it was.
    ///
    /// # Errors
    /// The draft is not being filled in, or has no room for them; what comes before in the page
    /// is kept all the same.
    pub async fn write_page(&self, at: &AtDraft, page: PostedPage) -> Result<(), PageRefused> {
        // During a move nothing is written, and the page would be lost.
        let held = at.room.hold_unfrozen().await;
        let before = at.room.now();
        let mut fields = BTreeMap::new();
        if let Err(why) = before.draft.require_writable() {
            return Err(PageRefused { why: why.into(), fields });
        }
        let mut refused = None;
        for answer in page.answers {
            let known = before.entries.get(&answer.field);
            // The form has become another meanwhile: what it no longer asks is not kept.
            let Some(field) = before.form.field(&answer.field) else { continue };
            if answer.is_left(field, known) {
                continue;
            }
            let PostedAnswer { field, value, base, .. } = answer;
            let (id, typed) = (field.clone(), value.clone());
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
            match self.write_in_room(at, write, 1) {
                Ok(_) | Err(Refusal::Draft(DraftRefusal::UnknownField)) => {}
                Err(refusal) => {
                    fields.insert(id, typed);
                    refused = refused.or(Some(refusal));
                }
            }
        }
        drop(held);
        let kept = self.keep_room(&at.room, None).await;
        match kept.err().or(refused) {
            Some(why) => Err(PageRefused { why, fields }),
            None => Ok(()),
        }
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
