//! Telling the applicant all that is missing, at once (一次性告知). The clerk sees
//! first what the document and the phone page will say.

use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::dialog_form::ReceptionForm;
use super::document::print;
use super::state::use_reception;
use crate::api::reception::{CaseDocument, TellMissing};
use crate::words::fill;

#[component]
pub fn MissingNoticeDialog() -> impl IntoView {
    let reception = use_reception();
    let (words, lang) = untrack(|| (reception.words(), reception.lang()));
    let note = reception.draft("missing");
    let missing = untrack(|| reception.materials_in(MaterialState::Missing));
    let count = missing.len();
    let rows = missing
        .into_iter()
        .map(|one| {
            let later =
                one.deferrable.then(|| view! { <span class="mark">{words.deferrable}</span> });
            view! {
                <li>
                    <b>{one.name.get(lang).to_owned()}</b>
                    <span class="soft small">{one.form.name().get(lang).to_owned()}</span>
                    {later}
                </li>
            }
        })
        .collect_view();
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        let on_success = move || {
            reception.forget_draft("missing");
            reception.close_dialog();
            reception.success.set(Some(|words| words.done_tell));
            print(reception, CaseDocument::Missing);
        };
        reception.send(|request_id, case| TellMissing { request_id, case, note }, on_success);
    });
    view! {
        <ReceptionForm
            title=fill(words.missing_title, &[("n", &count)])
            lead=words.missing_lead
            submit=words.tell_now
            focus_submit=true
            send
        >
            <ol class="noticed">{rows}</ol>
            <label class="typed">
                <span class="field-label">{words.note} " · " {words.optional}</span>
                <textarea class="input" rows="2" maxlength="500" bind:value=note></textarea>
            </label>
        </ReceptionForm>
    }
}
