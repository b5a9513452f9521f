//! Controls from which one chooses: selects and lists of checkboxes.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::frame::{fault_message, has_fault, labelled};
use crate::admin::forms::{Field, FieldKind, PRINTERS, display_name};
use crate::admin::json_pointer;
use crate::admin::words::{Bilingual, SetupWords};
use crate::admin::working_copy::WorkingCopy;

/// The entries of a table, by key.
pub fn named_options(choices: &[(&str, Bilingual)], lang: Lang) -> Vec<(String, String)> {
    choices.iter().map(|(key, name)| ((*key).to_owned(), name.get(lang).to_owned())).collect()
}

/// A hall's lines, by id.
pub fn line_options(root: &Value, hall: usize, lang: Lang) -> Vec<(String, String)> {
    let at = format!("/hall/{hall}/line");
    (0..json_pointer::len(root, &at))
        .map(|index| {
            let line = format!("{at}/{index}");
            let letter = json_pointer::text(root, &format!("{line}/letter"));
            let name = display_name(root, &line, lang);
            (json_pointer::text(root, &format!("{line}/id")), format!("{letter}  {name}"))
        })
        .collect()
}

/// Every hall, by id.
pub fn hall_options(root: &Value, lang: Lang) -> Vec<(String, String)> {
    options_in(root, "/hall", lang)
}

/// Every department, by id.
pub fn department_options(root: &Value, lang: Lang) -> Vec<(String, String)> {
    options_in(root, "/department", lang)
}

/// A hall's matters, by id.
pub fn matter_options(root: &Value, hall: usize, lang: Lang) -> Vec<(String, String)> {
    options_in(root, &format!("/hall/{hall}/matter"), lang)
}

/// The ids and names of a list.
fn options_in(root: &Value, list_at: &str, lang: Lang) -> Vec<(String, String)> {
    (0..json_pointer::len(root, list_at))
        .map(|index| {
            let item = format!("{list_at}/{index}");
            (json_pointer::text(root, &format!("{item}/id")), display_name(root, &item, lang))
        })
        .collect()
}

/// A select. `default` is selected if nothing is set; `on_select` gets the key.
fn select(
    copy: WorkingCopy,
    at: &str,
    mut options: Vec<(String, String)>,
    default: String,
    lang: Lang,
    on_select: impl Fn(String) + 'static,
) -> AnyView {
    let current = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let current = if current.is_empty() { default } else { current };
    // A value that is not among the options is shown as it is, not replaced
    // without a word.
    if !options.iter().any(|(key, _)| *key == current) {
        let shown = if current.is_empty() { SetupWords::of(lang).choose } else { current.as_str() };
        options.insert(0, (current.clone(), shown.to_owned()));
    }
    let faulty = has_fault(copy, at);
    let options = options
        .into_iter()
        .map(|(key, name)| {
            let selected = key == current;
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
            on:change=move |event| on_select(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

/// A labelled select.
pub fn select_field(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    options: Vec<(String, String)>,
    lang: Lang,
) -> AnyView {
    let pointer = at.to_owned();
    let optional = matches!(
        field.kind,
        FieldKind::ParentHall
            | FieldKind::StepDepartment
            | FieldKind::OptionalLine
            | FieldKind::OptionalYesNo(_)
    );
    let is_yes_or_no = matches!(field.kind, FieldKind::OptionalYesNo(_));
    // A value left out of the setup means the first of a fixed set of choices.
    let default = match (field.kind, options.first()) {
        (FieldKind::OneOf(_), Some((first, _))) => first.clone(),
        _ => String::new(),
    };
    // Ids are texts even if they are all digits; only the paper width is a
    // number, and it stays one.
    let is_number =
        copy.edited.with_untracked(|root| root.pointer(at).is_some_and(Value::is_number));
    let control = select(copy, at, options, default, lang, move |key| {
        let value = match key.parse::<u16>() {
            Ok(number) if is_number => number.into(),
            _ if optional && key.is_empty() => Value::Null,
            _ if is_yes_or_no => (key == "true").into(),
            _ => key.into(),
        };
        copy.set(&pointer, value);
    });
    labelled(copy, field, at, lang, control)
}

/// The kind of printer. Each kind has fields of its own, so choosing one replaces
/// them all.
pub fn printer_field(copy: WorkingCopy, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    let kind_at = format!("{at}/kind");
    let pointer = at.to_owned();
    let options = named_options(PRINTERS, lang);
    let control = select(copy, &kind_at, options, String::new(), lang, move |kind| {
        let printer = match &*kind {
            "escpos" => json!({
                "kind": kind, "address": "", "paper": 80, "native_qr": false,
                "status": true, "after_cut": true,
            }),
            "browser" => json!({ "kind": kind, "paper": 80 }),
            _ => json!({ "kind": kind }),
        };
        copy.restructure(&pointer, |root| json_pointer::set(root, &pointer, printer));
    });
    labelled(copy, field, &kind_at, lang, control)
}

/// Checkboxes for a list of ids. The ids are kept in the order of `options`.
pub fn checkbox_list(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    mut options: Vec<(String, String)>,
    lang: Lang,
) -> AnyView {
    let current: Vec<String> = copy.edited.with_untracked(|root| {
        let ids = json_pointer::list(root, at).iter();
        ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
    });
    // An id that no longer exists can still be unticked.
    for id in &current {
        if !options.iter().any(|(known, _)| known == id) {
            options.push((id.clone(), id.clone()));
        }
    }
    let order: Vec<String> = options.iter().map(|(id, _)| id.clone()).collect();
    let checkboxes = options
        .into_iter()
        .map(|(id, name)| {
            let (at, order) = (at.to_owned(), order.clone());
            let initial = current.contains(&id);
            let changed = move |event| {
                let checked = event_target_checked(&event);
                let mut ids: Vec<String> = copy.edited.with_untracked(|root| {
                    json_pointer::list(root, &at)
                        .iter()
                        .filter_map(|item| item.as_str().map(str::to_owned))
                        .collect()
                });
                ids.retain(|item| *item != id);
                if checked {
                    ids.push(id.clone());
                }
                ids.sort_by_key(|item| order.iter().position(|known| known == item));
                copy.set(&at, ids.into());
            };
            view! {
                <label class="tick">
                    <input type="checkbox" checked=initial on:change=changed />
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
            <div class="ticks">{checkboxes}</div>
            {(!hint.is_empty()).then(|| view! { <span class="field-hint">{hint}</span> })}
            {fault_message(copy, at)}
        </fieldset>
    }
    .into_any()
}
