//! Which fields are asked.

use std::collections::BTreeSet;

use super::value::Values;
use super::{Field, Form};
use crate::ids::FieldId;

/// Whether a field is asked: one of its conditions holds, and the field of that condition is
/// asked itself. A file in which fields wait for each other in a circle is refused; where matters
/// of a bundle make one together, the circle asks none of them, and other conditions do.
pub(super) fn is_asked(form: &Form, field: &Field, values: &Values) -> bool {
    let mut seen: BTreeSet<&FieldId> = BTreeSet::new();
    let mut waiting = vec![field];
    while let Some(one) = waiting.pop() {
        if one.shown_when.is_empty() {
            return true;
        }
        let held = one.shown_when.iter().filter(|one| one.holds(values.get(&one.field)));
        let others = held.filter_map(|condition| form.field(&condition.field));
        waiting.extend(others.filter(|other| seen.insert(&other.id)));
    }
    false
}
