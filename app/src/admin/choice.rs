//! Fields where one chooses: from a list, or by ticks.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::document;
use super::draft::Draft;
use super::field::{fault_at, framed, is_faulty};
use super::forms::{Field, Kind, PRINTERS, name_of};
use super::words::{Both, SetupWords};

/// The choices of a table, in words.
pub fn named(choices: &[(&str, Both)], lang: Lang) -> Vec<(String, String)> {
    choices.iter().map(|(key, name)| ((*key).to_owned(), name.get(lang).to_owned())).collect()
}

/// A hall's lines, by id.
pub fn lines_of(root: &Value, hall: usize, lang: Lang) -> Vec<(String, String)> {
    let at = format!("/hall/{hall}/line");
    (0..document::count(root, &at))
        .map(|index| {
            let line = format!("{at}/{index}");
            let letter = document::text(root, &format!("{line}/letter"));
            let name = name_of(root, &line, lang);
            (document::text(root, &format!("{line}/id")), format!("{letter}  {name}"))
        })
        .collect()
}

/// Every hall, by id.
pub fn halls_of(root: &Value, lang: Lang) -> Vec<(String, String)> {
    named_in(root, "/hall", lang)
}

/// Every department, by id.
pub fn departments_of(root: &Value, lang: Lang) -> Vec<(String, String)> {
    named_in(root, "/department", lang)
}

/// A hall's matters, by id.
pub fn matters_of(root: &Value, hall: usize, lang: Lang) -> Vec<(String, String)> {
    named_in(root, &format!("/hall/{hall}/matter"), lang)
}

/// What stands in a list: its ids and names.
fn named_in(root: &Value, list_at: &str, lang: Lang) -> Vec<(String, String)> {
    (0..document::count(root, list_at))
        .map(|index| {
            let item = format!("{list_at}/{index}");
            (document::text(root, &format!("{item}/id")), name_of(root, &item, lang))
        })
        .collect()
}

/// The choice itself; `usual` is meant where nothing is set, and `chosen` hears
/// the key.
fn select_of(
    draft: Draft,
    at: &str,
    mut choices: Vec<(String, String)>,
    usual: String,
    lang: Lang,
    chosen: impl Fn(String) + 'static,
) -> AnyView {
    let now = draft.edited.with_untracked(|root| document::text(root, at));
    let now = if now.is_empty() { usual } else { now };
    // What is set but cannot be chosen is shown as it is, not quietly replaced.
    if !choices.iter().any(|(key, _)| *key == now) {
        let shown = if now.is_empty() { SetupWords::of(lang).choose } else { now.as_str() };
        choices.insert(0, (now.clone(), shown.to_owned()));
    }
    let faulty = is_faulty(draft, at);
    let options = choices
        .into_iter()
        .map(|(key, name)| {
            let selected = key == now;
            view! {
                <option value=key selected=selected>
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="input"
            data-at=at.to_owned()
            aria-invalid=move || faulty().then_some("true")
            on:change=move |event| chosen(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

/// One of several.
pub fn select(
    draft: Draft,
    field: &'static Field,
    at: &str,
    choices: Vec<(String, String)>,
    lang: Lang,
) -> AnyView {
    let written = at.to_owned();
    let may_be_absent = matches!(field.kind, Kind::HallAbove | Kind::OtherDepartment);
    // What is left out of the file is its first choice.
    let usual = match (field.kind, choices.first()) {
        (Kind::Choice(_), Some((first, _))) => first.clone(),
        _ => String::new(),
    };
    // An id is always text, the paper's width a number: only that is all digits
    // among what was a number before.
    let numeric =
        draft.edited.with_untracked(|root| root.pointer(at).is_some_and(Value::is_number));
    let control = select_of(draft, at, choices, usual, lang, move |key| {
        let value = match key.parse::<u16>() {
            Ok(number) if numeric => number.into(),
            _ if may_be_absent && key.is_empty() => Value::Null,
            _ => key.into(),
        };
        draft.put(&written, value);
    });
    framed(draft, field, at, lang, control)
}

/// Each kind of printer has fields of its own: choosing one replaces them all.
pub fn printer(draft: Draft, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    let kind_at = format!("{at}/kind");
    let written = at.to_owned();
    let unset = String::new();
    let control = select_of(draft, &kind_at, named(PRINTERS, lang), unset, lang, move |kind| {
        let printer = if kind == "escpos" {
            json!({ "kind": kind, "address": "", "paper": 80, "native_qr": false })
        } else {
            json!({ "kind": kind })
        };
        draft.alter(&written, |root| document::put(root, &written, printer));
    });
    framed(draft, field, &kind_at, lang, control)
}

/// Some of several: the ids that are ticked, in the order of `choices`.
pub fn ticks(
    draft: Draft,
    field: &'static Field,
    at: &str,
    choices: Vec<(String, String)>,
    lang: Lang,
) -> AnyView {
    let now: Vec<String> = draft.edited.with_untracked(|root| {
        let ids = document::list(root, at).iter();
        ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
    });
    let mut choices = choices;
    // One that is gone can still be unticked.
    for id in &now {
        if !choices.iter().any(|(known, _)| known == id) {
            choices.push((id.clone(), id.clone()));
        }
    }
    let order: Vec<String> = choices.iter().map(|(id, _)| id.clone()).collect();
    let boxes = choices
        .into_iter()
        .map(|(id, name)| {
            let (at, order) = (at.to_owned(), order.clone());
            let first = now.contains(&id);
            let changed = move |event| {
                let ticked = event_target_checked(&event);
                let mut chosen: Vec<String> = draft.edited.with_untracked(|root| {
                    document::list(root, &at)
                        .iter()
                        .filter_map(|item| item.as_str().map(str::to_owned))
                        .collect()
                });
                chosen.retain(|item| *item != id);
                if ticked {
                    chosen.push(id.clone());
                }
                chosen.sort_by_key(|item| order.iter().position(|known| known == item));
                draft.put(&at, chosen.into());
            };
            view! {
                <label class="tick">
                    <input type="checkbox" checked=first on:change=changed />
                    <span>{name}</span>
                </label>
            }
            .into_any()
        })
        .collect_view();
    let hint = field.hint.get(lang);
    view! {
        <fieldset class="field field-wide" data-at=at.to_owned() tabindex="-1">
            <legend class="field-label">{field.label.get(lang)}</legend>
            <div class="ticks">{boxes}</div>
            {(!hint.is_empty()).then(|| view! { <span class="field-hint">{hint}</span> })}
            {fault_at(draft, at)}
        </fieldset>
    }
    .into_any()
}
