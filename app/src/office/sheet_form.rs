//! The form of a sheet above the keys, and its field for a note.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::state::page;
use crate::parts::dialog::DialogForm;

/// The form of a sheet.
#[component]
pub(super) fn SheetForm(
    title: String,
    /// What follows, a paragraph each.
    lead: Vec<String>,
    #[prop(into)] submit: Signal<String>,
    /// It cannot be undone.
    #[prop(optional)]
    danger: bool,
    send: Callback<()>,
    children: Children,
) -> impl IntoView {
    let page = page();
    view! {
        <DialogForm
            class="act-sheet"
            title
            lead
            submit
            danger
            blocked=Signal::derive(move || page.still())
            message=Signal::derive(move || page.request.message())
            on_submit=send
            on_cancel=Callback::new(move |()| page.close_sheet())
        >
            {children()}
        </DialogForm>
    }
}

/// A field for words; it has the cursor when the sheet opens.
#[component]
pub(super) fn NoteField(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] first: bool,
) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let (true, Some(field)) = (first, field.get()) {
            let _ = field.focus();
        }
    });
    view! {
        <label class="field">
            <span class="field-label">
                {label} <i>{hint}</i>
            </span>
            <textarea class="input" rows="2" node_ref=field bind:value=value></textarea>
        </label>
    }
}
