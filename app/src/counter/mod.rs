//! The counter's page.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn CounterPage() -> impl IntoView {
    view! { <p>"counter"</p> }
}
