//! A photograph or scan, large, over the page; the arrow keys show the next
//! one.

use jiban_domain::Text;
use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::words::lang;

crate::words! {
    pub ViewerWords {
        pdf: "PDF" | "PDF",
        previous: "上一张" | "Previous",
        next: "下一张" | "Next",
        shut: "关闭" | "Close",
        open_apart: "新窗口打开" | "Open in a new window",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    pub address: String,
    pub is_pdf: bool,
    pub name: Text,
}

/// The dialog, open while `at` is the index of a file.
#[component]
pub fn Viewer(
    /// All files that can be shown.
    #[prop(into)]
    all: Signal<Vec<Large>>,
    /// The index of the file shown.
    at: RwSignal<Option<usize>>,
) -> impl IntoView {
    let lang = lang();
    let dialog = NodeRef::<Dialog>::new();
    let shown = Memo::new(move |_| all.with(|all| all.get(at.get()?).cloned()));
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
        at.update(|at| {
            *at = at.map(|at| at.checked_add_signed(by).filter(|to| *to < count).unwrap_or(at));
        });
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => turn(1),
        "ArrowLeft" | "ArrowUp" => turn(-1),
        _ => {}
    };
    let picture = move || {
        let words = ViewerWords::of(lang.get());
        let Large { address, is_pdf, name } = shown.get()?;
        let name = name.get(lang.get()).to_owned();
        let (place, count) = (at.get()? + 1, all.with(Vec::len));
        let large = if is_pdf {
            // Our pages may not be framed, so a PDF opens in a window of its
            // own.
            view! { <p class="pdf-apart">{words.pdf}</p> }.into_any()
        } else {
            view! { <img src=address.clone() alt=name.clone() /> }.into_any()
        };
        Some(view! {
            <header>
                <b>{name}</b>
                <span class="soft tally">{place} " / " {count}</span>
                <a class="button" href=address target="_blank" rel="noopener">
                    {words.open_apart}
                </a>
                <button
                    class="button"
                    type="button"
                    disabled=place == 1
                    on:click=move |_| turn(-1)
                >
                    {words.previous}
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=place == count
                    on:click=move |_| turn(1)
                >
                    {words.next}
                </button>
                <button class="button" type="button" on:click=move |_| at.set(None)>
                    <Icon path=icon::CLOSE />
                    {words.shut}
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
            on:close=move |_| at.set(None)
        >
            {picture}
        </dialog>
    }
}
