//! One field of a form: only what its kind has.

use jiban_domain::Lang;
use jiban_domain::form::FieldKind as Kind;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::known::kind;
use super::words::FormWords;
use crate::admin::fields::frame::fault_message;
use crate::admin::fields::inputs::checkbox;
use crate::admin::fields::nested_list::DrawField;
use crate::admin::forms::{Field, form};
use crate::admin::json_pointer;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;

fn kind_of(name: &str) -> Kind {
    let named = |kind: &&Kind| <&str>::from(**kind) == name;
    Kind::ALL.iter().find(named).copied().unwrap_or_default()
}

pub(super) fn name_of_kind(name: &str, lang: Lang) -> String {
    kind_of(name).name().get(lang).to_owned()
}

/// What can be said of a field.
pub(super) fn body(
    copy: WorkingCopy,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let words = FormWords::of(lang);
    let is_column = at.contains("/columns/");
    let now = copy.edited.with_untracked(|root| kind_of(&kind(root, at)));
    let drawn = |fields: &'static [Field]| {
        fields
            .iter()
            .map(|field| draw(copy, field, &format!("{at}{}", field.key), hall, lang))
            .collect_view()
    };
    let required = checkbox(copy, &format!("{at}/required"), words.required.to_owned());
    view! {
        <div class="form">
            {drawn(form::EVERY)} {kind_select(copy, at, now, is_column, lang)}
            <div class="field field-tick">{required}</div> {drawn(form::of_kind(now))}
            {(!is_column).then(|| drawn(form::ASKED))} <details class="field-wide row-more">
                <summary>{SetupWords::of(lang).more}</summary>
                <div class="form">{drawn(form::RARE)}</div>
            </details>
        </div>
    }
    .into_any()
}

/// The kind decides what else there is.
fn kind_select(copy: WorkingCopy, at: &str, now: Kind, is_column: bool, lang: Lang) -> AnyView {
    let options = Kind::ALL
        .iter()
        .filter(|kind| !is_column || kind.fits_a_column())
        .map(|kind| {
            let (key, selected): (&'static str, bool) = ((*kind).into(), *kind == now);
            view! {
                <option value=key selected=selected>
                    {kind.name().get(lang).to_owned()}
                </option>
            }
        })
        .collect_view();
    let pointer = at.to_owned();
    let choose = move |event| {
        let kind = kind_of(&event_target_value(&event));
        copy.restructure(&pointer, |root| become_one_of(root, &pointer, kind));
    };
    view! {
        <label class="field">
            <span class="field-label">{FormWords::of(lang).kind}</span>
            <select class="input" data-at=format!("{at}/kind") on:change=choose>
                {options}
            </select>
            {fault_message(copy, &format!("{at}/kind"))}
        </label>
    }
    .into_any()
}

/// Makes a field one of another kind: what that kind has not is taken away, what it cannot do
/// without is put in.
pub(super) fn become_one_of(root: &mut Value, at: &str, kind: Kind) {
    let has = |key: &str| form::of_kind(kind).iter().any(|field| field.key == key);
    let of_kinds = Kind::ALL.iter().flat_map(|kind| form::of_kind(*kind));
    for field in of_kinds.filter(|field| !has(field.key)) {
        json_pointer::set(root, &format!("{at}{}", field.key), Value::Null);
    }
    // Numbers, choices and rows are bounded by members of one name; a bound of one is none of
    // another.
    for key in ["/least", "/most"] {
        json_pointer::set(root, &format!("{at}{key}"), Value::Null);
    }
    json_pointer::set(root, &format!("{at}/kind"), json!(kind));
    let needed = [
        ("/choices", json!([{ "id": "a", "name": { "zh": "", "en": "" } }])),
        (
            "/columns",
            json!([{ "id": "column-1", "label": { "zh": "", "en": "" }, "kind": "text", "required": true }]),
        ),
        ("/statement", json!({ "zh": "", "en": "" })),
    ];
    for (key, fresh) in needed {
        let lacks = root.pointer(&format!("{at}{key}")).is_none();
        if lacks && has(key) {
            json_pointer::set(root, &format!("{at}{key}"), fresh);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::form;

    use super::*;

    #[test]
    fn a_field_of_any_kind_becomes_one_of_any_other() {
        for from in Kind::ALL {
            for to in Kind::ALL {
                let mut root = json!({ "f": { "id": "a", "label": "甲", "least": 1, "most": 2 } });
                become_one_of(&mut root, "/f", *from);
                become_one_of(&mut root, "/f", *to);
                let field: form::Field = serde_json::from_value(root["f"].clone()).unwrap();
                assert_eq!(field.kind, *to);
                assert_eq!(field.least, None);
                assert_eq!(!field.choices.is_empty(), matches!(to, Kind::Choice | Kind::Several));
                assert_eq!(!field.columns.is_empty(), *to == Kind::Table);
                assert_eq!(field.statement.is_some(), *to == Kind::Consent);
            }
        }
    }
}
