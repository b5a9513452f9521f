//! The page "now": what is ill first, then today's figures, the lines, the
//! counters and the kiosks.

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::words::NowWords;
use crate::api::admin::{AdminNow, Today};
use crate::words::fill;

pub mod care;
mod tables;

pub use care::cares;

/// The whole page. `clock` is the server's time now.
pub fn now_page(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    view! {
        {what_needs_care(now, clock, lang)}
        {figures(&now.today, lang)}
        <div class="now-columns">
            {tables::lines(now, clock, lang)} {tables::counters(now, clock, lang)}
        </div>
        {tables::kiosks(now, clock, lang)}
    }
    .into_any()
}

fn what_needs_care(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let cares = cares(now, clock, lang);
    if cares.is_empty() {
        return view! { <p class="all-well">{words.all_well}</p> }.into_any();
    }
    let shown = cares
        .into_iter()
        .map(|care| {
            let class = if care.grave { "care bad" } else { "care warn" };
            view! {
                <li class=class>
                    <b>{care.what}</b>
                    <span>{care.next}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="cares">
            <h2>{words.needs_care}</h2>
            <ul>{shown}</ul>
        </section>
    }
    .into_any()
}

fn figures(today: &Today, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let count = |name, value: u32| figure(name, value.to_string(), "");
    let minutes = |name, value: Option<f64>| match value {
        Some(value) => figure(name, format!("{value:.1}"), words.minutes),
        None => figure(name, "–".to_owned(), ""),
    };
    view! {
        <dl class="figures">
            {count(words.issued, today.issued)} {count(words.waiting, today.waiting)}
            {count(words.in_hand, today.in_hand)} {count(words.finished, today.finished)}
            {count(words.missed, today.missed)} {count(words.cancelled, today.cancelled)}
            {minutes(words.mean_wait, today.mean_wait_minutes)}
            {minutes(words.mean_service, today.mean_service_minutes)}
        </dl>
    }
    .into_any()
}

fn figure(name: &'static str, value: String, unit: &'static str) -> AnyView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd>
                <span class="number">{value}</span>
                <i>{unit}</i>
            </dd>
        </div>
    }
    .into_any()
}

/// A length of time as one says it.
pub fn lasting(length: Millis, lang: Lang) -> String {
    let words = NowWords::of(lang);
    let seconds = length.max(0) / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    if hours > 0 {
        fill(words.hours_minutes, &[("hours", &hours), ("minutes", &minutes)])
    } else if minutes > 0 {
        fill(words.only_minutes, &[("minutes", &minutes)])
    } else {
        fill(words.only_seconds, &[("seconds", &seconds)])
    }
}
