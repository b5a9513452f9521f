//! A material's photographs and scans: those that arrived, those that are being
//! sent, and the buttons that add one.

use jiban_domain::CaseId;
use leptos::html::Input;
use leptos::prelude::*;

use super::file;
use super::material_actions::choose_file;
use super::state::{DialogKind, ReceptionState, use_reception};
use super::upload::{TYPES, send, upload};
use super::uploads::Upload;
use crate::api::case::{FileShown, MaterialShown};
use crate::api::reception::DetachFile;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// Those that arrived.
pub fn thumbnails(reception: ReceptionState, one: &MaterialShown) -> impl IntoView + use<> {
    let name = one.name.get(reception.lang()).to_owned();
    let is_receiving = reception.is_receiving();
    let Some(case) = reception.with_case(|case| case.id) else { return ().into_any() };
    let first = reception.with_case(|case| {
        let before = case.materials.iter().take_while(|other| other.id != one.id);
        before.map(|other| other.files.len()).sum::<usize>()
    });
    let (material, first) = (one.id, first.unwrap_or_default());
    let thumbnail = |(place, file): (usize, &FileShown)| {
        let words = reception.words();
        let shown = if file.kind == "ofd" {
            view! { <span class="pdf">"OFD"</span> }.into_any()
        } else {
            view! { <img src=file::url(case, &file.file, true) alt="" loading="lazy" /> }.into_any()
        };
        let id = file.file.clone();
        let remove = move |_| {
            let file = id.clone();
            let command = DetachFile { case, material, file };
            if !untrack(|| reception.is_blocked()) {
                reception.send(move |_, _| command, || {});
            }
        };
        view! {
            <span class="photograph">
                <button
                    type="button"
                    class="thumbnail"
                    class:unreadable=file.unreadable
                    title=file.name.clone()
                    aria-label=fill(words.open_file, &[("name", &name)])
                    on:click=move |_| reception.enlarged.set(Some(first + place))
                >
                    {shown}
                </button>
                {is_receiving
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="remove"
                                aria-label=words.remove_file
                                title=words.remove_file
                                on:click=remove
                            >
                                <Icon path=icon::CLOSE />
                            </button>
                        }
                    })}
            </span>
        }
    };
    one.files.iter().enumerate().map(thumbnail).collect_view().into_any()
}

/// Those that are being sent, and those that failed.
#[component]
pub fn PendingUploads(case: CaseId, id: u32) -> impl IntoView {
    let reception = use_reception();
    let row = move |one: Upload| {
        let words = reception.words();
        let key = one.key;
        let shown = match one.failed.clone() {
            None => view! {
                <progress max="100" value=one.percent></progress>
                <span class="soft small tally">
                    {fill(words.sending, &[("n", &one.percent)])}
                </span>
            }
            .into_any(),
            Some(why) => {
                let again = one.may_retry.then(|| {
                    view! {
                        <button
                            class="button small"
                            type="button"
                            on:click=move |_| send(reception, one.clone())
                        >
                            {words.retry}
                        </button>
                    }
                });
                view! {
                    <span class="bad-words small">{why}</span>
                    {again}
                    <button
                        class="button small"
                        type="button"
                        on:click=move |_| reception.uploads.remove(key)
                    >
                        {words.give_up}
                    </button>
                }
                .into_any()
            }
        };
        view! {
            <span class="on-the-way" role="status">
                {shown}
            </span>
        }
    };
    let all = Memo::new(move |_| reception.uploads.of_material(case, id));
    move || all.get().into_iter().map(row).collect_view()
}

/// Takes a photograph, or chooses a file.
#[component]
pub fn FileButtons(case: CaseId, at: usize, id: u32) -> impl IntoView {
    let reception = use_reception();
    let field = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let files = field.files();
        let count = files.as_ref().map_or(0, web_sys::FileList::length);
        for file in (0..count).filter_map(|at| files.as_ref()?.get(at)) {
            let name = file.name();
            upload(reception, case, id, (file.into(), name));
        }
        // The same file may be chosen again after it failed.
        field.set_value("");
    };
    view! {
        <span class="file-keys">
            <button
                class="button small"
                type="button"
                aria-label=move || reception.words().photograph
                title=move || reception.words().photograph
                on:click=move |_| {
                    reception.selected_row.set(at);
                    reception.open_dialog(DialogKind::Camera(id));
                }
            >
                <Icon path=icon::CAMERA />
                <kbd>"P"</kbd>
            </button>
            <button
                class="button small"
                type="button"
                aria-label=move || reception.words().choose_file
                title=move || reception.words().choose_file
                on:click=move |_| choose_file(at)
            >
                <Icon path=icon::CLIP />
                <kbd>"F"</kbd>
            </button>
            <input
                id=format!("file-{at}")
                type="file"
                hidden
                multiple
                accept=TYPES
                node_ref=field
                on:change=chosen
            />
        </span>
    }
}
