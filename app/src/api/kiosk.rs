//! The API of a kiosk.
//!
//! `GET /events/kiosk?kiosk=ID` sends a [`KioskNow`] on each (re)connect and
//! whenever something in it changes. With `&token=TOKEN` it also has the print
//! jobs of that ticket, and of no other: tokens open pages.

pub use jiban_domain::print_job::{JobState, PrinterNow};
use jiban_domain::setup::{Matter, Rules};
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{Priority, TicketState};
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{
    BundleId, DepartmentId, HallId, KioskId, Lang, LineId, MatterId, Millis, Text, TicketId, Token,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::guide::Guide;
use super::{Done, calls};

calls! {
    Issue => "/api/kiosk/issue" -> Issued,
    Reprint => "/api/kiosk/reprint" -> Done,
    ReportPrinted => "/api/kiosk/printed" -> Done,
    ReadGuide => "/api/kiosk/guide" -> Guide,
    PrintGuide => "/api/kiosk/print_guide" -> GuidePrinted,
    Heartbeat => "/api/kiosk/heartbeat" -> Done,
}

/// Take a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Made by the page; a repeat gets the first answer.
    pub request_id: Uuid,
    pub kiosk: KioskId,
    pub matter: MatterId,
    #[serde(default)]
    pub priority: Priority,
    /// The slip's language.
    #[serde(default)]
    pub lang: Lang,
    /// The visitor continues without a slip. None may be printed later, once
    /// there is paper again, with a number somebody holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub screen_only: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub id: TicketId,
    /// `A001`.
    pub number: String,
    /// Opens the ticket's page.
    pub token: Token,
    /// The address of the ticket's page; the QR code holds it in upper case.
    pub progress_url: String,
    /// `waiting`.
    pub state: TicketState,
    pub ahead: u32,
    /// The estimated wait; null if no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// UTC milliseconds.
    pub issued_at: Millis,
}

/// Print the ticket's slip again (补打). Refused once the ticket has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    /// A repeat prints no second slip.
    pub request_id: Uuid,
    pub kiosk: KioskId,
    pub token: Token,
}

/// The kiosk's own browser was asked to print the slip
/// ([`jiban_domain::setup::Printer::Browser`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPrinted {
    pub kiosk: KioskId,
    pub token: Token,
}

/// Read a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadGuide {
    /// The guide is of its hall.
    pub kiosk: KioskId,
    /// Of a matter or bundle.
    pub id: String,
    #[serde(default)]
    pub lang: Lang,
}

/// Print a guide on slip paper. A kiosk prints a few in ten minutes and then
/// refuses, so that nobody wastes its paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintGuide {
    /// Made by the page; a repeat prints nothing more and gets the first
    /// answer.
    pub request_id: Uuid,
    pub kiosk: KioskId,
    /// Of a matter or bundle.
    pub id: String,
    #[serde(default)]
    pub lang: Lang,
}

/// The result of printing a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidePrinted {
    /// `confirmed` or `unknown` from a network printer, `sent` if the kiosk's
    /// own browser has to print the sheet.
    pub state: JobState,
    /// The sheet for that browser, 80 mm wide; null otherwise.
    pub sheet: Option<PrintSheet>,
}

/// A drawing for a browser to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintSheet {
    /// An SVG document.
    pub svg: String,
    /// Its height on paper, in millimetres.
    pub high_mm: u32,
}

/// Says that the kiosk's page is running; sent every 20 seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    pub kiosk: KioskId,
}

/// Everything a kiosk's page shows, except the visitor's own ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KioskNow {
    pub kiosk: KioskId,
    /// The state.
    pub name: Text,
    pub hall: HallId,
    pub hall_name: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds. The page counts on from it.
    pub now: Millis,
    /// Whether nobody knows what time it is: the server's clock cannot be right.
    pub time_unknown: bool,
    /// Whether numbers are given now.
    pub open: bool,
    /// UTC milliseconds: when numbers are given again; null while open.
    pub opens_at: Option<Millis>,
    /// For the idle time and countdown.
    pub rules: Rules,
    pub printer: PrinterNow,
    pub lines: Vec<KioskLine>,
    pub matters: Vec<KioskMatter>,
    pub bundles: Vec<KioskBundle>,
    /// The print jobs of the ticket whose token is in the stream's address,
    /// newest last; empty without a token.
    pub jobs: Vec<JobNow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskLine {
    pub id: LineId,
    pub letter: char,
    pub name: Text,
    /// It gives tickets now.
    pub open: bool,
    pub waiting: u32,
    /// The estimated wait of someone who comes now; null if no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
}

/// A matter, its guide, and its spelling for the search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KioskMatter {
    #[serde(flatten)]
    pub matter: Matter,
    /// The name of the department that decides it.
    #[serde(default)]
    pub department_name: Text,
    /// The pinyin initials of its name, in capitals: `SPJYXK`.
    pub initials: String,
    /// The pinyin of its name, with spaces between syllables: `shi pin jing
    /// ying xu ke`.
    #[serde(default)]
    pub spelling: String,
}

/// Several matters handled as one (一件事), and the spelling for the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskBundle {
    pub id: BundleId,
    pub name: Text,
    #[serde(default)]
    pub life_events: Vec<Text>,
    /// The departments of its matters, each once.
    #[serde(default)]
    pub departments: Vec<DepartmentId>,
    /// The lines of its matters, each once.
    #[serde(default)]
    pub lines: Vec<LineId>,
    /// The pinyin of its name, with spaces between syllables.
    #[serde(default)]
    pub spelling: String,
}

/// A print job of a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNow {
    /// The ticket's token.
    pub token: Token,
    pub state: JobState,
    /// The slip, while the kiosk's browser still has to print it.
    pub slip: Option<Slip>,
}
