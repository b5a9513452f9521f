//! What a matter lets an applicant sign for instead of proving it first (告知承诺). The law
//! allows it where a false commitment can be found and undone afterwards (国办发〔2020〕42 号).

use serde::{Deserialize, Serialize};

use crate::ids::DepartmentId;
use crate::text::Text;

/// A commitment that a matter offers: its words, what it replaces, and the check afterwards.
/// Days are working days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// What the applicant declares, and signs.
    pub text: Text,
    /// What a breach leads to, as the applicant is told before signing.
    pub consequence: Text,
    /// The department's steps that it replaces, by their Chinese names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces_steps: Vec<String>,
    /// The materials that it replaces, by their kind of document or their Chinese name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces_materials: Vec<String>,
    /// The shorter promised limit; 0 is on the spot.
    #[serde(default)]
    pub promised_days: u16,
    /// The department that checks afterwards, where it is not the matter's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_department: Option<DepartmentId>,
    /// The days after the decision within which it checks.
    #[serde(default)]
    pub check_within_days: u16,
    /// The days an applicant has to answer the notice of a breach (陈述申辩).
    #[serde(default = "usual_answer_days")]
    pub answer_days: u16,
    /// The days to put a breach right (限期整改); 0 where it cannot be.
    #[serde(default)]
    pub put_right_days: u16,
}

const fn usual_answer_days() -> u16 {
    5
}

impl Commitment {
    /// Whether it replaces the matter's step of this name.
    pub fn replaces_step(&self, name: &Text) -> bool {
        self.replaces_steps.contains(&name.zh)
    }

    /// Whether it replaces a material with this kind of document and this name.
    pub fn replaces_material(&self, document: Option<&str>, name: &Text) -> bool {
        let named = |key: &String| Some(key.as_str()) == document || *key == name.zh;
        self.replaces_materials.iter().any(named)
    }

    /// The department that checks, where `department` is that of its matter.
    pub fn checked_by<'a>(&'a self, department: &'a DepartmentId) -> &'a DepartmentId {
        self.check_department.as_ref().unwrap_or(department)
    }
}
