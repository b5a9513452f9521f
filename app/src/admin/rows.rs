//! A list inside an item: one row each, to be added, moved and taken away.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::document;
use super::draft::Draft;
use super::faults::Fault;
use super::field::{one, tick_box, word_input};
use super::forms::{Field, Kind, Rows};
use super::place::focus;
use super::words::SetupWords;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// An arrow up.
const UP: &str = "M12 19V5m-6 6 6-6 6 6";
/// An arrow down.
const DOWN: &str = "M12 5v14m6-6-6 6-6-6";
/// Something new.
pub const ADD: &str = "M12 5v14M5 12h14";

/// The rows of a list.
pub fn rows(draft: Draft, list: &'static Rows, at: &str, hall: usize, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let count = draft.edited.with_untracked(|root| document::count(root, at));
    let shown = (0..count).map(|index| row(draft, list, at, index, hall, lang)).collect_view();
    let add = fill(words.add, &[("one", &list.one.get(lang))]);
    let in_words = list.fields.iter().any(|field| matches!(field.kind, Kind::Words));
    let head = (count > 0 && in_words).then(|| {
        view! {
            <li class="row row-head" aria-hidden="true">
                <span></span>
                <span>{words.zh}</span>
                <span>{words.en}</span>
            </li>
        }
    });
    let written = at.to_owned();
    let added = move |_| {
        let fresh: Value = serde_json::from_str(list.fresh).unwrap_or_default();
        draft.alter(&written, |root| document::push(root, &written, fresh));
        focus(&format!("{written}/{count}"));
    };
    view! {
        <div class="rows field-wide">
            <ol>{head} {shown}</ol>
            <button type="button" class="button small" data-at=at.to_owned() on:click=added>
                <Icon path=ADD />
                {add}
            </button>
        </div>
    }
    .into_any()
}

fn row(
    draft: Draft,
    list: &'static Rows,
    list_at: &str,
    index: usize,
    hall: usize,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{list_at}/{index}");
    let called = list.one.get(lang);
    let fields = list
        .fields
        .iter()
        .map(|field| {
            let at = format!("{at}{}", field.key);
            match field.kind {
                Kind::Tick => return tick_box(draft, &at, field.label.get(lang).to_owned()),
                Kind::Words => {}
                _ => {
                    let field = one(draft, field, &at, hall, lang);
                    return view! { <div class="row-field">{field}</div> }.into_any();
                }
            }
            let name = |language: &str| Some(format!("{called} {} {language}", index + 1));
            view! {
                {word_input(draft, &at, "zh", name(words.zh), false)}
                {word_input(draft, &at, "en", name(words.en), false)}
            }
            .into_any()
        })
        .collect_view();
    view! {
        <li class="row">
            <span class="row-place">{index + 1}</span>
            {fields}
            {moves(draft, list_at.to_owned(), index, |_| {}, lang)}
            {fault_in_row(draft, list, &at)} {more(draft, list, &at, hall, lang)}
        </li>
    }
    .into_any()
}

/// Whether a fault is of one of these fields of a row.
fn is_of(fields: &[Field], row: &str, fault: &Fault) -> bool {
    fields.iter().any(|field| fault.is_at(&format!("{row}{}", field.key)))
}

/// What is wrong in a row, but for what is folded away and says so itself.
fn fault_in_row(draft: Draft, list: &'static Rows, at: &str) -> impl IntoView + use<> {
    let row = at.to_owned();
    move || {
        let what = draft.faults.with(|faults| {
            let of_row = |fault: &&Fault| fault.is_at(&row) && !is_of(list.more, &row, fault);
            faults.iter().find(of_row).map(|fault| fault.what.clone())
        });
        what.map(|what| view! { <span class="field-fault">{what}</span> })
    }
}

/// What is seldom set, folded away; open where something in it is wrong.
fn more(draft: Draft, list: &'static Rows, at: &str, hall: usize, lang: Lang) -> Option<AnyView> {
    if list.more.is_empty() {
        return None;
    }
    let row = at.to_owned();
    let wrong = move || {
        draft.faults.with(|faults| faults.iter().any(|fault| is_of(list.more, &row, fault)))
    };
    let fields = list
        .more
        .iter()
        .map(|field| one(draft, field, &format!("{at}{}", field.key), hall, lang))
        .collect_view();
    let view = view! {
        <details class="row-more" open=wrong>
            <summary>{SetupWords::of(lang).more}</summary>
            <div class="form">{fields}</div>
        </details>
    };
    Some(view.into_any())
}

/// The keys that move one of a list or take it away; `then` hears where it is
/// afterwards, or the one that took its place.
pub fn moves(
    draft: Draft,
    list_at: String,
    index: usize,
    then: impl Fn(usize) + Copy + Send + Sync + 'static,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let count = draft.edited.with_untracked(|root| document::count(root, &list_at));
    let last = index + 1 >= count;
    let turn = move |list_at: String, other: usize| {
        then(other);
        draft.alter(&list_at, |root| document::swap(root, &list_at, index, other));
    };
    let (up_at, down_at) = (list_at.clone(), list_at.clone());
    let removed = move |_| {
        then(index.min(count.saturating_sub(2)));
        draft.alter(&list_at, |root| document::take(root, &list_at, index));
    };
    view! {
        <span class="moves">
            <button
                type="button"
                class="tool"
                title=words.up
                aria-label=words.up
                disabled=index == 0
                on:click=move |_| turn(up_at.clone(), index - 1)
            >
                <Icon path=UP />
            </button>
            <button
                type="button"
                class="tool"
                title=words.down
                aria-label=words.down
                disabled=last
                on:click=move |_| turn(down_at.clone(), index + 1)
            >
                <Icon path=DOWN />
            </button>
            <button
                type="button"
                class="tool"
                title=words.remove
                aria-label=words.remove
                on:click=removed
            >
                <Icon path=icon::CLOSE />
            </button>
        </span>
    }
    .into_any()
}
