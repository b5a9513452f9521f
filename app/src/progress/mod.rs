//! The progress page, rendered by the server: whole without scripts.

use jiban_domain::Lang;
use leptos::prelude::*;

use crate::api::progress::Progress;

/// What stands in `<body>`: fetched again by the page's script at each change.
#[component]
pub fn ProgressPage(
    /// Where the ticket is.
    progress: Progress,
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let _ = lang;
    view! { <main>{progress.number}</main> }
}
