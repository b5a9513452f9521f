//! The progress of a case: a track for each matter, side by side, with its
//! steps in order. The current step has the accent colour.

use jiban_domain::case::{CaseState, PartState, StepState};
use leptos::prelude::*;

use super::state::{OfficeState, office_state};
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::parts::days;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

#[component]
pub(super) fn StepTracks(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let bundle = case.with_value(|case| case.is_bundle);
    let tracks = move || {
        case.with_value(|case| case.parts.iter().map(|part| track(page, case, part)).collect_view())
    };
    view! {
        <section class="way" class:bundle=bundle aria-label=move || page.words().progress>
            {move || case.with_value(|case| accepted(page, case))}
            <ol class="tracks">{tracks}</ol>
            {move || case.with_value(|case| result(page, case))}
        </section>
    }
}

/// How a step on a track is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StopStyle {
    Done,
    Current,
    Suspended,
    Bad,
    ToCome,
}

impl StopStyle {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "stop done",
            Self::Current => "stop current",
            Self::Suspended => "stop stopped",
            Self::Bad => "stop bad",
            Self::ToCome => "stop to-come",
        }
    }

    const fn of(state: StepState) -> Self {
        match state {
            StepState::Approved => Self::Done,
            StepState::Open | StepState::Taken => Self::Current,
            StepState::Asked | StepState::Paused => Self::Suspended,
            StepState::Rejected => Self::Bad,
            StepState::Waiting | StepState::Skipped | StepState::Replaced => Self::ToCome,
        }
    }
}

fn dot(style: StopStyle) -> AnyView {
    let icon = match style {
        StopStyle::Done => Some(icon::CHECK),
        StopStyle::Bad => Some(icon::CLOSE),
        StopStyle::Suspended => Some(icon::PAUSE),
        StopStyle::Current | StopStyle::ToCome => None,
    };
    view! { <span class="dot">{icon.map(|path| view! { <Icon path /> })}</span> }.into_any()
}

fn accepted(page: OfficeState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let style = if case.accepted_at.is_some() { StopStyle::Done } else { StopStyle::Current };
    let at = case.accepted_at.unwrap_or(case.opened_at);
    let word = if case.accepted_at.is_some() { words.accepted } else { words.being_checked };
    view! {
        <div class=format!("{} edge", style.class())>
            {dot(style)} <b>{word}</b> <span class="soft">{case.clerk.get(lang).to_owned()}</span>
            <span class="soft tally">{days::with_time(at, &case.time_zone, lang)}</span>
        </div>
    }
    .into_any()
}

fn result(page: OfficeState, case: &CaseShown) -> AnyView {
    let lang = page.lang.get();
    let style = match case.state {
        CaseState::Open | CaseState::Accepted => StopStyle::ToCome,
        CaseState::Ready => StopStyle::Current,
        CaseState::Delivered => StopStyle::Done,
        CaseState::Rejected | CaseState::Declined | CaseState::Withdrawn | CaseState::Ended => {
            StopStyle::Bad
        }
    };
    let state = (style != StopStyle::ToCome).then(|| case.state.name().get(lang).to_owned());
    let at = case.handed_at.map(|at| days::with_time(at, &case.time_zone, lang));
    let by_agent = case.handed_to_agent.then(|| page.words().handed_to_agent);
    view! {
        <div class=format!("{} edge", style.class())>
            {dot(style)} <b>{page.words().result_step}</b> <span class="soft">{state}</span>
            <span class="soft tally">{at}</span>
            {by_agent.map(|word| view! { <span class="mark">{word}</span> })}
        </div>
    }
    .into_any()
}

fn track(page: OfficeState, case: &CaseShown, part: &PartShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let name = case.is_bundle.then(|| {
        let after = (!part.after.is_empty() && part.state == PartState::Waiting).then(|| {
            let names: Vec<_> = part.after.iter().map(|name| name.get(lang)).collect();
            let text = fill(words.after, &[("names", &names.join(lang.list_separator()))]);
            view! { <span class="soft">{text}</span> }
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
    let (id, style) = (step.id, StopStyle::of(step.state));
    let is_open = page.selected.get() == Some(id);
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
        <li class=style.class() class:open=is_open>
            <button type="button" on:click=move |_| page.open(Some(id))>
                {dot(style)} <b>{step.name.get(lang).to_owned()}</b>
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
