//! The authorisation of an agent that the clerk sees on paper: received by its date.

use leptos::prelude::*;

use super::identity_fields::today;
use super::marking::mark_dated;
use super::state::use_reception;

/// The date on the paper, with the button that marks it as seen.
#[component]
pub fn SeenOnPaper(id: u32) -> impl IntoView {
    let reception = use_reception();
    let day = RwSignal::new(String::new());
    let see = move |_| {
        if let Some(case) = untrack(|| reception.with_case(|case| case.id)) {
            mark_dated(reception, case, id, day.get_untracked());
        }
    };
    view! {
        <p class="offer small authorisation">
            <label>
                {move || reception.words().authorised_on} " "
                <input
                    class="input"
                    type="date"
                    max=move || today(reception).to_string()
                    bind:value=day
                />
            </label>
            <button
                class="button small"
                type="button"
                disabled=move || day.with(String::is_empty)
                on:click=see
            >
                {move || reception.words().see_authorisation}
            </button>
        </p>
    }
}
