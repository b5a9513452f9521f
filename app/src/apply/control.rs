//! Controls into which one types.

use jiban_domain::Lang;
use jiban_domain::form::{Field, FieldKind, TextFormat, date};
use leptos::prelude::*;

use super::slot::Slot;
use super::words::ApplyWords;

/// What its keyboard has, and of which type it is.
struct Typing {
    kind: &'static str,
    keyboard: &'static str,
}

const fn typing(field: &Field) -> Typing {
    let (kind, keyboard) = match (field.kind, field.format) {
        (FieldKind::Date, _) => ("date", "numeric"),
        (FieldKind::Telephone, _) => ("tel", "tel"),
        (FieldKind::Number | FieldKind::Money, _) => ("text", "decimal"),
        // Not of type "email": browsers refuse what we can put right, such as wide letters.
        (_, TextFormat::Email) => ("text", "email"),
        (_, TextFormat::Postcode) => ("text", "numeric"),
        _ => ("text", "text"),
    };
    Typing { kind, keyboard }
}

/// What its number counts.
pub(super) fn unit(field: &Field, lang: Lang) -> Option<String> {
    match (&field.unit, field.kind) {
        (Some(unit), _) => Some(unit.get(lang).to_owned()),
        (None, FieldKind::Money) => Some(ApplyWords::of(lang).yuan.to_owned()),
        _ => None,
    }
}

/// The input of a field of one text.
pub(super) fn input(field: &Field, slot: &Slot, has_help: bool) -> AnyView {
    if field.kind == FieldKind::LongText {
        return long_text(field, slot, has_help);
    }
    let Typing { mut kind, keyboard } = typing(field);
    if slot.filling.own_keys {
        kind = "text";
    }
    let text = slot.text();
    // A browser's date has one form.
    let shown = move || match kind {
        "date" => date::date(&text()).map_or_else(String::new, |date| date.to_string()),
        _ => text(),
    };
    line(slot, (kind, keyboard), field.required, has_help, shown)
}

/// An input of one line.
pub(super) fn line(
    slot: &Slot,
    (kind, keyboard): (&'static str, &'static str),
    required: bool,
    has_help: bool,
    shown: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> AnyView {
    let initial = untrack(shown.clone());
    let told = slot.clone();
    view! {
        <input
            class="ask-input"
            class:ask-short=matches!(keyboard, "decimal" | "numeric" | "tel")
            type=kind
            inputmode=keyboard
            id=slot.id()
            name=slot.name.clone()
            autocomplete="off"
            spellcheck="false"
            aria-required=required.then_some("true")
            aria-describedby=slot.described_by(has_help)
            aria-invalid=slot.invalid()
            value=initial
            prop:value=shown
            on:input=move |event| told.write_text(event_target_value(&event))
        />
    }
    .into_any()
}

fn long_text(field: &Field, slot: &Slot, has_help: bool) -> AnyView {
    let text = slot.text();
    let initial = untrack(text.clone());
    let told = slot.clone();
    view! {
        <textarea
            class="ask-input"
            rows="4"
            id=slot.id()
            name=slot.name.clone()
            aria-required=field.required.then_some("true")
            aria-describedby=slot.described_by(has_help)
            aria-invalid=slot.invalid()
            prop:value=text
            on:input=move |event| told.write_text(event_target_value(&event))
        >
            {initial}
        </textarea>
    }
    .into_any()
}
