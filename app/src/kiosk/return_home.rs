//! Pages that return home by themselves, with a countdown.

use leptos::prelude::*;

use super::visit::visit;
use super::words::words;
use crate::words::fill;

/// Ends the visit after so many seconds without a touch. Returns the seconds
/// left.
pub fn return_home_after(seconds: Signal<u32>) -> Memo<u32> {
    let visit = visit();
    let left = Memo::new(move |_| {
        (seconds.get() * visit.patience()).saturating_sub(visit.idle_seconds.get())
    });
    Effect::new(move || {
        if left.get() == 0 {
            visit.end();
        }
    });
    left
}

/// Ends the visit.
#[component]
pub fn FinishButton() -> impl IntoView {
    let visit = visit();
    view! {
        <div class="keys">
            <button class="key" on:click=move |_| visit.end()>
                {move || words().finish}
            </button>
        </div>
    }
}

/// The seconds left, in words.
#[component]
pub fn ReturnCountdown(left: Memo<u32>) -> impl IntoView {
    view! { <p class="leaving soft">{move || fill(words().leaves_in, &[("n", &left.get())])}</p> }
}
