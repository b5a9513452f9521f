//! Plain documents: what was not found, what cannot be answered just now, and
//! any other "no" a person meets by opening an address.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::words::ProgressWords;

/// A "no": what happened and what to do next.
#[component]
pub fn MessagePage(
    /// What happened, in one sentence.
    message: String,
    /// What to do next.
    next: String,
    /// More below, where there is more.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <main class="plain">
            <h1>{message}</h1>
            <p class="next">{next}</p>
            {children.map(|children| children())}
        </main>
    }
    .into_any()
}

/// 404. The same for a token nobody has, one of old, and a misspelt address:
/// it tells nothing.
#[component]
pub fn NotFoundPage(
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    view! { <MessagePage message=words.not_found.to_owned() next=words.not_found_next.to_owned() /> }
}

/// 503, and what else nobody foresaw.
#[component]
pub fn UnavailablePage(
    /// The language of the page.
    lang: Lang,
    /// What the log calls this failure; empty where there is nothing to look up.
    #[prop(optional, into)]
    reference: String,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let reference = (!reference.is_empty()).then(|| {
        view! {
            <p class="soft">
                {words.reference}
                " "
                <span class="reference">{reference}</span>
            </p>
        }
    });
    view! {
        <MessagePage
            message=words.unavailable.to_owned()
            next=words.unavailable_next.to_owned()
        >
            <p>
                <a class="action" href=format!("?lang={}", lang.tag())>
                    {words.try_again}
                </a>
            </p>
            {reference}
        </MessagePage>
    }
}
