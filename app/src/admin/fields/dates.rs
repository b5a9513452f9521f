//! What single dates have instead of the week's hours: closed, or hours of their own.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::json;

use super::frame::fault_message;
use super::period::period;
use crate::admin::json_pointer;
use crate::admin::list_buttons::ADD;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::{self, Icon};

/// The days without service.
pub(super) fn closed_days(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let list_at = format!("{at}/closed_on");
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &list_at));
    let shown = (0..count)
        .map(|index| {
            let at = format!("{list_at}/{index}");
            view! {
                <li class="period">
                    {date(copy, &at, lang)} {remove(copy, &list_at, index, lang)}
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

/// The dates that have hours of their own.
pub(super) fn single_dates(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let list_at = format!("{at}/dates");
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &list_at));
    let shown = (0..count).map(|index| one(copy, &list_at, index, lang)).collect_view();
    let add = move |_| {
        copy.restructure(&list_at, |root| {
            let one = json!({ "date": "", "periods": [["09:00", "12:00"]] });
            json_pointer::push(root, &list_at, one);
        });
    };
    view! {
        <h2 class="form-heading">{words.single_dates}</h2>
        <p class="soft small">{words.single_dates_hint}</p>
        <ul class="single-dates">{shown}</ul>
        <button type="button" class="button small add-date" on:click=add>
            <Icon path=ADD />
            {words.add_single_date}
        </button>
    }
    .into_any()
}

/// A date and its periods.
fn one(copy: WorkingCopy, list_at: &str, index: usize, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{list_at}/{index}");
    let (date_at, periods_at) = (format!("{at}/date"), format!("{at}/periods"));
    let day = copy.edited.with_untracked(|root| json_pointer::text(root, &date_at));
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &periods_at));
    let shown = (0..count).map(|index| period(copy, &periods_at, index, &day, lang)).collect_view();
    let pointer = periods_at.clone();
    let add = move |_| {
        copy.restructure(&pointer, |root| {
            let period = if count == 0 { ["09:00", "12:00"] } else { ["13:30", "17:00"] };
            json_pointer::push(root, &pointer, json!(period));
        });
    };
    view! {
        <li class="periods">
            <span class="period">
                {date(copy, &date_at, lang)} {remove(copy, list_at, index, lang)}
            </span>
            {shown}
            {(count == 0).then(|| view! { <span class="soft">{words.day_closed}</span> })}
            <button type="button" class="button small" on:click=add>
                <Icon path=ADD />
                {words.add_period}
            </button>
            {fault_message(copy, &at)}
        </li>
    }
    .into_any()
}

fn date(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let initial = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let (data_at, pointer) = (at.to_owned(), at.to_owned());
    let typed = move |event| copy.set(&pointer, event_target_value(&event).into());
    view! {
        <input
            class="input"
            type="date"
            aria-label=SetupWords::of(lang).day
            data-at=data_at
            value=initial
            on:input=typed
        />
    }
    .into_any()
}

fn remove(copy: WorkingCopy, list_at: &str, index: usize, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let list_at = list_at.to_owned();
    let remove = move |_| {
        copy.restructure(&list_at, |root| json_pointer::remove(root, &list_at, index));
    };
    view! {
        <button
            type="button"
            class="tool"
            title=words.remove
            aria-label=words.remove
            on:click=remove
        >
            <Icon path=icon::CLOSE />
        </button>
    }
    .into_any()
}
