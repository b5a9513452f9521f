//! Overdue steps, and who has them.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::report::Report;
use super::tables::section;
use super::words::CaseWords;
use crate::api::office::{Figures, LateStep};
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
