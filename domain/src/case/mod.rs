//! A case (办件): an application, from the counter that opens it through the
//! departments until the result is collected. It outlives the visit.
//!
//! - [`state`]: the states of cases, parts and steps
//! - [`material`]: what is asked for, what was received, what may follow (容缺)
//! - [`step`]: parts, steps, and the moves between a step's states
//! - [`plan`]: what a matter's or bundle's guide makes of a new case
//! - `agent`: who acts for the applicant, and the authorisation
//! - [`reception`]: opening, checking, telling what is missing, accepting
//! - [`review`]: what departments do
//! - [`readable`]: papers that cannot be read, and what is sent anew
//! - [`commitment`]: what is signed instead of proved (告知承诺), and checked afterwards
//! - [`reuse`]: what the hall already has
//! - [`result`]: documents, and handing them over
//! - [`timed`]: what time alone does: late, broken promises, counted as accepted
//! - `unasked`: what came with an application and is asked for no longer
//! - [`clock`]: the deadline, and what stops it
//! - [`number`]: the number people say and type
//! - [`refusal`]: every expected "no" about a case
//!
//! A case holds no name, number or telephone: those are kept apart, sealed, and
//! erased when the retention period is over. A case is written whole.

mod agent;
pub mod clock;
pub mod commitment;
pub mod material;
pub mod notes;
mod number;
pub mod plan;
mod readable;
pub mod reception;
pub mod refusal;
pub mod result;
pub mod reuse;
pub mod review;
pub mod state;
pub mod step;
mod telling;
pub mod timed;
mod unasked;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Due;
use crate::ids::{
    BundleId, CaseId, ClerkId, CounterId, DraftId, HallId, MatterId, Millis, TicketId, Token,
};
use crate::text::Text;

pub use crate::identity::ApplicantKind;
pub use agent::Agent;
pub use clock::{Colour, Stop, StopGround};
pub use commitment::{Commitment, CommitmentCheck, CommitmentTerms, commitment_offered};
pub use material::{Attached, CaseMaterial, MaterialState, Promise, Unreadable, Via};
pub use number::CaseNumber;
pub use refusal::CaseRefusal;
pub use result::{Fetching, Handed, Issuing, ResultDocument, Revoked, VerifyCode};
pub use reuse::{Offered, offered};
pub use state::{CaseState, CheckState, PartState, StepState};
pub use step::{CaseStep, Part, StepRef};
pub use telling::{TellReason, TellingState};
pub use timed::TimedChange;

/// When something happens: the instant, and the day by the hall's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub at: Millis,
    /// The day by the hall's calendar.
    pub day: Date,
}

/// What a case is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Matter(MatterId),
    Bundle(BundleId),
}

impl Subject {
    /// Its id in the hall file.
    pub fn id(&self) -> &str {
        match self {
            Self::Matter(id) => id.as_str(),
            Self::Bundle(id) => id.as_str(),
        }
    }
}

/// How the applicant wants to be notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldBy {
    /// On the phone page only.
    #[default]
    Page,
    /// By a call.
    Call,
    /// By a text message.
    Message,
}

/// The notice of everything missing, given once (一次性告知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub at: Millis,
    /// The materials then missing, by their ids.
    pub materials: Vec<u32>,
    /// A note; may be empty.
    #[serde(default)]
    pub note: String,
}

/// An application, without the applicant's details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    /// What people say and type.
    pub number: CaseNumber,
    /// Opens its page.
    pub token: Token,
    /// Where it was opened.
    pub hall: HallId,
    /// The visit it was opened in.
    pub ticket: Option<TicketId>,
    /// The draft it was opened from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// What it is for.
    pub subject: Subject,
    /// The subject's name when the case was opened.
    pub name: Text,
    /// The clerk who has it: who opened it, or took it over last.
    pub clerk: ClerkId,
    /// The counter it was opened at.
    pub counter: CounterId,
    pub applicant: ApplicantKind,
    /// Somebody acts for the applicant.
    #[serde(default)]
    pub agent: Option<Agent>,
    /// How the applicant wants to be notified.
    #[serde(default)]
    pub told_by: ToldBy,
    pub state: CaseState,
    pub materials: Vec<CaseMaterial>,
    /// Its matters, in the order they may be decided.
    pub parts: Vec<Part>,
    /// The name of the first step, at the counter.
    pub accept_step: Text,
    /// The name of the last step, at the Results window.
    pub deliver_step: Text,
    /// Can be decided on the spot (即办件).
    pub immediate: bool,
    /// The promised limit in working days; a bundle has one for all its parts.
    pub promised_days: u16,
    /// The statutory limit in working days; 0 where there is none.
    pub statutory_days: u16,
    pub opened: At,
    #[serde(default)]
    pub told: Option<Told>,
    /// When it was accepted: the clock counts from that day.
    #[serde(default)]
    pub accepted: Option<At>,
    /// What stopped the clock, oldest first.
    #[serde(default)]
    pub stops: Vec<Stop>,
    /// The deadline, as far as the calendar is known.
    #[serde(default)]
    pub due: Option<Due>,
    /// The statutory deadline, likewise.
    #[serde(default)]
    pub statutory_due: Option<Due>,
    #[serde(default)]
    pub late: bool,
    /// The promise to bring what is deferred.
    #[serde(default)]
    pub promise: Option<Promise>,
    /// What the applicant committed to instead of proving it first.
    #[serde(default)]
    pub commitment: Option<Commitment>,
    /// When all parts were decided.
    #[serde(default)]
    pub decided: Option<At>,
    /// The documents it resulted in.
    #[serde(default)]
    pub results: Vec<ResultDocument>,
    /// The code to collect them with: six digits.
    #[serde(default)]
    pub pick_up_code: Option<String>,
    /// How they left the hall.
    #[serde(default)]
    pub handed: Option<Handed>,
    #[serde(default)]
    pub ended: Option<At>,
    /// The reasons given for its end; may be empty.
    #[serde(default)]
    pub reason: String,
    /// The applicant's details and the files were erased.
    #[serde(default)]
    pub erased: bool,
}

/// An instant and its day by the hall's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    pub at: Millis,
    pub day: Date,
}

impl From<Moment> for At {
    fn from(moment: Moment) -> Self {
        Self { at: moment.at, day: moment.day }
    }
}

#[cfg(test)]
mod tests;
