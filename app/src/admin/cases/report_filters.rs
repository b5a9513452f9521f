//! The fields above the figures that select period and hall.

use jiban_domain::{HallId, Lang};
use leptos::prelude::*;

use super::report::{Period, Report};
use super::words::CaseWords;
use crate::parts::clock::hour_minute;
use crate::words::fill;

pub fn report_filters(report: Report, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let periods = Period::ALL
        .map(|period| {
            let name = match period {
                Period::Month => words.this_month,
                Period::Last30 => words.last_30,
                Period::Quarter => words.this_quarter,
                Period::Custom => words.custom,
            };
            view! {
                <button
                    type="button"
                    class="span"
                    aria-pressed=move || (report.period.get() == period).to_string()
                    on:click=move |_| report.select_period(period, lang)
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    let day = move |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="day">
                <span>{label}</span>
                <input
                    class="input"
                    type="date"
                    prop:value=move || value.get()
                    on:change=move |event| {
                        value.set(event_target_value(&event));
                        if is_valid(report) {
                            report.load(lang);
                        }
                    }
                />
            </label>
        }
    };
    let fields = move || {
        (report.period.get() == Period::Custom).then(|| {
            view! {
                {day(words.from, report.from)}
                {day(words.to, report.to)}
                {move || {
                    (!is_valid(report)).then(|| view! { <span class="bad-words">{words.invalid_period}</span> })
                }}
            }
        })
    };
    let loaded_at = move || {
        report.figures.with(Option::is_some).then(|| {
            // In the browser's time zone: it is the reader's own clock.
            let zone = web_sys::js_sys::Intl::DateTimeFormat::default().resolved_options();
            let zone = web_sys::js_sys::Reflect::get(&zone, &"timeZone".into());
            let zone = zone.ok().and_then(|zone| zone.as_string()).unwrap_or_default();
            fill(words.loaded_at, &[("time", &hour_minute(report.loaded_at.get(), &zone))])
        })
    };
    view! {
        <div class="chosen">
            <div class="spans" role="group">
                {periods}
            </div>
            {fields}
            {halls(report, lang)}
            <span class="soft small read-at">{loaded_at}</span>
            <button
                type="button"
                class="button small"
                disabled=move || report.busy.get()
                on:click=move |_| report.load(lang)
            >
                {words.refresh}
            </button>
            <button
                type="button"
                class="button small"
                on:click=move |_| {
                    let _ = window().print();
                }
            >
                {words.print}
            </button>
        </div>
    }
    .into_any()
}

fn is_valid(report: Report) -> bool {
    let (from, to) = (report.from.get(), report.to.get());
    !from.is_empty() && from <= to
}

/// The choice of a hall, if there are several.
fn halls(report: Report, lang: Lang) -> impl IntoView {
    let words = CaseWords::of(lang);
    move || {
        let halls = report.halls.get();
        (halls.len() > 1).then(|| {
            let selected = report.hall.get_untracked();
            let options = halls
                .into_iter()
                .map(|(id, name)| {
                    view! {
                        <option value=id.to_string() selected=selected.as_ref() == Some(&id)>
                            {name.get(lang).to_owned()}
                        </option>
                    }
                })
                .collect_view();
            let select = move |event| {
                let id = event_target_value(&event);
                report.select_hall((!id.is_empty()).then_some(HallId(id)), lang);
            };
            view! {
                <select class="input hall" aria-label=words.hall on:change=select>
                    <option value="" selected=selected.is_none()>
                        {words.all_halls}
                    </option>
                    {options}
                </select>
            }
        })
    }
}
