//! Papers of a case: looked at, then printed; by the counter's own printer
//! where it has one, else by this browser.

use jiban_domain::Lang;
use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::room::{room, still};
use crate::api::reception::{CaseDocument, PrintDocument};
use crate::counter::state::{CounterState, page};
use crate::parts::icon::{self, Icon};

/// The document of a paper of the case in hand, which prints itself; none where
/// it cannot be had.
async fn document_of(case: i64, paper: CaseDocument, lang: Lang) -> Option<String> {
    let name = serde_json::to_string(&paper).ok()?;
    let name = name.trim_matches('"');
    let address = format!("/counter/paper?case={case}&paper={name}");
    let request =
        gloo_net::http::Request::get(&address).header("Accept-Language", lang.tag()).send();
    let answer = request.await.ok().filter(gloo_net::http::Response::ok)?;
    answer.text().await.ok()
}

/// The drawing of such a document.
fn drawing(document: &str) -> Option<String> {
    let from = document.find("<svg")?;
    let to = document.rfind("</svg>")? + "</svg>".len();
    document.get(from..to).map(str::to_owned)
}

/// Prints a paper of the case in hand.
pub(super) fn print(page: CounterState, paper: CaseDocument) {
    let room = page.room;
    let Some(case) = untrack(|| room.look(|case| case.id)) else { return };
    if page.now.with_untracked(|now| now.prints) {
        room.press.make(
            |request_id| PrintDocument { request_id, case, paper },
            move |answer| match answer {
                Ok(_) => room.done.set(Some(|words| words.done_print)),
                Err(refused) => room.heed(&refused),
            },
        );
        return;
    }
    spawn_local(async move {
        let lang = page.lang.get_untracked();
        match document_of(case.0, paper, lang).await {
            Some(document) => drop(room.printing.try_set(Some(document))),
            None => room.press.say(super::words::Words::of(lang).paper_none),
        }
    });
}

/// The document being printed: no page of ours may stand in a frame by its
/// address, so its text does.
#[component]
pub fn PrintFrame() -> impl IntoView {
    let room = room();
    move || {
        room.printing.get().map(|document| {
            view! {
                <iframe
                    class="print-frame"
                    title="print"
                    tabindex="-1"
                    aria-hidden="true"
                    srcdoc=document
                ></iframe>
            }
        })
    }
}

/// A paper as it will be printed.
#[component]
pub fn PaperSheet(paper: CaseDocument) -> impl IntoView {
    let page = page();
    let room = room();
    let words = untrack(|| room.words());
    let title = match paper {
        CaseDocument::Receipt => words.receipt,
        CaseDocument::Missing => words.notice_paper,
        CaseDocument::Promise => words.promise_paper,
        CaseDocument::Decision => words.decision_paper,
        CaseDocument::Handover => words.handover_paper,
        CaseDocument::Ended => words.ended_paper,
    };
    let drawn = RwSignal::new(None::<Option<String>>);
    let case = untrack(|| room.look(|case| case.id.0)).unwrap_or_default();
    spawn_local(async move {
        let lang = page.lang.get_untracked();
        let document = document_of(case, paper, lang).await;
        let _ = drawn.try_set(Some(document.as_deref().and_then(drawing)));
    });
    let key = NodeRef::<Button>::new();
    Effect::new(move || {
        if let Some(key) = key.get() {
            let _ = key.focus();
        }
    });
    let shown = move || match drawn.get() {
        None => view! { <p class="soft">{words.loading}</p> }.into_any(),
        Some(None) => view! { <p class="bad-words">{words.paper_none}</p> }.into_any(),
        Some(Some(svg)) => view! { <div class="paper" inner_html=svg></div> }.into_any(),
    };
    let said = move || match (room.press.said(), room.done.get()) {
        (Some(said), _) => view! { <p class="reply refusal">{said}</p> }.into_any(),
        (None, Some(done)) => view! { <p class="reply good">{done(room.words())}</p> }.into_any(),
        (None, None) => view! { <p class="reply"></p> }.into_any(),
    };
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                if !untrack(|| still(page)) {
                    print(page, paper);
                }
            }
        >
            <header>
                <h2>{title}</h2>
            </header>
            <div class="body paper-body">{shown}</div>
            <footer role="status">
                {said}
                <button class="button" type="button" on:click=move |_| room.close()>
                    {words.close}
                    <kbd>"Esc"</kbd>
                </button>
                <button class="key" type="submit" node_ref=key disabled=move || still(page)>
                    <Icon path=icon::PRINT />
                    {words.print}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}
