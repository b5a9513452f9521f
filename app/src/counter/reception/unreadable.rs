//! A material that cannot be read: the applicant is asked for it again.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::html::Textarea;
use leptos::prelude::*;

use super::dialog_form::ReceptionForm;
use super::state::{DialogKind, ReceptionState, use_reception};
use crate::api::case::{FileShown, MaterialShown};
use crate::api::reception::Unreadable;
use crate::parts::focus::focus_when_shown;
use crate::parts::which_file::WhichFile;
use crate::words::fill;

/// Whether the clerk may say so of a material. Whoever brought it to the counter is told
/// without a dialog.
pub fn may_ask_again(reception: ReceptionState, material: &MaterialShown) -> bool {
    let sent = material.state == MaterialState::Present
        && material.files.iter().any(|file| !file.unreadable);
    let of_case = reception.with_case(|case| {
        let awaited = case.state == CaseState::Accepted
            || (case.state == CaseState::Open && material.by_phone);
        awaited && reception.is_own(case)
    });
    sent && of_case.unwrap_or_default()
}

#[component]
pub fn UnreadableDialog(material: u32) -> impl IntoView {
    let reception = use_reception();
    let words = untrack(|| reception.words());
    let written = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<String>);
    let files = untrack(|| reception.material(material)).map(|one| {
        let named = one.files.iter().zip(1..).filter(|(file, _)| !file.unreadable);
        let said = |(file, n): (&FileShown, u32)| {
            let said = fill(words.nth_file, &[("n", &n), ("name", &file.name)]);
            (file.file.clone(), said.trim_end().to_owned())
        };
        named.map(said).collect::<Vec<_>>()
    });
    let field = NodeRef::<Textarea>::new();
    focus_when_shown(field);
    let send = Callback::new(move |()| {
        let note = written.get_untracked().trim().to_owned();
        let file = chosen.get_untracked();
        reception.send(
            |request_id, case| Unreadable { request_id, case, material, file, note },
            move || {
                reception.close_dialog();
                reception.success.set(Some(|words| words.done_unreadable));
            },
        );
    });
    let (lead, submit) = (words.unreadable_lead, words.unreadable_now);
    view! {
        <ReceptionForm title=words.unreadable_title.to_owned() lead submit send>
            <WhichFile
                label=words.which_file
                all=words.all_files
                files=files.unwrap_or_default()
                chosen
            />
            <label class="typed">
                <span class="field-label">
                    {words.unreadable_note} {format!(" · {}", words.optional)}
                </span>
                <textarea
                    class="input"
                    rows="3"
                    maxlength="200"
                    node_ref=field
                    bind:value=written
                ></textarea>
            </label>
        </ReceptionForm>
    }
}

/// Opens the dialog for a material.
#[component]
pub fn UnreadableButton(id: u32, material: Memo<Option<MaterialShown>>) -> impl IntoView {
    let reception = use_reception();
    let may_ask = Memo::new(move |_| {
        material.with(|one| one.as_ref().is_some_and(|one| may_ask_again(reception, one)))
    });
    view! {
        <Show when=move || may_ask.get()>
            <button
                class="button small"
                type="button"
                on:click=move |_| reception.open_dialog(DialogKind::Unreadable(id))
            >
                {move || reception.words().unreadable}
            </button>
        </Show>
    }
}
