//! What the hall says of a field or material before the visit.

use serde::{Deserialize, Serialize};

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

/// The most characters of a remark, and remarks of a draft.
pub const CHARACTERS: usize = 500;
pub const REMARKS: usize = 100;

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
