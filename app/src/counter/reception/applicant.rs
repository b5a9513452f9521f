//! Who applies: masked, and whole only by an explicit look, which is recorded.

use jiban_domain::case::ApplicantKind;
use leptos::prelude::*;

use super::room::room;
use crate::api::case::Applicant;
use crate::api::reception::RevealApplicant;
use crate::parts::icon::{self, Icon};

/// The applicant of the case in hand.
#[component]
pub fn WhoApplies() -> impl IntoView {
    let room = room();
    let masked = room.piece(|case| case.applicant.clone());
    let may_look = room.piece(|case| case.may_look);
    let whole = room.whole;
    let look = move |_| {
        let Some(case) = room.look(|case| case.id) else { return };
        room.press.make(
            |_| RevealApplicant { case },
            move |answer| match answer {
                Ok(applicant) => whole.set(Some(applicant)),
                Err(refused) => room.heed(&refused),
            },
        );
    };
    let facts = move || {
        let shown = whole.get().or_else(|| masked.get())?;
        if shown.name.is_empty() {
            return Some(view! { <p class="soft small">{room.words().erased}</p> }.into_any());
        }
        Some(view! { <Facts shown /> }.into_any())
    };
    let eye = move || {
        let words = room.words();
        if whole.with(Option::is_some) {
            return Some((words.hide, icon::CLOSE, true));
        }
        may_look.get().unwrap_or_default().then_some((words.look, icon::EYE, false))
    };
    view! {
        <section class="fact applicant">
            <h3>{move || room.words().who}</h3>
            {facts}
            {move || {
                eye()
                    .map(|(word, path, hides)| {
                        view! {
                            <p class="whole">
                                <button
                                    class="button small"
                                    type="button"
                                    disabled=move || room.press.busy()
                                    on:click=move |event| {
                                        if hides { whole.set(None) } else { look(event) }
                                    }
                                >
                                    <Icon path />
                                    {word}
                                </button>
                                <span class="soft small">{room.words().look_recorded}</span>
                            </p>
                        }
                    })
            }}
        </section>
    }
}

#[component]
fn Facts(shown: Applicant) -> impl IntoView {
    let room = room();
    let Applicant { kind, name, number, telephone, .. } = shown;
    let labels = move || {
        let words = room.words();
        match kind {
            ApplicantKind::Person => (words.name, words.identity),
            ApplicantKind::Business => (words.business_name, words.credit_code),
        }
    };
    view! {
        <dl>
            <dt>{move || labels().0}</dt>
            <dd>{name}</dd>
            <dt>{move || labels().1}</dt>
            <dd class="tally">{number}</dd>
            <dt>{move || room.words().telephone}</dt>
            <dd class="tally">{telephone}</dd>
        </dl>
    }
}
