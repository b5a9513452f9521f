//! A photograph or scan shown large over the page. Arrow keys go to the next one.

use jiban_domain::Text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::dialog::ModalDialog;
use super::icon::{self, Icon};
use crate::words::lang;

crate::words! {
    /// What the viewer says.
    pub ViewerWords {
        pdf: "PDF" | "PDF",
        previous: "上一张" | "Previous",
        next: "下一张" | "Next",
        shut: "关闭" | "Close",
        open_apart: "新窗口打开" | "Open in a new window",
    }
}

/// A file that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    pub address: String,
    pub is_pdf: bool,
    /// What it shows.
    pub name: Text,
}

/// The dialog, open while `at` is the index of a file.
#[component]
pub fn Viewer(
    /// All files, in the order of the arrow keys.
    #[prop(into)]
    all: Signal<Vec<Large>>,
    /// The one shown.
    at: RwSignal<Option<usize>>,
) -> impl IntoView {
    let lang = lang();
    let shown = Memo::new(move |_| all.with(|all| all.get(at.get()?).cloned()));
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
            // Our pages may not be framed, so a PDF opens in a window of its own.
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
        <ModalDialog
            class="viewer"
            open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(move |()| at.set(None))
            on:keydown=on_key
        >
            {picture}
        </ModalDialog>
    }
}
