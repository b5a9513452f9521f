//! Results leave the hall: against the code on the phone page or identity, with
//! a signature; or by post.

use leptos::html::Input;
use leptos::prelude::*;

use super::asking::Frame;
use super::room::room;
use super::signature::{Pad, SignaturePad};
use crate::api::ask;
use crate::api::reception::{HandOverResult, PostResult};

fn focused(field: NodeRef<Input>) {
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
}

/// Handing over.
#[component]
pub fn HandingOver() -> impl IntoView {
    let room = room();
    let words = untrack(|| room.words());
    let (code, identity_checked) = (RwSignal::new(String::new()), RwSignal::new(false));
    let pad = Pad::new();
    let field = NodeRef::<Input>::new();
    focused(field);
    let send = Callback::new(move |()| {
        let code: String =
            code.get_untracked().chars().filter(|sign| !sign.is_whitespace()).collect();
        let code = (!code.is_empty()).then_some(code);
        let identity_checked = identity_checked.get_untracked();
        if code.is_none() && !identity_checked {
            return room.press.say(words.check_first);
        }
        let Some(case) = untrack(|| room.look(|case| case.id)) else { return };
        let (request_id, drawn) = (uuid::Uuid::new_v4(), pad.drawn.get_untracked());
        let send = move |lang| {
            let code = code.clone();
            async move {
                let signature = if drawn { Some(pad.keep(case, lang).await?) } else { None };
                let question =
                    HandOverResult { request_id, case, code, identity_checked, signature };
                ask(&question, lang).await
            }
        };
        let handed = move || {
            room.close();
            room.done.set(Some(|words| words.done_hand_over));
        };
        room.press.begin(request_id, send, room.hear(handed));
    });
    view! {
        <Frame
            title=words.hand_over_title.to_owned()
            says=words.hand_over_says
            now=words.hand_over_now
            send
        >
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
            <SignaturePad pad />
        </Frame>
    }
}

/// Posting.
#[component]
pub fn Posting() -> impl IntoView {
    let room = room();
    let words = untrack(|| room.words());
    let (carrier, tracking) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let field = NodeRef::<Input>::new();
    focused(field);
    let send = Callback::new(move |()| {
        let trimmed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let (carrier, tracking) = (trimmed(carrier), trimmed(tracking));
        if carrier.is_empty() || tracking.is_empty() {
            return room.press.say(words.fill_post);
        }
        let posted = move || {
            room.close();
            room.done.set(Some(|words| words.done_post));
        };
        room.act(|request_id, case| PostResult { request_id, case, carrier, tracking }, posted);
    });
    view! {
        <Frame title=words.post_title.to_owned() now=words.post_now send>
            <label class="typed">
                <span class="field-label">{words.carrier}</span>
                <input class="input" maxlength="60" node_ref=field bind:value=carrier />
            </label>
            <label class="typed">
                <span class="field-label">{words.tracking}</span>
                <input class="input" maxlength="60" autocomplete="off" bind:value=tracking />
            </label>
        </Frame>
    }
}
