//! A list inside an item, one row each. Rows can be added, moved and removed.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::inputs::{bilingual_input, checkbox};
use crate::admin::field_faults::FieldFault;
use crate::admin::forms::{Field, FieldKind, NestedList};
use crate::admin::json_pointer;
use crate::admin::list_buttons::{ADD, list_buttons};
use crate::admin::navigation::focus;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::Icon;
use crate::words::fill;

/// Draws one field of a row.
pub type DrawField = fn(WorkingCopy, &'static Field, &str, usize, Lang) -> AnyView;

/// The whole list. `draw` draws the fields of its rows.
pub fn nested_list(
    copy: WorkingCopy,
    list: &'static NestedList,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let words = SetupWords::of(lang);
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, at));
    let shown = (0..count).map(|index| row(copy, list, at, index, hall, lang, draw)).collect_view();
    let add_label = fill(words.add, &[("item", &list.singular.get(lang))]);
    let has_languages = list.fields.iter().any(|field| matches!(field.kind, FieldKind::Bilingual));
    let head = (count > 0 && has_languages).then(|| {
        view! {
            <li class="row row-head" aria-hidden="true">
                <span></span>
                <span>{words.zh}</span>
                <span>{words.en}</span>
            </li>
        }
    });
    let list_at = at.to_owned();
    let add_row = move |_| {
        let new_row: Value = serde_json::from_str(list.template).unwrap_or_default();
        copy.restructure(&list_at, |root| json_pointer::push(root, &list_at, new_row));
        focus(&format!("{list_at}/{count}"));
    };
    view! {
        <div class="rows field-wide">
            <ol>{head} {shown}</ol>
            <button type="button" class="button small" data-at=at.to_owned() on:click=add_row>
                <Icon path=ADD />
                {add_label}
            </button>
        </div>
    }
    .into_any()
}

fn row(
    copy: WorkingCopy,
    list: &'static NestedList,
    list_at: &str,
    index: usize,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{list_at}/{index}");
    let singular = list.singular.get(lang);
    let fields = list
        .fields
        .iter()
        .map(|field| {
            let at = format!("{at}{}", field.key);
            match field.kind {
                FieldKind::Checkbox => {
                    return checkbox(copy, &at, field.label.get(lang).to_owned());
                }
                FieldKind::Bilingual => {}
                _ => {
                    let field = draw(copy, field, &at, hall, lang);
                    return view! { <div class="row-field">{field}</div> }.into_any();
                }
            }
            let name = |language: &str| Some(format!("{singular} {} {language}", index + 1));
            view! {
                {bilingual_input(copy, &at, "zh", name(words.zh), false)}
                {bilingual_input(copy, &at, "en", name(words.en), false)}
            }
            .into_any()
        })
        .collect_view();
    view! {
        <li class="row">
            <span class="row-place">{index + 1}</span>
            {fields}
            {list_buttons(copy, list_at.to_owned(), index, |_| {}, lang)}
            {row_fault(copy, list, &at)} {advanced(copy, list, &at, hall, lang, draw)}
        </li>
    }
    .into_any()
}

/// Whether a fault belongs to one of these fields of a row.
fn belongs_to(fields: &[Field], row: &str, fault: &FieldFault) -> bool {
    fields.iter().any(|field| fault.is_within(&format!("{row}{}", field.key)))
}

/// The first fault of a row. Faults of the folded fields are shown there.
fn row_fault(copy: WorkingCopy, list: &'static NestedList, at: &str) -> impl IntoView + use<> {
    let row = at.to_owned();
    move || {
        let message = copy.faults.with(|faults| {
            let of_row = |fault: &&FieldFault| {
                fault.is_within(&row) && !belongs_to(list.advanced, &row, fault)
            };
            faults.iter().find(of_row).map(|fault| fault.message.clone())
        });
        message.map(|message| view! { <span class="field-fault">{message}</span> })
    }
}

/// The rarely used fields, folded; unfolded if one of them has a fault.
fn advanced(
    copy: WorkingCopy,
    list: &'static NestedList,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> Option<AnyView> {
    if list.advanced.is_empty() {
        return None;
    }
    let row = at.to_owned();
    let has_fault = move || {
        copy.faults.with(|faults| faults.iter().any(|fault| belongs_to(list.advanced, &row, fault)))
    };
    let fields = list
        .advanced
        .iter()
        .map(|field| draw(copy, field, &format!("{at}{}", field.key), hall, lang))
        .collect_view();
    let view = view! {
        <details class="row-more" open=has_fault>
            <summary>{SetupWords::of(lang).more}</summary>
            <div class="form">{fields}</div>
        </details>
    };
    Some(view.into_any())
}
