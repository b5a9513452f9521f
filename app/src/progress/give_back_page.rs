//! Whether a number is really given back. Works without scripts.

use leptos::prelude::*;

use super::page::Head;
use super::view::ProgressView;
use crate::words;
use crate::words::fill;

words! {
    pub GiveBackWords {
        ask: "要退掉 {number} 吗？" | "Give back {number}?",
        means: "退号后不能恢复，位置让给后面的人。如仍要办理，需要重新取号。" |
            "This cannot be undone: your place goes to the others. If you still need the service, you will have to take a new number.",
        give_back: "确定退号" | "Give it back",
        keep: "不退号，返回" | "Keep my number",
    }
}

/// The body of the page.
#[component]
pub fn GiveBackPage(
    view: ProgressView,
    /// The address of the ticket's page.
    page: String,
) -> impl IntoView {
    let lang = view.lang;
    let words = GiveBackWords::of(lang);
    let action = format!("{page}/give_back?lang={}", lang.tag());
    let page = format!("{page}?lang={}", lang.tag());
    view! {
        <main class="plain">
            <Head lang hall=view.hall />
            <h1>{fill(words.ask, &[("number", &view.number)])}</h1>
            <p class="soft">{view.matter}</p>
            <p class="next">{words.means}</p>
            <form method="post" action=action>
                <p class="choices">
                    <a class="action" href=page>
                        {words.keep}
                    </a>
                    " "
                    <button class="action quiet">{words.give_back}</button>
                </p>
            </form>
        </main>
    }
    .into_any()
}
