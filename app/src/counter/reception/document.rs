//! Documents of a case: previewed, then printed by the counter's own printer where
//! it has one, else by this browser.

use jiban_domain::print_job::JobState;
use jiban_domain::{CaseId, Lang};
use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{ReceptionState, use_reception};
use super::words::Words;
use crate::api::reception::{CaseDocument, DocumentPrinted, PrintDocument};
use crate::parts::focus::focus_when_shown;
use crate::parts::icon::{self, Icon};
use crate::parts::nonce;

/// Loads a document as a page that prints itself; none where it is not available.
async fn load(case: CaseId, paper: CaseDocument, lang: Lang) -> Option<String> {
    let name = serde_json::to_string(&paper).ok()?;
    let name = name.trim_matches('"');
    let url = format!("/counter/paper?case={}&paper={name}", case.0);
    let request = gloo_net::http::Request::get(&url).header("Accept-Language", lang.tag()).send();
    let answer = request.await.ok().filter(gloo_net::http::Response::ok)?;
    answer.text().await.ok()
}

/// The drawing inside such a page.
fn drawing(document: &str) -> Option<String> {
    let from = document.find("<svg")?;
    let to = document.rfind("</svg>")? + "</svg>".len();
    document.get(from..to).map(str::to_owned)
}

/// Prints a document of the case in hand.
pub fn print(reception: ReceptionState, paper: CaseDocument) {
    let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
    if reception.counter.now.with_untracked(|now| now.prints) {
        reception.request.send(
            |request_id| PrintDocument { request_id, case, paper },
            move |answer| match answer {
                Ok(DocumentPrinted { state: JobState::Confirmed }) => {
                    reception.success.set(Some(|words| words.done_print));
                }
                Ok(_) => reception.success.set(Some(|words| words.maybe_printed)),
                Err(refused) => reception.leave_if_signed_out(&refused),
            },
        );
        return;
    }
    spawn_local(async move {
        let lang = reception.counter.lang.get_untracked();
        match load(case, paper, lang).await {
            Some(document) => {
                drop(reception.printing.try_set(Some(nonce::adopted(&document))));
            }
            None => reception.request.show_message(Words::of(lang).document_unavailable),
        }
    });
}

/// The document being printed. Our pages may not be framed by their URL, so the
/// frame gets the text.
#[component]
pub fn PrintFrame() -> impl IntoView {
    let reception = use_reception();
    move || {
        reception.printing.get().map(|document| {
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

/// A document as it will be printed.
#[component]
pub fn DocumentDialog(paper: CaseDocument) -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let words = untrack(|| reception.words());
    let title = match paper {
        CaseDocument::Receipt => words.receipt,
        CaseDocument::Missing => words.missing_notice,
        CaseDocument::Promise => words.promise_document,
        CaseDocument::Decision => words.decision,
        CaseDocument::Handover => words.pick_up_slip,
        CaseDocument::Ended => words.end_notice,
        CaseDocument::Commitment => words.commitment_document,
        CaseDocument::Breach => words.breach_notice,
        CaseDocument::Revocation => words.revocation,
    };
    let drawn = RwSignal::new(None::<Option<String>>);
    let case = untrack(|| reception.with_case(|case| case.id)).unwrap_or(CaseId(0));
    spawn_local(async move {
        let lang = counter.lang.get_untracked();
        let document = load(case, paper, lang).await;
        let _ = drawn.try_set(Some(document.as_deref().and_then(drawing)));
    });
    let print_button = NodeRef::<Button>::new();
    focus_when_shown(print_button);
    let shown = move || match drawn.get() {
        None => view! { <p class="soft">{words.loading}</p> }.into_any(),
        Some(None) => view! { <p class="bad-words">{words.document_unavailable}</p> }.into_any(),
        Some(Some(svg)) => view! { <div class="paper" inner_html=svg></div> }.into_any(),
    };
    let reply = move || match (reception.request.message(), reception.success.get()) {
        (Some(message), _) => view! { <p class="reply refusal">{message}</p> }.into_any(),
        (None, Some(done)) => {
            view! { <p class="reply good">{done(reception.words())}</p> }.into_any()
        }
        (None, None) => view! { <p class="reply"></p> }.into_any(),
    };
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                if !untrack(|| reception.is_blocked()) {
                    print(reception, paper);
                }
            }
        >
            <header role="none">
                <h2>{title}</h2>
            </header>
            <div class="body paper-body" tabindex="0">{shown}</div>
            <footer role="none">
                <div class="reply" role="status">
                    {reply}
                </div>
                <button class="button" type="button" on:click=move |_| reception.close_dialog()>
                    {words.close}
                    <kbd>"Esc"</kbd>
                </button>
                <button class="key" type="submit" node_ref=print_button disabled=move || reception.is_blocked()>
                    <Icon path=icon::PRINT />
                    {words.print}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}
