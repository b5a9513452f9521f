//! What is late now, and who has it.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::tables::section;
use super::watch::Watch;
use super::words::CaseWords;
use crate::api::office::{Figures, LateStep};
use crate::parts::days;
use crate::print::grouped;
use crate::words::fill;

/// As many as the hall tells at most.
const MOST: usize = 200;

/// The list.
pub fn late(watch: Watch, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    if figures.late.is_empty() {
        return view! { <p class="all-well">{words.none_late}</p> }.into_any();
    }
    let heads = [
        words.late_by,
        words.case,
        words.matter,
        words.step,
        words.department,
        words.reviewer,
        words.due,
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = figures.late.iter().map(|step| row(step, lang)).collect_view();
    let cut = (figures.late.len() >= MOST).then(|| {
        view! { <p class="soft small">{fill(words.first_late, &[("n", &figures.late.len())])}</p> }
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
        {cut}
    }
    .into_any();
    section(watch, "late", (words.late_list, words.late_hint), body, lang)
}

fn row(step: &LateStep, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let who = step.reviewer.as_ref().map(|name| name.get(lang).to_owned());
    let nobody = who.is_none();
    view! {
        <tr>
            <td>
                <span class="mark bad">{fill(words.days_late, &[("n", &step.days)])}</span>
            </td>
            <th scope="row">
                <a class="number" href=format!("/office#{}", step.step)>
                    {grouped(&step.number)}
                </a>
            </th>
            <td>{step.name.get(lang).to_owned()}</td>
            <td>{step.what.get(lang).to_owned()}</td>
            <td>{step.department.get(lang).to_owned()}</td>
            <td class:soft=nobody>{who.unwrap_or_else(|| words.not_taken.to_owned())}</td>
            <td class="when">{days::weekday(&step.due, lang)}</td>
        </tr>
    }
    .into_any()
}
