//! What both sides see while two fill in one draft: where the other is, what lights up, and
//! what one of both had written.

use jiban_domain::FieldId;
use jiban_domain::form::FieldValue;
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::answer::lines;
use super::beside_words::BesideWords;
use super::live_draft::LiveDraft;
use super::slot::Marks;
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

/// Where the other is, and what the helper points at.
pub fn marks(live: LiveDraft) -> Marks {
    let pointed = Signal::derive(move || {
        live.pointed.with(|pointed| pointed.as_ref().map(|(field, _)| field.clone()))
    });
    Marks { other_at: live.other_at.into(), pointed }
}

/// Brings what the helper points at into sight, each time they do.
pub fn follow(live: LiveDraft) {
    Effect::new(move || {
        if live.pointed.with(Option::is_some) {
            // It may be in a group that is only now drawn.
            request_animation_frame(|| {
                if let Ok(Some(field)) = document().query_selector("[data-pointed]") {
                    field.scroll_into_view();
                }
            });
        }
    });
}

/// What was displaced, each with a way to take it back.
#[component]
pub fn Displaced(live: LiveDraft) -> impl IntoView {
    let lang = lang();
    let words = move || BesideWords::of(lang.get());
    // Its label, and the value in words.
    let said = move |field: &FieldId, value: &FieldValue| {
        live.draft.with(|draft| {
            let field = draft.as_ref().and_then(|draft| draft.form.field(field));
            field.map(|field| {
                let lang = lang.get();
                (field.label.get(lang).to_owned(), lines(field, value, lang).join(" · "))
            })
        })
    };
    let one = move |(field, value): (FieldId, FieldValue)| {
        let (take, drop_it) = (field.clone(), field.clone());
        let (label, said) = said(&field, &value).unwrap_or_default();
        view! {
            <li>
                <b>{label}</b>
                <span>{words().displaced}</span>
                <q>{said}</q>
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
