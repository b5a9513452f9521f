//! Where a field's value may come from, each chosen from a list in words.

use jiban_domain::Lang;
use jiban_domain::form::applicant;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::known;
use super::words::FormWords;
use crate::admin::fields::frame::fault_message;
use crate::admin::forms::{display_name, form};
use crate::admin::json_pointer;
use crate::admin::list_buttons::{ADD, list_buttons};
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::Icon;
use crate::words::fill;

/// The sources of a field, the best first.
pub(super) fn sources(copy: WorkingCopy, at: &str, hall: usize, lang: Lang) -> AnyView {
    let words = FormWords::of(lang);
    let field = known::field_of(at).to_owned();
    let known = copy.edited.with_untracked(|root| possible(root, &field, hall, lang));
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, at));
    let shown = (0..count).map(|index| one(copy, at, index, &known, lang)).collect_view();
    let pointer = at.to_owned();
    let first = known.first().map(|(source, _)| source.clone()).unwrap_or_default();
    let add = move |_| {
        let fresh = first.clone();
        copy.restructure("", |root| json_pointer::push(root, &pointer, fresh));
    };
    view! {
        <div class="field-wide form-conditions" data-at=at.to_owned() tabindex="-1">
            <span class="field-label">{form::ASKED[1].label.get(lang)}</span>
            {(count > 0).then(|| view! { <p class="soft small">{words.sources}</p> })}
            <ol>{shown}</ol>
            <button type="button" class="button small" on:click=add>
                <Icon path=ADD />
                {words.add_source}
            </button>
            {fault_message(copy, at)}
        </div>
    }
    .into_any()
}

fn one(
    copy: WorkingCopy,
    list: &str,
    index: usize,
    known: &[(Value, String)],
    lang: Lang,
) -> AnyView {
    let at = format!("{list}/{index}");
    let now = copy.edited.with_untracked(|root| root.pointer(&at).cloned().unwrap_or_default());
    let mut options = known.to_vec();
    // What cannot be chosen any more can still be seen, and removed.
    if !options.iter().any(|(source, _)| *source == now) {
        options.insert(0, (now.clone(), now.to_string()));
    }
    let shown = options
        .iter()
        .map(|(source, name)| {
            let selected = *source == now;
            view! {
                <option value=source.to_string() selected=selected>
                    {name.clone()}
                </option>
            }
        })
        .collect_view();
    let pointer = at.clone();
    let choose = move |event| {
        let chosen = serde_json::from_str(&event_target_value(&event)).unwrap_or_default();
        copy.set(&pointer, chosen);
    };
    view! {
        <li class="form-condition">
            <select
                class="input"
                aria-label=FormWords::of(lang).source_item
                data-at=at
                on:change=choose
            >
                {shown}
            </select>
            {list_buttons(copy, list.to_owned(), index, |_| {}, lang)}
        </li>
    }
    .into_any()
}

/// The sources that a field of its kind can have, with their names.
fn possible(root: &Value, field: &str, hall: usize, lang: Lang) -> Vec<(Value, String)> {
    let words = FormWords::of(lang);
    let kind = known::kind(root, field);
    let mut sources = vec![(json!("earlier"), words.from_earlier.to_owned())];
    let same = |id: &str, label: &str| {
        (json!({ "field": id }), fill(words.from_field, &[("label", &label)]))
    };
    match &*kind {
        "person" => {
            sources.push((json!({ "applicant": "whole" }), words.from_whole.to_owned()));
            sources.push(same(applicant::PERSON, words.applicant));
        }
        "business" => {
            sources.push((json!({ "applicant": "whole" }), words.from_whole.to_owned()));
            sources.push(same(applicant::BUSINESS, words.applicant));
        }
        "telephone" => {
            sources.push((json!({ "applicant": "telephone" }), words.from_telephone.to_owned()));
            sources.push(same(applicant::TELEPHONE, words.applicant_telephone));
        }
        "text" => sources.push((json!({ "applicant": "name" }), words.from_name.to_owned())),
        _ => {}
    }
    let others = known::fields(root, known::form_of(field), lang).into_iter();
    for other in others.filter(|other| other.at != field && other.kind == kind) {
        sources.push(same(&other.id, &other.label));
    }
    let (part, name) = match &*kind {
        "text" => ("number", words.licence_number),
        "date" => ("issued_on", words.licence_day),
        _ => return sources,
    };
    let matters = format!("/hall/{hall}/matter");
    for index in 0..json_pointer::len(root, &matters) {
        let matter = format!("{matters}/{index}");
        let document = json_pointer::text(root, &format!("{matter}/produces"));
        let source = json!({ "licence": { "document": document, "part": part } });
        if document.is_empty() || sources.iter().any(|(known, _)| *known == source) {
            continue;
        }
        // Its result is called as the document is.
        let result = root.pointer(&format!("{matter}/result")).cloned().unwrap_or_default();
        let called = display_name(&json!({ "name": result, "id": document }), "", lang);
        sources.push((source, fill(name, &[("document", &called)])));
    }
    sources
}
