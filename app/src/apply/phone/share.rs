//! Going on on another device, by six figures or a QR code.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::frame::{DraftFrame, Notice};
use super::view::DraftView;
use super::words::ApplyPageWords;
use crate::api::apply::SharedWith;
use crate::apply::figures::grouped;
use crate::parts::qr;
use crate::progress::Head;

/// Figures that are shown just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub code: String,
    /// The whole address at which they are entered already.
    pub address: String,
    pub with: SharedWith,
}

/// `/d/{token}/share`.
#[component]
pub(super) fn SharePage(
    view: DraftView,
    figures: Option<Figures>,
    notice: Option<Notice>,
) -> impl IntoView {
    let words = ApplyPageWords::of(view.lang);
    let shown = figures.map(|Figures { code, address, with }| {
        let name = words.share_alt;
        let (how, only) = match with {
            SharedWith::Helper => (words.share_helper_how, words.share_only),
            SharedWith::Device => (words.share_device_how, words.share_own),
        };
        view! {
            <p>{how}</p>
            <p class="code-figures">{grouped(&code)}</p>
            <div class="booking-code">
                {qr::drawing(&address, "qr", move || name)}
            </div>
            <p class="soft">{only}</p>
        }
    });
    view! {
        <DraftFrame view=view.clone() title=words.share_title.to_owned() notice>
            {shown}
            <p>{words.share_how}</p>
            <form method="post" action=view.at("/share")>
                <p class="choices">
                    <button class="action" name="with" value="helper">
                        {words.share_helper}
                    </button>
                    <button class="action" name="with" value="device">
                        {words.share_device}
                    </button>
                    <a class="action quiet" href=view.at("")>
                        {words.back_to_form}
                    </a>
                </p>
            </form>
            {at_a_terminal(&view)}
        </DraftFrame>
    }
    .into_any()
}

/// The code that a terminal's scanner reads. It is the applicant's own, so a helper has none.
fn at_a_terminal(view: &DraftView) -> Option<AnyView> {
    let words = ApplyPageWords::of(view.lang);
    let own = format!("{}/d/{}", view.draft.base, view.draft.token);
    (!view.draft.by_helper).then(|| {
        let name = words.code_alt;
        view! {
            <h2>{words.terminal}</h2>
            <p>{words.terminal_how}</p>
            <div class="booking-code at-terminal">
                {qr::drawing(&qr::address(&own), "qr", move || name)}
            </div>
        }
        .into_any()
    })
}

/// `/apply/continue`.
#[component]
pub(super) fn ContinuePage(lang: Lang, code: String, refused: Option<String>) -> impl IntoView {
    let words = ApplyPageWords::of(lang);
    let refused = refused.map(|why| view! { <p class="wrong" role="alert">{why}</p> });
    let action = format!("/apply/continue?lang={}", lang.tag());
    view! {
        <main class="applying">
            <Head lang hall=words.title.to_owned() />
            <h1>{words.continue_title}</h1>
            <p class="soft">{words.continue_how}</p>
            {refused}
            <form method="post" action=action>
                <p>
                    <label class="ask-label" for="code">
                        {words.continue_label}
                    </label>
                    <input
                        class="ask-input figures"
                        id="code"
                        name="code"
                        value=code
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        maxlength="9"
                        required
                    />
                </p>
                <p class="choices">
                    <button class="action">{words.go_on}</button>
                </p>
            </form>
        </main>
    }
    .into_any()
}
