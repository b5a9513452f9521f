//! The admin's page.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn AdminPage() -> impl IntoView {
    view! { <p>"admin"</p> }
}
