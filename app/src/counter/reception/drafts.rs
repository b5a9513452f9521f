//! What was sent before a visit, over the console.

use leptos::prelude::*;

use super::from_draft::open_from_draft;
use super::state::use_reception;
use crate::precheck::PrecheckDesk;
use crate::precheck::desk::{Desk, Opens};

#[component]
pub fn Drafts() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let now = Signal::derive(move || counter.now.with(|now| now.drafts));
    let stale = Signal::derive(move || counter.stale_since.get().is_some());
    let refused = Callback::new(move |refused| reception.leave_if_signed_out(&refused));
    let opens = Opens {
        may_open: Signal::derive(move || counter.is_serving()),
        open: Callback::new(move |token| open_from_draft(reception, token)),
    };
    let mut desk = Desk::new(counter.lang, counter.clock, now, stale, refused);
    desk.opens = Some(opens);
    view! {
        <p class="reply refusal" role="alert">
            {move || reception.request.message()}
        </p>
        <PrecheckDesk desk />
    }
}
