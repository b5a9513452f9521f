//! Pages that go home by themselves, and say when.

use leptos::prelude::*;

use super::visit::visit;
use super::words::words;
use crate::words::fill;

/// Ends the visit after so many seconds without a touch; gives those left.
pub fn leave_after(stays: Signal<u32>) -> Memo<u32> {
    let visit = visit();
    let left = Memo::new(move |_| stays.get().saturating_sub(visit.quiet.get()));
    Effect::new(move || {
        if left.get() == 0 {
            visit.end();
        }
    });
    left
}

/// Ends the visit.
#[component]
pub fn FinishKey() -> impl IntoView {
    let visit = visit();
    view! {
        <div class="keys">
            <button class="key" on:click=move |_| visit.end()>
                {move || words().finish}
            </button>
        </div>
    }
}

/// Says when.
#[component]
pub fn Leaving(
    /// Seconds left.
    left: Memo<u32>,
) -> impl IntoView {
    view! { <p class="leaving soft">{move || fill(words().leaves_in, &[("n", &left.get())])}</p> }
}
