//! The console's buttons that open reception.

use leptos::prelude::*;

use super::state::{Sheet, use_reception};
use crate::precheck::words::PrecheckWords;
use crate::words::fill;

#[component]
pub fn CaseButtons() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let has_cases = counter.select(|now| !now.cases.is_empty());
    let open = move |sheet| move |_| reception.open_sheet(sheet);
    view! {
        <button
            class="button lever-open-case"
            type="button"
            disabled=move || !counter.is_serving()
            on:click=move |_| reception.open_or_begin_case()
        >
            {move || {
                let words = reception.words();
                if has_cases.get() { words.continue_case } else { words.open_case }
            }}
            <kbd>"O"</kbd>
        </button>
        <button
            class="button lever-fill-together"
            type="button"
            disabled=move || !counter.is_serving()
            on:click=open(Sheet::FillTogether)
        >
            {move || reception.words().fill_together}
            <kbd>"G"</kbd>
        </button>
        <button class="button lever-cases" type="button" on:click=open(Sheet::Cases)>
            {move || reception.words().cases}
            <kbd>"C"</kbd>
        </button>
        <button class="button lever-results" type="button" on:click=open(Sheet::Results)>
            {move || reception.words().results}
            <kbd>"X"</kbd>
        </button>
    }
}

/// Opens what was sent before a visit, and says how many wait.
#[component]
pub fn DraftsKey() -> impl IntoView {
    let reception = use_reception();
    let waiting = reception.counter.select(|now| now.drafts.waiting);
    view! {
        <button
            class="button lever-drafts"
            type="button"
            on:click=move |_| reception.open_sheet(Sheet::Drafts)
        >
            {move || fill(PrecheckWords::of(reception.lang()).key, &[("n", &waiting.get())])}
            <kbd>"D"</kbd>
        </button>
    }
}
