//! What an applicant committed to, on the case's page: that a check comes, what it found, how
//! to answer, and, where the result was revoked, how to appeal.

use jiban_domain::case::CheckState;
use jiban_domain::documents::{Against, ways_to_appeal};
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::case_words::CaseWords;
use super::commitment_words::CommitmentWords;
use super::when;
use crate::api::commitment::{BreachShown, CheckStatus, CommitmentShown, TermsShown};
use crate::words::fill;

/// What was committed to for one matter, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsView {
    /// The id of the matter.
    pub matter: String,
    /// Its name, where the case has several.
    pub name: Option<String>,
    /// How far the check is, in a sentence.
    pub says: String,
    /// Something is wrong, or was.
    pub bad: bool,
    /// What was found, or the reasons of the revocation.
    pub found: Vec<String>,
    /// Until when to answer, or to put it right.
    pub terms: Vec<String>,
    /// What was answered: when and how, and the words.
    pub answers: Vec<(String, String)>,
    pub may_answer: bool,
    /// How to answer without the page.
    pub how: Option<&'static str>,
    /// The ways to appeal.
    pub appeal: Vec<String>,
    /// What was declared, and what a breach leads to.
    pub text: String,
    pub consequence: String,
}

/// A commitment in words. `local` formats an instant as `2026-11-25 09:05`.
pub(super) fn terms(
    commitment: &CommitmentShown,
    lang: Lang,
    local: impl Fn(Millis) -> String,
) -> Vec<TermsView> {
    let several = commitment.terms.len() > 1;
    let day = |at| when::short(local(at).get(..10).unwrap_or_default(), lang);
    commitment.terms.iter().map(|one| terms_of(one, several, lang, day)).collect()
}

fn terms_of(
    one: &TermsShown,
    several: bool,
    lang: Lang,
    day: impl Fn(Millis) -> String,
) -> TermsView {
    let words = CommitmentWords::of(lang);
    let check = one.check.as_ref();
    let breach = check.and_then(|check| check.breach.as_ref());
    let state = check.map(|check| check.state);
    let noticed = state == Some(CheckState::Noticed);
    let department = one.check_department.get(lang);
    let mut found: Vec<String> = breach.map(|breach| breach.finding.clone()).into_iter().collect();
    if let Some(check) = check.filter(|check| check.state == CheckState::Revoked) {
        found.push(check.note.clone());
        found.dedup();
    }
    let answer = |breach: &BreachShown| {
        breach.answers.iter().map(|answer| (day(answer.at), answer.text.clone())).collect()
    };
    let appeal = ways_to_appeal(Against::Revocation);
    TermsView {
        matter: one.matter.to_string(),
        name: several.then(|| one.name.get(lang).to_owned()),
        says: fill(
            says(check, words),
            &[
                ("department", &department),
                ("n", &one.check_within_days),
                (
                    "day",
                    &check.and_then(due).map_or_else(String::new, |due| when::short(&due, lang)),
                ),
            ],
        ),
        bad: matches!(state, Some(CheckState::Noticed | CheckState::Revoked)),
        found: found.into_iter().filter(|text| !text.trim().is_empty()).collect(),
        terms: breach.filter(|_| noticed).map(|one| until(one, lang)).unwrap_or_default(),
        answers: breach.map(answer).unwrap_or_default(),
        may_answer: breach.is_some_and(|breach| breach.may_answer),
        how: noticed.then_some(match breach {
            Some(breach) if breach.may_answer => words.how_to_answer,
            _ => words.how_elsewhere,
        }),
        appeal: if state == Some(CheckState::Revoked) {
            appeal.iter().map(|way| way.get(lang).to_owned()).collect()
        } else {
            Vec::new()
        },
        text: one.text.get(lang).to_owned(),
        consequence: one.consequence.get(lang).to_owned(),
    }
}

fn due(check: &CheckStatus) -> Option<String> {
    check.due.clone()
}

fn says(check: Option<&CheckStatus>, words: &CommitmentWords) -> &'static str {
    match check.map(|check| check.state) {
        None => words.check_comes,
        Some(CheckState::ToDo) => words.check_by,
        Some(CheckState::Noticed) => words.broken,
        Some(CheckState::Kept) => words.kept,
        Some(CheckState::PutRight) => words.put_right,
        Some(CheckState::Revoked) => words.revoked,
        Some(CheckState::Dropped) => words.dropped,
    }
}

fn until(breach: &BreachShown, lang: Lang) -> Vec<String> {
    let words = CommitmentWords::of(lang);
    let day = |day: &str| when::short(day, lang);
    let answer = fill(words.answer_by, &[("day", &day(&breach.answer_by))]);
    let put_right =
        breach.put_right_by.as_ref().map(|by| fill(words.put_right_by, &[("day", &day(by))]));
    std::iter::once(answer).chain(put_right).collect()
}

/// The commitment on the page. `answer` is where an answer is sent: `/t/{token}/answer`. What
/// is being typed stays: a part is replaced only where its words have changed.
#[component]
pub(super) fn CommitmentPart(lang: Lang, terms: Vec<TermsView>, answer: String) -> impl IntoView {
    let words = CommitmentWords::of(lang);
    let shown = !terms.is_empty();
    let rows = terms
        .into_iter()
        .map(|one| view! { <Terms lang one answer=answer.clone() /> })
        .collect_view();
    view! {
        <section class="commitment" data-part="commitment">
            {shown
                .then(|| {
                    view! {
                        <h2>{words.heading}</h2>
                        {rows}
                    }
                })}
        </section>
    }
}

#[component]
fn Terms(lang: Lang, one: TermsView, answer: String) -> impl IntoView {
    let words = CommitmentWords::of(lang);
    let class = if one.bad { "says bad" } else { "says" };
    let found =
        one.found.into_iter().map(|text| view! { <p class="said">{text}</p> }).collect_view();
    let terms = one.terms.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let answers = one
        .answers
        .into_iter()
        .map(|(when, text)| {
            view! {
                <p class="soft">{fill(words.answered_on, &[("day", &when)])}</p>
                {(!text.is_empty()).then(|| view! { <p class="said">{text}</p> })}
            }
        })
        .collect_view();
    let form = one.may_answer.then(|| {
        view! {
            <form class="answer" method="post" action=answer>
                <input type="hidden" name="matter" value=one.matter />
                <label>
                    <span>{words.your_answer}</span>
                    <textarea name="text" rows="4" maxlength="2000" required></textarea>
                </label>
                <button class="action">{words.send_answer}</button>
            </form>
        }
    });
    let appeal = (!one.appeal.is_empty()).then(|| {
        let ways = one.appeal.into_iter().map(|way| view! { <li>{way}</li> }).collect_view();
        view! {
            <h3>{CaseWords::of(lang).appeal}</h3>
            <ol class="appeal">{ways}</ol>
        }
    });
    view! {
        {one.name.map(|name| view! { <h3>{name}</h3> })}
        <p class=class>{one.says}</p>
        {found}
        {terms}
        {answers}
        {form}
        {one.how.map(|how| view! { <p class="soft">{how}</p> })}
        {appeal}
        <details>
            <summary>{words.what_was_signed}</summary>
            <p>{one.text}</p>
            <p class="soft">{one.consequence}</p>
        </details>
    }
}
