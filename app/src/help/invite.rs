//! The figures by which an applicant goes on, on a screen of their own, with what a helper began.

use std::time::Duration;

use jiban_domain::{Millis, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::Words;
use crate::api::apply::ShareCode;
use crate::api::begin_beside::InviteApplicant;
use crate::api::{Refused, ask};
use crate::apply::live_draft::LiveDraft;
use crate::parts::clock::browser_now;
use crate::parts::interval::every;
use crate::parts::qr;
use crate::words::{fill, lang};

/// How long the figures are good.
const GOOD_FOR: Millis = 60_000;

/// Shown until the applicant has come.
#[component]
pub(super) fn Invite(
    live: LiveDraft,
    token: Token,
    first: ShareCode,
    /// Opens an address on the applicant's side of the desk, where there is a second screen.
    second_screen: Option<Callback<String>>,
) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let shown = RwSignal::new((first, browser_now()));
    let refused = RwSignal::new(None::<Refused>);
    let now = RwSignal::new(browser_now());
    every(Duration::from_secs(1), move || now.set(browser_now()));
    // Once the applicant was there, only they show figures.
    let came = RwSignal::new(false);
    Effect::new(move || {
        if live.other.with(Option::is_some) {
            came.set(true);
        }
    });
    let again = move |_| {
        refused.set(None);
        spawn_local(async move {
            match ask(&InviteApplicant { token }, lang.get_untracked()).await {
                Ok(code) => {
                    let _ = shown.try_set((code, browser_now()));
                }
                Err(refusal) => {
                    let _ = refused.try_set(Some(refusal));
                }
            }
        });
    };
    let left = move || ((GOOD_FOR - (now.get() - shown.with(|(_, since)| *since))) / 1000).max(0);
    let is_good = Memo::new(move |_| left() > 0);
    let address = move |code: &str| format!("/apply/continue?code={code}");
    let figures = move || {
        let code = shown.with(|(code, _)| code.code.clone());
        let base = live.draft.with(|draft| draft.as_ref().map(|one| one.base.clone()))?;
        is_good.get().then(|| {
            let (first, rest) = code.split_at_checked(3).unwrap_or((&code, ""));
            view! {
                <output class="invite-figures number" data-figures=code.clone()>
                    {format!("{first} {rest}")}
                </output>
                {qr::drawing(&format!("{base}{}", address(&code)), "", move || words().invite_title)}
            }
        })
    };
    let seconds = move || {
        if is_good.get() {
            fill(words().invite_seconds, &[("n", &left())])
        } else {
            words().invite_over.to_owned()
        }
    };
    let on_second_screen = second_screen.map(|open| {
        view! {
            <button
                class="key"
                type="button"
                disabled=move || !is_good.get()
                on:click=move |_| open.run(shown.with_untracked(|(code, _)| address(&code.code)))
            >
                {move || words().on_second_screen}
            </button>
        }
    });
    view! {
        <section class="invite" hidden=move || came.get()>
            <h3>{move || words().invite_title}</h3>
            <p class="soft">{move || words().invite_lead}</p>
            <div class="shown">{figures}</div>
            <p class="soft">{seconds}</p>
            <p class="reply refusal" role="alert">
                {move || refused.get().map(|refused| refused.in_a_line(lang.get()))}
            </p>
            <p class="ways">
                {on_second_screen}
                <button class="button" type="button" on:click=again>
                    {move || words().invite_again}
                </button>
            </p>
        </section>
    }
}
