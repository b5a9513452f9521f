//! The figures by which an applicant goes on, on a screen of their own, with what a helper began.

use jiban_domain::Token;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::helped::Helped;
use super::words::Words;
use crate::api::begin_beside::InviteApplicant;
use crate::api::{Refused, ask};
use crate::apply::figures::TimedFigures;
use crate::apply::live_draft::LiveDraft;
use crate::parts::clock::browser_now;
use crate::words::{fill, lang};

/// Where the figures are entered already.
fn path(figures: &str) -> String {
    format!("/apply/continue?code={figures}")
}

/// Shown until the applicant has come.
#[component]
pub(super) fn Invite(
    helped: RwSignal<Option<Helped>>,
    live: LiveDraft,
    token: Token,
    /// Opens an address on the applicant's side of the desk, where there is a second screen.
    second_screen: Option<Callback<String>>,
) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let invited = Memo::new(move |_| {
        helped.with(|helped| helped.as_ref().and_then(|helped| helped.invited.clone()))
    });
    let figures = TimedFigures::new(invited.into());
    let refused = RwSignal::new(None::<Refused>);
    let again = move |_| {
        refused.set(None);
        spawn_local(async move {
            match ask(&InviteApplicant { token }, lang.get_untracked()).await {
                Ok(code) => {
                    let _ = helped.try_update(|helped| {
                        // Meanwhile the applicant may have come, or the help be over.
                        let same = helped.as_mut().filter(|helped| helped.token == token);
                        if let Some(invited) = same.and_then(|helped| helped.invited.as_mut()) {
                            *invited = (code, browser_now());
                        }
                    });
                }
                Err(refusal) => {
                    let _ = refused.try_set(Some(refusal));
                }
            }
        });
    };
    let address = move |figures: &str| {
        let base = live.draft.with(|draft| draft.as_ref().map(|draft| draft.base.clone()))?;
        Some(format!("{base}{}", path(figures)))
    };
    let drawing = figures.drawing("invite-figures number", address, move || words().invite_title);
    let seconds = move || match figures.seconds_left() {
        Some(left) if left > 0 => fill(words().invite_seconds, &[("n", &left)]),
        _ => words().invite_over.to_owned(),
    };
    let on_second_screen = second_screen.map(|open| {
        let show = move |_| {
            if let Some(figures) = untrack(|| figures.good()) {
                open.run(path(&figures));
            }
        };
        view! {
            <button
                class="key"
                type="button"
                disabled=move || figures.good().is_none()
                on:click=show
            >
                {move || words().on_second_screen}
            </button>
        }
    });
    view! {
        <section class="invite">
            <h3>{move || words().invite_title}</h3>
            <p class="soft">{move || words().invite_lead}</p>
            <div class="shown">{drawing}</div>
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
