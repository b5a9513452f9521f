//! A draft (草稿): an application that nobody has received yet. Anyone can begin one; it is
//! written field by field, alone or by two at once, sent to be looked at (预审), and becomes a
//! case at a counter.
//!
//! - [`state`]: the states of a draft
//! - [`effort`]: what filling it in took
//! - `moves`: its moves between them
//! - `refusal`: every expected "no" about it
//! - [`checkers`]: who of the hall has to do with it
//! - [`proof`]: how it is known who applies
//! - [`remark`]: what the hall says of a field or material before the visit
//! - [`values`]: the values of a draft in the server's order
//! - [`replica`]: the same at a page that writes meanwhile
//! - [`unasked`]: what was sent and is asked for no longer
//! - `merge_value`: two changes of one answer
//! - `merge_text`: two changes of one text
//!
//! A draft holds no answers: these are kept apart, sealed, and erased when its time is over.

pub mod checkers;
pub mod effort;
mod merge_text;
mod merge_value;
mod moves;
pub mod proof;
mod refusal;
pub mod remark;
pub mod replica;
pub mod state;
pub mod unasked;
pub mod values;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::case::{At, CaseRefusal, Moment, Subject};
use crate::ids::{CaseId, ClerkId, DraftId, HallId, Millis, Token};
use crate::refusal::Refusal;
use crate::text::Text;

pub use proof::{Proof, ProofKind};
pub use refusal::DraftRefusal;
pub use remark::{About, Remark};
pub use state::DraftState;
pub use values::{Entry, SharedValues, Write, Written};

/// By which way a draft was begun.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Way {
    /// 掌上办, or another browser at home.
    #[default]
    Phone,
    /// 自助办.
    Terminal,
    /// 窗口办.
    Counter,
}

impl Way {
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Phone => ("手机", "Phone"),
            Self::Terminal => ("自助终端", "Self-service terminal"),
            Self::Counter => ("窗口", "Counter"),
        };
        Text::new(zh, en)
    }
}

/// Who writes a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writer {
    /// Whoever holds the draft.
    Applicant,
    /// Somebody of the hall beside them.
    Helper(ClerkId),
}

impl Writer {
    /// As a row has it: the clerk, or nothing for the applicant.
    pub fn clerk(&self) -> Option<&ClerkId> {
        match self {
            Self::Applicant => None,
            Self::Helper(clerk) => Some(clerk),
        }
    }
}

/// A photograph, scan or PDF of a material.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftFile {
    /// Its id among the files of the hall.
    pub file: String,
    /// `jpeg`, `png`, `webp`, `pdf` or `ofd`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    #[serde(default)]
    pub sha256: String,
    /// The pages of a PDF, if they could be counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The material, see [`material_key`].
    pub material: String,
    pub at: Millis,
    /// The clerk who added it; none for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ClerkId>,
}

/// A drawn signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSignature {
    pub file: String,
    pub at: Millis,
    /// The draft's version that was signed: what was written later is not.
    pub version: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// By what a material is known in drafts, whose guide may change meanwhile: its kind of
/// document, or its name.
pub fn material_key(document: Option<&str>, name: &Text) -> String {
    document.unwrap_or(&name.zh).to_owned()
}

/// A draft without its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: DraftId,
    /// Opens it.
    pub token: Token,
    pub hall: HallId,
    pub subject: Subject,
    /// The subject's name when it was begun.
    pub name: Text,
    pub state: DraftState,
    pub way: Way,
    #[serde(default)]
    pub proof: Proof,
    /// The digest of the form that it was last filled in with.
    pub form: String,
    /// That of the form in which something was agreed to last, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_in: Option<String>,
    pub begun: At,
    /// When it was sent last.
    #[serde(default)]
    pub sent: Option<At>,
    /// When it was sent first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_sent: Option<At>,
    /// How often it was sent.
    #[serde(default)]
    pub times_sent: u32,
    /// How often it was returned with remarks.
    #[serde(default)]
    pub times_returned: u32,
    /// Who looked at it last.
    #[serde(default)]
    pub checked_by: Option<ClerkId>,
    /// The applicant is to bring the originals.
    #[serde(default)]
    pub bring_originals: bool,
    #[serde(default)]
    pub files: Vec<DraftFile>,
    /// A helper was beside the applicant.
    #[serde(default)]
    pub helped: bool,
    /// What the applicant signed with, if they did on a screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<DraftSignature>,
    /// The visit that the hall booked for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<Token>,
    /// The case it became.
    #[serde(default)]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub ended: Option<At>,
    /// The last day on which it is kept.
    pub keep_until: Date,
}

/// What begins a draft.
#[derive(Debug, Clone)]
pub struct Beginning {
    pub id: DraftId,
    pub token: Token,
    pub hall: HallId,
    pub subject: Subject,
    pub name: Text,
    pub way: Way,
    pub form: String,
    /// Days for which it is kept after its last change.
    pub kept_days: u16,
}

/// The most files of one material, and of a whole draft.
pub const FILES_OF_MATERIAL: usize = 12;
pub const FILES: usize = 60;
/// The most bytes of all answers together.
pub const BYTES: usize = 200_000;

impl Draft {
    pub fn begin(beginning: Beginning, now: Moment) -> Self {
        let Beginning { id, token, hall, subject, name, way, form, kept_days } = beginning;
        let mut draft = Self {
            id,
            token,
            hall,
            subject,
            name,
            state: DraftState::Filling,
            way,
            proof: Proof::Unproven,
            form,
            begun: now.into(),
            sent: None,
            first_sent: None,
            times_sent: 0,
            times_returned: 0,
            checked_by: None,
            bring_originals: false,
            files: Vec::new(),
            helped: false,
            agreed_in: None,
            signature: None,
            booking: None,
            case: None,
            ended: None,
            keep_until: now.day,
        };
        draft.keep(kept_days, now);
        draft
    }

    /// It was changed: its time begins again.
    pub fn keep(&mut self, kept_days: u16, now: Moment) {
        let until = now.day.checked_add(i64::from(kept_days).days());
        self.keep_until = until.unwrap_or(now.day).max(self.keep_until);
    }

    /// Keeps it until a day at least, such as that of a visit.
    pub fn keep_at_least_until(&mut self, day: Date) {
        self.keep_until = self.keep_until.max(day);
    }

    /// All that is kept of it on the disk: photographs and scans, and the signature's drawing.
    pub fn all_files(&self) -> Vec<String> {
        let files = self.files.iter().map(|file| &file.file);
        files.chain(self.signature.iter().map(|one| &one.file)).cloned().collect()
    }

    /// Names none of them any longer.
    pub fn forget_files(&mut self) {
        self.files.clear();
        self.signature = None;
    }

    /// Refuses what is written where nothing may be.
    ///
    /// # Errors
    /// [`DraftRefusal::NotWritable`].
    pub fn require_writable(&self) -> Result<(), DraftRefusal> {
        if self.state.is_writable() { Ok(()) } else { Err(DraftRefusal::NotWritable(self.state)) }
    }

    /// Adds a file to a material.
    ///
    /// # Errors
    /// It is not being filled in, or has as many as it may have.
    pub fn attach(&mut self, file: DraftFile) -> Result<(), Refusal> {
        self.require_writable()?;
        let same = self.files.iter().filter(|one| one.material == file.material).count();
        if same >= FILES_OF_MATERIAL || self.files.len() >= FILES {
            return Err(CaseRefusal::TooManyFiles.into());
        }
        self.files.push(file);
        Ok(())
    }

    /// Removes a file.
    ///
    /// # Errors
    /// It is not being filled in, or has no such file.
    pub fn detach(&mut self, file: &str) -> Result<(), Refusal> {
        self.require_writable()?;
        let at = self.files.iter().position(|one| one.file == file);
        self.files.remove(at.ok_or(CaseRefusal::UnknownFile)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
