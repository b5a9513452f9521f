//! What a new version of a form changes for somebody who filled in the one before.

use serde::{Deserialize, Serialize};

use super::{Field, FieldKind, Form};
use crate::text::Text;

/// What became of fields. Labels, since that is what the applicant knows of a field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormChanges {
    /// Asked now, and not before.
    pub added: Vec<Text>,
    /// No longer asked.
    pub removed: Vec<Text>,
    /// Asked in another way: another kind, other choices or bounds, now required, or other
    /// words to agree to.
    pub changed: Vec<Text>,
}

impl FormChanges {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two versions of a form.
pub fn changes(before: &Form, now: &Form) -> FormChanges {
    let mut changes = FormChanges::default();
    for field in now.fields() {
        match before.field(&field.id) {
            None => changes.added.push(field.label.clone()),
            Some(old) if rules(old) != rules(field) => changes.changed.push(field.label.clone()),
            Some(_) => {}
        }
    }
    for old in before.fields().filter(|old| now.field(&old.id).is_none()) {
        changes.removed.push(old.label.clone());
    }
    changes
}

/// What is agreed to in other words now: whoever agreed before has not agreed to these.
pub fn reworded<'a>(before: &'a Form, now: &'a Form) -> impl Iterator<Item = &'a Field> {
    now.fields().filter_map(|field| {
        let old = before.field(&field.id)?;
        let other = field.kind == FieldKind::Consent && old.statement != field.statement;
        other.then_some(field)
    })
}

/// A field without its words, by which its answers are right or wrong.
fn rules(field: &Field) -> Field {
    let mut rules = Field {
        label: Text::default(),
        help: None,
        example: None,
        from: Vec::new(),
        ..field.clone()
    };
    for choice in &mut rules.choices {
        choice.name = Text::default();
    }
    rules.columns = rules.columns.iter().map(self::rules).collect();
    rules
}
