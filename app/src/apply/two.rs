//! What both sides see while two fill in one draft: where the other is, what lights up, and
//! what one of both had written.

use jiban_domain::FieldId;
use jiban_domain::form::FieldValue;
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::beside_words::BesideWords;
use super::live_draft::LiveDraft;
use crate::words::lang;

/// The field in which an event happened.
pub fn field_of(event: &FocusEvent) -> Option<FieldId> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let field = target.closest("[data-field]").ok().flatten()?;
    let name = field.get_attribute("data-field")?;
    // A cell of a table belongs to the table.
    let table = field
        .parent_element()
        .and_then(|parent| parent.closest("[data-field]").ok().flatten())
        .and_then(|table| table.get_attribute("data-field"));
    let name = table.unwrap_or(name);
    Some(FieldId::from(name.split('.').next().unwrap_or(&name)))
}

/// Sets an attribute at one field of the page, and takes it from all others.
fn mark(attribute: &str, field: Option<&FieldId>) {
    let marked = document().query_selector_all(&format!("[{attribute}]")).ok();
    if let Some(marked) = marked {
        for index in 0..marked.length() {
            if let Some(element) =
                marked.get(index).and_then(|node| node.dyn_into::<web_sys::Element>().ok())
            {
                let _ = element.remove_attribute(attribute);
            }
        }
    }
    let found = field.and_then(|field| {
        document().query_selector(&format!("[data-field=\"{field}\"]")).ok().flatten()
    });
    if let Some(element) = found {
        let _ = element.set_attribute(attribute, "");
        if attribute == POINTED {
            element.scroll_into_view();
        }
    }
}

const OTHER: &str = "data-other";
const POINTED: &str = "data-pointed";

/// Shows where the other is, and what the helper points at.
pub fn follow(live: LiveDraft) {
    Effect::new(move || {
        let at = live.other_at.get();
        // The fields may have been drawn anew.
        live.values.track();
        mark(OTHER, at.as_ref());
    });
    Effect::new(move || {
        let pointed = live.pointed.get();
        mark(POINTED, pointed.as_ref().map(|(field, _)| field));
    });
}

/// What was displaced, each with a way to take it back.
#[component]
pub fn Displaced(live: LiveDraft) -> impl IntoView {
    let lang = lang();
    let words = move || BesideWords::of(lang.get());
    let label = move |field: &FieldId| {
        live.draft.with(|draft| {
            let field = draft.as_ref().and_then(|draft| draft.form.field(field));
            field.map(|field| field.label.get(lang.get()).to_owned()).unwrap_or_default()
        })
    };
    let one = move |(field, value): (FieldId, FieldValue)| {
        let (take, drop_it) = (field.clone(), field.clone());
        view! {
            <li>
                <b>{label(&field)}</b>
                <span>{words().displaced}</span>
                <q>{in_words(&value)}</q>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| live.settle_displaced(&take, true)
                >
                    {words().take_displaced}
                </button>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| live.settle_displaced(&drop_it, false)
                >
                    {words().drop_displaced}
                </button>
            </li>
        }
    };
    move || {
        let displaced = live.displaced.get();
        (!displaced.is_empty()).then(|| {
            view! {
                <ul class="displaced" role="status">
                    {displaced.into_iter().map(one).collect_view()}
                </ul>
            }
        })
    }
}

/// A value as one line.
fn in_words(value: &FieldValue) -> String {
    match value {
        FieldValue::Flag(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Several(several) => several.join("、"),
        FieldValue::Parts(parts) => parts.values().cloned().collect::<Vec<_>>().join(" "),
        FieldValue::Rows(rows) => rows
            .iter()
            .map(|row| row.values().map(in_words).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("；"),
    }
}
