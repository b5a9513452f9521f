//! Previous and next page of a list that does not fit on one screen: nobody has
//! to scroll.

use leptos::prelude::*;

use super::visit::visit;
use super::words::words;

/// How many choices fit on one page of a full screen.
const ROWS: usize = 6;
/// In large type: the letters grow and the screen does not.
const LARGE_ROWS: usize = 4;

/// How many choices fit on one page now; reactive.
pub fn rows() -> Signal<usize> {
    rows_of(ROWS, LARGE_ROWS)
}

/// So many in standard type, and so many in large.
pub fn rows_of(standard: usize, large: usize) -> Signal<usize> {
    let size = visit().size;
    Signal::derive(move || if size.get() > 0 { large } else { standard })
}

/// Which page of a list is shown.
#[derive(Clone, Copy)]
pub struct Paging {
    pub rows: Signal<usize>,
    page: RwSignal<usize>,
    count: Memo<usize>,
}

impl Paging {
    /// The first page of a list with `len` entries, `rows` on each page.
    pub fn new(rows: Signal<usize>, len: impl Fn() -> usize + Send + Sync + 'static) -> Self {
        let count = Memo::new(move |_| len().div_ceil(rows.get()));
        Self { rows, page: RwSignal::new(0), count }
    }

    /// The current page. A shorter list may have fewer pages than before.
    fn current(self) -> usize {
        self.page.get().min(self.count.get().saturating_sub(1))
    }

    /// The entries on the current page.
    pub fn visible<T: Clone>(self, all: &[T]) -> Vec<T> {
        let rows = self.rows.get();
        all.iter().skip(self.current() * rows).take(rows).cloned().collect()
    }
}

/// The buttons for the other pages, if there are any.
#[component]
pub fn Pager(paging: Paging) -> impl IntoView {
    let is_last = move || paging.current() + 1 >= paging.count.get();
    move || {
        (paging.count.get() > 1).then(|| {
            view! {
                <div class="turns">
                    <button
                        class="button"
                        data-key="PageUp"
                        disabled=move || paging.current() == 0
                        on:click=move |_| paging.page.set(paging.current().saturating_sub(1))
                    >
                        {move || words().previous}
                    </button>
                    <p class="number">
                        {move || format!("{} / {}", paging.current() + 1, paging.count.get())}
                    </p>
                    <button
                        class="button"
                        data-key="PageDown"
                        disabled=is_last
                        on:click=move |_| paging.page.set(paging.current() + 1)
                    >
                        {move || words().next}
                    </button>
                </div>
            }
        })
    }
}
