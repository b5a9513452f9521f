//! Overdue steps, and who has them.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::report::Report;
use super::tables::section;
use super::words::CaseWords;
use crate::api::commitment::CheckShown;
use crate::api::figures::{Figures, LateStep};
use crate::parts::days;
use crate::print::grouped;
use crate::words::fill;

/// The server lists no more.
const MAX_LISTED: usize = 200;

pub fn overdue(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    if figures.late.is_empty() {
        return view! { <p class="all-well">{words.none_overdue}</p> }.into_any();
    }
    let heads = [
        words.overdue_by,
        words.case,
        words.matter,
        words.step,
        words.department,
        words.reviewer,
        words.due,
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = figures.late.iter().map(|step| row(step, lang)).collect_view();
    let truncated = (figures.late.len() >= MAX_LISTED).then(|| {
        view! { <p class="soft small">{fill(words.first_overdue, &[("n", &figures.late.len())])}</p> }
    });
    let body = view! {
        <div class="long">
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {truncated}
    }
    .into_any();
    section(report, "late", (words.overdue_list, words.overdue_hint), body, lang)
}

/// The checks of commitments that are not over: by when, and who has them.
pub fn checks(report: Report, figures: &Figures, lang: Lang) -> Option<AnyView> {
    let words = CaseWords::of(lang);
    let heads =
        [words.due, words.case, words.matter, words.check_state, words.department, words.reviewer];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = figures.checks.iter().map(|check| check_row(check, lang)).collect_view();
    let body = view! {
        <div class="long">
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any();
    let titles = (words.checks, words.checks_hint);
    (!figures.checks.is_empty()).then(|| section(report, "checks", titles, body, lang))
}

fn check_row(check: &CheckShown, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let who = check.reviewer.as_ref().map(|name| name.get(lang).to_owned());
    let unassigned = who.is_none();
    let late = (check.days_left < 0).then(|| {
        let days = check.days_left.unsigned_abs();
        view! { <span class="mark bad">{fill(words.days_overdue, &[("n", &days)])}</span> }
    });
    view! {
        <tr>
            <td class="when">{days::weekday(&check.due, lang)} " " {late}</td>
            <th scope="row">
                <a class="number" href=format!("/office#{}", check.case.0)>
                    {grouped(&check.number)}
                </a>
            </th>
            <td>{check.matter_name.get(lang).to_owned()}</td>
            <td>{check.state.name().get(lang).to_owned()}</td>
            <td>{check.department_name.get(lang).to_owned()}</td>
            <td class:soft=unassigned>{who.unwrap_or_else(|| words.not_taken.to_owned())}</td>
        </tr>
    }
    .into_any()
}

fn row(step: &LateStep, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let who = step.reviewer.as_ref().map(|name| name.get(lang).to_owned());
    let unassigned = who.is_none();
    view! {
        <tr>
            <td>
                <span class="mark bad">{fill(words.days_overdue, &[("n", &step.days)])}</span>
            </td>
            <th scope="row">
                <a class="number" href=format!("/office#{}", step.step)>
                    {grouped(&step.number)}
                </a>
            </th>
            <td>{step.name.get(lang).to_owned()}</td>
            <td>{step.what.get(lang).to_owned()}</td>
            <td>{step.department.get(lang).to_owned()}</td>
            <td class:soft=unassigned>{who.unwrap_or_else(|| words.not_taken.to_owned())}</td>
            <td class="when">{days::weekday(&step.due, lang)}</td>
        </tr>
    }
    .into_any()
}
