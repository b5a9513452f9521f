//! Writing down what an applicant says at the counter to the notice of a breach.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::words::CommitmentWords;
use crate::api::commitment_calls::RecordAnswer;
use crate::counter::reception::dialog_form::ReceptionForm;
use crate::counter::reception::state::use_reception;
use crate::parts::focus::focus_when_shown;

#[component]
pub(in crate::counter::reception) fn AnswerDialog() -> impl IntoView {
    let reception = use_reception();
    let words = CommitmentWords::of(untrack(|| reception.lang()));
    let written = reception.draft("answer");
    let field = NodeRef::<Textarea>::new();
    focus_when_shown(field);
    let send = Callback::new(move |()| {
        let note = written.get_untracked().trim().to_owned();
        let Some(matter) = reception.answering.get_untracked() else { return };
        if note.is_empty() {
            return reception.request.show_message(words.write);
        }
        reception.send(
            |request_id, case| RecordAnswer { request_id, case, matter, note },
            move || {
                reception.forget_draft("answer");
                reception.close_dialog();
                reception.success.set(Some(|words| words.done_answer));
            },
        );
    });
    view! {
        <ReceptionForm
            title=words.record_title.to_owned()
            lead=words.record_lead
            submit=words.record
            send
        >
            <label class="typed">
                <span class="field-label">{words.said}</span>
                <textarea
                    class="input"
                    rows="5"
                    maxlength="2000"
                    node_ref=field
                    bind:value=written
                ></textarea>
            </label>
        </ReceptionForm>
    }
}
