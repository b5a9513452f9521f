//! The applicant: masked until the reviewer reveals it. Each reveal is recorded
//! in the history.

use jiban_domain::Text;
use jiban_domain::case::ApplicantKind;
use jiban_domain::identity::IdentityPaper;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{OfficeState, office_state};
use crate::api::ask;
use crate::api::case::{Applicant, Authorisation, CaseShown};
use crate::api::office::RevealApplicant;
use crate::words::fill;

#[allow(clippy::too_many_lines, reason = "one block of facts, each a row")]
#[component]
pub(super) fn ApplicantBlock(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let (id, masked, may_reveal) =
        case.with_value(|case| (case.id, case.applicant.clone(), case.may_look));
    let conflict = case.with_value(|case| case.name_conflict.clone());
    let conflict = move || {
        let sentence = conflict.as_ref()?.sentence().get(page.lang.get()).to_owned();
        Some(view! { <p class="bad-words">{sentence}</p> })
    };
    let agent = masked.agent.as_ref().and_then(|agent| agent.undrawable_sentence());
    let boxes: Vec<Text> = masked.undrawable_sentence().into_iter().chain(agent).collect();
    let boxes = move || {
        let lang = page.lang.get();
        let row = |sentence: &Text| {
            let sentence = sentence.get(lang).to_owned();
            view! { <p class="bad-words undrawable">{sentence}</p> }
        };
        boxes.iter().map(row).collect_view()
    };
    let authorisation = case.with_value(|case| case.authorisation.clone());
    let kind = masked.kind;
    let revealed = page.revealed;
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let reveal = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let lang = page.lang.get_untracked();
            let answer = ask(&RevealApplicant { case: id }, lang).await;
            // The case may have been closed meanwhile; its signals are then gone.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(applicant) => {
                    revealed.set(Some(applicant));
                    // The history has a new entry.
                    page.refresh();
                }
                Err(refusal) => {
                    error.set(Some(refusal.in_a_line(lang)));
                    page.session.leave_if_signed_out(&refusal);
                }
            }
        });
    };
    let erased = masked.name.is_empty() && masked.number.is_empty();
    let reveal_or_hide = move || {
        let words = page.words();
        if erased {
            view! { <p class="soft small">{words.erased}</p> }.into_any()
        } else if revealed.with(Option::is_some) {
            view! {
                <p class="look">
                    <button class="button small" type="button" on:click=move |_| revealed.set(None)>
                        {words.hide}
                    </button>
                    <span class="soft small">{words.revealed}</span>
                </p>
            }
            .into_any()
        } else if may_reveal {
            view! {
                <p class="look">
                    <button
                        class="button small"
                        type="button"
                        disabled=move || busy.get()
                        on:click=reveal
                    >
                        {words.reveal}
                    </button>
                    <span class="soft small">{words.reveal_recorded}</span>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="soft small">{words.take_first}</p> }.into_any()
        }
    };
    view! {
        <section class="block applicant">
            <h3>
                {move || page.words().applicant} " "
                <span class="mark">
                    {move || match masked.kind {
                        ApplicantKind::Person => page.words().person,
                        ApplicantKind::Business => page.words().business,
                    }}
                </span>
            </h3>
            {move || {
                let shown = revealed.get().unwrap_or_else(|| masked.clone());
                let authorisation = authorisation.clone();
                (!erased)
                    .then(|| {
                        view! {
                            {facts(page, &shown)}
                            {shown.agent.map(|agent| agent_facts(page, kind, &agent, authorisation))}
                        }
                    })
            }}
            {conflict}
            {boxes}
            {reveal_or_hide}
            <p class="bad-words" role="alert">
                {move || error.get()}
            </p>
        </section>
    }
}

/// Who acts for the applicant, and by what.
fn agent_facts(
    page: OfficeState,
    kind: ApplicantKind,
    agent: &Applicant,
    authorisation: Option<Authorisation>,
) -> AnyView {
    let words = page.words();
    let title = match kind {
        ApplicantKind::Person => words.agent,
        ApplicantKind::Business => words.business_agent,
    };
    let authorised = authorisation.map(|one| match one.authorised_on {
        Some(day) => fill(words.authorised_seen, &[("day", &day)]),
        None => words.authorisation_among.to_owned(),
    });
    view! {
        <h3 class="agent-of">{title}</h3>
        {facts(page, agent)}
        <p class="soft small">{words.authorisation} " · " {authorised}</p>
    }
    .into_any()
}

fn facts(page: OfficeState, applicant: &Applicant) -> AnyView {
    let words = page.words();
    let (name, number) = match applicant.kind {
        ApplicantKind::Person => (words.applicant_name, words.identity),
        ApplicantKind::Business => (words.business_name, words.credit_code),
    };
    let row = |name: &'static str, value: &str| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="tally">{value.to_owned()}</dd>
            </div>
        }
    };
    // An identity card goes without saying.
    let paper = applicant.paper.filter(|paper| *paper != IdentityPaper::IdentityCard);
    let paper = paper.map(|paper| row(words.paper, paper.name().get(page.lang.get())));
    view! {
        <dl>
            {row(name, &applicant.name)} {paper} {row(number, &applicant.number)}
            {row(words.telephone, &applicant.telephone)}
        </dl>
    }
    .into_any()
}
