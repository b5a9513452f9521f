//! The commitment beside the materials of a case: offered, signed, or checked.

use jiban_domain::case::{CaseState, CheckState};
use leptos::prelude::*;

use super::words::CommitmentWords;
use crate::api::case::CaseShown;
use crate::api::commitment::{CommitmentOffered, CommitmentShown, TermsShown};
use crate::api::commitment_calls::WithdrawCommitment;
use crate::counter::reception::state::{DialogKind, ReceptionState};
use crate::parts::days;
use crate::words::fill;

pub(in crate::counter::reception) fn commitment_fact(
    reception: ReceptionState,
    case: &CaseShown,
) -> AnyView {
    let content = match (&case.commitment, &case.commitment_offer) {
        (Some(commitment), _) => signed(reception, case, commitment),
        (None, Some(offer)) if reception.is_own(case) => offered(reception, case, offer),
        _ => return ().into_any(),
    };
    view! {
        <section class="fact commitment">
            <h3>{CommitmentWords::of(reception.lang()).heading}</h3>
            {content}
        </section>
    }
    .into_any()
}

fn offered(reception: ReceptionState, case: &CaseShown, offer: &CommitmentOffered) -> AnyView {
    let words = CommitmentWords::of(reception.lang());
    let says = fill(words.offered, &[("n", &offer.promised_days)]);
    let may = case.may_promise;
    view! {
        <p class="small">{says}</p>
        {(!may).then(|| view! { <p class="small soft">{words.barred}</p> })}
        <p>
            <button
                class="button small"
                type="button"
                disabled=move || !may || reception.is_blocked()
                on:click=move |_| reception.open_dialog(DialogKind::Commitment)
            >
                {words.sign}
            </button>
        </p>
    }
    .into_any()
}

fn signed(reception: ReceptionState, case: &CaseShown, commitment: &CommitmentShown) -> AnyView {
    let lang = reception.lang();
    let words = CommitmentWords::of(lang);
    let day = days::with_time(commitment.at, &case.time_zone, lang);
    let says = fill(words.signed_on, &[("day", &day), ("n", &commitment.ordinary_days)]);
    let may_withdraw = case.state == CaseState::Open && reception.is_own(case);
    let withdraw = may_withdraw.then(|| {
        let take_back = move |_| {
            reception.send(
                |request_id, case| WithdrawCommitment { request_id, case },
                move || reception.success.set(Some(|words| words.done_withdraw_commitment)),
            );
        };
        view! {
            <p>
                <button
                    class="button small"
                    type="button"
                    disabled=move || reception.is_blocked()
                    on:click=take_back
                >
                    {words.withdraw}
                </button>
            </p>
        }
    });
    let terms = commitment.terms.iter().map(|one| terms(reception, case, one)).collect_view();
    view! {
        <p class="small">{says}</p>
        {terms}
        {withdraw}
    }
    .into_any()
}

fn terms(reception: ReceptionState, case: &CaseShown, one: &TermsShown) -> AnyView {
    let lang = reception.lang();
    let words = CommitmentWords::of(lang);
    let department = one.check_department.get(lang);
    let Some(check) = &one.check else {
        let says =
            fill(words.check_comes, &[("n", &one.check_within_days), ("department", &department)]);
        return view! { <p class="small soft">{says}</p> }.into_any();
    };
    let class = match check.state {
        CheckState::Kept | CheckState::PutRight => "mark good",
        CheckState::Revoked => "mark bad",
        CheckState::ToDo | CheckState::Noticed => "mark warn",
        CheckState::Dropped => "mark",
    };
    let by = |sentence, day: &str| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("day", &days::weekday(day, lang)), ("department", &department)];
        fill(sentence, &values)
    };
    let mut lines: Vec<String> = Vec::new();
    if check.state == CheckState::ToDo {
        lines.extend(check.due.iter().map(|due| by(words.check_by, due)));
    }
    let mut said = Vec::new();
    if let Some(breach) = &check.breach {
        said.push(breach.finding.clone());
        if check.state == CheckState::Noticed {
            lines.push(by(words.answer_by, &breach.answer_by));
            lines.extend(breach.put_right_by.iter().map(|day| by(words.put_right_by, day)));
        }
        said.extend(breach.answers.iter().map(|answer| answer.text.clone()));
    }
    if !check.note.is_empty() {
        said.push(check.note.clone());
    }
    let matter = one.matter.clone();
    let record = (check.state == CheckState::Noticed).then(|| {
        view! {
            <p>
                <button
                    class="button small"
                    type="button"
                    on:click=move |_| {
                        reception.answering.set(Some(matter.clone()));
                        reception.open_dialog(DialogKind::Answer);
                    }
                >
                    {words.record}
                </button>
            </p>
        }
    });
    let name =
        case.is_bundle.then(|| view! { <b class="small">{one.name.get(lang).to_owned()}</b> });
    view! {
        {name}
        <p>
            <span class=class>{check.state.name().get(lang).to_owned()}</span>
        </p>
        {lines.into_iter().map(|line| view! { <p class="small">{line}</p> }).collect_view()}
        {said
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| view! { <p class="small said">{text}</p> })
            .collect_view()}
        {record}
    }
    .into_any()
}
