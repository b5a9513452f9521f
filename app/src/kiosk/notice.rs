//! The drawing of every page that says what is in the way and what to do.

use leptos::prelude::*;

use crate::parts::icon::Icon;

/// An icon, what happened, what to do, and the keys for it.
#[component]
pub fn Notice(
    /// One of [`crate::parts::icon`].
    icon: &'static str,
    /// `warn`, or `calm` for what is as it should be.
    #[prop(default = "warn")]
    tone: &'static str,
    /// What happened, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What to do, and the keys.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("notice {tone}") role="status">
            <div class="sign">
                <Icon path=icon />
            </div>
            <h1>{title}</h1>
            {children()}
        </section>
    }
}
