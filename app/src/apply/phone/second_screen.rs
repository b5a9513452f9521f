//! The second screen of a counter while it shows no draft. Nobody chose a language there yet.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::words::ApplyPageWords;

/// `/screen`.
#[component]
pub(super) fn SecondScreenPage() -> impl IntoView {
    let [zh, en] = [Lang::Zh, Lang::En].map(ApplyPageWords::of);
    view! {
        <main class="second-screen">
            <h1>{zh.second_screen}</h1>
            <p>{zh.second_screen_lead}</p>
            <p lang="en" class="soft">
                {en.second_screen}
                ". "
                {en.second_screen_lead}
            </p>
        </main>
    }
}
