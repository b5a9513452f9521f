//! Declining a case, or withdrawing it for the applicant: the reason, and a warning
//! that it cannot be undone.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::dialog_form::ReceptionForm;
use super::state::use_reception;
use crate::api::reception::{DeclineCase, WithdrawCase};
use crate::parts::focus::focus_when_shown;

#[component]
pub fn ReasonDialog(
    /// The hall declines the case; otherwise the applicant withdraws it.
    decline: bool,
) -> impl IntoView {
    let reception = use_reception();
    let words = untrack(|| reception.words());
    let written = reception.draft(if decline { "decline" } else { "withdraw" });
    let field = NodeRef::<Textarea>::new();
    focus_when_shown(field);
    let send = Callback::new(move |()| {
        let reason = written.get_untracked().trim().to_owned();
        if decline && reason.is_empty() {
            return reception.request.show_message(words.write_reasons);
        }
        if decline {
            reception.send(
                |request_id, case| DeclineCase { request_id, case, reason },
                move || {
                    reception.forget_draft("decline");
                    reception.close_dialog();
                    reception.success.set(Some(|words| words.done_decline));
                },
            );
        } else {
            reception.send(
                |request_id, case| WithdrawCase { request_id, case, reason },
                move || {
                    reception.forget_draft("withdraw");
                    reception.close_dialog();
                    reception.success.set(Some(|words| words.done_withdraw));
                },
            );
        }
    });
    let (title, lead, submit) = if decline {
        (words.decline_title, words.decline_lead, words.decline_now)
    } else {
        (words.withdraw_title, words.withdraw_lead, words.withdraw_now)
    };
    view! {
        <ReceptionForm title=title.to_owned() lead submit danger=true send>
            <label class="typed">
                <span class="field-label">
                    {words.reasons} {(!decline).then(|| format!(" · {}", words.optional))}
                </span>
                <textarea
                    class="input"
                    rows="4"
                    maxlength="1000"
                    node_ref=field
                    bind:value=written
                ></textarea>
            </label>
        </ReceptionForm>
    }
}
