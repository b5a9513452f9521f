//! The form of the dialogs, and its text field.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::state::office_state;
use crate::parts::dialog::DialogForm;
use crate::parts::focus::focus_when_shown;

#[component]
pub(super) fn ActionForm(
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
    let page = office_state();
    view! {
        <DialogForm
            class="act-sheet"
            title
            lead
            submit
            danger
            blocked=Signal::derive(move || page.is_blocked())
            message=Signal::derive(move || page.request.message())
            on_submit=send
            on_cancel=Callback::new(move |()| page.close_dialog())
        >
            {children()}
        </DialogForm>
    }
}

/// A text field; the `first` one gets the focus when the dialog opens.
#[component]
pub(super) fn NoteField(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] first: bool,
) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    if first {
        focus_when_shown(field);
    }
    view! {
        <label class="field">
            <span class="field-label">
                {label} <i>{hint}</i>
            </span>
            <textarea class="input" rows="2" node_ref=field bind:value=value></textarea>
        </label>
    }
}
