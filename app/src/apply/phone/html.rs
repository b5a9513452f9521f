//! Whole pages as HTML.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::begin::{Offered, OfferedPage, Start, StartPage};
use super::check::CheckPage;
pub use super::frame::Notice;
use super::materials::MaterialsPage;
use super::overview::OverviewPage;
use super::second_screen::SecondScreenPage;
use super::share::{ContinuePage, Figures, SharePage};
use super::sign_in::{Another, FailedPage, LeavingPage, SignInPage, SignInWords};
use super::state::{StatePage, Ways, WithdrawPage};
use super::step::{StepPage, Told};
use super::view::DraftView;
pub use super::view::{escaped, field_id, row_id};
use super::words::ApplyPageWords;
use crate::progress::html::to_html;
use crate::shell::{Document, Shell};

fn document<V: IntoView + 'static>(
    shell: &Shell,
    lang: Lang,
    title: String,
    body: impl FnOnce() -> V + Send + 'static,
) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title applies=true>
                {body().into_any()}
            </Document>
        }
    })
}

/// The title of a page of a draft.
fn titled(view: &DraftView, title: &str) -> String {
    format!("{title} · {}", view.draft.name.get(view.lang))
}

/// `/screen`: the second screen of a counter, between two visitors.
pub fn second_screen(shell: &Shell) -> String {
    let title = ApplyPageWords::of(Lang::Zh).second_screen.to_owned();
    document(shell, Lang::Zh, title, move || view! { <SecondScreenPage /> })
}

/// `/apply/{hall}`.
pub fn offered(shell: &Shell, lang: Lang, hall: String, offered: Vec<Offered>) -> String {
    let title = ApplyPageWords::of(lang).title.to_owned();
    document(shell, lang, title, move || view! { <OfferedPage lang hall offered /> })
}

/// `/apply/{hall}/{matter}`.
pub fn start(shell: &Shell, lang: Lang, start: Start) -> String {
    let title = format!("{} · {}", ApplyPageWords::of(lang).title, start.name);
    document(shell, lang, title, move || view! { <StartPage lang start /> })
}

/// `/d/{token}` while it can be written.
pub fn overview(shell: &Shell, view: DraftView, notice: Option<Notice>) -> String {
    let title = titled(&view, ApplyPageWords::of(view.lang).title);
    document(shell, view.lang, title, move || view! { <OverviewPage view notice /> })
}

/// `/d/{token}/form/{group}`.
pub fn step(shell: &Shell, view: DraftView, place: usize, told: Told) -> String {
    let group = view.groups().get(place).map(|group| group.name.get(view.lang).to_owned());
    let title = titled(&view, &group.unwrap_or_default());
    document(shell, view.lang, title, move || view! { <StepPage view place told /> })
}

/// `/d/{token}/materials`.
pub fn materials(shell: &Shell, view: DraftView, notice: Option<Notice>) -> String {
    let title = titled(&view, ApplyPageWords::of(view.lang).materials);
    document(shell, view.lang, title, move || view! { <MaterialsPage view notice /> })
}

/// `/d/{token}/check`.
pub fn check(shell: &Shell, view: DraftView, request_id: String, notice: Option<Notice>) -> String {
    let title = titled(&view, ApplyPageWords::of(view.lang).check);
    document(shell, view.lang, title, move || view! { <CheckPage view request_id notice /> })
}

/// `/d/{token}` once it was sent.
pub fn state(shell: &Shell, view: DraftView, ways: Ways, notice: Option<Notice>) -> String {
    let title = titled(&view, view.draft.state.name().get(view.lang));
    document(shell, view.lang, title, move || view! { <StatePage view ways notice /> })
}

/// `/d/{token}/withdraw`.
pub fn withdraw(shell: &Shell, view: DraftView, request_id: String) -> String {
    let title = titled(&view, ApplyPageWords::of(view.lang).withdraw);
    document(shell, view.lang, title, move || view! { <WithdrawPage view request_id /> })
}

/// `/d/{token}/share`.
pub fn share(
    shell: &Shell,
    view: DraftView,
    figures: Option<Figures>,
    notice: Option<Notice>,
) -> String {
    let title = titled(&view, ApplyPageWords::of(view.lang).share_title);
    document(shell, view.lang, title, move || view! { <SharePage view figures notice /> })
}

/// `/d/{token}/sign-in`.
pub fn sign_in(
    shell: &Shell,
    view: DraftView,
    another: Option<Another>,
    notice: Option<Notice>,
) -> String {
    let title = titled(&view, SignInWords::of(view.lang).title);
    document(shell, view.lang, title, move || view! { <SignInPage view another notice /> })
}

/// On the way to the provider.
pub fn leaving(shell: &Shell, view: DraftView, address: String) -> String {
    let title = titled(&view, SignInWords::of(view.lang).title);
    document(shell, view.lang, title, move || view! { <LeavingPage view address /> })
}

/// A sign-in that failed.
pub fn sign_in_failed(shell: &Shell, lang: Lang, why: String, back: Option<String>) -> String {
    let title = SignInWords::of(lang).failed.to_owned();
    document(shell, lang, title, move || view! { <FailedPage lang why back /> })
}

/// `/apply/continue`.
pub fn go_on(shell: &Shell, lang: Lang, code: String, refused: Option<String>) -> String {
    let title = ApplyPageWords::of(lang).continue_title.to_owned();
    document(shell, lang, title, move || view! { <ContinuePage lang code refused /> })
}
