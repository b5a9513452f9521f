//! What the director asks and hears.
//!
//! `GET /events/admin?hall=ID` gives an [`AdminNow`]; `GET /api/admin/setup`
//! the [`SetupNow`]; `GET /api/admin/setup.toml` the hall file.

use jiban_domain::setup::Setup;
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{ClerkId, CounterId, HallId, KioskId, LineId, Millis, Text};
use serde::{Deserialize, Serialize};

use super::kiosk::PrinterNow;
use super::session::{self, AdminWorkplace, SignedIn};
use super::{Done, calls};

calls! {
    SaveSetup => "/api/admin/save_setup" -> SetupNow,
    ImportHallFile => "/api/admin/import" -> SetupNow,
    SetPassword => "/api/admin/set_password" -> Done,
    ImportCalendar => "/api/admin/import_calendar" -> Recounted,
}

/// Signs an administrator or supervisor in to the director's pages.
pub type SignIn = session::SignIn<AdminWorkplace>;

/// Signs them out.
pub type SignOut = session::SignOut<AdminWorkplace>;

/// The whole description of the halls, and which version of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetupNow {
    /// Counted up with every change.
    pub version: i64,
    /// The description.
    pub setup: Setup,
}

/// Put a changed description in place of the one of `version`. Refused
/// (`in_use`) when someone else changed it in between, `bad_setup` with all
/// faults when it is not right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaveSetup {
    /// The version that was edited.
    pub version: i64,
    /// What it shall be.
    pub setup: Setup,
}

/// Put a hall file (TOML) in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHallFile {
    /// Its text.
    pub file: String,
}

/// Give a clerk a new password; their sessions end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPassword {
    /// Whose.
    pub clerk: ClerkId,
    /// At least 8 characters.
    pub password: String,
}

/// Take years of the calendar of working days over from a file (TOML).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCalendar {
    /// Its text.
    pub file: String,
}

/// The years known by now, and the deadlines counted anew by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recounted {
    /// The years.
    pub years: Vec<CalendarYear>,
    /// Deadlines that changed.
    pub recounted: u32,
}

/// `GET /api/admin/calendar`: the years whose working days are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarNow {
    /// Counted up with every import; 0 is the one shipped.
    pub version: i64,
    /// The years.
    pub years: Vec<CalendarYear>,
}

/// A year of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    /// Which.
    pub year: i16,
    /// Days off that its notice names.
    pub holidays: u32,
    /// Weekend days that are worked.
    pub workdays: u32,
}

/// The hall as the director sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminNow {
    /// Who is signed in.
    pub clerk: SignedIn,
    /// Every hall, for choosing.
    pub halls: Vec<HallBrief>,
    /// Which hall this is.
    pub hall: HallId,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub now: Millis,
    /// `YYYY-MM-DD`.
    pub business_day: String,
    /// Whether numbers are given now.
    pub open: bool,
    /// Its lines.
    pub lines: Vec<AdminLine>,
    /// Its counters.
    pub counters: Vec<AdminCounter>,
    /// Its kiosks.
    pub kiosks: Vec<AdminKiosk>,
    /// Today's figures.
    pub today: Today,
}

/// A hall to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallBrief {
    /// Its id.
    pub id: HallId,
    /// Its name.
    pub name: Text,
    /// The hall above it.
    pub parent: Option<HallId>,
}

/// A line now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdminLine {
    /// Its id.
    pub id: LineId,
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: Text,
    /// People waiting.
    pub waiting: u32,
    /// Since when the first of them waits.
    pub oldest: Option<Millis>,
    /// Counters open for it.
    pub counters_open: u32,
    /// The wait of someone who comes now.
    pub wait_minutes: Option<WaitMinutes>,
}

/// A counter now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminCounter {
    /// Its id.
    pub id: CounterId,
    /// Its name.
    pub name: Text,
    /// Opened only when the wait grows.
    pub tidal: bool,
    /// Who sits there.
    pub clerk: Option<Text>,
    /// The number in hand and how it stands.
    pub in_hand: Option<(String, TicketState)>,
    /// Since when.
    pub since: Option<Millis>,
    /// Finished there today.
    pub finished: u32,
}

/// A kiosk now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminKiosk {
    /// Its id.
    pub id: KioskId,
    /// Where it stands.
    pub name: Text,
    /// When its page was last heard; none since the server started.
    pub heard_at: Option<Millis>,
    /// Its printer.
    pub printer: PrinterNow,
    /// Slips whose coming out is unknown or failed, today.
    pub doubtful_slips: u32,
}

/// Figures of the business day. Each counts tickets taken today in this hall.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Today {
    /// Taken.
    pub issued: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Called, being served or on hold now.
    pub in_hand: u32,
    /// Finished.
    pub finished: u32,
    /// Missed and not reinstated.
    pub missed: u32,
    /// Cancelled.
    pub cancelled: u32,
    /// Mean minutes from taking the number to the first call, of those called.
    pub mean_wait_minutes: Option<f64>,
    /// Mean minutes served, of those finished.
    pub mean_service_minutes: Option<f64>,
}
