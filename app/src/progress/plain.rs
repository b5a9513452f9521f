//! Plain pages: for an address that does not exist, a server that cannot answer
//! now, and every other refusal that someone meets by opening an address.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::words::ProgressWords;

/// A refusal: what happened and what to do next.
#[component]
pub fn MessagePage(
    message: String,
    next: String,
    /// More content below.
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

/// Status 404. The page is the same for a token nobody has, an old one and a
/// misspelt one, so that it reveals nothing.
#[component]
pub fn NotFoundPage(
    lang: Lang,
    /// The path that leads nowhere.
    path: String,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    view! {
        <MessagePage message=words.not_found.to_owned() next=words.not_found_next.to_owned()>
            <Ways lang path />
        </MessagePage>
    }
}

/// Where whoever came by this path may want to go.
#[component]
pub fn Ways(lang: Lang, path: String) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let first = path.split('/').nth(1).unwrap_or_default();
    let own = match first {
        "counter" => Some(("/counter", words.counter_page)),
        "office" => Some(("/office", words.office_page)),
        "admin" => Some(("/admin", words.admin_page)),
        // Whoever sets up a machine finds its address among all pages.
        "kiosk" | "display" => None,
        "verify" => Some(("/verify", words.verify_page)),
        _ => Some(("/guides", words.guides_page)),
    };
    let ways = own.into_iter().chain([("/", words.home_page)]);
    let links = ways
        .map(|(href, name)| {
            view! {
                <a class="action" href=href>
                    {name}
                </a>
                " "
            }
        })
        .collect_view();
    view! { <p>{links}</p> }
}

/// Status 503, and unexpected failures.
#[component]
pub fn UnavailablePage(
    lang: Lang,
    /// Identifies the failure in the log; empty if there is nothing to look up.
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
