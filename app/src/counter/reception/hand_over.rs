//! Results leave the hall: handed over against an identity document with the pick-up
//! code of the phone page, or with a photograph of the document, and a signature; or
//! posted.

use leptos::html::Input;
use leptos::prelude::*;

use super::applicant_form::Here;
use super::card_photo::{Card, CardPhoto};
use super::dialog_form::ReceptionForm;
use super::field::Segments;
use super::signature::{Pad, SignaturePad};
use super::state::use_reception;
use super::words::Word;
use crate::api::ask;
use crate::api::reception::{HandOverResult, PostResult};
use crate::parts::focus::focus_when_shown;

#[component]
pub fn HandOverDialog() -> impl IntoView {
    let reception = use_reception();
    let words = untrack(|| reception.words());
    let (code, identity_checked) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (pad, card) = (Pad::new(), Card::new());
    let has_agent = untrack(|| reception.with_case(|case| case.authorisation.is_some()));
    let has_agent = has_agent.unwrap_or_default();
    let (taker, agent_number) = (RwSignal::new(Here::Applicant), RwSignal::new(String::new()));
    let field = NodeRef::<Input>::new();
    focus_when_shown(field);
    // A message is about what was given when it was sent.
    Effect::new(move || {
        code.track();
        identity_checked.track();
        card.taken.track();
        taker.track();
        agent_number.track();
        reception.request.clear_message();
    });
    let send = Callback::new(move |()| {
        let code: String =
            code.get_untracked().chars().filter(|sign| !sign.is_whitespace()).collect();
        let code = (!code.is_empty()).then_some(code);
        let identity_checked = identity_checked.get_untracked();
        let taken = card.taken.get_untracked();
        if !identity_checked {
            return reception.request.show_message(words.check_first);
        }
        let to_agent = taker.get_untracked() == Here::Agent;
        let agent_number = to_agent.then(|| agent_number.get_untracked());
        if agent_number.as_ref().is_some_and(|number| number.trim().is_empty()) {
            return reception.request.show_message(words.agent_number_needed);
        }
        if code.is_none() && !taken {
            return reception.request.show_message(words.card_needed);
        }
        let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
        let (request_id, drawn) = (uuid::Uuid::new_v4(), pad.drawn.get_untracked());
        let send = move |lang| {
            let (code, agent_number) = (code.clone(), agent_number.clone());
            async move {
                let signature = if drawn { Some(pad.save(case, lang).await?) } else { None };
                let card = if taken { Some(card.save(case, lang).await?) } else { None };
                let command = HandOverResult {
                    request_id,
                    case,
                    code,
                    identity_checked,
                    card,
                    signature,
                    to_agent,
                    agent_number,
                };
                ask(&command, lang).await
            }
        };
        let on_success = move || {
            reception.close_dialog();
            reception.success.set(Some(|words| words.done_hand_over));
        };
        reception.request.send_with(request_id, send, reception.on_case(on_success));
    });
    view! {
        <ReceptionForm
            title=words.hand_over_title.to_owned()
            lead=words.hand_over_lead
            submit=words.hand_over_now
            send
        >
            {has_agent.then(|| view! { <Taker taker agent_number /> })}
            <div class="fetching">
                <label class="typed">
                    <span class="field-label">{words.code}</span>
                    <input
                        class="input code"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength="8"
                        node_ref=field
                        bind:value=code
                    />
                </label>
                <label class="check">
                    <input type="checkbox" bind:checked=identity_checked />
                    {words.identity_checked}
                </label>
            </div>
            <CardPhoto card />
            <SignaturePad pad />
        </ReceptionForm>
    }
}

/// Who has come to collect: the applicant, or the agent, by the number of their document.
#[component]
fn Taker(taker: RwSignal<Here>, agent_number: RwSignal<String>) -> impl IntoView {
    let reception = use_reception();
    let plain = move |of: Word| Signal::derive(move || of(reception.words()));
    view! {
        <div class="taker">
            <Segments
                label=plain(|words| words.taker)
                name="taker"
                choices=vec![
                    (Here::Applicant, plain(|words| words.here_self)),
                    (Here::Agent, plain(|words| words.here_agent)),
                ]
                value=taker
            />
            <Show when=move || taker.get() == Here::Agent>
                <label class="typed">
                    <span class="field-label">{move || reception.words().agent_number}</span>
                    <input
                        class="input"
                        name="agent-number"
                        autocomplete="off"
                        maxlength="40"
                        bind:value=agent_number
                    />
                </label>
            </Show>
        </div>
    }
}

#[component]
pub fn PostDialog() -> impl IntoView {
    let reception = use_reception();
    let words = untrack(|| reception.words());
    let (carrier, tracking) = (reception.draft("carrier"), reception.draft("tracking"));
    let field = NodeRef::<Input>::new();
    focus_when_shown(field);
    let send = Callback::new(move |()| {
        let trimmed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let (carrier, tracking) = (trimmed(carrier), trimmed(tracking));
        if carrier.is_empty() || tracking.is_empty() {
            return reception.request.show_message(words.fill_post);
        }
        let on_success = move || {
            reception.forget_draft("carrier");
            reception.forget_draft("tracking");
            reception.close_dialog();
            reception.success.set(Some(|words| words.done_post));
        };
        reception.send(
            |request_id, case| PostResult { request_id, case, carrier, tracking },
            on_success,
        );
    });
    view! {
        <ReceptionForm title=words.post_title.to_owned() submit=words.post_now send>
            <label class="typed">
                <span class="field-label">{words.carrier}</span>
                <input class="input" maxlength="60" node_ref=field bind:value=carrier />
            </label>
            <label class="typed">
                <span class="field-label">{words.tracking}</span>
                <input class="input" maxlength="60" autocomplete="off" bind:value=tracking />
            </label>
        </ReceptionForm>
    }
}
