//! Which fields are asked.

use super::value::Values;
use super::{Field, Form};

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
