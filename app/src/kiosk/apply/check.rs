//! The last page: what is still missing, and sending.

use jiban_domain::Token;
use jiban_domain::draft::DraftState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::sign::{SignHere, Signing};
use super::steps::Steps;
use super::words::KioskApplyWords;
use crate::api::apply::SendDraft;
use crate::api::{Refused, ask};
use crate::apply::live_draft::LiveDraft;
use crate::words::{fill, lang};

/// What is missing, each with the way to its group, and the key that sends.
#[component]
pub(super) fn CheckPage(live: LiveDraft, draft: Token, steps: Steps) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let refusals = live.refusals();
    let refused = RwSignal::new(None::<Refused>);
    let sending = RwSignal::new(false);
    let signing = Signing::of(live);
    let is_complete = Memo::new(move |_| refusals.with(Vec::is_empty));
    let missing = move || {
        let found = refusals.get();
        if found.is_empty() {
            return view! { <p class="all-right">{words().all_right}</p> }.into_any();
        }
        let form = live.draft.with(|draft| draft.as_ref().map(|draft| draft.form.clone()));
        let rows = found.iter().filter_map(|one| {
            let form = form.as_ref()?;
            let id = one.field();
            let label = form.field(&id)?.label.get(lang.get()).to_owned();
            let why = one.why.get(lang.get()).to_owned();
            Some(view! {
                <li>
                    <button class="button" on:click=move |_| steps.open_field(&id)>
                        <b>{label}</b>
                        <span class="soft">{why}</span>
                    </button>
                </li>
            })
        });
        let rows = rows.collect_view();
        let count = found.len().to_string();
        view! {
            <p>{fill(words().to_correct, &[("count", &count)])}</p>
            <ul class="to-correct">{rows}</ul>
        }
        .into_any()
    };
    let send = move |_| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        refused.set(None);
        spawn_local(async move {
            let call = SendDraft { request_id: Uuid::new_v4(), token: draft, version: None };
            let in_lang = lang.get_untracked();
            let answer = match signing.save(draft, in_lang).await {
                Ok(()) => ask(&call, in_lang).await.map(|_| ()),
                Err(refusal) => Err(refusal),
            };
            if sending.try_set(false).is_some() {
                return;
            }
            // The page hears of its new state by its connection.
            if let Err(refusal) = answer {
                refused.set(Some(refusal));
            }
        });
    };
    view! {
        <div class="check-page">
            <h2>{move || words().check_step}</h2>
            {missing}
            {move || is_complete.get().then(|| view! { <SignHere signing /> })}
            {move || {
                refused
                    .get()
                    .map(|refused| {
                        view! {
                            <p class="wrong" role="alert">
                                <strong>{refused.message}</strong>
                                " "
                                {refused.next}
                            </p>
                        }
                    })
            }}
            <button
                class="key"
                data-key="Enter"
                disabled=move || {
                    sending.get() || !is_complete.get() || !live.kept.get()
                }
                on:click=send
            >
                {move || words().send}
            </button>
        </div>
    }
}

/// What has become of a draft that is no longer filled in here.
#[component]
pub(super) fn StatePage(state: DraftState, children: Children) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let title = move || {
        if state == DraftState::Sent {
            words().sent_title.to_owned()
        } else {
            fill(words().state_title, &[("state", &state.name().get(lang.get()))])
        }
    };
    let lead = move || match state {
        DraftState::Cleared => words().cleared_lead,
        DraftState::Received | DraftState::Withdrawn | DraftState::Expired => words().over_lead,
        _ => words().sent_lead,
    };
    view! {
        <section class="notice calm" role="status">
            <h1>{title}</h1>
            <p data-heard="">{lead}</p>
            {children()}
        </section>
    }
}
