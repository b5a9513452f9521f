//! A photograph, scan or document shown large over the page. It can be turned and enlarged:
//! a photograph lies on its side, and small print is small. Arrow keys go to the next one.
//!
//! The pages of a PDF come as pictures. No page of ours may be framed, and a PDF in a
//! browser's own viewer may run scripts.

use jiban_domain::Text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::dialog::ModalDialog;
use super::icon::{self, Icon};
use crate::api::case::FileShown;
use crate::words::{fill, lang};

crate::words! {
    /// What the viewer says.
    pub ViewerWords {
        previous: "上一张" | "Previous",
        next: "下一张" | "Next",
        shut: "关闭" | "Close",
        turn: "旋转" | "Turn",
        larger: "放大" | "Larger",
        smaller: "缩小" | "Smaller",
        open_apart: "新窗口打开" | "Open in a new window",
        download: "下载" | "Download",
        page: "第 {n} / {all} 页" | "page {n} of {all}",
        not_drawn: "这里不能显示 OFD，请下载后用 OFD 阅读器打开。" | "An OFD cannot be shown here. Download it and open it in an OFD reader.",
        not_readable: "看不清" | "not readable",
    }
}

/// How many times as large as the window a picture is shown.
const SCALES: [&str; 5] = ["", "grown-1", "grown-2", "grown-3", "grown-4"];
/// A picture turned by none to three quarters.
const TURNS: [&str; 4] = ["", "turned-1", "turned-2", "turned-3"];

/// What there is of a file to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Picture,
    /// So many pages, each a picture.
    Pages(u32),
    /// Nothing: it is downloaded.
    Kept,
}

/// A file that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    address: String,
    content: Content,
    /// What it shows.
    name: Text,
    /// What its sender called it; may be empty.
    sent_name: String,
    unreadable: bool,
}

impl Large {
    /// A file at an address, which shows this.
    pub fn of(file: &FileShown, address: String, name: Text) -> Self {
        let content = match file.kind.as_str() {
            // Of an older file the pages are not known, but it has one.
            "pdf" => Content::Pages(file.pages.unwrap_or(1).max(1)),
            "ofd" => Content::Kept,
            _ => Content::Picture,
        };
        let (sent_name, unreadable) = (file.name.clone(), file.unreadable);
        Self { address, content, name, sent_name, unreadable }
    }

    fn pages(&self) -> u32 {
        match self.content {
            Content::Pages(pages) => pages,
            Content::Picture | Content::Kept => 1,
        }
    }
}

/// What is shown, and how.
#[derive(Clone, Copy)]
struct ViewerState {
    all: Signal<Vec<Large>>,
    at: RwSignal<Option<usize>>,
    page: RwSignal<u32>,
    scale: RwSignal<usize>,
    turned: RwSignal<usize>,
}

impl ViewerState {
    fn shown(self) -> Option<Large> {
        self.all.with(|all| all.get(self.at.get()?).cloned())
    }

    /// The next page or file, or the one before.
    fn go(self, forward: bool) {
        let pages = untrack(|| self.shown()).map_or(1, |shown| shown.pages());
        let page = self.page.get_untracked();
        let to = if forward { page + 1 } else { page - 1 };
        if (1..=pages).contains(&to) {
            self.page.set(to);
            return;
        }
        let count = self.all.with_untracked(Vec::len);
        let by = if forward { 1 } else { -1 };
        self.at.update(|at| {
            *at = at.map(|at| at.checked_add_signed(by).filter(|to| *to < count).unwrap_or(at));
        });
    }

    fn turn(self) {
        self.turned.update(|turned| *turned = (*turned + 1) % TURNS.len());
    }

    fn grow(self, larger: bool) {
        self.scale.update(|scale| {
            let to = if larger { *scale + 1 } else { scale.saturating_sub(1) };
            *scale = to.min(SCALES.len() - 1);
        });
    }
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
    let viewer = ViewerState {
        all,
        at,
        page: RwSignal::new(1),
        scale: RwSignal::new(0),
        turned: RwSignal::new(0),
    };
    let shown = Memo::new(move |_| viewer.shown());
    Effect::new(move || {
        at.track();
        viewer.page.set(1);
        viewer.scale.set(0);
        viewer.turned.set(0);
    });
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        // A picture larger than the window is moved by the arrow keys.
        "ArrowRight" | "ArrowDown" if viewer.scale.get_untracked() == 0 => viewer.go(true),
        "ArrowLeft" | "ArrowUp" if viewer.scale.get_untracked() == 0 => viewer.go(false),
        "PageDown" => viewer.go(true),
        "PageUp" => viewer.go(false),
        "r" | "R" => viewer.turn(),
        "+" | "=" => viewer.grow(true),
        "-" => viewer.grow(false),
        _ => {}
    };
    let content = move || {
        let shown = shown.get()?;
        Some(view! {
            <ViewerHead viewer shown=shown.clone() />
            {large(viewer, &shown)}
        })
    };
    view! {
        <ModalDialog
            class="viewer"
            open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(move |()| at.set(None))
            on:keydown=on_key
        >
            {content}
        </ModalDialog>
    }
}

/// Where one is, and what can be done.
#[component]
fn ViewerHead(viewer: ViewerState, shown: Large) -> impl IntoView {
    let lang = lang();
    let Large { address, content, name, sent_name, unreadable } = shown.clone();
    let pages = shown.pages();
    let tools = move || {
        let words = ViewerWords::of(lang.get());
        let address = address.clone();
        let apart = if content == Content::Picture {
            view! {
                <a class="button" href=address target="_blank" rel="noopener">
                    {words.open_apart}
                </a>
            }
            .into_any()
        } else {
            view! {
                <a class="button" href=address download="">
                    {words.download}
                </a>
            }
            .into_any()
        };
        let drawn = (content != Content::Kept).then(|| {
            view! {
                <button class="button" type="button" on:click=move |_| viewer.turn()>
                    {words.turn}
                    <kbd>"R"</kbd>
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=move || viewer.scale.get() == 0
                    on:click=move |_| viewer.grow(false)
                >
                    {words.smaller}
                    <kbd>"-"</kbd>
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=move || viewer.scale.get() + 1 == SCALES.len()
                    on:click=move |_| viewer.grow(true)
                >
                    {words.larger}
                    <kbd>"+"</kbd>
                </button>
            }
        });
        view! {
            {drawn}
            {apart}
        }
    };
    let place = move || {
        let words = ViewerWords::of(lang.get());
        let count = viewer.all.with(Vec::len);
        let at = viewer.at.get().map_or(0, |at| at + 1);
        let page =
            (pages > 1).then(|| fill(words.page, &[("n", &viewer.page.get()), ("all", &pages)]));
        let parts = [Some(format!("{at} / {count}")), page, Some(sent_name.clone())];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let is_first = move || viewer.at.get() == Some(0) && viewer.page.get() == 1;
    let is_last = move || {
        let count = viewer.all.with(Vec::len);
        viewer.at.get().is_none_or(|at| at + 1 == count) && viewer.page.get() >= pages
    };
    let words = move || ViewerWords::of(lang.get());
    view! {
        <header role="none">
            <b>{move || name.get(lang.get()).to_owned()}</b>
            {unreadable
                .then(|| view! { <span class="mark bad">{move || words().not_readable}</span> })}
            <span class="soft tally">{place}</span>
            {tools}
            <button
                class="button"
                type="button"
                disabled=is_first
                on:click=move |_| viewer.go(false)
            >
                {move || words().previous}
            </button>
            <button class="button" type="button" disabled=is_last on:click=move |_| viewer.go(true)>
                {move || words().next}
            </button>
            <button class="button" type="button" on:click=move |_| viewer.at.set(None)>
                <Icon path=icon::CLOSE />
                {move || words().shut}
                <kbd>"Esc"</kbd>
            </button>
        </header>
    }
}

/// The file itself.
fn large(viewer: ViewerState, shown: &Large) -> AnyView {
    let lang = lang();
    let Large { address, content, name, .. } = shown.clone();
    if content == Content::Kept {
        return view! {
            <div class="picture">
                <p class="not-drawn">{move || ViewerWords::of(lang.get()).not_drawn}</p>
            </div>
        }
        .into_any();
    }
    let is_paged = matches!(content, Content::Pages(_));
    let source = move || {
        if is_paged { format!("{address}&page={}", viewer.page.get()) } else { address.clone() }
    };
    let class =
        move || format!("picture {} {}", SCALES[viewer.scale.get()], TURNS[viewer.turned.get()]);
    view! {
        <div class=class>
            <div class="frame">
                <img src=source alt=move || name.get(lang.get()).to_owned() />
            </div>
        </div>
    }
    .into_any()
}
