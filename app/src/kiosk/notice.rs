//! The layout of every page that says what happened and what to do.

use leptos::prelude::*;

use crate::parts::icon::Icon;

#[component]
pub fn Notice(
    /// One of [`crate::parts::icon`].
    icon: &'static str,
    /// `warn`, or `calm` where nothing is wrong.
    #[prop(default = "warn")]
    tone: &'static str,
    #[prop(into)] title: Signal<String>,
    /// What to do, and the buttons for it.
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
