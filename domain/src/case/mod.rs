//! A case (办件): an application, from the counter that opens it through the
//! departments until the result is in hand. It outlives the visit.
//!
//! - [`state`]: the states of cases, parts and steps
//! - [`material`]: what is asked for, what was received, what may follow (容缺)
//! - [`step`]: parts, steps, and the moves between a step's states
//! - [`plan`]: what a matter's or bundle's guide makes of a new case
//! - [`reception`]: opening, checking, telling what is missing, accepting
//! - [`review`]: what departments do
//! - [`reuse`]: what the hall already has
//! - [`result`]: documents, and handing them over
//! - [`timed`]: what time alone does: late, broken promises, counted as accepted
//! - [`clock`]: the deadline, and what stops it
//! - [`number`]: the number people say and type
//! - [`refusal`]: every expected "no" about a case
//!
//! A case holds no name, number or telephone: those are kept apart, sealed, and
//! erased when the retention period is over. A case is written whole.

pub mod clock;
pub mod material;
pub mod number;
pub mod plan;
pub mod reception;
pub mod refusal;
pub mod result;
pub mod reuse;
pub mod review;
pub mod state;
pub mod step;
pub mod timed;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Due;
use crate::ids::{BundleId, CaseId, ClerkId, CounterId, HallId, MatterId, Millis, TicketId, Token};
use crate::text::Text;

pub use clock::{Colour, Stop, StopGround};
pub use material::{Attached, CaseMaterial, MaterialState, Promise, Via};
pub use number::CaseNumber;
pub use refusal::CaseRefusal;
pub use result::{Fetching, Handed, Issuing, ResultDocument, Revoked, VerifyCode};
pub use reuse::{Offered, offered};
pub use state::{CaseState, PartState, StepState};
pub use step::{CaseStep, Part, StepRef};
pub use timed::TimedChange;

/// When something happens: the instant, and the day by the hall's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// UTC milliseconds.
    pub at: Millis,
    /// The day of the calendar there.
    pub day: Date,
}

/// What a case is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One matter.
    Matter(MatterId),
    /// Matters handled as one.
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

/// Who applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// Someone with an identity number.
    #[default]
    Person,
    /// A business with a unified social credit code.
    Business,
}

/// How the applicant wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldBy {
    /// On the phone page alone.
    #[default]
    Page,
    /// By a call.
    Call,
    /// By a text message.
    Message,
}

/// All that is missing, told at once (一次性告知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: Millis,
    /// The materials then missing, by their ids.
    pub materials: Vec<u32>,
    /// What else there was to say; may be empty.
    #[serde(default)]
    pub note: String,
}

/// An application. Everything but the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its row.
    pub id: CaseId,
    /// What people say and type.
    pub number: CaseNumber,
    /// Opens its page.
    pub token: Token,
    /// Where it was opened.
    pub hall: HallId,
    /// The visit it came from.
    pub ticket: Option<TicketId>,
    /// What it is for.
    pub subject: Subject,
    /// The name of that, as it was when it was opened.
    pub name: Text,
    /// The clerk who has it: who opened it, or took it up last.
    pub clerk: ClerkId,
    /// The counter it was opened at.
    pub counter: CounterId,
    /// Person or business.
    pub applicant: ApplicantKind,
    /// How the applicant wants to be told.
    #[serde(default)]
    pub told_by: ToldBy,
    pub state: CaseState,
    /// What is asked for.
    pub materials: Vec<CaseMaterial>,
    /// Its matters, in the order they may be decided.
    pub parts: Vec<Part>,
    /// The name of the first step, at the counter.
    pub accept_step: Text,
    /// The name of the last step, at the window for results.
    pub deliver_step: Text,
    /// Decided on the spot if the clerk can (即办件).
    pub immediate: bool,
    /// The limit promised, in working days; of a bundle, the one for all.
    pub promised_days: u16,
    /// The limit the law sets, in working days; 0 where it sets none.
    pub statutory_days: u16,
    /// When it was opened, and the day there.
    pub opened: At,
    /// What was told to be missing, if it was.
    #[serde(default)]
    pub told: Option<Told>,
    /// When it was accepted, and the day the clock counts from.
    #[serde(default)]
    pub accepted: Option<At>,
    /// What stopped the clock, oldest first.
    #[serde(default)]
    pub stops: Vec<Stop>,
    /// By when it is decided, as far as the calendar is known.
    #[serde(default)]
    pub due: Option<Due>,
    /// The limit of the law, likewise.
    #[serde(default)]
    pub statutory_due: Option<Due>,
    /// Marked late.
    #[serde(default)]
    pub late: bool,
    /// The promise to bring what is deferred.
    #[serde(default)]
    pub promise: Option<Promise>,
    /// When all parts were decided.
    #[serde(default)]
    pub decided: Option<At>,
    /// The documents it led to.
    #[serde(default)]
    pub results: Vec<ResultDocument>,
    /// The code that fetches them: six figures.
    #[serde(default)]
    pub pick_up_code: Option<String>,
    /// How they left the hall.
    #[serde(default)]
    pub handed: Option<Handed>,
    /// When it came to an end.
    #[serde(default)]
    pub ended: Option<At>,
    /// Why, where there is something to say.
    #[serde(default)]
    pub reason: String,
    /// The person, and the papers, were erased.
    #[serde(default)]
    pub erased: bool,
}

/// An instant and its day by the hall's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// UTC milliseconds.
    pub at: Millis,
    /// The day there.
    pub day: Date,
}

impl From<Moment> for At {
    fn from(moment: Moment) -> Self {
        Self { at: moment.at, day: moment.day }
    }
}

#[cfg(test)]
mod tests;
