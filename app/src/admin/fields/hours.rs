//! Hours: always or in weekly periods, whether holidays close them, and what single dates have
//! instead. The hall has them, and a line or counter may.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::dates::{closed_days, single_dates};
use super::frame::fault_message;
use super::period::period;
use crate::admin::forms::{Field, WEEKDAYS};
use crate::admin::json_pointer;
use crate::admin::list_buttons::ADD;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::Icon;

/// Hours that an item has of its own, or none.
pub(super) fn own_hours(copy: WorkingCopy, field: &Field, at: &str, lang: Lang) -> AnyView {
    let has_own =
        copy.edited.with_untracked(|root| root.pointer(at).is_some_and(|hours| !hours.is_null()));
    let pointer = at.to_owned();
    let toggle = move |event| {
        let hours = if event_target_checked(&event) {
            let day = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
            let week: serde_json::Map<_, _> =
                WEEKDAYS[..5].iter().map(|(key, _)| ((*key).to_owned(), day.clone())).collect();
            json!({ "week": week, "follows_calendar": true })
        } else {
            Value::Null
        };
        copy.restructure(&pointer, |root| json_pointer::set(root, &pointer, hours));
    };
    let shown = has_own.then(|| hours(copy, at, lang));
    view! {
        <h3 class="form-heading">{field.label.get(lang)}</h3>
        <label class="tick" data-at=at.to_owned() tabindex="-1">
            <input type="checkbox" checked=has_own on:change=toggle />
            <span>{SetupWords::of(lang).own_hours}</span>
        </label>
        <p class="soft small">{field.hint.get(lang)}</p>
        {shown}
    }
    .into_any()
}

/// The hours at a pointer.
pub fn hours(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let always_at = format!("{at}/always");
    let always = copy.edited.with_untracked(|root| json_pointer::is_true(root, &always_at));
    let hours_at = at.to_owned();
    let toggle = move |event| {
        let always = event_target_checked(&event);
        copy.restructure(&hours_at, |root| json_pointer::set(root, &always_at, always.into()));
    };
    let periods = (!always).then(|| {
        (week(copy, at, lang), follows_calendar(copy, at, lang), closed_days(copy, at, lang))
    });
    let dates = single_dates(copy, at, lang);
    view! {
        <label class="tick" data-at=format!("{at}/always") tabindex="-1">
            <input type="checkbox" checked=always on:change=toggle />
            <span>{words.always}</span>
        </label>
        {fault_message(copy, &format!("{at}/always"))}
        {periods}
        {dates}
    }
    .into_any()
}

fn follows_calendar(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{at}/follows_calendar");
    // New hours have no such entry yet, and follow it.
    let follows = copy.edited.with_untracked(|root| root.pointer(&at) != Some(&Value::Bool(false)));
    let (data_at, pointer) = (at.clone(), at);
    let toggle = move |event| copy.set(&pointer, event_target_checked(&event).into());
    view! {
        <label class="tick" data-at=data_at tabindex="-1">
            <input type="checkbox" checked=follows on:change=toggle />
            <span>{words.follows_calendar}</span>
        </label>
        <p class="soft small">{words.follows_calendar_hint}</p>
    }
    .into_any()
}

fn week(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let week_at = format!("{at}/week");
    let days = WEEKDAYS
        .iter()
        .map(|(key, name)| day(copy, &week_at, key, name.get(lang), lang))
        .collect_view();
    let pointer = week_at.clone();
    let copy_monday = move |_| {
        copy.restructure(&pointer, |root| {
            let monday = root.pointer(&format!("{pointer}/mon")).cloned().unwrap_or_default();
            for (day, _) in &WEEKDAYS[1..5] {
                json_pointer::set(root, &format!("{pointer}/{day}"), monday.clone());
            }
        });
    };
    view! {
        <h2 class="form-heading">{words.week}</h2>
        <p class="soft small">{words.week_hint}</p>
        <table class="week" data-at=week_at.clone() tabindex="-1">
            <tbody>{days}</tbody>
        </table>
        {own_fault(copy, &week_at)}
        <button type="button" class="button small" on:click=copy_monday>
            {words.copy_monday}
        </button>
    }
    .into_any()
}

/// Faults of exactly this pointer; each day shows its own.
fn own_fault(copy: WorkingCopy, at: &str) -> impl IntoView + use<> {
    let at = at.to_owned();
    move || {
        let message = copy.faults.with(|faults| {
            faults.iter().find(|fault| fault.pointer == at).map(|fault| fault.message.clone())
        });
        message.map(|message| view! { <p class="field-fault">{message}</p> })
    }
}

fn day(
    copy: WorkingCopy,
    week_at: &str,
    key: &'static str,
    name: &'static str,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{week_at}/{key}");
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &at));
    let shown = (0..count).map(|index| period(copy, &at, index, name, lang)).collect_view();
    let day_at = at.clone();
    let add = move |_| {
        copy.restructure(&day_at, |root| {
            let period = if count == 0 { ["09:00", "12:00"] } else { ["13:30", "17:00"] };
            json_pointer::push(root, &day_at, json!(period));
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
                {fault_message(copy, &at)}
            </td>
            <td>
                <button type="button" class="button small" on:click=add>
                    <Icon path=ADD />
                    {words.add_period}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
