//! When a field is asked.

use serde::{Deserialize, Serialize};

use super::value::{FieldValue, Values};
use super::{Field, Form};
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
    fn holds(&self, value: Option<&FieldValue>) -> bool {
        let wanted = |answer: &str| self.is.iter().any(|one| one == answer);
        match value {
            Some(FieldValue::Flag(flag)) => wanted(if *flag { "yes" } else { "no" }),
            Some(FieldValue::Text(text)) => wanted(text.trim()),
            Some(FieldValue::Several(several)) => several.iter().any(|id| wanted(id)),
            _ => false,
        }
    }
}

/// Whether a field is asked: one of its conditions holds, and the field of that condition is
/// asked itself. A file in which fields wait for each other in a circle is refused; here it
/// would ask none of them.
pub(super) fn is_asked(form: &Form, field: &Field, values: &Values) -> bool {
    asked_within(form, field, values, form.fields().count())
}

fn asked_within(form: &Form, field: &Field, values: &Values, depth: usize) -> bool {
    field.shown_when.is_empty()
        || depth > 0
            && field.shown_when.iter().any(|condition| {
                condition.holds(values.get(&condition.field))
                    && form
                        .field(&condition.field)
                        .is_some_and(|other| asked_within(form, other, values, depth - 1))
            })
}
