//! The commitment of the selected case: what was signed, how far the check is, what was found
//! and answered, and the buttons of the actions that apply.

use jiban_domain::Lang;
use jiban_domain::case::CheckState;
use jiban_domain::case::commitment::AnsweredVia;
use leptos::prelude::*;

use super::action::CheckAction;
use super::words::CommitmentWords;
use crate::api::case::CaseShown;
use crate::api::commitment::{BreachShown, CheckStatus, CommitmentShown, TermsShown};
use crate::api::commitment_calls::TakeCheck;
use crate::office::state::{OfficeState, office_state};
use crate::parts::days;
use crate::words::fill;

#[component]
pub(in crate::office) fn CommitmentBlock(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    case.with_value(|case| case.commitment.is_some()).then(|| {
        let body = move || {
            case.with_value(|case| case.commitment.as_ref().map(|one| body(page, case, one)))
        };
        view! {
            <section class="block commitment">
                <h3>{move || CommitmentWords::of(page.lang.get()).heading}</h3>
                {body}
            </section>
        }
    })
}

fn body(page: OfficeState, case: &CaseShown, commitment: &CommitmentShown) -> AnyView {
    let lang = page.lang.get();
    let words = CommitmentWords::of(lang);
    let day = days::of(commitment.at, &case.time_zone, lang);
    let signed = fill(words.signed, &[("day", &day), ("n", &commitment.ordinary_days)]);
    let signature = match &commitment.signature {
        Some(file) => view! {
            <a
                href=format!("/api/office/file?case={}&file={file}", case.id.0)
                target="_blank"
                rel="noopener"
            >
                {words.signature}
            </a>
        }
        .into_any(),
        None => view! { <span>{words.on_paper}</span> }.into_any(),
    };
    let terms = commitment.terms.iter().map(|one| terms(page, case, one, lang)).collect_view();
    view! {
        <p class="soft small">{signed} " · " {signature}</p>
        {terms}
    }
    .into_any()
}

fn terms(page: OfficeState, case: &CaseShown, one: &TermsShown, lang: Lang) -> AnyView {
    let words = CommitmentWords::of(lang);
    let department = one.check_department.get(lang);
    let check = if let Some(check) = &one.check {
        status(case, one, check, lang)
    } else {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &one.check_within_days), ("department", &department)];
        view! { <p>{fill(words.check_comes, &values)}</p> }.into_any()
    };
    let name = case.is_bundle.then(|| view! { <h4>{one.name.get(lang).to_owned()}</h4> });
    view! {
        {name}
        {check}
        {buttons(page, case, one)}
        <details>
            <summary>{words.what_was_signed}</summary>
            <p>{one.text.get(lang).to_owned()}</p>
            <p class="soft">{one.consequence.get(lang).to_owned()}</p>
        </details>
    }
    .into_any()
}

fn status(case: &CaseShown, one: &TermsShown, check: &CheckStatus, lang: Lang) -> AnyView {
    let words = CommitmentWords::of(lang);
    let class = match check.state {
        CheckState::Kept | CheckState::PutRight => "mark good",
        CheckState::Revoked => "mark bad",
        CheckState::ToDo | CheckState::Noticed if check.late => "mark bad",
        CheckState::ToDo | CheckState::Noticed => "mark warn",
        CheckState::Dropped => "mark",
    };
    let due = check.due.as_ref().filter(|_| !check.state.is_end()).map(|due| {
        let due = fill(words.by, &[("day", &days::weekday(due, lang))]);
        view! { <span class="tally">{due}</span> }
    });
    let name = check.reviewer.as_ref().map_or(words.nobody, |name| name.get(lang));
    let by =
        fill(words.checked_by, &[("department", &one.check_department.get(lang)), ("name", &name)]);
    let note = (!check.note.is_empty()).then(|| {
        view! {
            <p class="soft small">{words.said}</p>
            <p class="said">{check.note.clone()}</p>
        }
    });
    view! {
        <p class="check-state">
            <span class=class>{check.state.name().get(lang).to_owned()}</span>
            " "
            {due}
            " "
            <span class="soft small">{by}</span>
        </p>
        {check.breach.as_ref().map(|one| breach(case, one, lang))}
        {note}
    }
    .into_any()
}

fn breach(case: &CaseShown, one: &BreachShown, lang: Lang) -> AnyView {
    let words = CommitmentWords::of(lang);
    let until = |sentence, day: &str| fill(sentence, &[("day", &days::weekday(day, lang))]);
    let put_right = one.put_right_by.as_ref().map(|day| until(words.put_right_by, day));
    let terms: Vec<String> =
        std::iter::once(until(words.answer_by, &one.answer_by)).chain(put_right).collect();
    let answers = one
        .answers
        .iter()
        .map(|answer| {
            let via = match answer.via {
                AnsweredVia::Phone => words.via_phone,
                AnsweredVia::Counter => words.via_counter,
                AnsweredVia::Department => words.via_department,
            };
            let day = days::with_time(answer.at, &case.time_zone, lang);
            view! {
                <p class="soft small">{fill(words.answer, &[("day", &day), ("via", &via)])}</p>
                <p class="said">{answer.text.clone()}</p>
            }
        })
        .collect_view();
    view! {
        <p class="soft small">{words.finding}</p>
        <p class="said">{one.finding.clone()}</p>
        <p class="small">{terms.join(" · ")}</p>
        {answers}
    }
    .into_any()
}

fn buttons(page: OfficeState, case: &CaseShown, one: &TermsShown) -> AnyView {
    let lang = page.lang.get();
    let words = CommitmentWords::of(lang);
    let Some(check) = &one.check else { return ().into_any() };
    let applies = |action: &CheckAction| {
        page.now.with(|now| now.as_ref().is_some_and(|now| action.applies(now, one)))
    };
    let (state, id) = (check.state, case.id);
    let buttons: Vec<_> = CheckAction::ALL
        .into_iter()
        .filter(applies)
        .map(|action| {
            let matter = one.matter.clone();
            let start = move |_| {
                page.request.clear_message();
                page.close_dialog();
                if action == CheckAction::Take {
                    let (matter, note) = (matter.clone(), String::new());
                    page.request.send(
                        move |request_id| TakeCheck { request_id, case: id, matter, note },
                        move |answer| {
                            if let Err(refused) = answer {
                                page.session.leave_if_signed_out(&refused);
                            }
                            page.refresh();
                        },
                    );
                } else {
                    page.checking.set(Some((action, matter.clone())));
                }
            };
            view! {
                <button
                    type="button"
                    class="button small"
                    disabled=move || page.is_blocked()
                    on:click=start
                >
                    {action.label(state, words)}
                </button>
            }
        })
        .collect();
    (!buttons.is_empty()).then(|| view! { <p class="keys">{buttons}</p> }).into_any()
}
