//! When tickets can be taken: always or in weekly periods, and the days on which
//! the hall is closed.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::fields::frame::fault_message;
use super::fields::inputs::input;
use super::forms::WEEKDAYS;
use super::json_pointer;
use super::list_buttons::ADD;
use super::navigation::Navigation;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use crate::parts::icon::{self, Icon};

pub fn opening_hours_page(copy: WorkingCopy, navigation: Navigation, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("/hall/{}/hours", navigation.hall.get());
    let always_at = format!("{at}/always");
    let always = copy.edited.with_untracked(|root| json_pointer::is_true(root, &always_at));
    let hours_at = at.clone();
    let toggle = move |event| {
        let always = event_target_checked(&event);
        copy.restructure(&hours_at, |root| json_pointer::set(root, &always_at, always.into()));
    };
    let periods = (!always).then(|| (week(copy, &at, lang), closed_days(copy, &at, lang)));
    view! {
        <div class="one-form">
            <label class="tick" data-at=at.clone() tabindex="-1">
                <input type="checkbox" checked=always on:change=toggle />
                <span>{words.always}</span>
            </label>
            {periods}
        </div>
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

fn period(copy: WorkingCopy, day_at: &str, index: usize, day: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{day_at}/{index}");
    let time = |end: u8, word: &str| {
        let name = format!("{day} {} {word}", index + 1);
        input(copy, &format!("{at}/{end}"), Some(name), "08:30", false)
    };
    let list_at = day_at.to_owned();
    let remove = move |_| {
        copy.restructure(&list_at, |root| {
            json_pointer::remove(root, &list_at, index);
            // The setup has no entry for a day without periods.
            if json_pointer::len(root, &list_at) == 0 {
                json_pointer::set(root, &list_at, Value::Null);
            }
        });
    };
    view! {
        <span class="period">
            {time(0, words.from)} "–" {time(1, words.to)}
            <button type="button" class="tool" title=words.remove aria-label=words.remove on:click=remove>
                <Icon path=icon::CLOSE />
            </button>
        </span>
    }
    .into_any()
}

fn closed_days(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let list_at = format!("{at}/closed_on");
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &list_at));
    let shown = (0..count)
        .map(|index| {
            let at = format!("{list_at}/{index}");
            let initial = copy.edited.with_untracked(|root| json_pointer::text(root, &at));
            let (data_at, pointer, list_at) = (at.clone(), at.clone(), list_at.clone());
            let typed = move |event| copy.set(&pointer, event_target_value(&event).into());
            let remove = move |_| {
                copy.restructure(&list_at, |root| json_pointer::remove(root, &list_at, index));
            };
            view! {
                <li class="period">
                    <input
                        class="input"
                        type="date"
                        aria-label=words.day
                        data-at=data_at
                        value=initial
                        on:input=typed
                    />
                    <button
                        type="button"
                        class="tool"
                        title=words.remove
                        aria-label=words.remove
                        on:click=remove
                    >
                        <Icon path=icon::CLOSE />
                    </button>
                    {fault_message(copy, &at)}
                </li>
            }
            .into_any()
        })
        .collect_view();
    let add = move |_| {
        copy.restructure(&list_at, |root| json_pointer::push(root, &list_at, "".into()));
    };
    view! {
        <h2 class="form-heading">{words.closed_days}</h2>
        <p class="soft small">{words.closed_days_hint}</p>
        <ul class="periods">{shown}</ul>
        <button type="button" class="button small" on:click=add>
            <Icon path=ADD />
            {words.add_day}
        </button>
    }
    .into_any()
}
