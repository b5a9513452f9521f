//! When a hall gives numbers: always, or by periods of the week, and the days
//! it is closed in spite of them.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::document;
use super::draft::Draft;
use super::field::{fault_at, input};
use super::forms::WEEKDAYS;
use super::place::Place;
use super::rows::ADD;
use super::words::SetupWords;
use crate::parts::icon::{self, Icon};

/// The page of the chosen hall's hours.
pub fn hours_page(draft: Draft, place: Place, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("/hall/{}/hours", place.hall.get());
    let always_at = format!("{at}/always");
    let always = draft.edited.with_untracked(|root| document::ticked(root, &always_at));
    let altered = at.clone();
    let changed = move |event| {
        let always = event_target_checked(&event);
        draft.alter(&altered, |root| document::put(root, &always_at, always.into()));
    };
    let periods = (!always).then(|| (week(draft, &at, lang), closed_days(draft, &at, lang)));
    view! {
        <div class="one-form">
            <label class="tick" data-at=at.clone() tabindex="-1">
                <input type="checkbox" checked=always on:change=changed />
                <span>{words.always}</span>
            </label>
            {periods}
        </div>
    }
    .into_any()
}

fn week(draft: Draft, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let week_at = format!("{at}/week");
    let days = WEEKDAYS
        .iter()
        .map(|(key, name)| day(draft, &week_at, key, name.get(lang), lang))
        .collect_view();
    let copied_at = week_at.clone();
    let copied = move |_| {
        draft.alter(&copied_at, |root| {
            let monday = root.pointer(&format!("{copied_at}/mon")).cloned().unwrap_or_default();
            for (day, _) in &WEEKDAYS[1..5] {
                document::put(root, &format!("{copied_at}/{day}"), monday.clone());
            }
        });
    };
    view! {
        <h2 class="form-heading">{words.week}</h2>
        <p class="soft small">{words.week_hint}</p>
        <table class="week" data-at=week_at.clone() tabindex="-1">
            <tbody>{days}</tbody>
        </table>
        {own_fault(draft, &week_at)}
        <button type="button" class="button small" on:click=copied>
            {words.copy_monday}
        </button>
    }
    .into_any()
}

/// Only what is said of the place itself: each day shows its own.
fn own_fault(draft: Draft, at: &str) -> impl IntoView + use<> {
    let at = at.to_owned();
    move || {
        let what = draft.faults.with(|faults| {
            faults.iter().find(|fault| fault.pointer == at).map(|fault| fault.what.clone())
        });
        what.map(|what| view! { <p class="field-fault">{what}</p> })
    }
}

fn day(draft: Draft, week_at: &str, key: &'static str, name: &'static str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{week_at}/{key}");
    let count = draft.edited.with_untracked(|root| document::count(root, &at));
    let shown = (0..count).map(|index| period(draft, &at, index, name, lang)).collect_view();
    let added_at = at.clone();
    let added = move |_| {
        draft.alter(&added_at, |root| {
            let fresh = if count == 0 { ["09:00", "12:00"] } else { ["13:30", "17:00"] };
            document::push(root, &added_at, json!(fresh));
        });
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                <div class="periods">
                    {shown}
                    {(count == 0).then(|| view! { <span class="soft">{words.day_closed}</span> })}
                </div>
                {fault_at(draft, &at)}
            </td>
            <td>
                <button type="button" class="button small" on:click=added>
                    <Icon path=ADD />
                    {words.add_period}
                </button>
            </td>
        </tr>
    }
    .into_any()
}

fn period(draft: Draft, day_at: &str, index: usize, day: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{day_at}/{index}");
    let end = |place: u8, word: &str| {
        let name = format!("{day} {} {word}", index + 1);
        input(draft, &format!("{at}/{place}"), Some(name), "08:30", false)
    };
    let taken_at = day_at.to_owned();
    let taken = move |_| {
        draft.alter(&taken_at, |root| {
            document::take(root, &taken_at, index);
            // A day without periods is not named at all.
            if document::count(root, &taken_at) == 0 {
                document::put(root, &taken_at, Value::Null);
            }
        });
    };
    view! {
        <span class="period">
            {end(0, words.from)} "–" {end(1, words.to)}
            <button type="button" class="tool" title=words.remove aria-label=words.remove on:click=taken>
                <Icon path=icon::CLOSE />
            </button>
        </span>
    }
    .into_any()
}

fn closed_days(draft: Draft, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let list_at = format!("{at}/closed_on");
    let count = draft.edited.with_untracked(|root| document::count(root, &list_at));
    let shown = (0..count)
        .map(|index| {
            let at = format!("{list_at}/{index}");
            let first = draft.edited.with_untracked(|root| document::text(root, &at));
            let (place, typed_at, taken_at) = (at.clone(), at.clone(), list_at.clone());
            let typed = move |event| draft.put(&typed_at, event_target_value(&event).into());
            let taken = move |_| {
                draft.alter(&taken_at, |root| document::take(root, &taken_at, index));
            };
            view! {
                <li class="period">
                    <input
                        class="input"
                        type="date"
                        aria-label=words.day
                        data-at=place
                        value=first
                        on:input=typed
                    />
                    <button
                        type="button"
                        class="tool"
                        title=words.remove
                        aria-label=words.remove
                        on:click=taken
                    >
                        <Icon path=icon::CLOSE />
                    </button>
                    {fault_at(draft, &at)}
                </li>
            }
            .into_any()
        })
        .collect_view();
    let added = move |_| {
        draft.alter(&list_at, |root| document::push(root, &list_at, "".into()));
    };
    view! {
        <h2 class="form-heading">{words.closed_days}</h2>
        <p class="soft small">{words.closed_days_hint}</p>
        <ul class="periods">{shown}</ul>
        <button type="button" class="button small" on:click=added>
            <Icon path=ADD />
            {words.add_day}
        </button>
    }
    .into_any()
}
