//! The calendar of working days: the known years, and importing more.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::words::SetupWords;
use crate::api::admin::{CalendarNow, CalendarYear, ImportCalendar, Recounted};
use crate::api::{Refused, ask, get};
use crate::words::fill;

pub fn calendar_section(lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let years = RwSignal::new(Vec::<CalendarYear>::new());
    let outcome = RwSignal::new(None::<Result<Recounted, Refused>>);
    let busy = RwSignal::new(false);
    spawn_local(async move {
        if let Ok(now) = get::<CalendarNow>("/api/admin/calendar", lang).await {
            let _ = years.try_set(now.years);
        }
    });
    let import_file = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let text = JsFuture::from(chosen.text()).await.ok().and_then(|text| text.as_string());
            // Otherwise choosing the same file again, corrected, would be no change.
            input.set_value("");
            let answer = match text {
                Some(file) => ask(&ImportCalendar { file }, lang).await,
                None => Err(Refused {
                    message: words.unreadable.to_owned(),
                    next: String::new(),
                    ..Refused::no_answer(lang)
                }),
            };
            // The page may be gone by now, and its signals with it.
            if busy.try_set(false).is_some() {
                return;
            }
            if let Ok(imported) = &answer {
                years.set(imported.years.clone());
            }
            outcome.set(Some(answer));
        });
    };
    let rows = move || {
        years
            .get()
            .into_iter()
            .map(|year| {
                view! {
                    <tr>
                        <th scope="row">{year.year}</th>
                        <td class="count">{year.holidays}</td>
                        <td class="count">{year.workdays}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let provisional_note = move || {
        let last = years.with(|years| years.iter().map(|year| year.year).max());
        last.map(|year| fill(words.calendar_beyond, &[("year", &year)]))
    };
    view! {
        <section class="sheet calendar now-table">
            <h2>{words.calendar_title}</h2>
            <p class="soft">{words.calendar_lead}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.calendar_year}</th>
                        <th scope="col" class="count">
                            {words.calendar_holidays}
                        </th>
                        <th scope="col" class="count">
                            {words.calendar_workdays}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="soft small">{provisional_note}</p>
            <label class="button pick">
                {words.calendar_choose}
                <input
                    type="file"
                    accept=".toml,text/plain"
                    disabled=move || busy.get()
                    on:change=import_file
                />
            </label>
            {move || outcome.get().map(|outcome| outcome_message(outcome, lang))}
        </section>
    }
    .into_any()
}

fn outcome_message(outcome: Result<Recounted, Refused>, lang: Lang) -> AnyView {
    match outcome {
        Ok(imported) => {
            let years: Vec<_> = imported.years.iter().map(|year| year.year.to_string()).collect();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("years", &years.join("、")), ("n", &imported.recounted)];
            let done = fill(SetupWords::of(lang).calendar_imported, &values);
            view! { <p class="good-words" role="status">{done}</p> }.into_any()
        }
        Err(refusal) => {
            let faults =
                refusal.faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
            view! {
                <div class="refused" role="alert">
                    <b>{refusal.message}</b>
                    <span>{refusal.next}</span>
                    <ul>{faults}</ul>
                </div>
            }
            .into_any()
        }
    }
}
