//! What a kiosk asks and hears.
//!
//! `GET /events/kiosk?kiosk=ID` sends a [`KioskNow`] at each (re)connect and
//! whenever something in it changes. With `&token=TOKEN` it also tells how that
//! ticket's slip is getting on, and nobody else's: tokens open pages.

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
    Printed => "/api/kiosk/printed" -> Done,
    ReadGuide => "/api/kiosk/guide" -> Guide,
    PrintGuide => "/api/kiosk/print_guide" -> GuidePrinted,
    Heartbeat => "/api/kiosk/heartbeat" -> Done,
}

/// Take a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Made by the kiosk; a repeat gets the first answer.
    pub request_id: Uuid,
    /// Which kiosk.
    pub kiosk: KioskId,
    /// What for.
    pub matter: MatterId,
    /// Why someone goes before others.
    #[serde(default)]
    pub priority: Priority,
    /// The slip's language.
    #[serde(default)]
    pub lang: Lang,
    /// The visitor goes on without a slip: none shall come out later, when the
    /// paper is back, with a number somebody holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub screen_only: bool,
}

/// The number taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The ticket.
    pub id: TicketId,
    /// `A001`.
    pub number: String,
    /// Opens the progress page.
    pub token: Token,
    /// The progress page's address; the QR code holds it in upper case.
    pub progress_url: String,
    /// `waiting`.
    pub state: TicketState,
    /// People ahead.
    pub ahead: u32,
    /// The wait; null when no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// UTC milliseconds.
    pub issued_at: Millis,
}

/// Print the same number again (补打). Refused once the ticket has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    /// A repeat prints no second slip.
    pub request_id: Uuid,
    /// Which kiosk prints.
    pub kiosk: KioskId,
    /// The ticket's token.
    pub token: Token,
}

/// The kiosk's own browser was given the slip ([`jiban_domain::setup::Printer::Browser`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Which kiosk.
    pub kiosk: KioskId,
    /// The ticket's token.
    pub token: Token,
}

/// Read a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadGuide {
    /// Which kiosk; the guide is its hall's.
    pub kiosk: KioskId,
    /// The id of a matter or bundle.
    pub id: String,
    /// The language of the words.
    #[serde(default)]
    pub lang: Lang,
}

/// Print a guide on paper for slips. A kiosk prints a few in ten minutes, then
/// refuses: paper that lies on the floor serves nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintGuide {
    /// Made by the kiosk; a repeat prints nothing more and gets the first answer.
    pub request_id: Uuid,
    /// Which kiosk prints.
    pub kiosk: KioskId,
    /// The id of a matter or bundle.
    pub id: String,
    /// The language that leads on it.
    #[serde(default)]
    pub lang: Lang,
}

/// What became of a guide's print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidePrinted {
    /// `confirmed` or `unknown` by the printer, `sent` where the kiosk's own
    /// browser is to print the sheet.
    pub state: JobState,
    /// The sheet for such a browser, 80 mm wide; null otherwise.
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

/// The kiosk's page is alive; sent every 20 seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// Which kiosk.
    pub kiosk: KioskId,
}

/// All a kiosk's page shows, but for the visitor's own ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KioskNow {
    /// Which kiosk.
    pub kiosk: KioskId,
    /// Where it stands.
    pub name: Text,
    /// Its hall.
    pub hall: HallId,
    /// The hall's name.
    pub hall_name: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    /// IANA name: the clock on the page is the hall's.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds; the page counts on from it.
    pub now: Millis,
    /// Whether numbers are given now.
    pub open: bool,
    /// When numbers are given again; null while open.
    pub opens_at: Option<Millis>,
    /// Idle time and countdown are the hall's.
    pub rules: Rules,
    /// The printer, as far as known.
    pub printer: PrinterNow,
    /// Its hall's lines.
    pub lines: Vec<KioskLine>,
    /// Its hall's matters with their guides.
    pub matters: Vec<KioskMatter>,
    /// Its hall's bundles.
    pub bundles: Vec<KioskBundle>,
    /// The slips of the ticket whose token the stream's address names, newest
    /// last; empty without a token.
    pub jobs: Vec<JobNow>,
}

/// A line on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskLine {
    /// Its id.
    pub id: LineId,
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: Text,
    /// Takes tickets now.
    pub open: bool,
    /// People waiting.
    pub waiting: u32,
    /// The wait of someone who comes now; null when no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
}

/// A matter, its guide, and how it is found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KioskMatter {
    /// The matter.
    #[serde(flatten)]
    pub matter: Matter,
    /// The name of the department that decides it.
    #[serde(default)]
    pub department_name: Text,
    /// Pinyin initials of its name, capital: `SPJYXK`.
    pub initials: String,
    /// The pinyin of its name, a gap between syllables: `shi pin jing ying xu ke`.
    #[serde(default)]
    pub spelling: String,
}

/// Several matters handled as one (一件事), and how it is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskBundle {
    /// Its id.
    pub id: BundleId,
    /// Its name.
    pub name: Text,
    /// The life events it belongs to.
    #[serde(default)]
    pub life_events: Vec<Text>,
    /// The departments that decide its matters, each once.
    #[serde(default)]
    pub departments: Vec<DepartmentId>,
    /// The lines of its matters, each once.
    #[serde(default)]
    pub lines: Vec<LineId>,
    /// The pinyin of its name, a gap between syllables.
    #[serde(default)]
    pub spelling: String,
}

/// How a slip is getting on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNow {
    /// Whose slip.
    pub token: Token,
    /// How far.
    pub state: JobState,
    /// The slip itself, while the kiosk's browser still has to print it.
    pub slip: Option<Slip>,
}
