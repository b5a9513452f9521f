//! A material that cannot be read: asking for it again, and looking at what came.

use jiban_domain::case::{MaterialState, StepState};
use jiban_domain::{Lang, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::dialog_form::{ActionForm, NoteField};
use super::state::{OfficeState, office_state};
use super::step_action::{Availability, availability, find};
use super::words::Words;
use crate::api::ask;
use crate::api::case::{FileShown, MaterialShown};
use crate::api::office::{LookAtNew, Unreadable};
use crate::parts::which_file::WhichFile;
use crate::words::fill;

/// Whether the reviewer may say of the selected step's materials that they cannot be read.
pub(super) fn may_ask_again(page: OfficeState) -> bool {
    let Some(selected) = page.selected.get() else { return false };
    page.now.with(|now| {
        page.case.with(|case| {
            let (Some(now), Some(Ok(case))) = (now, case) else { return false };
            find(case, selected.step).is_some_and(|(_, step)| {
                availability(now, case, step) == Availability::Available
                    && step.state != StepState::Paused
            })
        })
    })
}

/// Opens the dialog for a material, where something was sent of it.
#[component]
pub(super) fn UnreadableButton(material: MaterialShown, may_ask: Memo<bool>) -> impl IntoView {
    let page = office_state();
    let sent = material.state == MaterialState::Present
        && material.files.iter().any(|file| !file.unreadable);
    let target = (material.id, material.name);
    sent.then(|| {
        view! {
            <button
                type="button"
                class="button small"
                hidden=move || !may_ask.get()
                on:click=move |_| {
                    page.close_dialog();
                    page.unreadable.set(Some(target.clone()));
                }
            >
                {move || page.words().unreadable}
            </button>
        }
    })
}

pub(super) fn unreadable_dialog(
    page: OfficeState,
    (material, name): (u32, &Text),
    lang: Lang,
) -> AnyView {
    let words = Words::of(lang);
    let note = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<String>);
    let case = untrack(|| page.selected_case());
    let files = case.into_iter().flat_map(|case| case.materials);
    let files = files.filter(|one| one.id == material).flat_map(|one| one.files).zip(1..);
    let said = |(file, n): (FileShown, u32)| {
        let said = fill(words.nth_file, &[("n", &n), ("name", &file.name)]);
        (file.file, said.trim_end().to_owned())
    };
    let files: Vec<_> = files.filter(|(file, _)| !file.unreadable).map(said).collect();
    let send = Callback::new(move |()| {
        let Some(step) = page.selected.get_untracked() else { return };
        let note = note.get_untracked().trim().to_owned();
        let file = chosen.get_untracked();
        let command = move |request_id| Unreadable { request_id, step, note, material, file };
        page.request.send(command, move |answer| {
            match answer {
                Ok(_) => page.close_dialog(),
                Err(refused) => page.session.leave_if_signed_out(&refused),
            }
            page.refresh();
        });
    });
    view! {
        <ActionForm
            title=fill(words.unreadable_title, &[("name", &name.get(lang))])
            lead=vec![words.unreadable_says.to_owned()]
            submit=words.unreadable_now.to_owned()
            send
        >
            <WhichFile label=words.which_file all=words.all_files files chosen />
            <NoteField label=words.unreadable_note hint=words.optional value=note first=true />
        </ActionForm>
    }
    .into_any()
}

/// Whoever opens what was sent anew has looked at it: the clock runs again.
pub(super) fn look_at_what_is_opened(page: OfficeState) {
    Effect::new(move || {
        let Some(index) = page.viewer_index.get() else { return };
        let Some(case) = untrack(|| page.selected_case()) else { return };
        let mut files = case.materials.iter().flat_map(|one| one.files.iter().map(move |_| one));
        let opened = files.nth(index).filter(|material| material.unseen);
        let (Some(material), Some(step)) = (opened, page.selected.get_untracked()) else { return };
        if !untrack(|| may_ask_again(page)) {
            return;
        }
        let command = LookAtNew {
            request_id: Uuid::new_v4(),
            step,
            note: String::new(),
            material: material.id,
        };
        spawn_local(async move {
            // What fails is tried again when it is opened again.
            let _ = ask(&command, page.lang.get_untracked()).await;
            page.refresh();
        });
    });
}
