//! The applicant signs on the screen what stands in the form, before it is sent. Whoever cannot
//! or will not signs the printed form instead.

use jiban_domain::{Lang, Token};
use leptos::prelude::*;

use super::words::KioskApplyWords;
use crate::api::Refused;
use crate::apply::live_draft::LiveDraft;
use crate::parts::signature::{Pad, SignaturePad};
use crate::words::lang;

/// A signature of a draft.
#[derive(Clone, Copy)]
pub(super) struct Signing {
    pad: Pad,
    /// The drawing that the server has: after a refusal it is not sent again.
    sent: RwSignal<Option<u64>>,
    /// What stands in the form now is signed.
    is_signed: Memo<bool>,
}

impl Signing {
    pub fn of(live: LiveDraft) -> Self {
        let is_signed = Memo::new(move |_| {
            live.draft.with(|draft| {
                // Signed is what stood there then.
                let draft = draft.as_ref().filter(|draft| draft.signed);
                draft.is_some_and(|draft| live.values.with(|values| *values == draft.values))
            })
        });
        Self { pad: Pad::default(), sent: RwSignal::new(None), is_signed }
    }

    /// Sends what was drawn, if anything was.
    ///
    /// # Errors
    /// The server's refusal, or [`Refused::no_answer`].
    pub async fn save(self, draft: Token, lang: Lang) -> Result<(), Refused> {
        let drawing = self.pad.changes();
        let is_sent = self.sent.try_get_untracked().flatten() == drawing;
        if self.pad.drawn.try_get_untracked() != Some(true)
            || is_sent && self.is_signed.try_get_untracked() == Some(true)
        {
            return Ok(());
        }
        let no_answer = || Refused::no_answer(lang);
        let picture = self.pad.picture().await.ok_or_else(no_answer)?;
        let request = gloo_net::http::Request::post(&format!("/api/apply/sign?token={draft}"))
            .header("Accept-Language", lang.tag())
            .header("content-type", "image/png")
            .body(picture)
            .map_err(|_| no_answer())?;
        let answer = request.send().await.map_err(|_| no_answer())?;
        if !answer.ok() {
            return Err(answer.json().await.unwrap_or_else(|_| no_answer()));
        }
        let _ = self.sent.try_set(drawing);
        Ok(())
    }
}

#[component]
pub(super) fn SignHere(signing: Signing) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let sign_here = Signal::derive(move || words().sign_here);
    let sign_again = Signal::derive(move || words().sign_again);
    // It stays while the pad is drawn on anew.
    let again = RwSignal::new(false);
    let is_done = Memo::new(move |_| signing.is_signed.get() && !again.get());
    let pad = signing.pad;
    view! {
        <section class="sign">
            <h3>{move || words().sign_title}</h3>
            {move || {
                if is_done.get() {
                    view! {
                        <p class="all-right" role="status">
                            {words().signed}
                        </p>
                        <button class="button" on:click=move |_| again.set(true)>
                            {words().sign_again}
                        </button>
                    }
                        .into_any()
                } else {
                    view! {
                        <SignaturePad pad sign_here sign_again />
                        <p class="soft">{words().sign_on_paper}</p>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}
