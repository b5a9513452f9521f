//! A material's photographs and scans: those that are there, those on their way,
//! and the keys that add one.

use jiban_domain::CaseId;
use leptos::html::Input;
use leptos::prelude::*;

use super::address;
use super::material::choose_file;
use super::room::{Ask, receives, room, still};
use super::sending::{KINDS, Sent, go, send};
use crate::api::case::{FileShown, MaterialShown};
use crate::api::reception::DetachFile;
use crate::counter::state::{CounterState, page};
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// Its photographs and scans.
pub fn thumbnails(page: CounterState, one: &MaterialShown) -> impl IntoView + use<> {
    let room = page.room;
    let name = one.name.get(page.lang.get()).to_owned();
    let is_received = receives(page);
    let Some(case) = room.look(|case| case.id) else { return ().into_any() };
    let first = room.look(|case| {
        let before = case.materials.iter().take_while(|other| other.id != one.id);
        before.map(|other| other.files.len()).sum::<usize>()
    });
    let (material, first) = (one.id, first.unwrap_or_default());
    let thumbnail = |(place, file): (usize, &FileShown)| {
        let words = room.words();
        let shown = if file.kind == "pdf" {
            view! { <span class="pdf">{words.pdf}</span> }.into_any()
        } else {
            view! { <img src=address(case, &file.file, true) alt="" loading="lazy" /> }.into_any()
        };
        let id = file.file.clone();
        let remove = move |_| {
            let file = id.clone();
            let question = DetachFile { case, material, file };
            if !untrack(|| still(page)) {
                room.act(move |_, _| question, || {});
            }
        };
        view! {
            <span class="photograph">
                <button
                    type="button"
                    class="thumbnail"
                    aria-label=fill(words.open_file, &[("name", &name)])
                    on:click=move |_| room.large.set(Some(first + place))
                >
                    {shown}
                </button>
                {is_received
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

/// Those that are being sent, and those that did not go.
#[component]
pub fn OnTheWay(case: CaseId, id: u32) -> impl IntoView {
    let page = page();
    let room = room();
    let one = move |sent: Sent| {
        let words = room.words();
        let key = sent.key;
        let shown = match sent.failed.clone() {
            None => view! {
                <progress max="100" value=sent.percent></progress>
                <span class="soft small tally">
                    {fill(words.sending, &[("n", &sent.percent)])}
                </span>
            }
            .into_any(),
            Some(why) => {
                let again = sent.again.then(|| {
                    view! {
                        <button
                            class="button small"
                            type="button"
                            on:click=move |_| go(page, sent.clone())
                        >
                            {words.send_again}
                        </button>
                    }
                });
                view! {
                    <span class="bad-words small">{why}</span>
                    {again}
                    <button
                        class="button small"
                        type="button"
                        on:click=move |_| room.sending.drop(key)
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
    let all = Memo::new(move |_| room.sending.of(case, id));
    move || all.get().into_iter().map(one).collect_view()
}

/// Camera and file.
#[component]
pub fn FileKeys(case: CaseId, at: usize, id: u32) -> impl IntoView {
    let page = page();
    let room = room();
    let field = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let files = field.files();
        let count = files.as_ref().map_or(0, web_sys::FileList::length);
        for file in (0..count).filter_map(|at| files.as_ref()?.get(at)) {
            send(page, case, id, file.into());
        }
        // The same file may be chosen again after it failed.
        field.set_value("");
    };
    view! {
        <span class="file-keys">
            <button
                class="button small"
                type="button"
                aria-label=move || room.words().photograph
                title=move || room.words().photograph
                on:click=move |_| {
                    room.row.set(at);
                    room.ask(Ask::Camera(id));
                }
            >
                <Icon path=icon::CAMERA />
                <kbd>"P"</kbd>
            </button>
            <button
                class="button small"
                type="button"
                aria-label=move || room.words().choose_file
                title=move || room.words().choose_file
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
                accept=KINDS.join(",")
                node_ref=field
                on:change=chosen
            />
        </span>
    }
}
