//! What a case asks for: what was received, what is missing, what may follow.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::{MatterId, Millis};
use crate::setup::Form;
use crate::text::Text;

/// The state of a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum MaterialState {
    /// Not received, or not checked yet.
    Missing,
    /// Received.
    Present,
    /// Promised for later (容缺).
    Deferred,
    /// Not needed in this case.
    NotNeeded,
}

/// A material of a case. Where several matters of a bundle ask for the same kind
/// of document, it is one material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseMaterial {
    /// Counted from 1 in its case.
    pub id: u32,
    pub name: Text,
    /// The kind of document, where it has one.
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub form: Form,
    /// The matters that ask for it.
    pub matters: Vec<MatterId>,
    /// May follow later: only where each of those matters allows it.
    pub deferrable: bool,
    pub state: MaterialState,
    /// When its state last changed.
    #[serde(default)]
    pub at: Option<Millis>,
    /// How it was received.
    #[serde(default)]
    pub via: Option<Via>,
    /// A clerk marked it as received, so it is there without its files too.
    #[serde(default)]
    pub marked: bool,
    /// Photographs and scans of it.
    #[serde(default)]
    pub files: Vec<Attached>,
    /// A department asked for it after acceptance (补正): the step that did.
    #[serde(default)]
    pub asked_by: Option<super::StepRef>,
}

/// How a material was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Brought to a counter.
    Counter,
    /// Uploaded on the phone page.
    Phone,
    /// The hall already had it: the number of the earlier case.
    Earlier(super::CaseNumber),
}

/// A photograph or scan of a material. The file itself is stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub file: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    pub kind: String,
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal: it must still be the one attached.
    pub sha256: String,
    pub at: Millis,
}

/// The promise to bring what is deferred (容缺受理承诺).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Each material promised, and the last day for it.
    pub items: Vec<(u32, Date)>,
    pub at: Millis,
    /// The drawn signature's file; none where it was signed on paper.
    #[serde(default)]
    pub signature: Option<String>,
    /// It was not kept.
    #[serde(default)]
    pub broken: bool,
}
