//! Dialogs: the element, which is open while a signal says so, and the form
//! inside one. Escape closes every dialog.

use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use super::focus::focus_when_shown;
use crate::words::lang;

crate::words! {
    pub DialogWords {
        cancel: "取消" | "Cancel",
    }
}

/// A modal dialog.
#[component]
pub fn ModalDialog(
    class: &'static str,
    #[prop(optional, into)] large: Signal<bool>,
    #[prop(into)] open: Signal<bool>,
    /// Closed by Escape; must make `open` false.
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        let open = open.get();
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The event comes a moment after the dialog has closed: by then it may be open
    // again for something else, or the page may be gone. Where `open` is false the
    // page has closed it itself.
    let on_closed = move |_| {
        let is_shown = dialog.try_get_untracked().flatten().is_some_and(|dialog| dialog.open());
        if !is_shown && open.try_get_untracked().unwrap_or_default() {
            on_close.run(());
        }
    };
    view! {
        <dialog
            class=class
            class:large=large
            node_ref=dialog
            on:cancel=move |_: web_sys::Event| on_close.run(())
            on:close=on_closed
        >
            {children()}
        </dialog>
    }
}

/// A form that asks before something is done; its head and foot are no landmarks of the page, in
/// whose head a dialog may stand: title, consequences, fields, the
/// refusal where the eye is, and two buttons. Ctrl and Enter submit it from
/// anywhere inside.
#[component]
pub fn DialogForm(
    #[prop(optional)] class: &'static str,
    title: String,
    /// What follows, a paragraph each.
    #[prop(optional)]
    lead: Vec<String>,
    #[prop(into)] submit: Signal<String>,
    /// It cannot be undone.
    #[prop(optional)]
    danger: bool,
    /// The submit button has the focus: Enter submits at once.
    #[prop(optional)]
    focus_submit: bool,
    /// Nothing can be sent now.
    #[prop(into)]
    blocked: Signal<bool>,
    /// Why the last attempt failed.
    #[prop(into)]
    message: Signal<Option<String>>,
    on_submit: Callback<()>,
    on_cancel: Callback<()>,
    children: Children,
) -> impl IntoView {
    let lang = lang();
    let submit_button = NodeRef::<Button>::new();
    if focus_submit {
        focus_when_shown(submit_button);
    }
    let try_submit = move || {
        if !blocked.get_untracked() {
            on_submit.run(());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            try_submit();
        }
    };
    let lead = lead.into_iter().map(|line| view! { <p class="soft">{line}</p> }).collect_view();
    view! {
        <form
            class=class
            on:keydown=on_key
            on:submit=move |event| {
                event.prevent_default();
                try_submit();
            }
        >
            <header role="none">
                <h2>{title}</h2>
                {lead}
            </header>
            <div class="body">{children()}</div>
            <footer role="none">
                <p class="reply refusal" role="alert">
                    {message}
                </p>
                <button class="button" type="button" on:click=move |_| on_cancel.run(())>
                    {move || DialogWords::of(lang.get()).cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    class:danger=danger
                    type="submit"
                    node_ref=submit_button
                    disabled=blocked
                >
                    {submit}
                    <kbd>{if focus_submit { "Enter" } else { "Ctrl ⏎" }}</kbd>
                </button>
            </footer>
        </form>
    }
}
