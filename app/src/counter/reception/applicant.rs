//! The applicant: masked, and in full only on request, which is recorded.

use jiban_domain::Text;
use jiban_domain::case::ApplicantKind;
use jiban_domain::identity::IdentityPaper;
use leptos::prelude::*;

use super::state::use_reception;
use crate::api::case::Applicant;
use crate::api::reception::RevealApplicant;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

#[component]
pub fn ApplicantFacts() -> impl IntoView {
    let reception = use_reception();
    let masked = reception.select(|case| case.applicant.clone());
    let may_reveal = reception.select(|case| case.may_look);
    let revealed = reception.revealed;
    let reveal = move |_| {
        let Some(case) = reception.with_case(|case| case.id) else { return };
        reception.request.send(
            |_| RevealApplicant { case },
            move |answer| match answer {
                Ok(applicant) => revealed.set(Some(applicant)),
                Err(refused) => reception.leave_if_signed_out(&refused),
            },
        );
    };
    let facts = move || {
        let shown = revealed.get().or_else(|| masked.get())?;
        if shown.name.is_empty() {
            return Some(view! { <p class="soft small">{reception.words().erased}</p> }.into_any());
        }
        let agent = shown.agent.clone();
        Some(
            view! {
                <Facts shown />
                {agent.map(|agent| view! { <AgentFacts agent=*agent /> })}
            }
            .into_any(),
        )
    };
    let conflict = move || {
        let conflict = reception.select(|case| case.name_conflict.clone()).get().flatten()?;
        let sentence = conflict.sentence().get(reception.lang()).to_owned();
        Some(view! { <p class="bad-words">{sentence}</p> })
    };
    let boxes = move || {
        let shown = masked.get()?;
        let agent = shown.agent.as_ref().and_then(|agent| agent.undrawable_sentence());
        let sentences = shown.undrawable_sentence().into_iter().chain(agent);
        let row = |sentence: Text| {
            let sentence = sentence.get(reception.lang()).to_owned();
            view! { <p class="bad-words undrawable">{sentence}</p> }
        };
        Some(sentences.map(row).collect_view())
    };
    let button = move || {
        let words = reception.words();
        if revealed.with(Option::is_some) {
            return Some((words.hide, icon::CLOSE, true));
        }
        may_reveal.get().unwrap_or_default().then_some((words.reveal, icon::EYE, false))
    };
    view! {
        <section class="fact applicant">
            <h3>{move || reception.words().applicant}</h3>
            {facts}
            {conflict}
            {boxes}
            {move || {
                button()
                    .map(|(word, path, hides)| {
                        view! {
                            <p class="whole">
                                <button
                                    class="button small"
                                    type="button"
                                    disabled=move || reception.request.is_busy()
                                    on:click=move |event| {
                                        if hides { revealed.set(None) } else { reveal(event) }
                                    }
                                >
                                    <Icon path />
                                    {word}
                                </button>
                                <span class="soft small">{reception.words().reveal_recorded}</span>
                            </p>
                        }
                    })
            }}
        </section>
    }
}

/// Who acts for the applicant, and by what.
#[component]
fn AgentFacts(agent: Applicant) -> impl IntoView {
    let reception = use_reception();
    let kind = reception.select(|case| case.applicant.kind);
    let title = move || match kind.get() {
        Some(ApplicantKind::Business) => reception.words().business_agent,
        _ => reception.words().agent,
    };
    let authorised = reception.select(|case| {
        case.authorisation.as_ref().and_then(|authorisation| authorisation.authorised_on.clone())
    });
    let authorised = move || {
        let day = authorised.get().flatten()?;
        let seen = fill(reception.words().authorised_seen, &[("day", &day)]);
        let of = reception.words().authorised_on;
        Some(view! { <p class="soft small">{of} " · " {seen}</p> })
    };
    view! {
        <h3 class="agent-of">{title}</h3>
        <Facts shown=agent />
        {authorised}
    }
}

#[component]
fn Facts(shown: Applicant) -> impl IntoView {
    let reception = use_reception();
    let Applicant { kind, name, paper, number, telephone, .. } = shown;
    let labels = move || {
        let words = reception.words();
        match kind {
            ApplicantKind::Person => (words.name, words.identity),
            ApplicantKind::Business => (words.business_name, words.credit_code),
        }
    };
    // An identity card goes without saying.
    let paper = paper.filter(|paper| *paper != IdentityPaper::IdentityCard);
    let paper_name = move || {
        let name = paper?.name().get(reception.lang()).to_owned();
        Some(view! { <span class="soft small paper-name">{name}</span> })
    };
    view! {
        <dl>
            <dt>{move || labels().0}</dt>
            <dd>{name}</dd>
            <dt>{move || labels().1}</dt>
            <dd class="tally">{number} {paper_name}</dd>
            <dt>{move || reception.words().telephone}</dt>
            <dd class="tally">{telephone}</dd>
        </dl>
    }
}
