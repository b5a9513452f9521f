//! The hall now: alerts first, then today's figures, lines, counters and kiosks.

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::words::OverviewWords;
use crate::api::admin::{AdminNow, Today};
use crate::words::fill;

mod alerts;
mod clock_doubt;
mod tables;

pub use alerts::{alerts, printer_name};
pub use clock_doubt::ClockDoubt;

/// The whole page. `clock` is the server's time.
pub fn overview_page(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    view! {
        {alert_list(now, clock, lang)}
        {figures(&now.today, lang)}
        <div class="now-columns">
            {tables::lines(now, clock, lang)} {tables::counters(now, clock, lang)}
        </div>
        {tables::kiosks(now, clock, lang)}
    }
    .into_any()
}

fn alert_list(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let alerts = alerts(now, clock, lang);
    if alerts.is_empty() && now.clock.is_none() {
        return view! { <p class="all-well">{words.all_well}</p> }.into_any();
    }
    let shown = alerts
        .into_iter()
        .map(|alert| {
            let class = if alert.urgent { "care bad" } else { "care warn" };
            view! {
                <li class=class>
                    <b>{alert.message}</b>
                    <span>{alert.advice}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="cares">
            <h2>{words.alerts}</h2>
            <ul>{shown}</ul>
        </section>
    }
    .into_any()
}

fn figures(today: &Today, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
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

/// A duration in hours and minutes, minutes, or seconds.
pub fn duration(elapsed: Millis, lang: Lang) -> String {
    let words = OverviewWords::of(lang);
    let seconds = elapsed.max(0) / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    if hours > 0 {
        fill(words.hours_minutes, &[("hours", &hours), ("minutes", &minutes)])
    } else if minutes > 0 {
        fill(words.only_minutes, &[("minutes", &minutes)])
    } else {
        fill(words.only_seconds, &[("seconds", &seconds)])
    }
}
