//! The groups of a form, and the fields of each, of which one is unfolded.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::known::{self, kind};
use super::one_field::{body, name_of_kind};
use super::words::FormWords;
use crate::admin::fields::nested_list::DrawField;
use crate::admin::forms::{display_name, form};
use crate::admin::json_pointer;
use crate::admin::list_buttons::{ADD, list_buttons};
use crate::admin::navigation::focus;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::Icon;
use crate::words::fill;

/// All groups.
pub(super) fn groups(
    copy: WorkingCopy,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, at));
    let shown = (0..count).map(|index| group(copy, at, index, hall, lang, draw)).collect_view();
    let pointer = at.to_owned();
    let add = move |_| {
        let fresh = copy.edited.with_untracked(|root| {
            let groups = json_pointer::list(root, &pointer);
            let id = known::unused_id("group", |id| {
                groups.iter().any(|group| json_pointer::text(group, "/id") == id)
            });
            json!({ "id": id, "name": { "zh": "", "en": "" }, "field": [fresh_field(root, &pointer)] })
        });
        copy.restructure("", |root| json_pointer::push(root, &pointer, fresh));
        focus(&format!("{pointer}/{count}/name"));
    };
    view! {
        {shown}
        <button type="button" class="button small" data-at=at.to_owned() on:click=add>
            <Icon path=ADD />
            {fill(SetupWords::of(lang).add, &[("item", &FormWords::of(lang).group)])}
        </button>
    }
    .into_any()
}

fn group(
    copy: WorkingCopy,
    form_at: &str,
    index: usize,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let words = FormWords::of(lang);
    let at = format!("{form_at}/{index}");
    let own = form::GROUP
        .iter()
        .map(|field| draw(copy, field, &format!("{at}{}", field.key), hall, lang))
        .collect_view();
    let list = format!("{at}/field");
    view! {
        <section class="form-group">
            <div class="form-group-head">
                <h4>{words.group} " " {index + 1}</h4>
                {list_buttons(copy, form_at.to_owned(), index, |_| {}, lang)}
            </div>
            <div class="form">{own}</div>
            {entries(copy, &list, words.field, hall, lang, draw)}
        </section>
    }
    .into_any()
}

/// The columns of a table.
pub(super) fn columns(
    copy: WorkingCopy,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let words = FormWords::of(lang);
    view! {
        <div class="field-wide form-columns">
            <h4>{words.column}</h4>
            {entries(copy, at, words.column, hall, lang, draw)}
        </div>
    }
    .into_any()
}

/// A list of fields or columns.
fn entries(
    copy: WorkingCopy,
    list: &str,
    singular: &'static str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, list));
    let shown = (0..count).map(|index| entry(copy, list, index, hall, lang, draw)).collect_view();
    let pointer = list.to_owned();
    let add = move |_| {
        let fresh = copy.edited.with_untracked(|root| fresh_field(root, &pointer));
        copy.unfolded.set(format!("{pointer}/{count}"));
        copy.restructure("", |root| json_pointer::push(root, &pointer, fresh));
        focus(&format!("{pointer}/{count}/label"));
    };
    view! {
        <ol class="form-entries">{shown}</ol>
        <button type="button" class="button small" data-at=list.to_owned() on:click=add>
            <Icon path=ADD />
            {fill(SetupWords::of(lang).add, &[("item", &singular)])}
        </button>
    }
    .into_any()
}

/// A field with an id that is not in use in its form, or in its table.
fn fresh_field(root: &Value, list: &str) -> Value {
    let id = if list.ends_with("/columns") {
        known::unused_id("column", |id| {
            let columns = json_pointer::list(root, list).iter();
            columns.clone().any(|column| json_pointer::text(column, "/id") == id)
        })
    } else {
        let fields = known::fields(root, known::form_of(list), Lang::Zh);
        known::unused_id("field", |id| fields.iter().any(|field| field.id == id))
    };
    json!({ "id": id, "label": { "zh": "", "en": "" }, "kind": "text", "required": true })
}

/// A field in one line, unfolded where it is being edited or has a fault.
fn entry(
    copy: WorkingCopy,
    list: &str,
    index: usize,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let at = format!("{list}/{index}");
    let faulty = {
        let at = at.clone();
        move || copy.faults.with(|faults| faults.iter().any(|fault| fault.is_within(&at)))
    };
    let is_open = {
        let (at, faulty) = (at.clone(), faulty.clone());
        Memo::new(move |_| {
            faulty()
                || copy.unfolded.with(|open| *open == at || open.starts_with(&format!("{at}/")))
        })
    };
    let (name_at, aside_at, open_at, toggle_at) = (at.clone(), at.clone(), at.clone(), at.clone());
    let name = move || {
        let name = copy.edited.with(|root| display_name(root, &name_at, lang));
        if name.is_empty() { SetupWords::of(lang).unnamed.to_owned() } else { name }
    };
    let aside = move || copy.edited.with(|root| aside(root, &aside_at, lang));
    let toggle = move |_| {
        let around = toggle_at.rsplit_once("/columns").map_or("", |(around, _)| around);
        let next = if is_open.get_untracked() { around } else { &toggle_at };
        copy.unfolded.set(next.to_owned());
    };
    let list_at = list.to_owned();
    let follow = move |to: usize| {
        copy.unfolded.update(|open| {
            if *open == format!("{list_at}/{index}") {
                *open = format!("{list_at}/{to}");
            }
        });
    };
    let follow = StoredValue::new(follow);
    let unfolded = move || {
        is_open.get().then(|| {
            view! { <div class="form-entry-body">{body(copy, &open_at, hall, lang, draw)}</div> }
        })
    };
    view! {
        <li class="form-entry" class:faulty=faulty>
            <div class="form-entry-head">
                <button
                    type="button"
                    class="entry"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    on:click=toggle
                >
                    <span class="entry-name">{name}</span>
                    <span class="entry-aside">{aside}</span>
                </button>
                {list_buttons(
                    copy,
                    list.to_owned(),
                    index,
                    move |to| follow.with_value(|follow| follow(to)),
                    lang,
                )}
            </div>
            {unfolded}
        </li>
    }
    .into_any()
}

/// What a field is, in few words.
fn aside(root: &Value, at: &str, lang: Lang) -> String {
    let words = FormWords::of(lang);
    let mut said = vec![name_of_kind(&kind(root, at), lang)];
    if json_pointer::is_true(root, &format!("{at}/required")) {
        said.push(words.required.to_owned());
    }
    for (key, word) in [("shown_when", words.conditional), ("from", words.source)] {
        if json_pointer::len(root, &format!("{at}/{key}")) > 0 {
            said.push(word.to_owned());
        }
    }
    said.join(" · ")
}
