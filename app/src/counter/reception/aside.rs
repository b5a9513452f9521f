//! Beside the papers: what this case is, by when it would be decided, what
//! stands in the way, who applies, how far it is.

use jiban_domain::case::{CaseState, MaterialState, PartState, StepState};
use leptos::prelude::*;

use super::applicant::WhoApplies;
use super::room::{Ask, Room, has, room};
use super::words::Word;
use crate::api::case::{CaseShown, PartShown, ResultShown};
use crate::api::reception::CaseDocument;
use crate::counter::state::{CounterState, page};
use crate::parts::days;
use crate::words::fill;

/// The column.
#[component]
pub fn Aside() -> impl IntoView {
    let page = page();
    let room = room();
    let case = room.piece(Clone::clone);
    view! {
        <aside class="sheet beside">
            {move || case.get().map(|case| what_it_is(page, &case))}
            {move || case.get().map(|case| by_when(page, &case))}
            <InTheWay />
            {move || case.get().map(|case| results(page, &case))}
            {move || case.get().map(|case| papers(room, &case))}
            <WhoApplies />
            {move || case.get().map(|case| way(page, &case))}
        </aside>
    }
}

fn what_it_is(page: CounterState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.room.words(), page.lang.get());
    let class = match case.state {
        CaseState::Open => "mark",
        CaseState::Accepted | CaseState::Ready | CaseState::Delivered => "mark good",
        _ => "mark bad",
    };
    let theirs = (!has(page, case)).then(|| {
        let said = fill(words.not_mine, &[("name", &case.clerk.get(lang))]);
        view! { <p class="soft small">{said}</p> }
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
            {theirs}
            {reason}
        </section>
    }
    .into_any()
}

fn by_when(page: CounterState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.room.words(), page.lang.get());
    if !matches!(case.state, CaseState::Open | CaseState::Accepted) {
        return ().into_any();
    }
    let Some(due) = &case.due else { return ().into_any() };
    let day = days::weekday(due, lang);
    let head = if case.state == CaseState::Open { words.due_if_now } else { words.due };
    let beside = match case.days_left {
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
    view! {
        <section class="fact due" class:late=case.late>
            <h3>{head}</h3>
            <p class="day">{day} {provisional}</p>
            <p class="soft small">{beside}</p>
        </section>
    }
    .into_any()
}

/// What stands in the way of accepting it; follows the ticks at once.
#[component]
fn InTheWay() -> impl IntoView {
    let page = page();
    let room = room();
    let missing = Memo::new(move |_| room.standing(MaterialState::Missing).len());
    let deferred = Memo::new(move |_| room.standing(MaterialState::Deferred).len());
    let open = room.piece(|case| case.state == CaseState::Open);
    let told = room.piece(|case| case.told_at);
    let signed = room.piece(|case| case.promise.as_ref().map(|promise| promise.at));
    let lines = move || {
        let (words, lang) = (room.words(), page.lang.get());
        let day = |at| {
            let zone = page.now.with(|now| now.time_zone.clone());
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
            lines.insert(0, ("good", words.nothing_in_the_way.to_owned()));
        }
        if let Some(at) = told.get().flatten() {
            lines.push(("", fill(words.told_on, &[("day", &day(at))])));
        }
        lines
    };
    move || {
        let lines = lines();
        (!lines.is_empty()).then(|| {
            let head = open.get().unwrap_or_default().then(|| room.words().in_the_way);
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

/// What it led to, and how that left the hall.
fn results(page: CounterState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.room.words(), page.lang.get());
    if case.results.is_empty() {
        return ().into_any();
    }
    let handed = case.handed_at.map(|at| {
        let day = days::with_time(at, &case.time_zone, lang);
        match &case.posted {
            Some((carrier, tracking)) => fill(
                words.posted_on,
                &[("day", &day), ("carrier", carrier), ("tracking", tracking)],
            ),
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
                    {words.see_pdf}
                </a>
            </li>
        }
    };
    let rows = case.results.iter().map(row).collect_view();
    view! {
        <section class="fact led-to">
            <h3>{words.results}</h3>
            <ul>{rows}</ul>
            {handed.map(|said| view! { <p class="small">{said}</p> })}
        </section>
    }
    .into_any()
}

/// How far its matters are.
fn way(page: CounterState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.room.words(), page.lang.get());
    if case.state == CaseState::Open && !case.is_bundle {
        return ().into_any();
    }
    let part = |part: &PartShown| {
        let in_hand = part.steps.iter().filter(|step| step.state.is_in_hand()).map(|step| {
            let who = format!("{} · {}", step.name.get(lang), step.department_name.get(lang));
            let stands = match step.state {
                StepState::Open => words.nobody_yet.to_owned(),
                state => state.name().get(lang).to_owned(),
            };
            view! {
                <span class="small soft">
                    {who} " " <span class="mark">{stands}</span>
                </span>
            }
        });
        let state = (case.state != CaseState::Open).then(|| {
            let (class, word) = match part.state {
                PartState::Approved => ("mark good", words.part_good),
                PartState::Rejected => ("mark bad", words.part_bad),
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

/// The papers a case has by now.
fn papers(room: Room, case: &CaseShown) -> AnyView {
    let words = room.words();
    let ended = matches!(case.state, CaseState::Declined | CaseState::Ended);
    let has: [(CaseDocument, bool, Word); 6] = [
        (CaseDocument::Missing, case.told_at.is_some() && lacks(case), |words| words.notice_paper),
        (CaseDocument::Promise, case.promise.is_some(), |words| words.promise_paper),
        (CaseDocument::Receipt, case.accepted_at.is_some(), |words| words.receipt),
        (CaseDocument::Decision, case.state == CaseState::Rejected, |words| words.decision_paper),
        (CaseDocument::Handover, case.state == CaseState::Ready, |words| words.handover_paper),
        (CaseDocument::Ended, ended, |words| words.ended_paper),
    ];
    let keys: Vec<_> = has
        .into_iter()
        .filter(|(_, has, _)| *has)
        .map(|(paper, _, word)| {
            view! {
                <button
                    class="button small"
                    type="button"
                    on:click=move |_| room.ask(Ask::Paper(paper))
                >
                    {word(words)}
                </button>
            }
        })
        .collect();
    if keys.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="fact papers-of">
            <h3>{words.papers}</h3>
            <p class="paper-keys">{keys}</p>
        </section>
    }
    .into_any()
}

fn lacks(case: &CaseShown) -> bool {
    case.materials.iter().any(|one| one.state == MaterialState::Missing)
}
