//! The API of the admin page.
//!
//! `GET /events/admin?hall=ID` streams an [`AdminNow`]; `GET /api/admin/setup`
//! returns the [`SetupNow`], `GET /api/admin/setup.toml` the hall file.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::setup::{Hall, Setup};
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{ClerkId, CounterId, HallId, KioskId, LineId, Millis, StatementId, Text};
use serde::{Deserialize, Serialize};

use super::kiosk::PrinterNow;
use super::session::{self, AdminWorkplace, SignedIn};
use super::{Done, calls};

calls! {
    SaveSetup => "/api/admin/save_setup" -> SetupNow,
    ImportHallFile => "/api/admin/import" -> SetupNow,
    SetPassword => "/api/admin/set_password" -> Done,
    ImportCalendar => "/api/admin/import_calendar" -> Recounted,
    ImportRecords => "/api/admin/import_records" -> RecordsNow,
    AcceptClock => "/api/admin/accept_clock" -> Done,
}

/// Sign in to the director's pages.
pub type SignIn = session::SignIn<AdminWorkplace>;

/// Sign out.
pub type SignOut = session::SignOut<AdminWorkplace>;

/// The setup of all halls, and its version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetupNow {
    /// Increased by every change.
    pub version: i64,
    pub setup: Setup,
    /// Who saved it.
    #[serde(default)]
    pub by: String,
}

/// Replace the setup of `version` by an edited one. Refused with `in_use` if
/// someone else changed it meanwhile, with `bad_setup` and all faults if it is
/// invalid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaveSetup {
    /// The version that was edited.
    pub version: i64,
    /// The edited setup.
    pub setup: Setup,
}

/// Replace the setup by a hall file (TOML).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHallFile {
    pub file: String,
    /// Only read it: the answer is what it would become, and nothing is changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub check: bool,
}

/// Say that the machine's clock is right although the hall doubts it: the hall goes by it from
/// then on. Refused with `clock_changed` if it is no longer what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptClock {
    /// By how much the machine's clock was ahead of the hall's time, in milliseconds.
    pub ahead: Millis,
}

/// The machine's clock is not believed. Until it is set right or accepted, nothing is done that
/// time alone asks for and that cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDoubted {
    /// By how much the machine's clock is ahead of the hall's time, in milliseconds, to the
    /// minute; negative if it is behind.
    pub ahead: Millis,
    /// The hall's time when the doubt began.
    pub since: Millis,
    /// Whether the hall's time is right: the clock jumped while the server ran. Otherwise it
    /// goes on from the last event, and no case is changed.
    pub known: bool,
}

/// Give a clerk a new password. Their sessions end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPassword {
    pub clerk: ClerkId,
    /// At least 8 characters.
    pub password: String,
}

/// Import years of the working-day calendar from a file (TOML).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCalendar {
    pub file: String,
}

/// Import the records of a statement from a file (CSV), instead of those before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecords {
    pub hall: HallId,
    pub statement: StatementId,
    pub file: String,
}

/// The records in force now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsNow {
    /// Counted up with every import.
    pub version: i64,
    pub records: u32,
}

/// The years known now, and the deadlines recomputed with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recounted {
    pub years: Vec<CalendarYear>,
    /// The number of deadlines that changed.
    pub recounted: u32,
}

/// `GET /api/admin/calendar`: the years whose working days are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarNow {
    /// Increased by every import; 0 is the calendar shipped with the program.
    pub version: i64,
    pub years: Vec<CalendarYear>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    pub year: i16,
    /// Days off named by the official notice.
    pub holidays: u32,
    /// Weekend days that are working days.
    pub workdays: u32,
}

/// The hall as the director sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminNow {
    pub clerk: SignedIn,
    /// All halls, to choose from.
    pub halls: Vec<HallBrief>,
    pub hall: HallId,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// `YYYY-MM-DD`.
    pub business_day: String,
    /// Whether numbers are given now.
    pub open: bool,
    pub lines: Vec<AdminLine>,
    pub counters: Vec<AdminCounter>,
    pub kiosks: Vec<AdminKiosk>,
    pub today: Today,
    /// Alerts about its terminals that are open now.
    pub terminal_alerts: u32,
    /// Rows that could not be read at the start and were set aside, in all halls.
    pub set_aside: u32,
    /// That the machine's clock is not believed, if so.
    pub clock: Option<ClockDoubted>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallBrief {
    pub id: HallId,
    pub name: Text,
    /// The hall it belongs to.
    pub parent: Option<HallId>,
}

impl From<&Hall> for HallBrief {
    fn from(hall: &Hall) -> Self {
        Self { id: hall.id.clone(), name: hall.name.clone(), parent: hall.parent.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminLine {
    pub id: LineId,
    pub letter: char,
    pub name: Text,
    pub waiting: u32,
    /// Since when the first of them has been waiting.
    pub oldest: Option<Millis>,
    /// Open counters that serve it.
    pub counters_open: u32,
    /// The estimated wait of someone who comes now, counted from `calls_from` where that is
    /// set.
    pub wait_minutes: Option<WaitMinutes>,
    /// When calling begins again; null while it goes on.
    pub calls_from: Option<CallsFrom>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminCounter {
    pub id: CounterId,
    pub name: Text,
    /// Opened at peak times only.
    pub tidal: bool,
    /// Who is signed in there.
    pub clerk: Option<Text>,
    /// The ticket in hand and its state.
    pub in_hand: Option<(String, TicketState)>,
    pub since: Option<Millis>,
    pub finished: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminKiosk {
    pub id: KioskId,
    /// The state.
    pub name: Text,
    /// When its page was last heard; null if not since the server started.
    pub heard_at: Option<Millis>,
    pub printer: PrinterNow,
    /// Today's slips whose print failed or has an unknown result.
    pub doubtful_slips: u32,
}

/// Figures of the business day: each counts the tickets taken today in this
/// hall.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Today {
    pub issued: u32,
    pub waiting: u32,
    /// Called, being served or on hold now.
    pub in_hand: u32,
    pub finished: u32,
    /// Missed and not reinstated.
    pub missed: u32,
    pub cancelled: u32,
    /// Mean minutes from taking the number to the first call, of tickets that
    /// were called.
    pub mean_wait_minutes: Option<f64>,
    /// Mean service minutes of finished tickets.
    pub mean_service_minutes: Option<f64>,
}
