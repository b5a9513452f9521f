//! A photograph or scan, large, over the page; arrows go to the next one.

use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::desk::desk;
use super::materials::address;
use crate::api::case::CaseShown;
use crate::parts::icon::{self, Icon};

/// A file of a case, with its material's name in both languages.
type Large = (String, bool, jiban_domain::Text);

fn files(case: &CaseShown) -> Vec<Large> {
    let of = |material: &crate::api::case::MaterialShown| {
        let name = material.name.clone();
        let file = |file| (address(case, file, false), file.kind == "pdf", name.clone());
        material.files.iter().map(file).collect::<Vec<_>>()
    };
    case.materials.iter().flat_map(of).collect()
}

/// The dialog, open while the desk names a file.
#[component]
pub(super) fn Viewer() -> impl IntoView {
    let desk = desk();
    let dialog = NodeRef::<Dialog>::new();
    let all = Memo::new(move |_| desk.case_in_hand().as_ref().map(files).unwrap_or_default());
    let shown = Memo::new(move |_| all.with(|all| all.get(desk.large.get()?).cloned()));
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        let wanted = shown.with(Option::is_some);
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let turn = move |by: isize| {
        let count = all.with_untracked(Vec::len);
        desk.large.update(|at| {
            *at = at.map(|at| at.checked_add_signed(by).filter(|to| *to < count).unwrap_or(at));
        });
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => turn(1),
        "ArrowLeft" | "ArrowUp" => turn(-1),
        _ => {}
    };
    let picture = move || {
        let (address, is_pdf, name) = shown.get()?;
        let name = name.get(desk.lang.get()).to_owned();
        let (place, count) = (desk.large.get()? + 1, all.with(Vec::len));
        let large = if is_pdf {
            // No page of ours may stand in a frame, so a PDF opens by itself.
            view! { <p class="pdf-apart">{desk.words().pdf}</p> }.into_any()
        } else {
            view! { <img src=address.clone() alt=name.clone() /> }.into_any()
        };
        Some(view! {
            <header>
                <b>{name}</b>
                <span class="soft tally">{place} " / " {count}</span>
                <a class="button" href=address target="_blank" rel="noopener">
                    {desk.words().open_apart}
                </a>
                <button
                    class="button"
                    type="button"
                    disabled=place == 1
                    on:click=move |_| turn(-1)
                >
                    {desk.words().previous}
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=place == count
                    on:click=move |_| turn(1)
                >
                    {desk.words().next}
                </button>
                <button class="button" type="button" on:click=move |_| desk.large.set(None)>
                    <Icon path=icon::CLOSE />
                    {desk.words().shut}
                    <kbd>"Esc"</kbd>
                </button>
            </header>
            <div class="picture">{large}</div>
        })
    };
    view! {
        <dialog
            class="viewer"
            node_ref=dialog
            on:keydown=on_key
            on:close=move |_| desk.large.set(None)
        >
            {picture}
        </dialog>
    }
}
