//! A matter and its guide (办事指南).

use serde::{Deserialize, Serialize};

use crate::form::{Applicants, Group};
use crate::ids::{DepartmentId, LineId, MatterId};
use crate::text::Text;

/// A service that visitors come for, with its guide. The fields are those of the
/// national guide form; limits are in working days, 0 meaning on the spot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Unique in its hall.
    pub id: MatterId,
    /// Its name as in the catalogue.
    pub name: Text,
    /// What people call it (别名): it is found by each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The line in which visitors wait for it.
    pub line: LineId,
    pub department: DepartmentId,
    #[serde(default)]
    pub handling: Handling,
    /// The statutory limit.
    #[serde(default)]
    pub statutory_days: u16,
    /// The promised limit, which is the one monitored.
    #[serde(default)]
    pub promised_days: u16,
    /// The fee, in words.
    #[serde(default = "free")]
    pub fee: Text,
    #[serde(default)]
    pub materials: Vec<Material>,
    /// Who applies for it.
    #[serde(default, skip_serializing_if = "Applicants::is_either")]
    pub applicants: Applicants,
    /// What an applicant is asked, besides who they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<Group>,
    /// The steps through the departments.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The result the applicant receives.
    #[serde(default)]
    pub result: Text,
    /// The kind of document the result is, as [`Material::document`] names it: an
    /// applicant who has one from this hall need not bring it for another matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub produces: Option<String>,
    /// How often the applicant has to come (到现场次数).
    #[serde(default = "once")]
    pub visits: u8,
    /// The events in life or business that need it: opening a shop, marrying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<Text>,
    /// Its legal basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Text>,
    /// A self-service terminal can do it.
    #[serde(default)]
    pub self_service: bool,
    /// The average minutes of a visit: the estimate of the wait begins with it, before
    /// the hall has learned better.
    #[serde(default = "usual_minutes")]
    pub minutes: f64,
    /// Slots that a booked visit takes, one after another; 0 is not booked.
    #[serde(default = "one_slot", skip_serializing_if = "is_one")]
    pub booking_slots: u32,
    /// The conditions of application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Text>,
    /// Implementation code (实施编码), 31 characters, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// For complaints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<String>,
    /// What an applicant may commit to instead of proving it first (告知承诺).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<super::Commitment>,
}

fn free() -> Text {
    Text::new("不收费", "free")
}

const fn usual_minutes() -> f64 {
    8.0
}

const fn one_slot() -> u32 {
    1
}

// Serde calls it with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_one(slots: &u32) -> bool {
    *slots == 1
}

const fn once() -> u8 {
    1
}

impl Matter {
    /// The department that decides a step: its own, or the matter's.
    pub fn department_of<'a>(&'a self, step: &'a Step) -> &'a DepartmentId {
        step.department.as_ref().unwrap_or(&self.department)
    }
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    pub name: Text,
    /// May follow later (容缺).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferrable: bool,
    /// The kind of document, where other matters ask for it or produce it:
    /// `business-licence`. Documents of one kind are asked for once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    #[serde(default, skip_serializing_if = "MaterialForm::is_usual")]
    pub form: MaterialForm,
    /// Who issues it, where it is not the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// When it is needed, where it is not always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed_when: Option<Text>,
}

impl Material {
    /// A material with no more than its name, and whether it may follow later.
    pub const fn named(name: Text, deferrable: bool) -> Self {
        Self {
            name,
            deferrable,
            document: None,
            form: MaterialForm::Original,
            source: None,
            needed_when: None,
        }
    }
}

/// The form in which a material is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialForm {
    /// 原件.
    #[default]
    Original,
    /// 复印件.
    Copy,
    /// 原件和复印件.
    OriginalAndCopy,
    /// 电子证照 is enough.
    Electronic,
}

impl MaterialForm {
    // Serde calls it with a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_usual(&self) -> bool {
        *self == Self::Original
    }

    /// The form in words.
    pub fn name(self) -> Text {
        match self {
            Self::Original => Text::new("原件", "original"),
            Self::Copy => Text::new("复印件", "copy"),
            Self::OriginalAndCopy => Text::new("原件和复印件", "original and copy"),
            Self::Electronic => Text::new("电子证照或原件", "electronic or original"),
        }
    }
}

/// A step through the departments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is done in it.
    pub name: Text,
    #[serde(default)]
    pub kind: StepKind,
    /// The department, where it is not the matter's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Its own limit in working days; 0 for the limit of the matter.
    #[serde(default)]
    pub days: u16,
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The counter that accepts (受理). It comes first, where it is listed.
    Accept,
    /// A department.
    #[default]
    Review,
    /// The Results window (出件). It comes last, where it is listed.
    Deliver,
}

/// Whether a matter is decided at the counter or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// 即办件.
    #[default]
    Immediate,
    /// 承诺件.
    Promised,
}
