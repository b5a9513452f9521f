//! The dialog over a sheet: its frame, and which question stands in it. Escape
//! closes it, as every dialog.

use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use super::camera::Camera;
use super::handing::{HandingOver, Posting};
use super::notice::Notice;
use super::paper::PaperSheet;
use super::promise::Promise;
use super::reason::Reason;
use super::room::{Ask, room, still};
use crate::counter::state::page;

/// The dialog, open while something is asked.
#[component]
pub fn Asking() -> impl IntoView {
    let room = room();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        let wanted = room.asks.get().is_some();
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    // Told of a closing a moment after it; another may be open by then.
    let closed = move |_| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            room.asks.set(None);
        }
    };
    let question = move || {
        room.lang();
        Some(match room.asks.get()? {
            Ask::Notice => view! { <Notice /> }.into_any(),
            Ask::Promise => view! { <Promise /> }.into_any(),
            Ask::Camera(material) => view! { <Camera material /> }.into_any(),
            Ask::Paper(paper) => view! { <PaperSheet paper /> }.into_any(),
            Ask::Decline => view! { <Reason decline=true /> }.into_any(),
            Ask::Withdraw => view! { <Reason decline=false /> }.into_any(),
            Ask::HandOver => view! { <HandingOver /> }.into_any(),
            Ask::Post => view! { <Posting /> }.into_any(),
        })
    };
    let large =
        move || matches!(room.asks.get(), Some(Ask::Promise | Ask::HandOver | Ask::Camera(_)));
    view! {
        <dialog
            class="asking"
            class:large=large
            node_ref=dialog
            on:cancel=move |_: web_sys::Event| room.close()
            on:close=closed
        >
            {question}
        </dialog>
    }
}

/// The frame of a question: what is to be done, what follows from it, its
/// fields, a refusal where the eye is, and the two keys. Ctrl and Enter send it
/// from anywhere in it.
#[component]
pub fn Frame(
    /// What is to be done.
    title: String,
    /// What follows from it.
    #[prop(optional, into)]
    says: String,
    /// What its key says.
    now: &'static str,
    /// It cannot be taken back.
    #[prop(optional)]
    grave: bool,
    /// The key has the focus: Enter sends it at once.
    #[prop(optional)]
    at_once: bool,
    /// Sends it.
    send: Callback<()>,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let page = page();
    let room = room();
    let words = untrack(|| room.words());
    let key = NodeRef::<Button>::new();
    Effect::new(move || {
        if let (true, Some(key)) = (at_once, key.get()) {
            let _ = key.focus();
        }
    });
    let go = move || {
        if !untrack(|| still(page)) {
            send.run(());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            go();
        }
    };
    view! {
        <form
            on:keydown=on_key
            on:submit=move |event| {
                event.prevent_default();
                go();
            }
        >
            <header>
                <h2>{title}</h2>
                {(!says.is_empty()).then(|| view! { <p class="soft">{says}</p> })}
            </header>
            <div class="body">{children()}</div>
            <footer>
                <p class="reply refusal" role="alert">
                    {move || room.press.said()}
                </p>
                <button class="button" type="button" on:click=move |_| room.close()>
                    {words.cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    class:danger=grave
                    type="submit"
                    node_ref=key
                    disabled=move || still(page)
                >
                    {now}
                    <kbd>{if at_once { "Enter" } else { "Ctrl ⏎" }}</kbd>
                </button>
            </footer>
        </form>
    }
}
