//! The display's page.

use leptos::prelude::*;

/// The whole page; `id` is the one in its address.
#[component]
pub fn DisplayPage(
    /// The id in its address.
    id: String,
) -> impl IntoView {
    view! { <p>{id}</p> }
}
