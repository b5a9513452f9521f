//! Controls into which one types: texts, numbers and checkboxes.
//!
//! An input is filled once and never updated from outside: it reports what is
//! typed and reads nothing back, so that the cursor and half-typed words of an
//! input method are kept. If values change elsewhere the whole form is rebuilt
//! ([`WorkingCopy::structure`]).

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::frame::{fault_message, has_fault, labelled};
use crate::admin::forms::{Field, FieldKind, Within};
use crate::admin::json_pointer;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;

/// A text input. `name` is the accessible name if there is no visible label.
pub fn input(
    copy: WorkingCopy,
    at: &str,
    name: Option<String>,
    placeholder: &'static str,
    remove_if_empty: bool,
) -> AnyView {
    let initial = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let faulty = has_fault(copy, at);
    let (data_at, pointer) = (at.to_owned(), at.to_owned());
    let typed = move |event| {
        let text = event_target_value(&event);
        let remove = remove_if_empty && text.is_empty();
        copy.set(&pointer, if remove { Value::Null } else { text.into() });
    };
    view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            data-at=data_at
            aria-label=name
            aria-invalid=move || faulty().then_some("true")
            placeholder=placeholder
            value=initial
            on:input=typed
        />
    }
    .into_any()
}

/// A labelled text input, chosen by the field's kind.
pub fn text_field(copy: WorkingCopy, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    let placeholder = if matches!(field.kind, FieldKind::TimeOfDay) { "08:30" } else { "" };
    let optional = matches!(field.kind, FieldKind::OptionalText);
    let control = input(copy, at, None, placeholder, optional);
    labelled(copy, field, at, lang, control)
}

/// A text that makes an object of what is around it, or something else where it is empty.
pub fn within_field(
    copy: WorkingCopy,
    field: &'static Field,
    within: &'static Within,
    at: &str,
    lang: Lang,
) -> AnyView {
    let parsed = |json: &str| serde_json::from_str::<Value>(json).unwrap_or_default();
    let initial = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let faulty = has_fault(copy, at);
    let (data_at, pointer) = (at.to_owned(), at.to_owned());
    let around = at.rsplit_once('/').map_or("", |(around, _)| around).to_owned();
    let typed = move |event| {
        let text = event_target_value(&event);
        if text.is_empty() {
            copy.set(&around, parsed(within.empty));
            return;
        }
        let is_object =
            copy.edited.with_untracked(|root| root.pointer(&around).is_some_and(Value::is_object));
        if !is_object {
            copy.set(&around, parsed(within.filled));
        }
        copy.set(&pointer, text.into());
    };
    let control = view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            data-at=data_at
            aria-invalid=move || faulty().then_some("true")
            value=initial
            on:input=typed
        />
    }
    .into_any();
    labelled(copy, field, at, lang, control)
}

/// A text in both languages, side by side.
pub fn bilingual_field(copy: WorkingCopy, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    let label = field.label.get(lang);
    let optional = matches!(field.kind, FieldKind::OptionalBilingual);
    let words = SetupWords::of(lang);
    let side = |key: &str, language: &'static str| {
        view! {
            <label class="field">
                <span class="field-label">{label} " " <i>{language}</i></span>
                {bilingual_input(copy, at, key, None, optional)}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="field-both">
            {side("zh", words.zh)} {side("en", words.en)} {fault_message(copy, at)}
        </div>
    }
    .into_any()
}

/// The input for one language of a text. An optional text is removed once both
/// languages are empty.
pub fn bilingual_input(
    copy: WorkingCopy,
    at: &str,
    key: &str,
    name: Option<String>,
    optional: bool,
) -> AnyView {
    let data_at = format!("{at}/{key}");
    if !optional {
        return input(copy, &data_at, name, "", false);
    }
    let initial = copy.edited.with_untracked(|root| json_pointer::text(root, &data_at));
    let (pointer, at) = (data_at.clone(), at.to_owned());
    let typed = move |event| {
        let text = event_target_value(&event);
        copy.set(&pointer, text.into());
        let empty = copy.edited.with_untracked(|root| {
            ["zh", "en"]
                .iter()
                .all(|key| json_pointer::text(root, &format!("{at}/{key}")).is_empty())
        });
        if empty {
            copy.set(&at, Value::Null);
        } else {
            // A text always has both languages; the missing one is empty.
            for key in ["zh", "en"] {
                let other = format!("{at}/{key}");
                if copy.edited.with_untracked(|root| root.pointer(&other).is_none()) {
                    copy.set(&other, "".into());
                }
            }
        }
    };
    view! {
        <input class="input" type="text" autocomplete="off" data-at=data_at value=initial on:input=typed />
    }
    .into_any()
}

pub fn checkbox_field(copy: WorkingCopy, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    view! {
        <div class="field field-tick">{checkbox(copy, at, field.label.get(lang).to_owned())}</div>
    }
    .into_any()
}

pub fn checkbox(copy: WorkingCopy, at: &str, label: String) -> AnyView {
    let initial = copy.edited.with_untracked(|root| json_pointer::is_true(root, at));
    let (data_at, pointer) = (at.to_owned(), at.to_owned());
    view! {
        <label class="tick">
            <input
                type="checkbox"
                data-at=data_at
                checked=initial
                on:change=move |event| copy.set(&pointer, event_target_checked(&event).into())
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A number input. Numbers are rounded to `step` and kept within the bounds;
/// anything else is reset.
pub fn number_field(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    (min, max, step): (f64, f64, f64),
    lang: Lang,
) -> AnyView {
    let initial = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let (data_at, faulty, pointer) = (at.to_owned(), has_fault(copy, at), at.to_owned());
    let optional =
        matches!(field.kind, FieldKind::OptionalInteger { .. } | FieldKind::OptionalNumber { .. });
    let changed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if optional && typed.trim().is_empty() {
            copy.set(&pointer, Value::Null);
        }
        let typed = typed.trim().parse::<f64>().ok();
        if let Some(typed) = typed.filter(|typed| typed.is_finite()) {
            let number = ((typed / step).round() / (1.0 / step)).clamp(min, max);
            // Whole numbers are sent without a fraction: the setup's types reject
            // 3.0 where they expect an integer.
            #[allow(clippy::cast_possible_truncation)]
            copy.set(&pointer, if step < 1.0 { json!(number) } else { json!(number as i64) });
        }
        let shown = copy.edited.with_untracked(|root| json_pointer::text(root, &pointer));
        event_target::<web_sys::HtmlInputElement>(&event).set_value(&shown);
    };
    let control = view! {
        <input
            class="input input-number"
            type="number"
            min=min
            max=max
            step=step
            data-at=data_at
            aria-invalid=move || faulty().then_some("true")
            value=initial
            on:change=changed
        />
    };
    labelled(copy, field, at, lang, control.into_any())
}
