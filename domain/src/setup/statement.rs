//! The statements that people print by themselves (社保参保证明 and others), and how much.

use serde::{Deserialize, Serialize};

use crate::ids::{DepartmentId, StatementId};
use crate::text::Text;

/// What a department states about a person from its records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Unique in its hall.
    pub id: StatementId,
    /// Its title, such as `社会保险参保证明`.
    pub name: Text,
    /// Who states it.
    pub department: DepartmentId,
    /// The sentence above the table. `{name}` and `{number}` stand for the person's.
    pub text: Text,
    /// The columns of the table, in its order.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Where the rows come from.
    #[serde(default)]
    pub source: StatementSource,
    /// How often one person prints it, on one day.
    #[serde(default = "times")]
    pub times_a_day: u32,
    /// Days for which imported records are kept. Older ones are no longer true, and are erased.
    #[serde(default = "kept")]
    pub records_kept_days: u16,
}

/// A column of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name in the CSV file and in a service's answer.
    pub id: String,
    /// Its heading on paper.
    pub name: Text,
    #[serde(default)]
    pub kind: ColumnKind,
    /// A row need not have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// What a column holds, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    #[default]
    Text,
    /// `2026-09-01`.
    Date,
    /// `2026-09`.
    Month,
    /// A whole number.
    Count,
    /// An amount of money with at most two decimals: `1234.5`.
    Money,
}

/// Where the rows of a statement come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StatementSource {
    /// Records that the department brings: `jiban import-records`.
    #[default]
    Records,
    /// The department's own service, at this address.
    Service(String),
}

/// How much is printed by oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SelfPrintRules {
    /// Documents that one person prints on one day, of all kinds together.
    pub documents_of_person: u32,
    /// Pages that one kiosk prints on one day: its paper is for all.
    pub pages_of_kiosk: u32,
}

impl Default for SelfPrintRules {
    fn default() -> Self {
        Self { documents_of_person: 10, pages_of_kiosk: 400 }
    }
}

const fn times() -> u32 {
    3
}

const fn kept() -> u16 {
    40
}
