//! A matter and its guide (办事指南).

use serde::{Deserialize, Serialize};

use crate::ids::{LineId, MatterId};
use crate::text::Text;

/// What a visitor comes for, with its guide. Fields as in the national guide
/// form; limits are in working days, 0 meaning on the spot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Unique in its hall.
    pub id: MatterId,
    /// Its name as in the catalogue.
    pub name: Text,
    /// Where one waits for it.
    pub line: LineId,
    /// Who decides it.
    pub department: Text,
    /// At once, or within a promised time.
    #[serde(default)]
    pub handling: Handling,
    /// The limit the law sets.
    #[serde(default)]
    pub statutory_days: u16,
    /// The limit the department promises, which is the one watched.
    #[serde(default)]
    pub promised_days: u16,
    /// What it costs, in words.
    #[serde(default = "free")]
    pub fee: Text,
    /// What to bring.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// The way through the departments.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// What one goes home with.
    #[serde(default)]
    pub result: Text,
    /// A terminal can do it.
    #[serde(default)]
    pub self_service: bool,
    /// Minutes one visit to the counter takes in the long run: where the
    /// estimate of the wait begins before the hall has learned better.
    #[serde(default = "usual_minutes")]
    pub minutes: f64,
    /// What may be told apart in the conditions, where there is something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Text>,
    /// Code of implementation (31 characters), where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// For complaints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<String>,
}

fn free() -> Text {
    Text::new("不收费", "free")
}

const fn usual_minutes() -> f64 {
    8.0
}

/// A document to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Its name.
    pub name: Text,
    /// May follow later (容缺).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferrable: bool,
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
