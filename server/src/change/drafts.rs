//! What can change about drafts.

use std::sync::Arc;

use jiban_domain::draft::effort::Effort;
use jiban_domain::draft::{Draft, Remark};
use jiban_domain::{ClerkId, DraftId, FieldId, HallId, Millis};
use jiff::civil::Date;

/// A row written about a draft.
#[derive(Debug, Clone)]
pub enum DraftChange {
    /// A draft after a change.
    Put(Arc<Draft>),
    /// Answers that were written.
    Written(Arc<WrittenValues>),
    /// All its remarks; what is stored is sealed.
    Remarks { draft: DraftId, sealed: Vec<u8>, remarks: Arc<Vec<Remark>> },
    /// A form that a draft is filled in with.
    Form { digest: String, document: String },
    /// A file is kept for a draft.
    FileKept { file: String, draft: DraftId, at: Millis, sha256: [u8; 32] },
    /// A file was removed, or belongs to a case now.
    FileGone(String),
    /// Fields that were not right when somebody sent an application, without what was written.
    Faults {
        hall: HallId,
        subject: String,
        day: Date,
        /// Somebody of the hall was beside the applicant.
        helped: bool,
        fields: Vec<FieldId>,
    },
    /// Answers and remarks are erased, with the files.
    Erased(DraftId),
}

/// Answers of one draft that are kept together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenValues {
    pub draft: DraftId,
    /// The draft's version with them.
    pub version: u64,
    pub values: Vec<WrittenValue>,
    /// What writing them took.
    pub effort: Effort,
}

/// An answer, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenValue {
    pub field: FieldId,
    pub version: u64,
    pub sealed: Vec<u8>,
    /// None for the applicant.
    pub by: Option<ClerkId>,
    pub at: Millis,
}
