//! Which days and which hall.

use jiban_domain::{HallId, Lang};
use leptos::prelude::*;

use super::watch::{Span, Watch};
use super::words::CaseWords;
use crate::parts::clock::hour_minute;
use crate::words::fill;

/// The fields above the figures.
pub fn chosen(watch: Watch, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let spans = Span::ALL
        .map(|span| {
            let name = match span {
                Span::Month => words.this_month,
                Span::Last30 => words.last_30,
                Span::Quarter => words.this_quarter,
                Span::Custom => words.custom,
            };
            view! {
                <button
                    type="button"
                    class="span"
                    aria-pressed=move || (watch.span.get() == span).to_string()
                    on:click=move |_| watch.choose(span, lang)
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
                        if right(watch) {
                            watch.read(lang);
                        }
                    }
                />
            </label>
        }
    };
    let fields = move || {
        (watch.span.get() == Span::Custom).then(|| {
            view! {
                {day(words.from, watch.from)}
                {day(words.to, watch.to)}
                {move || {
                    (!right(watch)).then(|| view! { <span class="bad-words">{words.wrong_stretch}</span> })
                }}
            }
        })
    };
    let read_at = move || {
        watch.figures.with(Option::is_some).then(|| {
            // The browser's own zone: when its user looked.
            let zone = web_sys::js_sys::Intl::DateTimeFormat::default().resolved_options();
            let zone = web_sys::js_sys::Reflect::get(&zone, &"timeZone".into());
            let zone = zone.ok().and_then(|zone| zone.as_string()).unwrap_or_default();
            fill(words.read_at, &[("time", &hour_minute(watch.read_at.get(), &zone))])
        })
    };
    view! {
        <div class="chosen">
            <div class="spans" role="group">
                {spans}
            </div>
            {fields}
            {halls(watch, lang)}
            <span class="soft small read-at">{read_at}</span>
            <button
                type="button"
                class="button small"
                disabled=move || watch.busy.get()
                on:click=move |_| watch.read(lang)
            >
                {words.read_again}
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

fn right(watch: Watch) -> bool {
    let (from, to) = (watch.from.get(), watch.to.get());
    !from.is_empty() && from <= to
}

/// The halls, where there are several to choose from.
fn halls(watch: Watch, lang: Lang) -> impl IntoView {
    let words = CaseWords::of(lang);
    move || {
        let halls = watch.halls.get();
        (halls.len() > 1).then(|| {
            let chosen = watch.hall.get_untracked();
            let options = halls
                .into_iter()
                .map(|(id, name)| {
                    view! {
                        <option value=id.to_string() selected=chosen.as_ref() == Some(&id)>
                            {name.get(lang).to_owned()}
                        </option>
                    }
                })
                .collect_view();
            let choose = move |event| {
                let id = event_target_value(&event);
                watch.choose_hall((!id.is_empty()).then_some(HallId(id)), lang);
            };
            view! {
                <select class="input hall" aria-label=words.hall on:change=choose>
                    <option value="" selected=chosen.is_none()>
                        {words.all_halls}
                    </option>
                    {options}
                </select>
            }
        })
    }
}
