//! Cases by state, by matter and by department, with a bar in each row.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::bar_chart::bar;
use super::percent;
use super::report::Report;
use super::words::CaseWords;
use crate::api::figures::{DepartmentFigures, Figures, MatterFigures};
use crate::words::fill;

/// A section with title, explanation, CSV download and body.
pub fn section(
    report: Report,
    table: &'static str,
    (title, hint): (&'static str, &'static str),
    body: AnyView,
    lang: Lang,
) -> AnyView {
    let address = format!("/api/office/figures.csv?table={table}&{}", report.query());
    view! {
        <section class=format!("sheet now-table of-{table}")>
            <header>
                <h2>{title}</h2>
                <p class="soft small">{hint}</p>
                <a class="button small csv" href=address download=format!("{table}.csv")>
                    {CaseWords::of(lang).csv}
                </a>
            </header>
            {body}
        </section>
    }
    .into_any()
}

/// The header row: text columns, then number columns.
pub fn heads(words: &[&'static str], counts: &[&'static str]) -> AnyView {
    let words = words.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    let counts = counts
        .iter()
        .map(|head| view! { <th scope="col" class="count">{*head}</th> })
        .collect_view();
    view! {
        <thead>
            <tr>{words} {counts}</tr>
        </thead>
    }
    .into_any()
}

fn count(value: u32) -> AnyView {
    view! {
        <td class="count" class:soft=value == 0>
            {value}
        </td>
    }
    .into_any()
}

fn overdue(value: u32) -> AnyView {
    let shown = if value > 0 {
        view! { <span class="mark bad">{value}</span> }.into_any()
    } else {
        value.into_any()
    };
    view! {
        <td class="count" class:soft=value == 0>
            {shown}
        </td>
    }
    .into_any()
}

fn optional(value: Option<String>) -> AnyView {
    let none = value.is_none();
    view! {
        <td class="count" class:soft=none>
            {value.unwrap_or_else(|| "–".to_owned())}
        </td>
    }
    .into_any()
}

fn rate(on_time: u32, decided: u32) -> AnyView {
    optional(percent(on_time, decided).map(|percent| format!("{percent}%")))
}

pub fn states(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let most = figures.states.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let rows = figures
        .states
        .iter()
        .map(|(state, cases)| {
            let name = state.name().get(lang).to_owned();
            let drawn = bar(f64::from(*cases), None, f64::from(most), format!("{name} {cases}"));
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {count(*cases)}
                    <td class="drawn">{drawn}</td>
                </tr>
            }
        })
        .collect_view();
    let body = view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{words.state}</th>
                    <th scope="col" class="count">
                        {words.count}
                    </th>
                    <th></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any();
    section(report, "states", (words.states, words.states_hint), body, lang)
}

/// The mean and the limit, as numbers and as a bar.
fn time_taken(mean: Option<f64>, limit: Option<f64>, most: f64, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let days = |days: f64| format!("{days:.1}");
    let alternative = match mean {
        Some(mean) => {
            let limit = limit.map_or_else(|| "–".to_owned(), days);
            fill(words.mean_alternative, &[("mean", &days(mean)), ("limit", &limit)])
        }
        None => words.no_mean.to_owned(),
    };
    let limit_shown = limit.map(|limit| {
        if limit == 0.0 {
            return words.at_once.to_owned();
        }
        let text = days(limit);
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    });
    view! {
        {optional(mean.map(days))}
        {optional(limit_shown)}
        <td class="drawn">{bar(mean.unwrap_or_default(), limit, most, alternative)}</td>
    }
    .into_any()
}

fn longest(times: impl Iterator<Item = (Option<f64>, Option<f64>)>) -> f64 {
    times.fold(0.0, |most, (mean, limit)| {
        most.max(mean.unwrap_or_default()).max(limit.unwrap_or_default())
    })
}

/// Bookings by day; nothing where there were none.
pub fn bookings(report: Report, figures: &Figures, lang: Lang) -> Option<AnyView> {
    if figures.bookings.is_empty() {
        return None;
    }
    let words = CaseWords::of(lang);
    let rows = figures
        .bookings
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.day.clone()}</th>
                    {count(row.booked)}
                    {count(row.checked_in)}
                    {count(row.not_come)}
                    {count(row.cancelled)}
                </tr>
            }
        })
        .collect_view();
    let counts = [words.booked, words.checked_in, words.not_come, words.cancelled];
    let body = view! {
        <table>
            {heads(&[words.day], &counts)} <tbody>{rows}</tbody>
        </table>
    }
    .into_any();
    Some(section(report, "bookings", (words.bookings, words.bookings_hint), body, lang))
}

/// What people printed by themselves; nothing where nobody did.
pub fn prints(report: Report, figures: &Figures, lang: Lang) -> Option<AnyView> {
    let words = CaseWords::of(lang);
    let rows = figures
        .prints
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.name.get(lang).to_owned()}</th>
                    {count(row.documents)} {count(row.pages)} {overdue(row.failed)}
                </tr>
            }
        })
        .collect_view();
    let counts = [words.printed, words.pages, words.not_printed];
    let body = view! {
        <table>{heads(&[words.document], &counts)} <tbody>{rows}</tbody></table>
    }
    .into_any();
    let titles = (words.prints, words.prints_hint);
    (!figures.prints.is_empty()).then(|| section(report, "prints", titles, body, lang))
}

/// By matter or bundle.
pub fn matters(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let promised = |row: &MatterFigures| Some(f64::from(row.promised_days));
    let most = longest(figures.matters.iter().map(|row| (row.mean_days, promised(row))));
    let rows = figures
        .matters
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.name.get(lang).to_owned()}</th>
                    {count(row.accepted)} {count(row.decided)} {rate(row.on_time, row.decided)}
                    {overdue(row.late)} {time_taken(row.mean_days, promised(row), most, lang)}
                </tr>
            }
        })
        .collect_view();
    let counts = [
        words.accepted,
        words.decided,
        words.on_time,
        words.overdue_now,
        words.mean,
        words.promised,
    ];
    let body = table_of_times(words.matter, &counts, words.mean_of_promised, rows.into_any());
    section(report, "matters", (words.matters, words.matters_hint), body, lang)
}

pub fn departments(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let times = |row: &DepartmentFigures| (row.mean_days, row.mean_limit);
    let most = longest(figures.departments.iter().map(times));
    let rows = figures
        .departments
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.name.get(lang).to_owned()}</th>
                    {count(row.open)} {overdue(row.late)} {count(row.decided)}
                    {rate(row.on_time, row.decided)}
                    {time_taken(row.mean_days, row.mean_limit, most, lang)}
                </tr>
            }
        })
        .collect_view();
    let counts = [words.open, words.overdue, words.decided, words.on_time, words.mean, words.limit];
    let body = table_of_times(words.department, &counts, words.mean_of_limit, rows.into_any());
    section(report, "departments", (words.departments, words.departments_hint), body, lang)
}

fn table_of_times(
    of: &'static str,
    counts: &[&'static str],
    drawn: &'static str,
    rows: AnyView,
) -> AnyView {
    let counts = counts
        .iter()
        .map(|head| view! { <th scope="col" class="count">{*head}</th> })
        .collect_view();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{of}</th>
                    {counts}
                    <th scope="col" class="drawn">
                        {drawn}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
