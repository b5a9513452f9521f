//! When a field is asked: another field, and its answers.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::known::{self, Known};
use super::words::FormWords;
use crate::admin::fields::choices::checkbox_list;
use crate::admin::fields::frame::fault_message;
use crate::admin::forms::{Field, FieldKind, display_name, form};
use crate::admin::json_pointer;
use crate::admin::list_buttons::{ADD, list_buttons};
use crate::admin::words::Bilingual;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::Icon;

const ANSWERS: Field = Field {
    key: "/is",
    label: Bilingual("是", "is"),
    hint: Bilingual("", ""),
    kind: FieldKind::Conditions,
};

/// The conditions of a field.
pub(super) fn conditions(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = FormWords::of(lang);
    let own = known::field_of(at).to_owned();
    let candidates: Vec<Known> = copy.edited.with_untracked(|root| {
        let decides = |kind: &str| matches!(kind, "choice" | "several" | "yes_no" | "consent");
        let fields = known::fields(root, known::form_of(at), lang).into_iter();
        fields.filter(|field| field.at != own && decides(&field.kind)).collect()
    });
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, at));
    let shown = (0..count).map(|index| one(copy, at, index, &candidates, lang)).collect_view();
    let label = form::ASKED[0].label.get(lang);
    let lead = match (count, candidates.is_empty()) {
        (0, true) => words.no_candidates,
        (0, false) => words.no_conditions,
        _ => words.conditions,
    };
    let first = candidates.first().map(|field| field.id.clone());
    let pointer = at.to_owned();
    let add = first.map(|first| {
        let add = move |_| {
            let fresh = json!({ "field": first, "is": [] });
            copy.restructure("", |root| json_pointer::push(root, &pointer, fresh));
        };
        view! {
            <button type="button" class="button small" on:click=add>
                <Icon path=ADD />
                {words.add_condition}
            </button>
        }
    });
    view! {
        <div class="field-wide form-conditions" data-at=at.to_owned() tabindex="-1">
            <span class="field-label">{label}</span>
            <p class="soft small">{lead}</p>
            <ol>{shown}</ol>
            {add}
            {fault_message(copy, at)}
        </div>
    }
    .into_any()
}

fn one(copy: WorkingCopy, list: &str, index: usize, candidates: &[Known], lang: Lang) -> AnyView {
    let words = FormWords::of(lang);
    let at = format!("{list}/{index}");
    let chosen =
        copy.edited.with_untracked(|root| json_pointer::text(root, &format!("{at}/field")));
    let mut options: Vec<(String, String)> =
        candidates.iter().map(|field| (field.id.clone(), field.label.clone())).collect();
    if !options.iter().any(|(id, _)| *id == chosen) {
        options.insert(0, (chosen.clone(), chosen.clone()));
    }
    let shown = options
        .into_iter()
        .map(|(id, label)| {
            let selected = id == chosen;
            view! {
                <option value=id selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    let pointer = at.clone();
    let choose = move |event| {
        let fresh = json!({ "field": event_target_value(&event), "is": [] });
        copy.restructure(&pointer, |root| json_pointer::set(root, &pointer, fresh));
    };
    let answers = candidates
        .iter()
        .find(|field| field.id == chosen)
        .map(|field| copy.edited.with_untracked(|root| answers(root, field, lang)));
    view! {
        <li class="form-condition">
            <label class="field">
                <span class="field-label">{words.if_field}</span>
                <select class="input" data-at=format!("{at}/field") on:change=choose>
                    {shown}
                </select>
            </label>
            {answers
                .map(|answers| checkbox_list(copy, &ANSWERS, &format!("{at}/is"), answers, lang))}
            {list_buttons(copy, list.to_owned(), index, |_| {}, lang)}
        </li>
    }
    .into_any()
}

/// The answers that a field can have.
fn answers(root: &Value, field: &Known, lang: Lang) -> Vec<(String, String)> {
    if matches!(&*field.kind, "yes_no" | "consent") {
        let (yes, no) = match lang.base() {
            Lang::Zh => ("是", "否"),
            _ => ("Yes", "No"),
        };
        return vec![("yes".to_owned(), yes.to_owned()), ("no".to_owned(), no.to_owned())];
    }
    let list = format!("{}/choices", field.at);
    (0..json_pointer::len(root, &list))
        .map(|index| {
            let at = format!("{list}/{index}");
            (json_pointer::text(root, &format!("{at}/id")), display_name(root, &at, lang))
        })
        .collect()
}
