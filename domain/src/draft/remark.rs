//! What the hall says of a field or material before the visit.

use serde::{Deserialize, Serialize};

use super::{Draft, DraftRefusal};
use crate::ids::{ClerkId, FieldId, Millis};
use crate::text::Text;

/// What a remark is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Field(FieldId),
    /// A material, by [`super::material_key`].
    Material(String),
    /// All of it.
    Draft,
}

/// A remark of the hall. It is settled when what it is about was changed, or by who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Counted from 1 within the draft.
    pub id: u32,
    pub about: About,
    pub words: String,
    pub by: ClerkId,
    pub at: Millis,
    #[serde(default)]
    pub settled: bool,
}

impl Remark {
    /// Whether it is settled: by somebody, or since what it is about was changed. `written` says
    /// when a field was written last.
    pub fn is_settled(
        &self,
        draft: &Draft,
        written: impl FnOnce(&FieldId) -> Option<Millis>,
    ) -> bool {
        let later = |at: Option<Millis>| at.is_some_and(|at| at > self.at);
        self.settled
            || match &self.about {
                About::Field(field) => later(written(field)),
                About::Material(key) => {
                    let mut files = draft.files.iter().filter(|file| file.material == *key);
                    files.any(|file| later(Some(file.at)))
                }
                About::Draft => later(draft.sent.map(|sent| sent.at)),
            }
    }
}

/// The most characters of a remark, and remarks of a draft.
pub const CHARACTERS: usize = 500;
pub const REMARKS: usize = 100;

/// Adds a remark, with the next number.
///
/// # Errors
/// [`DraftRefusal::RemarkNeeded`] without words, [`DraftRefusal::RemarkTooLong`],
/// [`DraftRefusal::TooManyRemarks`].
pub fn add(
    remarks: &mut Vec<Remark>,
    about: About,
    words: &str,
    by: &ClerkId,
    at: Millis,
) -> Result<(), DraftRefusal> {
    let words = words.trim();
    if words.is_empty() {
        return Err(DraftRefusal::RemarkNeeded);
    }
    if words.chars().count() > CHARACTERS {
        return Err(DraftRefusal::RemarkTooLong);
    }
    if remarks.len() >= REMARKS {
        return Err(DraftRefusal::TooManyRemarks);
    }
    let id = remarks.iter().map(|remark| remark.id).max().unwrap_or_default() + 1;
    let words = words.to_owned();
    remarks.push(Remark { id, about, words, by: by.clone(), at, settled: false });
    Ok(())
}

/// Settles a remark, or takes that back.
///
/// # Errors
/// [`DraftRefusal::UnknownRemark`].
pub fn settle(remarks: &mut [Remark], id: u32, settled: bool) -> Result<(), DraftRefusal> {
    let remark = remarks.iter_mut().find(|remark| remark.id == id);
    remark.ok_or(DraftRefusal::UnknownRemark)?.settled = settled;
    Ok(())
}

/// Sentences that are needed often (常用语).
pub fn usual_sentences() -> Vec<Text> {
    [
        ("与证件上的不一致，请核对。", "It differs from the identity paper. Please check."),
        ("请写全称，与营业执照一致。", "Write the full name, as on the business licence."),
        ("地址请写到门牌号。", "Give the address down to the house number."),
        ("照片看不清，请重新拍。", "The photograph cannot be read. Please take it again."),
        ("只有一面，请补拍另一面。", "Only one side is here. Please add the other."),
        ("证件已过期，请换有效的。", "The paper has expired. Please provide a valid one."),
        ("没有签名或盖章。", "A signature or seal is missing."),
        ("页数不全，请补齐。", "Pages are missing. Please add them."),
    ]
    .into_iter()
    .map(|(zh, en)| Text::new(zh, en))
    .collect()
}
