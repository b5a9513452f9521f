//! The identity paper that a clerk has before them, by the end of its number.

use leptos::prelude::*;

use super::words::PrecheckWords;
use crate::words::lang;

/// Characters of its number that are enough.
const END: usize = 4;

/// Asks for the end of the paper's number; a reader of cards types all of it.
#[component]
pub fn SeePaper(#[prop(into)] blocked: Signal<bool>, seen: Callback<String>) -> impl IntoView {
    let lang = lang();
    let words = move || PrecheckWords::of(lang.get());
    let typed = RwSignal::new(String::new());
    let too_short = move || typed.with(|typed| typed.trim().chars().count() < END);
    let see = move || {
        if !untrack(too_short) && !blocked.get_untracked() {
            seen.run(typed.get_untracked());
        }
    };
    view! {
        <span class="see-paper">
            <input
                class="input"
                name="paper-number"
                type="text"
                autocomplete="off"
                aria-label=move || words().paper_number
                placeholder=move || words().paper_number
                bind:value=typed
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                        see();
                    }
                }
            />
            <button
                class="button small paper-seen"
                type="button"
                disabled=move || blocked.get() || too_short()
                on:click=move |_| see()
            >
                {move || words().see_paper}
            </button>
        </span>
    }
}
