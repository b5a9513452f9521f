//! Controls from which one chooses.

use jiban_domain::form::{Field, FieldValue};
use leptos::prelude::*;

use super::refusal::why;
use super::slot::Slot;
use super::words::ApplyWords;

/// More choices than these are folded into a list.
pub(super) const MOST_AT_A_GLANCE: usize = 7;

/// One of few.
pub(super) fn radios(field: &Field, slot: &Slot) -> AnyView {
    let lang = slot.lang();
    let mut choices: Vec<(String, String)> = field
        .choices
        .iter()
        .map(|choice| (choice.id.clone(), choice.name.get(lang).to_owned()))
        .collect();
    if !field.required {
        choices.push((String::new(), ApplyWords::of(lang).no_answer.to_owned()));
    }
    let tell = |slot: &Slot, id: &str| slot.write_text(id.to_owned());
    radios_of(slot, choices, slot.text(), tell)
}

/// Yes or no.
pub(super) fn yes_or_no(field: &Field, slot: &Slot) -> AnyView {
    let words = ApplyWords::of(slot.lang());
    let mut choices =
        vec![("yes".to_owned(), words.yes.to_owned()), ("no".to_owned(), words.no.to_owned())];
    if !field.required {
        choices.push((String::new(), words.no_answer.to_owned()));
    }
    let value = slot.value;
    let chosen = move || {
        value.with(|value| match value {
            FieldValue::Flag(true) => "yes".to_owned(),
            FieldValue::Flag(false) => "no".to_owned(),
            other => other.text().unwrap_or_default().to_owned(),
        })
    };
    let tell = |slot: &Slot, id: &str| {
        slot.tell(match id {
            "yes" => FieldValue::Flag(true),
            "no" => FieldValue::Flag(false),
            _ => FieldValue::default(),
        });
    };
    radios_of(slot, choices, chosen, tell)
}

fn radios_of(
    slot: &Slot,
    choices: Vec<(String, String)>,
    chosen: impl Fn() -> String + Clone + Send + Sync + 'static,
    tell: fn(&Slot, &str),
) -> AnyView {
    let one = |(at, (id, name)): (usize, (String, String))| {
        let (chosen, own, slot) = (chosen.clone(), id.clone(), slot.clone());
        let is_chosen = move || chosen() == own;
        let initial = untrack(is_chosen.clone());
        let told = (slot.clone(), id.clone());
        view! {
            <label class="ask-choice">
                <input
                    type="radio"
                    id=format!("{}-{at}", slot.id())
                    name=slot.name.clone()
                    value=id
                    checked=initial
                    prop:checked=is_chosen
                    on:change=move |_| tell(&told.0, &told.1)
                />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    let shown = choices.into_iter().enumerate().map(one).collect_view();
    view! { <span class="ask-choices">{shown}</span> }.into_any()
}

/// One of many.
pub(super) fn select_of(field: &Field, slot: &Slot, has_help: bool) -> AnyView {
    let lang = slot.lang();
    let mut options = vec![(String::new(), ApplyWords::of(lang).choose.to_owned())];
    options.extend(
        field.choices.iter().map(|choice| (choice.id.clone(), choice.name.get(lang).to_owned())),
    );
    select(slot, options, field.required, has_help)
}

/// A list that opens.
pub(super) fn select(
    slot: &Slot,
    options: Vec<(String, String)>,
    required: bool,
    has_help: bool,
) -> AnyView {
    let text = slot.text();
    let first = options.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let chosen = move || {
        let text = text();
        if text.is_empty() { first.clone() } else { text }
    };
    let initial = untrack(chosen.clone());
    let told = slot.clone();
    let shown = options
        .into_iter()
        .map(|(id, name)| {
            let selected = id == initial;
            view! {
                <option value=id selected=selected>
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="ask-input"
            id=slot.id()
            name=slot.name.clone()
            aria-required=required.then_some("true")
            aria-describedby=slot.described_by(has_help)
            aria-invalid=slot.invalid()
            prop:value=chosen
            on:change=move |event| told.write_text(event_target_value(&event))
        >
            {shown}
        </select>
    }
    .into_any()
}

/// Several of those listed.
pub(super) fn ticks(field: &Field, slot: &Slot) -> AnyView {
    let lang = slot.lang();
    let value = slot.value;
    let one = |(at, choice): (usize, &jiban_domain::form::Choice)| {
        let own = choice.id.clone();
        let is_ticked = move || {
            value.with(
                |value| matches!(value, FieldValue::Several(several) if several.contains(&own)),
            )
        };
        let initial = untrack(is_ticked.clone());
        let (told, own) = (slot.clone(), choice.id.clone());
        let tell = move |event| {
            let mut several = match value.get_untracked() {
                FieldValue::Several(several) => several,
                _ => Vec::new(),
            };
            several.retain(|id| *id != own);
            if event_target_checked(&event) {
                several.push(own.clone());
            }
            told.tell(FieldValue::Several(several));
        };
        view! {
            <label class="ask-choice">
                <input
                    type="checkbox"
                    id=format!("{}-{at}", slot.id())
                    name=slot.name.clone()
                    value=choice.id.clone()
                    checked=initial
                    prop:checked=is_ticked
                    on:change=tell
                />
                <span>{choice.name.get(lang).to_owned()}</span>
            </label>
        }
        .into_any()
    };
    let shown = field.choices.iter().enumerate().map(one).collect_view();
    view! { <span class="ask-choices">{shown}</span> }.into_any()
}

/// What is agreed to, and the box for it.
pub(super) fn consent(field: &Field, slot: &Slot) -> AnyView {
    let lang = slot.lang();
    let words = ApplyWords::of(lang);
    let text =
        |text: &Option<jiban_domain::Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let help = text(&field.help).map(|help| view! { <p class="ask-help">{help}</p> });
    let value = slot.value;
    let is_ticked = move || value.with(|value| *value == FieldValue::Flag(true));
    let beside = slot.filling.beside;
    let initial = untrack(is_ticked);
    let told = slot.clone();
    view! {
        <fieldset
            class="ask ask-consent"
            data-field=slot.name.clone()
            data-other=slot.other_here()
            data-pointed=slot.is_pointed()
        >
            <legend class="ask-label">{field.label.get(lang).to_owned()}</legend>
            {help}
            <p class="ask-statement" id=slot.help_id()>
                {text(&field.statement)}
            </p>
            <label class="ask-choice">
                <input
                    type="checkbox"
                    id=slot.id()
                    name=slot.name.clone()
                    value="yes"
                    aria-required=field.required.then_some("true")
                    aria-describedby=slot.described_by(true)
                    aria-invalid=slot.invalid()
                    checked=initial
                    prop:checked=is_ticked
                    disabled=beside
                    on:change=move |event| {
                        told.tell(FieldValue::Flag(event_target_checked(&event)));
                    }
                />
                <span>{words.agree}</span>
            </label>
            {beside.then(|| view! { <p class="ask-help">{words.applicant_agrees}</p> })}
            {why(slot)}
        </fieldset>
    }
    .into_any()
}
