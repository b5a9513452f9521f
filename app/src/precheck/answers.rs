//! What was filled in, read only: by groups, each answer in words, with who wrote it where that
//! was not the applicant.

use jiban_domain::draft::ProofKind;
use jiban_domain::form::{Field, FieldKind, FieldValue, Form, Values};
use jiban_domain::{FieldId, Lang};
use leptos::prelude::*;

use super::words::PrecheckWords;
use crate::api::apply::WrittenBy;
use crate::api::drafts::CaseAnswers;
use crate::apply::answer;
use crate::words::fill;

/// One group of a form with its answers; what stands beside each field comes from `beside`.
pub fn groups(
    form: &Form,
    values: &Values,
    written: &std::collections::BTreeMap<FieldId, WrittenBy>,
    lang: Lang,
    beside: impl Fn(&Field) -> AnyView,
) -> AnyView {
    let groups = form.asked_groups(values).into_iter().map(|(_, group)| {
        let asked = group.fields.iter().filter(|field| form.asks(field, values));
        let rows = asked.map(|field| {
            let value = values.get(&field.id).unwrap_or(FieldValue::empty());
            let by = written.get(&field.id).and_then(|by| by.helper.as_ref());
            let by = by.map(|name| {
                let words = PrecheckWords::of(lang);
                let by = fill(words.written_by, &[("name", &name.get(lang))]);
                view! { <small class="soft">{by}</small> }
            });
            let proven = written.get(&field.id).and_then(|by| by.proven).map(|kind| {
                let words = PrecheckWords::of(lang);
                let says = match kind {
                    ProofKind::PaperSeen => words.paper_seen,
                    ProofKind::SignedIn => words.signed_in,
                };
                view! { <small class="soft">{says}</small> }
            });
            view! {
                <div class="answer" data-field=field.id.to_string()>
                    <dt>{field.label.get(lang).to_owned()}</dt>
                    <dd>{in_words(field, value, lang)} {by} {proven}</dd>
                    <dd class="beside-answer">{beside(field)}</dd>
                </div>
            }
        });
        view! {
            <section class="answers" data-group=group.id.clone()>
                <h3>{group.name.get(lang).to_owned()}</h3>
                <dl>{rows.collect_view()}</dl>
            </section>
        }
    });
    groups.collect_view().into_any()
}

/// An answer in words; a table as a table.
fn in_words(field: &Field, value: &FieldValue, lang: Lang) -> AnyView {
    if let (FieldKind::Table, FieldValue::Rows(rows)) = (field.kind, value)
        && !value.is_empty()
    {
        let head = field.columns.iter().map(|column| {
            view! { <th scope="col">{column.label.get(lang).to_owned()}</th> }
        });
        let head = head.collect_view();
        let rows = rows.iter().filter(|row| !row.values().all(FieldValue::is_empty)).map(|row| {
            let cells = field.columns.iter().map(|column| {
                let cell = row.get(&column.id).unwrap_or(FieldValue::empty());
                view! { <td>{answer::lines(column, cell, lang).join(" ")}</td> }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        });
        let rows = rows.collect_view();
        return view! {
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any();
    }
    let lines = answer::lines(field, value, lang);
    if lines.is_empty() {
        return view! { <span class="soft">{PrecheckWords::of(lang).empty}</span> }.into_any();
    }
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any()
}

/// The answers of a case.
pub fn of_case(answers: &CaseAnswers, lang: Lang) -> AnyView {
    groups(&answers.form, &answers.values, &answers.written, lang, |_| ().into_any())
}
