//! What the applicant filled in before the visit, beside the case: masked, and complete for the
//! reviewer who has a step of it once that is recorded.

use jiban_domain::CaseId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::office_state;
use crate::api::drafts::{AnswersOfCase, CaseAnswers, RevealAnswersAtOffice};
use crate::api::{ask, get};
use crate::precheck::answers;
use crate::precheck::words::PrecheckWords;

#[component]
pub(super) fn AnswersBlock(case: CaseId, may_look: bool) -> impl IntoView {
    let page = office_state();
    let shown = RwSignal::new(None::<CaseAnswers>);
    let lang = page.lang.get_untracked();
    spawn_local(async move {
        let address = format!("/api/office/answers?case={}", case.0);
        if let Ok(answers) = get::<AnswersOfCase>(&address, lang).await {
            let _ = shown.try_set(answers);
        }
    });
    let reveal = move |_| {
        spawn_local(async move {
            match ask(&RevealAnswersAtOffice { case }, lang).await {
                Ok(answers) => {
                    let _ = shown.try_set(answers);
                }
                Err(refused) => {
                    page.request.show_message(&refused.in_a_line(lang));
                    page.session.leave_if_signed_out(&refused);
                }
            }
        });
    };
    let may_reveal =
        move || may_look && shown.with(|shown| shown.as_ref().is_some_and(|one| !one.whole));
    move || {
        shown.get().map(|one| {
            let (lang, words) = (page.lang.get(), PrecheckWords::of(page.lang.get()));
            view! {
                <section class="block filled-in">
                    <h3>{words.answers}</h3>
                    <Show when=may_reveal>
                        <button class="button small reveal-answers" type="button" on:click=reveal>
                            {words.reveal}
                        </button>
                    </Show>
                    {may_look
                        .then(|| {
                            let address = format!("/api/office/form.pdf?case={}", case.0);
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
