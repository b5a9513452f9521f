//! Everything that can change, as values. One list serves three times: the
//! store writes it, the writer's live state and then everyone's live state take it over.

use std::sync::Arc;

use jiban_app::api::kiosk::JobState;
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{ApplicantKind, Case};
use jiban_domain::setup::Setup;
use jiban_domain::slip::Slip;
use jiban_domain::ticket::Ticket;
use jiban_domain::{CaseId, ClerkId, CounterId, HallId, KioskId, Millis, TicketId, Token};
use jiff::civil::Date;

/// One row written.
#[derive(Debug, Clone)]
pub enum Change {
    /// A ticket as it is from now on.
    Ticket(Arc<Ticket>),
    /// Something that happened, for the trail.
    Event(Event),
    /// Someone signed in.
    SessionBegun(Session),
    /// Someone left.
    SessionEnded(SessionKey),
    /// A slip to print, or how it is getting on.
    Job(Arc<Job>),
    /// The halls are described anew.
    Setup(Arc<SetupVersion>),
    /// A case as it is from now on.
    Case(Arc<CaseRow>),
    /// Who applies, sealed.
    Person(Arc<Person>),
    /// The person of a case is erased, with its files.
    PersonErased(CaseId),
    /// Who has this number broke a promise, and is offered none until a day.
    PromiseBroken {
        /// The keyed hash of the number.
        number_key: [u8; 32],
        /// The case.
        case: CaseId,
        /// The last such day.
        until: Date,
    },
    /// A file is kept for a case.
    FileKept {
        /// Its id.
        file: String,
        /// The case.
        case: CaseId,
        /// When.
        at: Millis,
    },
    /// A file is no longer kept.
    FileGone(String),
    /// The calendar of working days is another.
    Calendar(Arc<CalendarVersion>),
    /// A clerk's password, as an argon2 PHC string.
    Password {
        /// Whose.
        clerk: ClerkId,
        /// The hash, with its salt and costs.
        phc: String,
    },
}

/// An event as the trail keeps it; its number and link are given when written.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its number in the trail.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// What, in the past tense.
    pub kind: EventKind,
    /// The hall; empty where it concerns all.
    pub hall: HallId,
    /// The ticket, if it is about one.
    pub ticket: Option<TicketId>,
    /// The case, if it is about one.
    pub case: Option<CaseId>,
    /// Who: a clerk, a kiosk, or nobody (the hall itself).
    pub by: String,
    /// What else there is to know, a JSON object.
    pub detail: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => $wire:literal),+ $(,)?) => {
        /// What can happen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EventKind { $($(#[$doc])* $name),+ }

        impl EventKind {
            /// The name in the trail: `TicketIssued`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// The name on the wire, as visitors see it; empty for what is not
            /// theirs to see.
            pub const fn wire(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// The kind of a name in the trail.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// A number was taken.
    TicketIssued => "issued",
    /// Called to a counter.
    TicketCalled => "called",
    /// Called once more.
    TicketRecalled => "recalled",
    /// The visitor came.
    TicketBegun => "begun",
    /// Set aside.
    TicketHeld => "held",
    /// Taken up again.
    TicketResumed => "resumed",
    /// Sent on.
    TicketTransferred => "transferred",
    /// Done.
    TicketFinished => "finished",
    /// The visitor did not come.
    TicketMissed => "missed",
    /// Back in the line.
    TicketReinstated => "reinstated",
    /// Given back, or left over when the day turned.
    TicketCancelled => "cancelled",
    /// A slip was printed once more.
    SlipReprinted => "",
    /// A clerk signed in.
    ClerkSignedIn => "",
    /// A clerk left.
    ClerkSignedOut => "",
    /// A password was set.
    PasswordSet => "",
    /// The halls were described anew.
    SetupChanged => "",
    /// A case was opened.
    CaseOpened => "",
    /// A material was ticked, or came.
    MaterialMarked => "",
    /// A photograph or scan was put to a material.
    FileAttached => "",
    /// One was taken back.
    FileDetached => "",
    /// What the hall had already was taken over.
    MaterialReused => "",
    /// All that was missing was told.
    MissingTold => "",
    /// A promise was signed.
    PromiseSigned => "",
    /// Accepted.
    CaseAccepted => "",
    /// Counted as accepted, since nobody told in time what was missing.
    CaseCountedAsAccepted => "",
    /// Not accepted.
    CaseDeclined => "",
    /// Taken back by the applicant.
    CaseWithdrawn => "",
    /// Another clerk has it.
    CaseTakenUp => "",
    /// A promised or asked material came.
    MaterialSupplied => "",
    /// A reviewer took a step.
    StepTaken => "",
    /// Passed.
    StepApproved => "",
    /// Rejected.
    StepRejected => "",
    /// More materials were asked for.
    MoreAsked => "",
    /// The clock was stopped.
    ClockStopped => "",
    /// The clock runs again.
    ClockResumed => "",
    /// A step went to another department.
    StepHandedOver => "",
    /// The clerk decided it on the spot.
    CaseDecided => "",
    /// The results were fetched.
    ResultFetched => "",
    /// The results were posted.
    ResultPosted => "",
    /// A document was taken back.
    ResultRevoked => "",
    /// A step's limit passed.
    StepLate => "",
    /// The deadline passed.
    CaseLate => "",
    /// A promise was not kept: the case has ended.
    PromiseBroken => "",
    /// The deadline was counted anew, since a year's calendar arrived.
    DueRecounted => "",
    /// Someone saw the applicant whole.
    PersonLookedAt => "",
    /// The person and the papers were erased.
    PersonErased => "",
    /// The calendar of working days was imported.
    CalendarImported => "",
}

impl EventKind {
    /// Whether the display announces it.
    pub const fn is_call(self) -> bool {
        matches!(self, Self::TicketCalled | Self::TicketRecalled)
    }
}

/// SHA-256 of the secret in the cookie: the database holds no secrets that
/// open anything.
pub type SessionKey = [u8; 32];

/// Someone signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of its secret.
    pub key: SessionKey,
    /// Who.
    pub clerk: ClerkId,
    /// Where; none for a director without a counter.
    pub counter: Option<CounterId>,
    /// When it began.
    pub begun_at: Millis,
    /// When it ends by itself.
    pub ends_at: Millis,
}

/// A slip on its way.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its row.
    pub id: i64,
    /// In which hall.
    pub hall: HallId,
    /// Whose slip.
    pub ticket: TicketId,
    /// The same, as the kiosk knows it.
    pub token: Token,
    /// Where it prints.
    pub kiosk: KioskId,
    /// How far it is.
    pub state: JobState,
    /// What it says.
    pub slip: Arc<Slip>,
    /// When it was asked for.
    pub at: Millis,
    /// When its state last changed.
    pub changed_at: Millis,
}

/// A case as it is written: whole, and what is looked for beside it.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// It, as JSON.
    pub document: String,
    /// Working days it took, once it is decided.
    pub days_used: Option<u32>,
    /// Working days each decided step took, by its number.
    pub step_days: Vec<(u32, u32)>,
    /// The next day on which time alone may ask for something.
    pub look_on: Option<Date>,
    /// The day from which the person is to be erased.
    pub erase_on: Option<Date>,
}

/// Who applies, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The case.
    pub case: CaseId,
    /// Person or business.
    pub kind: ApplicantKind,
    /// The name.
    pub name: Vec<u8>,
    /// Identity number or credit code.
    pub number: Vec<u8>,
    /// The telephone.
    pub telephone: Vec<u8>,
    /// The keyed hash of the number.
    pub number_key: [u8; 32],
}

/// A calendar and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarVersion {
    /// Counted up with every import; 0 is the one shipped.
    pub version: i64,
    /// The calendar.
    pub calendar: Calendar,
    /// When it was imported.
    pub at: Millis,
    /// Who did.
    pub by: String,
}

/// A description of the halls and which one it is.
#[derive(Debug, Clone, PartialEq)]
pub struct SetupVersion {
    /// Counted up with every change; 0 is the empty one before any.
    pub version: i64,
    /// The description.
    pub setup: Setup,
    /// When it was put in place.
    pub at: Millis,
    /// Who did.
    pub by: String,
}
