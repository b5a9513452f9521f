//! The facts of the case beside its materials: what it is, when its decision is
//! due, what is needed before acceptance, who applies, and its progress.

use jiban_domain::case::{CaseState, CheckState, MaterialState, PartState, StepState};
use leptos::prelude::*;

use super::answers::AnswersFact;
use super::applicant::ApplicantFacts;
use super::commitment::commitment_fact;
use super::state::{DialogKind, ReceptionState, use_reception};
use super::words::Word;
use crate::api::case::{CaseShown, PartShown, ResultShown};
use crate::api::commitment::CheckStatus;
use crate::api::reception::CaseDocument;
use crate::parts::days;
use crate::words::fill;

#[component]
pub fn Sidebar() -> impl IntoView {
    let reception = use_reception();
    let case = reception.select(Clone::clone);
    view! {
        <aside class="sheet beside">
            {move || case.get().map(|case| summary(reception, &case))}
            {move || case.get().map(|case| deadline(reception, &case))}
            <BeforeAcceptance />
            {move || case.get().map(|case| commitment_fact(reception, &case))}
            {move || case.get().map(|case| results(reception, &case))}
            {move || case.get().map(|case| documents(reception, &case))}
            <ApplicantFacts />
            <AnswersFact />
            {move || case.get().map(|case| progress(reception, &case))}
        </aside>
    }
}

fn summary(reception: ReceptionState, case: &CaseShown) -> AnyView {
    let (words, lang) = (reception.words(), reception.lang());
    let class = match case.state {
        CaseState::Open => "mark",
        CaseState::Accepted | CaseState::Ready | CaseState::Delivered => "mark good",
        _ => "mark bad",
    };
    let responsible = (!reception.is_own(case)).then(|| {
        let line = fill(words.responsible, &[("name", &case.clerk.get(lang))]);
        view! { <p class="soft small">{line}</p> }
    });
    let reason = case.reason.get(lang);
    let reason = (!reason.is_empty()).then(|| {
        view! { <p class="small">{words.reason} " · " {reason.to_owned()}</p> }
    });
    view! {
        <section class="fact">
            <h2>{case.name.get(lang).to_owned()}</h2>
            <p class="case-marks">
                <span class=class>{case.state.name().get(lang).to_owned()}</span>
                {case.is_bundle.then(|| view! { <span class="mark">{words.bundle}</span> })}
                {case.immediate.then(|| view! { <span class="mark">{words.immediate}</span> })}
            </p>
            {responsible}
            {reason}
        </section>
    }
    .into_any()
}

fn deadline(reception: ReceptionState, case: &CaseShown) -> AnyView {
    let (words, lang) = (reception.words(), reception.lang());
    if !matches!(case.state, CaseState::Open | CaseState::Accepted) {
        return ().into_any();
    }
    let Some(due) = &case.due else { return ().into_any() };
    let day = days::weekday(due, lang);
    let head = if case.state == CaseState::Open { words.due_if_now } else { words.due };
    let detail = match case.days_left {
        Some(..0) => words.late.to_owned(),
        Some(left) => fill(words.left, &[("n", &left)]),
        None if case.promised_days > 0 => fill(words.promised, &[("n", &case.promised_days)]),
        None => words.immediate.to_owned(),
    };
    let provisional = case.due_provisional.then(|| {
        view! {
            <span class="mark warn" title=words.provisional_why>
                {words.provisional}
            </span>
        }
    });
    // Whoever stands at the counter asks why: a department waits for materials, say.
    let stopped = case
        .paused
        .iter()
        .filter(|pause| pause.until.is_none())
        .map(|pause| {
            view! {
                <p class="small">
                    <span class="mark warn">{pause.ground.get(lang).to_owned()}</span>
                    " "
                    {pause.note.clone()}
                </p>
            }
        })
        .collect_view();
    view! {
        <section class="fact due" class:late=case.late>
            <h3>{head}</h3>
            <p class="day">{day} {provisional}</p>
            <p class="soft small">{detail}</p>
            {stopped}
        </section>
    }
    .into_any()
}

/// What is needed before acceptance; follows each mark at once.
#[component]
fn BeforeAcceptance() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let missing = Memo::new(move |_| reception.materials_in(MaterialState::Missing).len());
    let deferred = Memo::new(move |_| reception.materials_in(MaterialState::Deferred).len());
    let open = reception.select(|case| case.state == CaseState::Open);
    let notified = reception.select(|case| case.told_at);
    let signed = reception.select(|case| case.promise.as_ref().map(|promise| promise.at));
    let lines = move || {
        let (words, lang) = (reception.words(), reception.lang());
        let day = |at| {
            let zone = counter.now.with(|now| now.time_zone.clone());
            days::with_time(at, &zone, lang)
        };
        let mut lines = Vec::new();
        let open = open.get().unwrap_or_default();
        if open && missing.get() > 0 {
            lines.push(("bad", fill(words.n_missing, &[("n", &missing.get())])));
        }
        let signed = signed.get().flatten();
        match (deferred.get(), signed) {
            (1.., Some(at)) => lines.push(("", fill(words.signed_on, &[("day", &day(at))]))),
            (1.., None) if open => {
                lines.push(("warn", fill(words.n_unsigned, &[("n", &deferred.get())])));
            }
            _ => {}
        }
        if open && lines.iter().all(|(class, _)| class.is_empty()) {
            lines.insert(0, ("good", words.ready_to_accept.to_owned()));
        }
        if let Some(at) = notified.get().flatten() {
            lines.push(("", fill(words.notified_on, &[("day", &day(at))])));
        }
        lines
    };
    move || {
        let lines = lines();
        (!lines.is_empty()).then(|| {
            let head = open.get().unwrap_or_default().then(|| reception.words().before_acceptance);
            let rows = lines
                .into_iter()
                .map(|(class, line)| view! { <li class=class>{line}</li> })
                .collect_view();
            view! {
                <section class="fact in-the-way" aria-live="polite">
                    {head.map(|head| view! { <h3>{head}</h3> })}
                    <ul>{rows}</ul>
                </section>
            }
        })
    }
}

/// The results of the case, and how they left the hall.
fn results(reception: ReceptionState, case: &CaseShown) -> AnyView {
    let (words, lang) = (reception.words(), reception.lang());
    if case.results.is_empty() {
        return ().into_any();
    }
    let left = case.handed_at.map(|at| {
        let day = days::with_time(at, &case.time_zone, lang);
        match &case.posted {
            Some((carrier, tracking)) => fill(
                words.posted_on,
                &[("day", &day), ("carrier", carrier), ("tracking", tracking)],
            ),
            None if case.handed_to_agent => {
                format!("{} · {}", fill(words.handed_on, &[("day", &day)]), words.handed_to_agent)
            }
            None => fill(words.handed_on, &[("day", &day)]),
        }
    });
    let row = |ResultShown { code, name, issuer, issued_at, revoked }: &ResultShown| {
        let revoked = revoked.then(|| view! { <span class="mark bad">{words.revoked}</span> });
        let issued = days::of(*issued_at, &case.time_zone, lang);
        view! {
            <li>
                <b>{name.get(lang).to_owned()} " " {revoked}</b>
                <span class="soft small">{issuer.get(lang).to_owned()} " · " {issued}</span>
                <a
                    class="button small"
                    href=format!("/api/counter/result.pdf?code={code}")
                    target="_blank"
                    rel="noopener"
                >
                    {words.open_pdf}
                </a>
            </li>
        }
    };
    let rows = case.results.iter().map(row).collect_view();
    view! {
        <section class="fact led-to">
            <h3>{words.results}</h3>
            <ul>{rows}</ul>
            {left.map(|line| view! { <p class="small">{line}</p> })}
        </section>
    }
    .into_any()
}

/// The progress of its matters.
fn progress(reception: ReceptionState, case: &CaseShown) -> AnyView {
    let (words, lang) = (reception.words(), reception.lang());
    if case.state == CaseState::Open && !case.is_bundle {
        return ().into_any();
    }
    let part = |part: &PartShown| {
        let in_hand = part.steps.iter().filter(|step| step.state.is_in_hand()).map(|step| {
            let step_name = format!("{} · {}", step.name.get(lang), step.department_name.get(lang));
            let state = match step.state {
                StepState::Open => words.not_taken.to_owned(),
                state => state.name().get(lang).to_owned(),
            };
            view! {
                <span class="small soft">
                    {step_name} " " <span class="mark">{state}</span>
                </span>
            }
        });
        let state = (case.state != CaseState::Open).then(|| {
            let (class, word) = match part.state {
                PartState::Approved => ("mark good", words.part_approved),
                PartState::Rejected => ("mark bad", words.part_rejected),
                PartState::Waiting => ("mark", words.part_waits),
                PartState::Running => ("mark", words.part_runs),
                PartState::Skipped => ("mark", words.part_skipped),
            };
            view! { <span class=class>{word}</span> }
        });
        view! {
            <li>
                <span>{part.name.get(lang).to_owned()} " " {state}</span>
                {in_hand.collect_view()}
            </li>
        }
    };
    let rows = case.parts.iter().map(part).collect_view();
    view! {
        <section class="fact parts-of">
            <h3>{words.parts}</h3>
            <ol>{rows}</ol>
        </section>
    }
    .into_any()
}

/// The documents that the case has.
fn documents(reception: ReceptionState, case: &CaseShown) -> AnyView {
    let words = reception.words();
    let ended = matches!(case.state, CaseState::Declined | CaseState::Ended);
    let found = |state| has_check(case, |check| state == check.state);
    let available: [(CaseDocument, bool, Word); 9] = [
        (CaseDocument::Missing, case.told_at.is_some() && has_missing(case), |words| {
            words.missing_notice
        }),
        (CaseDocument::Promise, case.promise.is_some(), |words| words.promise_document),
        (CaseDocument::Receipt, case.accepted_at.is_some(), |words| words.receipt),
        (CaseDocument::Decision, case.state == CaseState::Rejected, |words| words.decision),
        (CaseDocument::Handover, case.state == CaseState::Ready, |words| words.pick_up_slip),
        (CaseDocument::Ended, ended, |words| words.end_notice),
        (CaseDocument::Commitment, case.commitment.is_some(), |words| words.commitment_document),
        (CaseDocument::Breach, has_check(case, |check| check.breach.is_some()), |words| {
            words.breach_notice
        }),
        (CaseDocument::Revocation, found(CheckState::Revoked), |words| words.revocation),
    ];
    let buttons: Vec<_> = available
        .into_iter()
        .filter(|(_, is_available, _)| *is_available)
        .map(|(paper, _, word)| {
            view! {
                <button
                    class="button small"
                    type="button"
                    on:click=move |_| reception.open_dialog(DialogKind::Document(paper))
                >
                    {word(words)}
                </button>
            }
        })
        .collect();
    if buttons.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="fact papers-of">
            <h3>{words.documents}</h3>
            <p class="paper-keys">{buttons}</p>
        </section>
    }
    .into_any()
}

fn has_check(case: &CaseShown, fits: impl Fn(&CheckStatus) -> bool) -> bool {
    let terms = case.commitment.iter().flat_map(|one| &one.terms);
    terms.filter_map(|one| one.check.as_ref()).any(fits)
}

fn has_missing(case: &CaseShown) -> bool {
    case.materials.iter().any(|one| one.state == MaterialState::Missing)
}
