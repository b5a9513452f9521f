//! The tree of halls, and what each has.

use serde::{Deserialize, Serialize};

use super::{
    BookingRules, Bundle, CaseRules, DocumentPrinter, Matter, Printer, Rules, SelfPrintRules,
    Statement,
};
use crate::day::{Clock24, Hours};
use crate::ids::{
    BundleId, ClerkId, CounterId, DepartmentId, HallId, KioskId, LineId, MatterId, StatementId,
};
use crate::text::Text;

/// A whole hall file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The halls, in any order.
    #[serde(default, rename = "hall")]
    pub halls: Vec<Hall>,
    #[serde(default, rename = "department")]
    pub departments: Vec<Department>,
    /// Everyone who signs in.
    #[serde(default, rename = "clerk")]
    pub clerks: Vec<Clerk>,
}

impl Setup {
    /// A hall by its id.
    pub fn hall(&self, id: &HallId) -> Option<&Hall> {
        self.halls.iter().find(|hall| hall.id == *id)
    }

    /// The present rules of a hall's cases.
    pub fn case_rules(&self, hall: &HallId) -> super::CaseRules {
        self.hall(hall).map(|hall| hall.cases.clone()).unwrap_or_default()
    }

    /// A kiosk and the hall it stands in.
    pub fn kiosk(&self, id: &KioskId) -> Option<(&Hall, &Kiosk)> {
        self.halls
            .iter()
            .find_map(|hall| Some((hall, hall.kiosks.iter().find(|kiosk| kiosk.id == *id)?)))
    }

    /// A counter and the hall it stands in.
    pub fn counter(&self, id: &CounterId) -> Option<(&Hall, &Counter)> {
        self.halls
            .iter()
            .find_map(|hall| Some((hall, hall.counters.iter().find(|counter| counter.id == *id)?)))
    }

    /// A department by its id.
    pub fn department(&self, id: &DepartmentId) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == *id)
    }

    /// A department's name; its id where it is no longer in the hall file.
    pub fn department_name(&self, id: &DepartmentId) -> Text {
        self.department(id).map_or_else(|| Text::from(id.as_str()), |found| found.name.clone())
    }

    /// Those who may set up the halls.
    pub fn directors(&self) -> impl Iterator<Item = &Clerk> {
        self.clerks.iter().filter(|clerk| clerk.role == Role::Admin && clerk.halls.is_empty())
    }

    /// A clerk by their id.
    pub fn clerk(&self, id: &ClerkId) -> Option<&Clerk> {
        self.clerks.iter().find(|clerk| clerk.id == *id)
    }
}

/// A department that decides matters. Departments are the same for all halls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Unique in the tree.
    pub id: DepartmentId,
    pub name: Text,
    /// For questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// For complaints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<String>,
}

/// One place with counters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hall {
    /// Unique in the tree; part of the display's address.
    pub id: HallId,
    /// The name over its door.
    pub name: Text,
    /// The hall above it: district, town, village (区、镇、村).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<HallId>,
    /// IANA name of its time zone; it decides the business day.
    #[serde(default = "shanghai")]
    pub time_zone: String,
    /// The time at which the business day turns, by the hall's clock.
    #[serde(default)]
    pub day_turns_at: Clock24,
    /// Whether those who still wait then keep their place (an all-night hall), or their
    /// tickets end with the day.
    #[serde(default)]
    pub carries_over: bool,
    /// When numbers are issued.
    #[serde(default)]
    pub hours: Hours,
    #[serde(default)]
    pub rules: Rules,
    /// How it takes bookings; without it, it takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingRules>,
    #[serde(default)]
    pub cases: CaseRules,
    /// How much people print by themselves.
    #[serde(default)]
    pub self_print: SelfPrintRules,
    /// The telephone of its information desk.
    #[serde(default)]
    pub telephone: String,
    /// The line of visitors who do not know what to choose (不知道选哪个); without one they
    /// are sent to the information desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general_line: Option<LineId>,
    /// Whether its kiosks are served only to terminals that an admin has accepted (paired).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paired: bool,
    #[serde(default, rename = "line")]
    pub lines: Vec<Line>,
    #[serde(default, rename = "matter")]
    pub matters: Vec<Matter>,
    #[serde(default, rename = "bundle", skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<Bundle>,
    /// The statements that people print by themselves.
    #[serde(default, rename = "statement", skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    #[serde(default, rename = "counter")]
    pub counters: Vec<Counter>,
    #[serde(default, rename = "kiosk")]
    pub kiosks: Vec<Kiosk>,
}

impl Hall {
    /// A line by its id.
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == *id)
    }

    /// A matter by its id.
    pub fn matter(&self, id: &MatterId) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.id == *id)
    }

    /// The matters of a bundle, in its order.
    pub fn matters_of<'a>(&'a self, bundle: &'a Bundle) -> impl Iterator<Item = &'a Matter> {
        bundle.parts.iter().filter_map(|part| self.matter(&part.matter))
    }

    /// A bundle by its id.
    pub fn bundle(&self, id: &BundleId) -> Option<&Bundle> {
        self.bundles.iter().find(|bundle| bundle.id == *id)
    }

    /// Whether a kiosk of it is served only by its key.
    pub fn is_paired(&self, kiosk: &Kiosk) -> bool {
        kiosk.paired.unwrap_or(self.paired)
    }

    /// A statement by its id.
    pub fn statement(&self, id: &StatementId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == *id)
    }

    /// A counter by its id.
    pub fn counter(&self, id: &CounterId) -> Option<&Counter> {
        self.counters.iter().find(|counter| counter.id == *id)
    }
}

fn shanghai() -> String {
    "Asia/Shanghai".to_owned()
}

/// Matters that wait together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Unique in its hall.
    pub id: LineId,
    /// A capital letter, unique in its hall: numbers begin with it.
    pub letter: char,
    pub name: Text,
    /// Takes no tickets for now (暂停取号).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Places of each slot that can be booked, where it is not the hall's number; 0 takes no
    /// bookings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking_places: Option<u32>,
    /// When it is called; without them, when its counters are staffed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// A numbered place where a clerk serves lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Unique in the tree. Usually its number.
    pub id: CounterId,
    /// The name the display announces, such as `1号窗口`.
    pub name: Text,
    pub lines: Vec<LineId>,
    /// A peak-time counter, opened only when the wait grows (潮汐窗口).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tidal: bool,
    /// When it is staffed; without them, while the hall is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The printer of its receipts and notices: the clerk's browser, unless there is a
    /// network printer.
    #[serde(default = "Printer::of_the_browser")]
    pub printer: Printer,
}

/// A terminal that issues numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kiosk {
    /// Unique in the tree; part of its page's address.
    pub id: KioskId,
    /// Where it stands.
    pub name: Text,
    #[serde(default)]
    pub printer: Printer,
    /// The same for this one alone, whatever the hall says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paired: Option<bool>,
    #[serde(default, skip_serializing_if = "KioskScreen::is_unknown")]
    pub screen: KioskScreen,
    /// The printer of A4 pages at which people print by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_printer: Option<DocumentPrinter>,
    /// A reader of identity cards is attached, which types the number like a keyboard. Without
    /// it a card is never believed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub card_reader: bool,
}

/// Where a kiosk's screen is, for those who cannot reach high or low. What is 0 was not
/// measured: then the page takes what such screens usually have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskScreen {
    /// The height of what shines, in millimetres.
    #[serde(default)]
    pub height_mm: u32,
    /// From the floor to its lower edge, in millimetres.
    #[serde(default)]
    pub lower_edge_mm: u32,
}

impl KioskScreen {
    #[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// Someone who signs in. The password is not part of the hall file: `jiban
/// password` or the admin page sets it, and only its argon2 hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clerk {
    /// The name typed at sign-in. Unique in the tree.
    pub id: ClerkId,
    pub name: Text,
    #[serde(default)]
    pub role: Role,
    /// The halls they work in; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub halls: Vec<HallId>,
    /// The departments a reviewer decides for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
}

impl Clerk {
    pub fn works_in(&self, hall: &HallId) -> bool {
        self.halls.is_empty() || self.halls.contains(hall)
    }

    /// Whether they decide the steps of a department. The director may deputise for
    /// anyone; a supervisor decides nothing.
    pub fn decides_for(&self, department: &DepartmentId) -> bool {
        match self.role {
            Role::Reviewer => self.departments.contains(department),
            Role::Admin => true,
            Role::Supervisor | Role::Clerk => false,
        }
    }

    /// Whether they see the steps of a department.
    pub fn sees_steps_of(&self, department: &DepartmentId) -> bool {
        self.role.supervises() || self.decides_for(department)
    }
}

/// What a clerk may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Work at a counter.
    #[default]
    Clerk,
    /// Decide a department's steps in the office.
    Reviewer,
    /// See every case, who has it and what is late. Decides nothing.
    Supervisor,
    /// Set up the hall and monitor it; may work at a counter too.
    Admin,
}

impl Role {
    /// Whether they may sign in at a counter.
    pub const fn serves(self) -> bool {
        matches!(self, Self::Clerk | Self::Admin)
    }

    /// Whether they may see every case.
    pub const fn supervises(self) -> bool {
        matches!(self, Self::Supervisor | Self::Admin)
    }
}
