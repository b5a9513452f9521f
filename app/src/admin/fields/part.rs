//! A part that an item has or has not, with a box to tick and the fields of the part below it.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use crate::admin::forms::{Field, Part};
use crate::admin::json_pointer;
use crate::admin::working_copy::WorkingCopy;

/// How one field is drawn: passed in, so that this file does not depend on that one.
type DrawField = fn(WorkingCopy, &'static Field, &str, usize, Lang) -> AnyView;

pub(super) fn part(
    copy: WorkingCopy,
    (field, part): (&'static Field, &'static Part),
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let has = copy.edited.with_untracked(|root| root.pointer(at).is_some_and(Value::is_object));
    let pointer = at.to_owned();
    let toggle = move |event| {
        let value = if event_target_checked(&event) {
            serde_json::from_str(part.template).unwrap_or_default()
        } else {
            Value::Null
        };
        copy.restructure(&pointer, |root| json_pointer::set(root, &pointer, value));
    };
    let fields = has.then(|| {
        let drawn =
            |inner: &'static Field| draw(copy, inner, &format!("{at}{}", inner.key), hall, lang);
        part.fields.iter().map(drawn).collect_view()
    });
    view! {
        <h3 class="form-heading">{field.label.get(lang)}</h3>
        <label class="tick" data-at=at.to_owned() tabindex="-1">
            <input type="checkbox" checked=has on:change=toggle />
            <span>{part.toggle.get(lang)}</span>
        </label>
        {fields}
    }
    .into_any()
}
