//! How applications came, how they fared, and what was not right in them.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::percent;
use super::report::Report;
use super::tables::{heads, section};
use super::words::CaseWords;
use crate::api::figures::{ApplicationFigures, Figures, WrongField};
use crate::words::fill;

pub fn by_way(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    if figures.applications.is_empty() {
        return ().into_any();
    }
    let words = CaseWords::of(lang);
    let row = |row: &ApplicationFigures| {
        let rate = percent(row.first_time, row.accepted);
        let rate = rate.map(|rate| format!(" ({rate}%)")).unwrap_or_default();
        let minutes = row
            .minutes
            .map_or_else(|| "–".to_owned(), |minutes| fill(words.minutes_of, &[("n", &minutes)]));
        let touches = row.touches.map_or_else(|| "–".to_owned(), |touches| touches.to_string());
        view! {
            <tr>
                <th scope="row">{row.by.name().get(lang).to_owned()}</th>
                <td class="count">{row.sent}</td>
                <td class="count">{row.accepted}</td>
                <td class="count">{row.first_time} {rate}</td>
                <td class="count">{minutes}</td>
                <td class="count">{touches}</td>
            </tr>
        }
    };
    let rows = figures.applications.iter().map(row).collect_view();
    let counts = [words.sent, words.accepted, words.first_time, words.minutes, words.touches];
    let body = view! {
        <table>
            {heads(&[words.came_by], &counts)}
            <tbody>{rows}</tbody>
        </table>
    };
    let title = (words.applications, words.applications_hint);
    section(report, "applications", title, body.into_any(), lang)
}

pub fn wrong_fields(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    if figures.wrong_fields.is_empty() {
        return ().into_any();
    }
    let words = CaseWords::of(lang);
    let row = |row: &WrongField| {
        view! {
            <tr>
                <th scope="row">{row.name.get(lang).to_owned()}</th>
                <td>{row.field.get(lang).to_owned()}</td>
                <td class="count">{row.count.saturating_sub(row.helped)}</td>
                <td class="count">{row.helped}</td>
            </tr>
        }
    };
    let rows = figures.wrong_fields.iter().map(row).collect_view();
    let body = view! {
        <table>
            {heads(&[words.matter, words.field], &[words.wrong_alone, words.wrong_helped])}
            <tbody>{rows}</tbody>
        </table>
    };
    let title = (words.wrong_fields, words.wrong_fields_hint);
    section(report, "wrong_fields", title, body.into_any(), lang)
}
