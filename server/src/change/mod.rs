//! Everything that can change, as values. One list serves three times: the store
//! writes it, and the writer's live state and then everyone's apply it.

pub mod drafts;
pub mod terminals;

use std::sync::Arc;

use jiban_domain::booking::{Booking, BookingId};
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{ApplicantKind, Case, TellReason, TellingState, ToldBy, VerifyCode};
use jiban_domain::event::EventKind;
use jiban_domain::print_job::JobState;
use jiban_domain::self_print::{DocumentPrinterNow, PrintKind};
use jiban_domain::setup::Setup;
use jiban_domain::slip::Slip;
use jiban_domain::ticket::Ticket;
use jiban_domain::{
    CaseId, ClerkId, CounterId, HallId, KioskId, Millis, StatementId, Text, TicketId, Token,
};
use jiff::civil::Date;
use uuid::Uuid;

use drafts::DraftChange;
use terminals::TerminalChange;

/// One row written.
#[derive(Debug, Clone)]
pub enum Change {
    /// A ticket after a move.
    Ticket(Arc<Ticket>),
    /// An event for the trail.
    Event(Event),
    /// Someone signed in.
    SessionBegun(Session),
    /// Someone signed out.
    SessionEnded(SessionKey),
    /// A slip to print, or its new state.
    Job(Arc<Job>),
    /// A new setup.
    Setup(Arc<SetupVersion>),
    /// A case after a change.
    Case(Arc<CaseRow>),
    /// An applicant's details, sealed.
    Person(Arc<Person>),
    /// The key of a case's notes, sealed, for a case that has none yet.
    NotesKey { case: CaseId, sealed: Vec<u8> },
    /// The applicant's details of a case are erased, with its files.
    PersonErased(CaseId),
    /// The applicant with this number broke a promise, and is offered none until a
    /// day.
    PromiseBroken {
        /// The keyed hash of the number.
        number_key: [u8; 32],
        case: CaseId,
        /// The last such day.
        until: Date,
    },
    /// A file is kept for a case.
    FileKept {
        /// Its id.
        file: String,
        case: CaseId,
        at: Millis,
        /// The digest of its bytes as they were received.
        sha256: [u8; 32],
    },
    /// A file was removed.
    FileGone(String),
    /// What an applicant is to be told, or how far that is.
    Telling(Arc<Telling>),
    /// A booking after a change.
    Booking(Arc<BookingRow>),
    /// Who made a booking is erased.
    BookingErased(BookingId),
    /// Something that somebody prints by themselves, or how far that is.
    DocumentPrint(Arc<DocumentPrint>),
    /// A statement was issued, which anyone may verify.
    StatementIssued(Arc<IssuedStatement>),
    /// The records of a statement, instead of those before.
    Records(Arc<RecordsVersion>),
    /// The records of a statement are erased.
    RecordsErased { hall: HallId, statement: StatementId },
    /// A new calendar of working days.
    Calendar(Arc<CalendarVersion>),
    /// A clerk's password, as an argon2 PHC string.
    Password {
        clerk: ClerkId,
        /// The hash, with its salt and costs.
        phc: String,
    },
    /// Somebody was removed from the hall file.
    PasswordRemoved(ClerkId),
    /// Something about a terminal.
    Terminal(TerminalChange),
    /// Something about a draft.
    Draft(DraftChange),
}

/// An event as the trail keeps it; its link is given when it is written.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its number in the trail.
    pub id: i64,
    pub at: Millis,
    pub kind: EventKind,
    /// The hall; empty where it concerns all.
    pub hall: HallId,
    pub ticket: Option<TicketId>,
    pub case: Option<CaseId>,
    /// A clerk, a kiosk, or empty for the program itself.
    pub by: String,
    /// A JSON object.
    pub detail: String,
}

/// SHA-256 of the secret in the cookie: the database holds no secrets that
/// open anything.
pub type SessionKey = [u8; 32];

/// Someone signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of its secret.
    pub key: SessionKey,
    pub clerk: ClerkId,
    /// None for a session without a counter.
    pub counter: Option<CounterId>,
    pub begun_at: Millis,
    /// When it expires.
    pub ends_at: Millis,
}

/// A print job: a slip on its way to the paper.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its row.
    pub id: i64,
    pub hall: HallId,
    pub ticket: TicketId,
    /// The ticket's, as the kiosk knows it.
    pub token: Token,
    /// Where it prints.
    pub kiosk: KioskId,
    pub state: JobState,
    pub slip: Arc<Slip>,
    /// When it was queued.
    pub at: Millis,
    /// When its state last changed.
    pub changed_at: Millis,
}

/// A case as it is written: whole, with the columns that are searched beside it.
#[derive(Debug, Clone)]
pub struct CaseRow {
    pub case: Case,
    /// The case as JSON.
    pub document: String,
    /// Working days it took, once it is decided.
    pub days_used: Option<u32>,
    /// Working days each decided step took, by its number.
    pub step_days: Vec<(u32, u32)>,
    /// The next day on which time alone may change something.
    pub check_on: Option<Date>,
    /// The day from which the applicant's details are to be erased.
    pub erase_on: Option<Date>,
}

/// An applicant's details, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub case: CaseId,
    pub kind: ApplicantKind,
    pub name: Vec<u8>,
    /// Identity number or credit code.
    pub number: Vec<u8>,
    pub telephone: Vec<u8>,
    /// The keyed hash of the number.
    pub number_key: [u8; 32],
    /// The key of the case's notes; `None` in a case of an earlier version without notes.
    pub notes_key: Option<Vec<u8>>,
    /// Who acts for the applicant, as one sealed record.
    pub agent: Option<Vec<u8>>,
}

/// A booking, and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRow {
    pub booking: Booking,
    /// None while it is held.
    pub person: Option<Arc<BookedBy>>,
}

/// Who made a booking, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedBy {
    pub name: Vec<u8>,
    /// Of the identity paper.
    pub number: Vec<u8>,
    pub telephone: Vec<u8>,
    /// The keyed hash of the number, as applicants of cases have it.
    pub number_key: [u8; 32],
    pub telephone_key: [u8; 32],
}

/// What an applicant is to be told by a message or a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The event in whose commit it was written. A gateway gets it with each try.
    pub id: i64,
    pub case: CaseId,
    pub hall: HallId,
    pub why: TellReason,
    pub way: ToldBy,
    pub state: TellingState,
    /// Since when it is to be told.
    pub at: Millis,
    /// Tries that failed, and calls.
    pub tries: u32,
    /// When a message is tried again.
    pub next_at: Millis,
    pub changed_at: Millis,
    /// Who called last.
    pub by: String,
}

/// A document that somebody prints by themselves, on its way to the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPrint {
    /// The event in whose commit it was written.
    pub id: i64,
    /// A repeat of this request prints nothing more.
    pub request: Uuid,
    /// What the request asked for.
    pub digest: [u8; 32],
    pub hall: HallId,
    pub kiosk: KioskId,
    /// The hall's day, by which prints are counted.
    pub day: Date,
    pub kind: PrintKind,
    pub case: Option<CaseId>,
    pub statement: Option<StatementId>,
    /// The keyed hash of the person's number, as long as their prints are counted.
    pub person: Option<[u8; 32]>,
    /// The name of the proof in the trail.
    pub proof: String,
    pub pages: u32,
    /// Pages that came out, as the printer counts them.
    pub came_out: u32,
    pub state: JobState,
    pub printer: DocumentPrinterNow,
    pub at: Millis,
    pub changed_at: Millis,
}

/// A statement that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedStatement {
    pub code: VerifyCode,
    /// The row of its print.
    pub print: i64,
    pub statement: StatementId,
    /// Its name.
    pub document: Text,
    pub issuer: Text,
    pub issued_on: Date,
}

/// The records of a statement, as a department brought them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsVersion {
    pub hall: HallId,
    pub statement: StatementId,
    /// Counted up with every import.
    pub version: i64,
    pub at: Millis,
    pub by: String,
    pub records: Vec<Record>,
    /// A keyed hash of all records in their order.
    pub digest: [u8; 32],
}

/// A record of a person, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The keyed hash of the person's number.
    pub number_key: [u8; 32],
    pub sealed: Vec<u8>,
}

/// A calendar and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarVersion {
    /// Counted up with every import; 0 is the one shipped.
    pub version: i64,
    pub calendar: Calendar,
    /// When it was imported.
    pub at: Millis,
    /// Who imported it.
    pub by: String,
}

/// A setup and its version.
#[derive(Debug, Clone, PartialEq)]
pub struct SetupVersion {
    /// Counted up with every change; 0 is the empty one before any.
    pub version: i64,
    pub setup: Setup,
    /// When it came into force.
    pub at: Millis,
    /// Who changed it.
    pub by: String,
}
