//! The progress of a case, on a screen that others may see: without the pick-up
//! code and the applicant's name.

use jiban_domain::case::CaseState;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::return_home::FinishButton;
use super::words::words;
use crate::api::progress::{CaseProgress, Progress};
use crate::parts::{clock, days};
use crate::progress::case_view::{CaseView, StepView};
use crate::progress::case_words::CaseWords;
use crate::words::lang;

/// The case, its steps, and what is missing.
#[component]
pub fn CasePage(
    /// The visit it was opened at.
    progress: Progress,
    case: CaseProgress,
) -> impl IntoView {
    let lang = lang().get();
    let now = hall_snapshot().now.get_untracked();
    let zone = progress.time_zone.clone();
    let view = CaseView::of(&progress, &case, None, lang, now, |at| {
        format!("{} {}", days::on(at, &zone), clock::hour_minute(at, &zone))
    });
    let ready = case.state == CaseState::Ready;
    // Someone who reads over the visitor's shoulder could collect it.
    let main = if ready { words().case_ready.to_owned() } else { view.main };
    let lead = if ready { String::new() } else { view.lead };
    let next = if ready {
        let place = case.ready.as_ref().map(|ready| ready.place.get(lang).to_owned());
        crate::words::fill(words().case_ready_next, &[("place", &place.unwrap_or_default())])
    } else if view.missing.is_empty() {
        view.next
    } else {
        // The list of missing materials says what to do.
        String::new()
    };
    let reasons = view
        .missing_reasons
        .iter()
        .map(|(by, reason)| {
            let by = (!by.is_empty()).then(|| format!("{by}："));
            view! { <p>{by} {reason.clone()}</p> }
        })
        .collect_view();
    let missing = (!view.missing.is_empty()).then(|| {
        let rows = view
            .missing
            .iter()
            .map(|one| {
                view! {
                    <li>
                        <span>{one.name.clone()}</span>
                        <span class="soft">{one.aside.clone()}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="missing">
                <h2>{view.missing_heading}</h2>
                {reasons}
                <ul>{rows}</ul>
                <p class="soft">{words().case_missing_next}</p>
            </div>
        }
    });
    let refused = (!view.refused.is_empty()).then(|| {
        let rows = view
            .refused
            .iter()
            .map(|(name, reason)| {
                view! {
                    <li>
                        <span>{reason.clone()}</span>
                        <span class="soft">{name.clone()}</span>
                    </li>
                }
            })
            .collect_view();
        let ways = (!view.appeal.is_empty()).then(|| {
            let ways =
                view.appeal.iter().map(|way| view! { <li>{way.clone()}</li> }).collect_view();
            view! {
                <h2>{CaseWords::of(lang).appeal}</h2>
                <ul>{ways}</ul>
            }
        });
        view! {
            <div class="missing">
                <h2>{view.reasons_heading}</h2>
                <ul>{rows}</ul>
                {ways}
            </div>
        }
    });
    view! {
        <section class="page case-page">
            <div class="given">
                <p class="soft number">{format!("{} {}", words().case, view.number)}</p>
                <h1>{case.name.get(lang).to_owned()}</h1>
                <p class="soft">{lead}</p>
                <p class="main" class:now=ready>
                    {main}
                </p>
                {view.wait.map(|wait| view! { <p>{wait}</p> })}
                <p class="soft">{next}</p>
            </div>
            <div class="scrolls" tabindex="0" role="group" aria-label=words().progress>
                {missing} {refused}
                <ol class="case-way">{view.steps.into_iter().map(step).collect_view()}</ol>
            </div>
            <FinishButton />
        </section>
    }
}

fn step(step: StepView) -> impl IntoView {
    let heading = step.heading.map(|matter| view! { <li class="of">{matter}</li> });
    view! {
        {heading}
        <li class=step.mark aria-current=(step.mark == "now").then_some("step")>
            <span class="what">{step.name}</span>
            <span class="soft">{step.department}</span>
            <span class="state">{step.state} " " {step.when}</span>
        </li>
    }
}
