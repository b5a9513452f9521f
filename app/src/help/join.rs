//! Entering the six figures.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::HelpSession;
use super::helped::Helped;
use super::words::Words;
use crate::api::apply::JoinDraft;
use crate::api::{Refused, ask};
use crate::apply::figures::FIGURES;
use crate::words::lang;

/// The figures in the address that a code on the applicant's screen leads to.
fn scanned() -> Option<String> {
    let query = window().location().search().ok()?;
    let code =
        query.trim_start_matches('?').split('&').find_map(|one| one.strip_prefix("code="))?;
    Some(code.chars().filter(char::is_ascii_digit).take(FIGURES).collect())
}

#[component]
pub(super) fn Join(helped: RwSignal<Option<Helped>>, session: HelpSession) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let code = RwSignal::new(scanned().unwrap_or_default());
    let refused = RwSignal::new(None::<Refused>);
    let sending = RwSignal::new(false);
    let complete =
        move || code.with(|code| code.chars().filter(char::is_ascii_digit).count() == FIGURES);
    let join = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sending.get_untracked() || !untrack(complete) {
            return;
        }
        sending.set(true);
        refused.set(None);
        let call = JoinDraft { code: code.get_untracked() };
        spawn_local(async move {
            let answer = ask(&call, lang.get_untracked()).await;
            if sending.try_set(false).is_some() {
                return;
            }
            // The figures are used up, whatever came of them: they stay in no address.
            if let Ok(history) = window().history() {
                let blank = leptos::wasm_bindgen::JsValue::NULL;
                let _ = history.replace_state_with_url(&blank, "", Some("/help"));
            }
            match answer {
                Ok(joined) => helped.set(Some(Helped { token: joined.token, invited: None })),
                Err(refusal) => {
                    session.leave_if_signed_out(&refusal);
                    refused.set(Some(refusal));
                }
            }
        });
    };
    view! {
        <section class="helping-start">
            <h2>{move || words().join_title}</h2>
            <p class="soft">{move || words().join_lead}</p>
            <form on:submit=join>
                <label class="typed">
                    <span>{move || words().code}</span>
                    <input
                        class="figures"
                        name="code"
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        maxlength="7"
                        bind:value=code
                    />
                </label>
                <p class="reply refusal" role="alert">
                    {move || refused.get().map(|refused| refused.in_a_line(lang.get()))}
                </p>
                <button
                    class="key"
                    type="submit"
                    disabled=move || !complete() || sending.get()
                >
                    {move || words().join}
                </button>
            </form>
        </section>
    }
}
