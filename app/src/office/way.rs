//! The way of a case: its matters as tracks beside each other, each a line of
//! steps; what is on now has the accent.

use jiban_domain::case::{CaseState, PartState, StepState};
use leptos::prelude::*;

use super::state::{OfficeState, page};
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::parts::days;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// The tracks.
#[component]
pub(super) fn Way(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = page();
    let bundle = case.with_value(|case| case.is_bundle);
    let tracks = move || {
        case.with_value(|case| case.parts.iter().map(|part| track(page, case, part)).collect_view())
    };
    view! {
        <section class="way" class:bundle=bundle aria-label=move || page.words().way>
            {move || case.with_value(|case| accepted(page, case))}
            <ol class="tracks">{tracks}</ol>
            {move || case.with_value(|case| result(page, case))}
        </section>
    }
}

/// How a stop on the way is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Done,
    Now,
    Stopped,
    Bad,
    ToCome,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "stop done",
            Self::Now => "stop current",
            Self::Stopped => "stop stopped",
            Self::Bad => "stop bad",
            Self::ToCome => "stop to-come",
        }
    }

    const fn of(state: StepState) -> Self {
        match state {
            StepState::Approved => Self::Done,
            StepState::Open | StepState::Taken => Self::Now,
            StepState::Asked | StepState::Paused => Self::Stopped,
            StepState::Rejected => Self::Bad,
            StepState::Waiting | StepState::Skipped => Self::ToCome,
        }
    }
}

fn dot(look: Look) -> AnyView {
    let drawn = match look {
        Look::Done => Some(icon::CHECK),
        Look::Bad => Some(icon::CLOSE),
        Look::Stopped => Some(icon::PAUSE),
        Look::Now | Look::ToCome => None,
    };
    view! { <span class="dot">{drawn.map(|path| view! { <Icon path /> })}</span> }.into_any()
}

fn accepted(page: OfficeState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let look = if case.accepted_at.is_some() { Look::Done } else { Look::Now };
    let at = case.accepted_at.unwrap_or(case.opened_at);
    let word = if case.accepted_at.is_some() { words.accepted } else { words.being_checked };
    view! {
        <div class=format!("{} edge", look.class())>
            {dot(look)} <b>{word}</b> <span class="soft">{case.clerk.get(lang).to_owned()}</span>
            <span class="soft tally">{days::with_time(at, &case.time_zone, lang)}</span>
        </div>
    }
    .into_any()
}

fn result(page: OfficeState, case: &CaseShown) -> AnyView {
    let lang = page.lang.get();
    let look = match case.state {
        CaseState::Open | CaseState::Accepted => Look::ToCome,
        CaseState::Ready => Look::Now,
        CaseState::Delivered => Look::Done,
        CaseState::Rejected | CaseState::Declined | CaseState::Withdrawn | CaseState::Ended => {
            Look::Bad
        }
    };
    let state = (look != Look::ToCome).then(|| case.state.name().get(lang).to_owned());
    let at = case.handed_at.map(|at| days::with_time(at, &case.time_zone, lang));
    view! {
        <div class=format!("{} edge", look.class())>
            {dot(look)} <b>{page.words().result_step}</b> <span class="soft">{state}</span>
            <span class="soft tally">{at}</span>
        </div>
    }
    .into_any()
}

fn track(page: OfficeState, case: &CaseShown, part: &PartShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let name = case.is_bundle.then(|| {
        let after = (!part.after.is_empty() && part.state == PartState::Waiting).then(|| {
            let names: Vec<_> = part.after.iter().map(|name| name.get(lang)).collect();
            let said = fill(words.after, &[("names", &names.join("、"))]);
            view! { <span class="soft">{said}</span> }
        });
        view! {
            <p class="track-name">
                <b>{part.name.get(lang).to_owned()}</b>
                {after}
            </p>
        }
    });
    let stops = part.steps.iter().map(|step| stop(page, case, step)).collect_view();
    view! {
        <li>
            {name}
            <ol class="stops">{stops}</ol>
        </li>
    }
    .into_any()
}

fn stop(page: OfficeState, case: &CaseShown, step: &CaseStepShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let (id, look) = (step.id, Look::of(step.state));
    let is_open = page.chosen.get() == Some(id);
    let who = match &step.reviewer {
        Some(who) => format!("{} · {}", step.department_name.get(lang), who.get(lang)),
        None => step.department_name.get(lang).to_owned(),
    };
    let when = match (step.done_at, &step.due) {
        (Some(at), _) => Some(days::with_time(at, &case.time_zone, lang)),
        (None, Some(due)) if step.state.is_in_hand() => {
            Some(fill(words.by_day, &[("day", &days::weekday(due, lang))]))
        }
        _ => None,
    };
    let state = step.state.name().get(lang).to_owned();
    let note =
        (!step.note.is_empty()).then(|| view! { <span class="said">{step.note.clone()}</span> });
    view! {
        <li class=look.class() class:open=is_open>
            <button type="button" on:click=move |_| page.open(Some(id))>
                {dot(look)} <b>{step.name.get(lang).to_owned()}</b>
                <span class="soft">{who}</span>
                <span class="tally">
                    <span class="state">{state}</span>
                    {when.map(|when| view! { <span class="soft">" " {when}</span> })}
                </span>
                {note}
            </button>
        </li>
    }
    .into_any()
}
