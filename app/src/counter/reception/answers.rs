//! What the applicant filled in before the visit, beside the case: masked, and complete for the
//! clerk who has it once that is recorded.

use jiban_domain::CaseId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::use_reception;
use crate::api::drafts::{AnswersOfCase, CaseAnswers, RevealAnswers};
use crate::api::{ask, get};
use crate::precheck::answers;
use crate::precheck::words::PrecheckWords;

#[component]
pub fn AnswersFact() -> impl IntoView {
    let reception = use_reception();
    let shown = RwSignal::new(None::<CaseAnswers>);
    let case = reception.select(|case| (case.id, case.may_look));
    let id = Memo::new(move |_| case.get().map(|(id, _)| id));
    Effect::new(move || {
        shown.set(None);
        let Some(id) = id.get() else { return };
        let lang = reception.counter.lang.get_untracked();
        spawn_local(async move {
            let address = format!("/api/counter/answers?case={}", id.0);
            if let Ok(answers) = get::<AnswersOfCase>(&address, lang).await {
                show(shown, (id, answers), move || reception.with_case(|case| case.id));
            }
        });
    });
    let reveal = move |_| {
        let (Some(case), lang) = (id.get_untracked(), reception.counter.lang.get_untracked())
        else {
            return;
        };
        spawn_local(async move {
            match ask(&RevealAnswers { case }, lang).await {
                Ok(answers) => {
                    show(shown, (case, answers), move || reception.with_case(|case| case.id));
                }
                Err(refused) => {
                    reception.request.show_message(&refused.in_a_line(lang));
                    reception.leave_if_signed_out(&refused);
                }
            }
        });
    };
    let may_reveal = move || {
        case.get().is_some_and(|(_, may_look)| may_look)
            && shown.with(|shown| shown.as_ref().is_some_and(|one| !one.whole))
    };
    let may_print = move || case.get().filter(|(_, may_look)| *may_look).map(|(id, _)| id);
    move || {
        shown.get().map(|one| {
            let (lang, words) = (reception.lang(), PrecheckWords::of(reception.lang()));
            view! {
                <section class="fact filled-in">
                    <h2>{words.answers}</h2>
                    <Show when=may_reveal>
                        <button class="button small reveal-answers" type="button" on:click=reveal>
                            {words.reveal}
                        </button>
                    </Show>
                    {may_print()
                        .map(|case| {
                            let address = format!("/api/counter/form.pdf?case={}", case.0);
                            view! {
                                <a class="button small" href=address target="_blank">
                                    {words.print}
                                </a>
                            }
                        })}
                    {answers::of_case(&one, lang)}
                </section>
            }
        })
    }
}

/// Shows answers, unless another case is in hand by now.
fn show(
    shown: RwSignal<Option<CaseAnswers>>,
    (case, answers): (CaseId, AnswersOfCase),
    in_hand: impl FnOnce() -> Option<CaseId>,
) {
    if untrack(in_hand) == Some(case) {
        let _ = shown.try_set(answers);
    }
}
