//! The API of a kiosk.
//!
//! `GET /events/kiosk?kiosk=ID` sends a [`KioskNow`] on each (re)connect and
//! whenever something in it changes. With `&token=TOKEN` it also has the print
//! jobs of that ticket, and of no other: tokens open pages.

pub use jiban_domain::print_job::{JobState, PrinterNow};
use jiban_domain::schedule::CallsFrom;
use jiban_domain::setup::{Handling, Rules};
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
use crate::parts::wait::Wait;

calls! {
    Issue => "/api/kiosk/issue" -> Issued,
    Abandon => "/api/kiosk/abandon" -> Done,
    Search => "/api/kiosk/search" -> Found,
    Reprint => "/api/kiosk/reprint" -> Done,
    ReportPrinted => "/api/kiosk/printed" -> Done,
    ReadGuide => "/api/kiosk/guide" -> Guide,
    PrintGuide => "/api/kiosk/print_guide" -> GuidePrinted,
    FindCharacters => "/api/kiosk/characters" -> FoundCharacters,
    Heartbeat => "/api/kiosk/heartbeat" -> HeartbeatHeard,
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
    /// The visitor was told that the line is called later, and wants the number all the
    /// same. Without it, a number of a line outside its hours is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accepts_later: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub id: TicketId,
    /// `A001`.
    pub number: String,
    /// Opens the ticket's page.
    pub token: Token,
    /// The address of the ticket's page; the QR code holds it in capitals after its scheme.
    pub progress_url: String,
    /// `waiting`.
    pub state: TicketState,
    /// People ahead; null while the place in line is not confirmed.
    pub ahead: Option<u32>,
    /// The estimated wait, counted from `calls_from` where that is set; null if no counter
    /// is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again; null while it goes on.
    #[serde(default)]
    pub calls_from: Option<CallsFrom>,
    /// UTC milliseconds.
    pub issued_at: Millis,
    /// False for a number that a terminal gave by itself, and of which the hall does not know
    /// yet: its place in line goes by the time at which it was taken. Its `id` is 0 meanwhile.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

const fn yes() -> bool {
    true
}

/// Give up a number that was asked for and has not been shown: its visitor has left. If it
/// was given, the ticket is cancelled; if not, the request is never answered with one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abandon {
    /// That of the [`Issue`]. A repeat changes nothing more.
    pub request_id: Uuid,
    pub kiosk: KioskId,
    /// The visitor said so. Otherwise they only seem to have left, and a ticket whose slip
    /// may be in their hand stays.
    #[serde(default)]
    pub said_so: bool,
}

/// Find what the hall offers by words, pinyin or letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    pub kiosk: KioskId,
    pub text: String,
    #[serde(default)]
    pub lang: Lang,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// The ids of matters and bundles, the best first.
    pub ids: Vec<String>,
    /// The beginning of the text that they were found by, where the whole text finds
    /// nothing; null otherwise.
    pub by: Option<String>,
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

/// What a camera saw (`POST /api/kiosk/read_code?width=N`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CodeRead {
    /// The text of the code; null if none can be read.
    pub text: Option<String>,
}

/// Find Chinese characters, for a name that is typed without a keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindCharacters {
    /// A reading in pinyin (`yue`), parts (`王月`), or a number (`U+73A5`).
    pub text: String,
    /// It is the first of a name: usual surnames come before other characters of the reading.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_first: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FoundCharacters {
    /// The likeliest first; at most 96.
    pub characters: Vec<char>,
}

/// Says that the kiosk's page is running; sent every 20 seconds, to a terminal every 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    pub kiosk: KioskId,
    /// What the page shows: `home`, `visit`, `resting`, or `blocked` by what keeps visitors
    /// from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shows: Option<String>,
    /// Seconds since somebody last touched it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_seconds: Option<u32>,
    /// Made by the page when it is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Uuid>,
    /// The page is closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaving: bool,
}

/// The answer to a heartbeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeartbeatHeard {
    /// Another page of this kiosk is open, so this one gives no numbers. Only a terminal
    /// knows that.
    #[serde(default)]
    pub elsewhere: bool,
}

/// Everything a kiosk's page shows, except the visitor's own ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // Independent facts: any may hold with any other.
pub struct KioskNow {
    pub kiosk: KioskId,
    /// The state.
    pub name: Text,
    pub hall: HallId,
    pub hall_name: Text,
    /// The telephone of the information desk.
    pub telephone: String,
    /// The line of visitors who do not know what to choose; null without one.
    #[serde(default)]
    pub general_line: Option<LineId>,
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
    /// Whether the hall takes bookings.
    #[serde(default)]
    pub books: bool,
    /// Whether forms of the hall can be filled in.
    #[serde(default)]
    pub applies: bool,
    /// For the idle time and countdown.
    pub rules: Rules,
    pub printer: PrinterNow,
    /// The width of the paper on which the kiosk's browser prints, in millimetres.
    pub paper_mm: u16,
    pub lines: Vec<KioskLine>,
    pub matters: Vec<KioskMatter>,
    pub bundles: Vec<KioskBundle>,
    /// People print results and statements here by themselves.
    #[serde(default)]
    pub self_print: bool,
    /// The print jobs of the ticket whose token is in the stream's address,
    /// newest last; empty without a token.
    pub jobs: Vec<JobNow>,
    /// What a terminal says beside it; null where the server itself sends this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal: Option<Box<TerminalNow>>,
}

/// What the kiosk's own terminal says to its page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TerminalNow {
    /// It cannot reach the hall's server, and goes on by itself: nothing is known of the
    /// people who wait, and what needs the server has to wait.
    pub cut_off: bool,
    /// The script of the page that it serves. An older page loads it when nobody is there.
    pub page: String,
    /// The number whose token is in the stream's address, as the hall has it now. Null without
    /// a token, and while the place in line is not confirmed.
    pub given: Option<Issued>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskLine {
    pub id: LineId,
    pub letter: char,
    pub name: Text,
    /// It gives tickets now.
    pub open: bool,
    pub waiting: u32,
    /// The estimated wait of someone who comes now, counted from `calls_from` where that is
    /// set; null if no counter is open.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again; null while it goes on. A number is then given only to
    /// those who agree to it ([`Issue::accepts_later`]).
    #[serde(default)]
    pub calls_from: Option<CallsFrom>,
}

impl KioskLine {
    /// What can be said of its wait.
    pub fn wait(&self) -> Wait<'_> {
        Wait::of(self.wait_minutes, self.calls_from.as_ref())
    }
}

/// A matter, as far as somebody is told of it who takes a number. Its guide and its form are long,
/// and asked for when they are opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskMatter {
    pub id: MatterId,
    pub name: Text,
    /// The line in which visitors wait for it.
    pub line: LineId,
    pub department: DepartmentId,
    /// The name of the department that decides it.
    #[serde(default)]
    pub department_name: Text,
    #[serde(default)]
    pub handling: Handling,
    /// The promised limit in working days; 0 is on the spot.
    #[serde(default)]
    pub promised_days: u16,
    /// The fee, in words.
    #[serde(default)]
    pub fee: Text,
    #[serde(default)]
    pub materials: Vec<KioskMaterial>,
    #[serde(default)]
    pub life_events: Vec<Text>,
    /// A self-service terminal can do it.
    #[serde(default)]
    pub self_service: bool,
}

/// What is to be brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskMaterial {
    pub name: Text,
    /// May follow later (容缺).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferrable: bool,
}

/// Several matters handled as one (一件事).
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
