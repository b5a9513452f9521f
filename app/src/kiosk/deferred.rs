//! The pages that nobody needs to take a number. A kiosk starts after every fault, on any
//! network, so their code is a file of its own, which is loaded when the first of them is
//! opened, or once the kiosk has been quiet for a while.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::scene::Screen;
use super::words::words;
use super::{apply, booking, find_case, guide, guide_index, progress, self_print};

/// After a failure: the network may be back.
const AGAIN_AFTER_MS: u32 = 2_000;
/// From the start of the page until their code is loaded unasked.
const UNASKED_AFTER: Duration = Duration::from_secs(30);

/// Something that ends later.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// Loads the code, and draws with it. The crate that is compiled to WebAssembly makes the
/// cut (`app/browser`).
#[derive(Clone, Copy)]
pub struct DeferredCode {
    /// Whether the code is there now.
    pub load: fn() -> Later<bool>,
    /// [`draw`]; ready at once when the code is loaded, nothing without it.
    pub draw: fn(Screen) -> Later<Option<AnyView>>,
}

/// The pages by their screens.
pub fn draw(screen: Screen) -> AnyView {
    match screen {
        Screen::GuideIndex => view! { <guide_index::GuideIndexPage /> }.into_any(),
        Screen::GuideCategory(category) => {
            view! { <guide_index::GuideCategoryPage category /> }.into_any()
        }
        Screen::Guide(id) => view! { <guide::GuidePage id /> }.into_any(),
        Screen::FindCase => view! { <find_case::FindCasePage /> }.into_any(),
        Screen::Scan { unread } => view! { <progress::ScanPage unread /> }.into_any(),
        Screen::Progress(token) => view! { <progress::ProgressPage token /> }.into_any(),
        Screen::Apply { hall, id, is_bundle } => {
            view! { <apply::begin::BeginPage hall id is_bundle /> }.into_any()
        }
        Screen::Fill(draft) => view! { <apply::fill::FillPage draft /> }.into_any(),
        Screen::GoOn => view! { <apply::go_on::GoOnPage /> }.into_any(),
        Screen::Booking => view! { <booking::BookingPage /> }.into_any(),
        Screen::BookLines => view! { <booking::BookLinesPage /> }.into_any(),
        Screen::Book(matter) => view! { <booking::book::BookPage matter /> }.into_any(),
        Screen::CheckIn(token) => view! { <booking::check_in::CheckInPage token /> }.into_any(),
        Screen::SelfPrint => view! { <self_print::ProofPage /> }.into_any(),
        Screen::PrintCode(card) => view! { <self_print::CodePage card /> }.into_any(),
        Screen::Printables(known) => {
            let (proved, card) = *known;
            view! { <self_print::PrintablesPage proved card /> }.into_any()
        }
        Screen::Printing(asked) => view! { <self_print::PrintingPage asked=*asked /> }.into_any(),
        // Drawn by the first code.
        Screen::Home
        | Screen::Lines
        | Screen::Priorities
        | Screen::LineMatters(..)
        | Screen::Search
        | Screen::Unsure
        | Screen::Matter(_)
        | Screen::CalledLater(_)
        | Screen::Issuing(_)
        | Screen::Ticket(_)
        | Screen::Refused(_) => ().into_any(),
    }
}

/// The code, and whether it is loaded.
#[derive(Clone, Copy)]
pub(super) struct Deferred {
    code: DeferredCode,
    loaded: RwSignal<bool>,
}

impl Deferred {
    pub(super) fn new(code: DeferredCode) -> Self {
        let deferred = Self { code, loaded: RwSignal::new(false) };
        set_timeout(move || deferred.load(), UNASKED_AFTER);
        deferred
    }

    /// Loads the code, until it is there.
    fn load(self) {
        spawn_local(async move {
            while self.loaded.try_get_untracked() == Some(false) {
                if (self.code.load)().await {
                    let _ = self.loaded.try_set(true);
                } else {
                    TimeoutFuture::new(AGAIN_AFTER_MS).await;
                }
            }
        });
    }
}

/// A page of [`draw`].
#[component]
pub(super) fn DeferredPage(screen: Screen) -> impl IntoView {
    let deferred = expect_context::<Deferred>();
    if !deferred.loaded.get_untracked() {
        deferred.load();
    }
    move || {
        let drawn = deferred.loaded.get().then(|| {
            let mut drawing = (deferred.code.draw)(screen.clone());
            match drawing.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(page) => page,
                Poll::Pending => None,
            }
        });
        drawn.flatten().unwrap_or_else(|| view! { <Loading /> }.into_any())
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <section class="notice calm" role="status">
            <h1>{move || words().opening}</h1>
            <div class="working" aria-hidden="true"></div>
        </section>
    }
}
