//! What is typed on a page with keys, and why the last try was refused.

use leptos::prelude::*;

use crate::api::Refused;

/// What is typed, with its label.
#[component]
pub fn Typed(
    label: Signal<&'static str>,
    #[prop(into)] typed: Signal<String>,
    /// Whether the keys write into it now.
    #[prop(default = Signal::stored(true))]
    now: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="sought" class:now=now>
            <span class="soft">{label}</span>
            <output class="typed number" aria-live="polite">
                {typed}
            </output>
        </div>
    }
}

/// Why the last try was refused.
#[component]
pub fn Wrong(refused: Signal<Option<Refused>>) -> impl IntoView {
    move || {
        refused.get().map(|refused| {
            view! {
                <p class="wrong" role="alert">
                    <strong>{refused.message}</strong>
                    " "
                    {refused.next}
                </p>
            }
        })
    }
}
