//! The form of reception's dialogs.

use leptos::prelude::*;

use super::state::use_reception;
use crate::parts::dialog::DialogForm;

#[component]
pub fn ReceptionForm(
    title: String,
    /// What follows.
    #[prop(optional)]
    lead: &'static str,
    submit: &'static str,
    /// It cannot be undone.
    #[prop(optional)]
    danger: bool,
    /// The submit button has the focus: Enter submits at once.
    #[prop(optional)]
    focus_submit: bool,
    send: Callback<()>,
    children: Children,
) -> impl IntoView {
    let reception = use_reception();
    let lead = Some(lead).filter(|lead| !lead.is_empty()).map(str::to_owned);
    view! {
        <DialogForm
            title
            lead=lead.into_iter().collect()
            submit=submit.to_owned()
            danger
            focus_submit
            blocked=Signal::derive(move || reception.is_blocked())
            message=Signal::derive(move || reception.request.message())
            on_submit=send
            on_cancel=Callback::new(move |()| reception.close_dialog())
        >
            {children()}
        </DialogForm>
    }
}
