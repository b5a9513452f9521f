//! What was sent before visits, in place of steps and cases.

use leptos::prelude::*;

use super::state::office_state;
use crate::precheck::PrecheckDesk;
use crate::precheck::desk::Desk;
use crate::precheck::words::PrecheckWords;
use crate::words::fill;

/// Goes between the steps and what was sent before visits.
#[component]
pub(super) fn Tabs() -> impl IntoView {
    let page = office_state();
    let waiting = Memo::new(move |_| {
        page.now.with(|now| now.as_ref().map(|now| now.drafts.waiting)).unwrap_or_default()
    });
    let tab = move |precheck: bool, name: Signal<String>| {
        view! {
            <button
                class="button tab"
                type="button"
                aria-pressed=move || (page.precheck.get() == precheck).to_string()
                on:click=move |_| page.precheck.set(precheck)
            >
                {name}
            </button>
        }
    };
    let precheck = Signal::derive(move || {
        fill(PrecheckWords::of(page.lang.get()).key, &[("n", &waiting.get())])
    });
    view! {
        <nav class="tabs">
            {tab(false, Signal::derive(move || page.words().steps.to_owned()))}
            {tab(true, precheck)}
        </nav>
    }
}

#[component]
pub(super) fn Precheck() -> impl IntoView {
    let page = office_state();
    let now = Signal::derive(move || {
        page.now.with(|now| now.as_ref().map(|now| now.drafts)).unwrap_or_default()
    });
    let stale = Signal::derive(move || page.stale_since.get().is_some());
    let refused = Callback::new(move |refused| page.session.leave_if_signed_out(&refused));
    let desk = Desk::new(page.lang, page.clock, now, stale, refused);
    view! {
        <div class="precheck-main" role="main">
            <PrecheckDesk desk />
        </div>
    }
}
