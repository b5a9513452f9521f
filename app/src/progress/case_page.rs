//! The markup of a case's page. `progress.js` replaces its parts as it does on
//! the [page of a ticket](super::page).

use jiban_domain::Lang;
use leptos::prelude::*;

use super::case_view::{CaseView, MissingView, StepView};
use super::case_words::CaseWords;
use super::commitment::CommitmentPart;
use super::page::{Facts, Foot, Head, Now, Times};
use super::supply::{Sending, Sent, Upload};
use crate::parts::wait::Sentence;
use crate::words::fill;

/// The body of a case's page.
#[component]
pub fn CasePage(
    view: CaseView,
    /// Where photographs are uploaded: `/t/{token}/supply`.
    supply: String,
) -> impl IntoView {
    let CaseView { visit, state, .. } = view;
    let lang = visit.lang;
    let words = CaseWords::of(lang);
    let visits = visit.times.clone();
    let answer = supply.replace("/supply", "/answer");
    view! {
        <main class="progress" data-state=state>
            <Head lang hall=visit.hall />
            <p class="stale" role="status" hidden data-words=visit.stale_words></p>
            <Supplied supplied=view.supplied />
            <Sending lang />
            <Now
                class=format!("ticket is-case is-{state}")
                label=words.your_case
                number=view.number
                say=if view.is_code { "say is-code" } else { "say" }
                lead=view.lead
                main=view.main
                wait=view.wait.map(Sentence::figure)
                next=view.next
            />
            <Missing
                lang
                heading=view.missing_heading
                reasons=view.missing_reasons
                missing=view.missing
                supply=supply.clone()
            />
            <Sent lang sent=view.sent supply />
            <CommitmentPart lang terms=view.commitment answer=answer />
            <Refused
                lang
                heading=view.reasons_heading
                refused=view.refused
                appeal=view.appeal
            />
            <div data-part="facts">
                <Facts facts=view.facts class="facts" />
            </div>
            <Way lang steps=view.steps />
            <Documents lang documents=view.documents />
            <Others lang others=view.others />
            <details>
                <summary>{format!("{} {}", words.visit, visit.number)}</summary>
                <Times lang times=visits over=visit.over />
            </details>
            <Foot lang telephone=visit.telephone updated=visit.updated />
        </main>
    }
    .into_any()
}

/// The result of the last upload.
#[component]
fn Supplied(supplied: Option<(bool, String)>) -> impl IntoView {
    supplied.map(|(well, value)| {
        view! {
            <p class=if well { "supplied" } else { "supplied not" } role="status">
                {value}
            </p>
        }
    })
}

/// What is missing, and how to submit it.
#[component]
fn Missing(
    lang: Lang,
    heading: &'static str,
    /// By whom, and the reason.
    reasons: Vec<(String, String)>,
    missing: Vec<MissingView>,
    supply: String,
) -> impl IntoView {
    let words = CaseWords::of(lang);
    let shown = !missing.is_empty();
    let rows = missing
        .into_iter()
        .map(|one| {
            let how = if one.by_phone {
                view! { <Upload lang id=one.id name=one.name.clone() supply=supply.clone() /> }
                    .into_any()
            } else {
                view! { <p class="soft">{words.bring}</p> }.into_any()
            };
            view! {
                <li>
                    <p class="name">{one.name}</p>
                    {one.unreadable.map(|why| view! { <p class="not-readable">{why}</p> })}
                    <p class="soft">{one.aside}</p>
                    {how}
                </li>
            }
        })
        .collect_view();
    let reasons = reasons
        .into_iter()
        .map(|(by, reason)| {
            let by = (!by.is_empty()).then(|| {
                view! { <p class="soft">{fill(words.asked_by, &[("department", &by)])}</p> }
            });
            view! {
                {by}
                <p class="said">{reason}</p>
            }
        })
        .collect_view();
    view! {
        <section class="missing" data-part="missing">
            {shown
                .then(|| {
                    view! {
                        <h2>{heading}</h2>
                        {reasons}
                        <ol>{rows}</ol>
                    }
                })}
        </section>
    }
}

/// Every refusal, and how to appeal.
#[component]
fn Refused(
    lang: Lang,
    heading: &'static str,
    refused: Vec<(String, String)>,
    appeal: Vec<String>,
) -> impl IntoView {
    let words = CaseWords::of(lang);
    let shown = !refused.is_empty();
    let rows = refused
        .into_iter()
        .map(|(name, reason)| {
            let reason = (!reason.is_empty()).then(|| view! { <p class="said">{reason}</p> });
            view! {
                <p class="soft">{name}</p>
                {reason}
            }
        })
        .collect_view();
    let ways = (!appeal.is_empty()).then(|| {
        let ways = appeal.into_iter().map(|way| view! { <li>{way}</li> }).collect_view();
        view! {
            <h3>{words.appeal}</h3>
            <ol class="appeal">{ways}</ol>
        }
    });
    view! {
        <section class="refused" data-part="refused">
            {shown
                .then(|| {
                    view! {
                        <h2>{heading}</h2>
                        {rows}
                        {ways}
                    }
                })}
        </section>
    }
}

/// The steps through the departments, along a line.
#[component]
fn Way(lang: Lang, steps: Vec<StepView>) -> impl IntoView {
    let rows = steps
        .into_iter()
        .map(|step| {
            let heading = step.heading.map(|matter| view! { <li class="of">{matter}</li> });
            let when =
                (!step.when.is_empty()).then(|| view! { <span class="when">{step.when}</span> });
            view! {
                {heading}
                <li class=step.mark aria-current=(step.mark == "now").then_some("step")>
                    <span class="what">
                        {step.name} <span class="state">{step.state}</span>
                    </span>
                    <span class="soft who">{step.department}</span>
                    {when}
                </li>
            }
        })
        .collect_view();
    view! {
        <section data-part="way">
            <h2>{CaseWords::of(lang).way}</h2>
            <ol class="way">{rows}</ol>
        </section>
    }
}

#[component]
fn Documents(lang: Lang, documents: Vec<(String, String, Option<String>)>) -> impl IntoView {
    let words = CaseWords::of(lang);
    let shown = !documents.is_empty();
    let rows = documents
        .into_iter()
        .map(|(name, code, revoked)| {
            let revoked = revoked.map(|says| view! { <span class="bad">{says}</span> });
            view! {
                <li>
                    <a href=format!("/verify/{code}")>
                        <strong>{name}</strong>
                        " "
                        <span>{words.check}</span>
                    </a>
                    {revoked}
                </li>
            }
        })
        .collect_view();
    view! {
        <section data-part="documents">
            {shown
                .then(|| {
                    view! {
                        <h2>{words.documents}</h2>
                        <ul class="doors">{rows}</ul>
                    }
                })}
        </section>
    }
}

#[component]
fn Others(lang: Lang, others: Vec<(String, String, String)>) -> impl IntoView {
    let shown = !others.is_empty();
    let rows = others
        .into_iter()
        .map(|(number, name, address)| {
            view! {
                <li>
                    <a href=address>
                        <strong>{name}</strong>
                        " "
                        <span>{number}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section data-part="others">
            {shown
                .then(|| {
                    view! {
                        <h2>{CaseWords::of(lang).others}</h2>
                        <ul class="doors">{rows}</ul>
                    }
                })}
        </section>
    }
}
