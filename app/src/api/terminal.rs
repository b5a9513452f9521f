//! The API between a terminal (`jiban terminal`, the program on a kiosk's own machine) and
//! the hall's server.
//!
//! A terminal that has a key sends it with each call: `Authorization: Bearer KEY`. A kiosk
//! that the hall file does not call `paired` is served without one.

use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::Setup;
use jiban_domain::slip::Slip;
use jiban_domain::{HallId, KioskId, LineId, Millis, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::kiosk::{Issue, Issued};

calls! {
    BeginPairing => "/api/terminal/pair" -> PairingCode,
    AskPaired => "/api/terminal/paired" -> Paired,
    ReadTerminalHall => "/api/terminal/hall" -> TerminalHall,
    IssueByTerminal => "/api/terminal/issue" -> IssuedByTerminal,
    HandIn => "/api/terminal/hand_in" -> HandedIn,
    Report => "/api/terminal/report" -> Reported,
}

/// A new terminal asks for a code of six figures, to be typed on the admin page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginPairing {
    /// Made by the terminal; opens the answer of [`AskPaired`] and is shown to nobody.
    pub secret: String,
}

/// The code to be shown on the terminal's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingCode {
    /// Six figures.
    pub code: String,
    /// UTC milliseconds by the server's clock: the code ends, and another is asked for.
    pub until: Millis,
}

/// Asks whether an admin has accepted the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPaired {
    pub secret: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paired {
    /// The kiosk that the terminal is, and its key; null until an admin has accepted. Given
    /// for as long as the terminal has not used the key.
    pub accepted: Option<PairedAs>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedAs {
    pub kiosk: KioskId,
    /// Kept by the terminal in a file of mode 0600; the server has only its hash.
    pub key: String,
}

/// What a terminal needs to answer by itself while it is cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadTerminalHall {
    pub kiosk: KioskId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TerminalHall {
    /// Counts up with each change of what follows.
    pub version: i64,
    /// The kiosk's hall alone, with the departments; without clerks.
    pub setup: Setup,
    /// The days of the State's calendar that differ from their weekday: whether they are
    /// worked.
    pub days: Vec<(String, bool)>,
    /// Before a token: the address of a ticket's page, `http://hall:3000/t/`.
    pub progress_base: String,
}

/// Take a number, with the server at hand. The terminal makes the token, so that a number
/// whose answer is lost keeps it; and it prints the slip itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueByTerminal {
    pub issue: Issue,
    pub token: Token,
    /// The terminal's file, by the id that it was made with.
    pub store: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedByTerminal {
    pub issued: Issued,
    /// What the slip says; null where none is wanted.
    pub slip: Option<Slip>,
}

/// Hand in the numbers that were given while the terminal was cut off. Any part of them, in
/// any order, any number of times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    pub kiosk: KioskId,
    pub store: Uuid,
    /// At most 100.
    pub numbers: Vec<NumberGiven>,
}

/// A number that a terminal gave by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberGiven {
    /// What the page asked for.
    pub issue: Issue,
    pub token: Token,
    /// The line, as the terminal knew the hall.
    pub line: LineId,
    pub letter: char,
    /// One of its lent numbers.
    pub number: u32,
    /// The business day of the number.
    pub day: String,
    /// When it was taken, by the hall's clock as the terminal knew it, UTC milliseconds.
    pub taken_at: Millis,
    /// Its visitor gave it back before it was handed in.
    #[serde(default)]
    pub given_back: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// One for each number, in the order of the request.
    pub numbers: Vec<NumberTaken>,
}

/// What has become of a number that was handed in. The terminal forgets it after this answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberTaken {
    pub request_id: Uuid,
    /// The number that it has in the hall; another than on the slip only where two terminals
    /// used one number, which copied files can make.
    pub number: String,
    /// It waits in its line; otherwise it has ended: given back, or its day is over.
    pub waits: bool,
}

/// How the terminal is; sent every ten seconds, and at once when the printer or the browser
/// changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub kiosk: KioskId,
    pub store: Uuid,
    /// Made at each start of the program. Of two programs with one key the newer goes on.
    pub run: Uuid,
    /// Of the program: `0.1.0`.
    pub version: String,
    /// Of the page that is loaded, by the name of its script; null without one.
    pub page: Option<String>,
    /// Seconds since the program and the machine started.
    pub up_seconds: u64,
    pub machine_up_seconds: u64,
    pub printer: PrinterNow,
    /// Slips printed and millimetres of paper used, since the store was made.
    pub slips: u64,
    pub paper_mm: u64,
    /// Slips that wait for the printer.
    pub queued: u32,
    /// Free bytes beside the store, of how many.
    pub disk_free: u64,
    pub disk_size: u64,
    /// Bytes that the machine has left, of how many; what the page uses.
    pub memory_free: u64,
    pub memory_size: u64,
    pub page_memory: u64,
    /// Of the hottest sensor, in tenths of a degree Celsius; null without one.
    pub temperature: Option<i32>,
    /// UTC milliseconds by the hall's clock; null before the first.
    pub last_touch: Option<Millis>,
    /// The browser's starts since the program started.
    pub browser_starts: u32,
    /// What the screen shows: `home`, `visit`, `resting`, `cut_off`, `blocked`, `no_page`.
    pub shows: String,
    /// What has happened since the last report that was answered, the oldest first; at most
    /// 50.
    pub events: Vec<TerminalEvent>,
    /// How many lent numbers are left.
    pub left: Vec<NumbersLeft>,
    /// Numbers that are still to be handed in.
    pub to_hand_in: u32,
    /// The terminal's own clock, UTC milliseconds.
    pub clock: Millis,
    /// The version of the hall that it has; 0 without one.
    pub hall_version: i64,
}

/// Something that happened at a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalEvent {
    /// Counts up for each store, so that a repeated report tells nothing twice.
    pub id: u64,
    pub at: Millis,
    /// A [`TerminalEventKind`](jiban_domain::terminal_event::TerminalEventKind); one of a newer
    /// terminal may be unknown.
    pub kind: String,
    /// In a few words of a program, never a visitor's.
    pub detail: String,
}

/// How many numbers of a line are left to give on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersLeft {
    pub day: String,
    pub letter: char,
    pub left: u32,
}

/// The answer to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The hall's clock, UTC milliseconds.
    pub now: Millis,
    /// The server's own version.
    pub version: String,
    /// Of what [`ReadTerminalHall`] would answer.
    pub hall: HallId,
    pub hall_version: i64,
    /// The business day, and the next.
    pub days: Vec<String>,
    /// All numbers that this store has been lent for these days.
    pub lent: Vec<LentNumbers>,
    /// A new key, until it is used.
    pub new_key: Option<String>,
    /// The id of the last event that is kept.
    pub events_kept: u64,
}

/// Numbers that a terminal may give by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LentNumbers {
    pub day: String,
    pub letter: char,
    pub first: u32,
    pub last: u32,
}
