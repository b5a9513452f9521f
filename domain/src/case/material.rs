//! What a case asks for: what was received, what is missing, what may follow.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::{MatterId, Millis};
use crate::setup::MaterialForm;
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
    /// Not asked for: the applicant commits to it instead (告知承诺).
    Replaced,
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
    pub form: MaterialForm,
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
    /// Nobody could read what was sent of it.
    #[serde(default)]
    pub unreadable: Option<Unreadable>,
    /// A department asked for it after acceptance (补正): the step that did.
    #[serde(default)]
    pub asked_by: Option<super::StepRef>,
}

/// What was sent of a material could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// The step whose clock stands for it; none before acceptance.
    #[serde(default)]
    pub step: Option<super::StepRef>,
    /// What the applicant is told about it.
    #[serde(default)]
    pub note: String,
    pub at: Millis,
    /// A new one has come, at which nobody has looked yet.
    #[serde(default)]
    pub arrived: bool,
}

impl CaseMaterial {
    /// It was received: at a counter somebody sees it at once, from a phone nobody does.
    pub(super) fn receive(&mut self, via: &Via, now: super::Moment) {
        self.state = MaterialState::Present;
        self.at = Some(now.at);
        self.via = Some(via.clone());
        match via {
            Via::Phone => {
                if let Some(unreadable) = &mut self.unreadable {
                    unreadable.arrived = true;
                }
            }
            Via::Counter | Via::Earlier(_) => self.unreadable = None,
        }
    }

    /// Its files were sent from a phone, also those that could not be read.
    pub fn was_sent_by_phone(&self) -> bool {
        self.via == Some(Via::Phone) || (self.unreadable.is_some() && !self.files.is_empty())
    }

    /// A new one was sent, at which nobody has looked yet.
    pub fn is_unseen(&self) -> bool {
        self.unreadable.as_ref().is_some_and(|one| one.arrived)
    }
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
    /// What its sender called it, sealed; empty for a photograph taken at a counter.
    #[serde(default)]
    pub name: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    pub kind: String,
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal: it must still be the one attached.
    pub sha256: String,
    pub at: Millis,
    /// The pages of a PDF, if they could be counted.
    #[serde(default)]
    pub pages: Option<u32>,
    /// Nobody could read it, so another was asked for.
    #[serde(default)]
    pub unreadable: bool,
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
