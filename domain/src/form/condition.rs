//! What another field must say for a field to be asked.

use serde::{Deserialize, Serialize};

use super::value::FieldValue;
use crate::ids::FieldId;

/// Another field has one of these answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub field: FieldId,
    /// Ids of choices; `yes` or `no`.
    pub is: Vec<String>,
}

impl Condition {
    /// Whether an answer is one of those.
    pub(super) fn holds(&self, value: Option<&FieldValue>) -> bool {
        let wanted = |answer: &str| self.is.iter().any(|one| one == answer);
        match value {
            Some(FieldValue::Flag(flag)) => wanted(if *flag { "yes" } else { "no" }),
            Some(FieldValue::Text(text)) => wanted(text.trim()),
            Some(FieldValue::Several(several)) => several.iter().any(|id| wanted(id)),
            _ => false,
        }
    }
}
