//! Somebody of the hall beside the visitor, and going on by phone.

use jiban_domain::{Millis, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::words::KioskApplyWords;
use crate::api::apply::{EndHelp, ShareCode, ShareDraft, SharedWith};
use crate::api::{Refused, ask};
use crate::apply::beside_words::BesideWords;
use crate::apply::figures::TimedFigures;
use crate::apply::live_draft::LiveDraft;
use crate::parts::clock::browser_now;
use crate::parts::days;
use crate::parts::qr;
use crate::words::{fill, lang};

/// Who is beside the visitor, all the time, and the one touch that ends it.
#[component]
pub(super) fn HelperBar(live: LiveDraft, draft: Token) -> impl IntoView {
    let lang = lang();
    let words = move || BesideWords::of(lang.get());
    let helper = Memo::new(move |_| {
        live.draft.with(|draft| draft.as_ref().and_then(|draft| draft.helper.clone()))
    });
    let end = move |_| {
        spawn_local(async move {
            let call = EndHelp { request_id: Uuid::new_v4(), token: draft };
            let _ = ask(&call, lang.get_untracked()).await;
        });
    };
    move || {
        helper.get().map(|name| {
            let sentence = move || fill(words().helper_here, &[("name", &name.get(lang.get()))]);
            view! {
                <div class="helper-bar" role="status">
                    <p>{sentence}</p>
                    <button class="button end" on:click=end>
                        {move || words().end_help}
                    </button>
                </div>
            }
        })
    }
}

/// The six figures by which a helper joins, as long as they are good.
#[component]
pub(super) fn ShareFigures(draft: Token, close: Callback<()>, live: LiveDraft) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let shown = RwSignal::new(None::<(ShareCode, Millis)>);
    let refused = RwSignal::new(None::<Refused>);
    let figures = TimedFigures::new(shown.into());
    let show = move || {
        spawn_local(async move {
            let call =
                ShareDraft { request_id: Uuid::new_v4(), token: draft, with: SharedWith::Helper };
            let answer = ask(&call, lang.get_untracked()).await;
            if shown.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(code) => shown.set(Some((code, browser_now()))),
                Err(refusal) => refused.set(Some(refusal)),
            }
        });
    };
    show();
    // Once somebody is there, the figures are used up.
    Effect::new(move || {
        let joined =
            live.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.helper.is_some()));
        if joined {
            close.run(());
        }
    });
    let address = move |figures: &str| {
        let base = live.draft.with(|draft| draft.as_ref().map(|draft| draft.base.clone()))?;
        Some(format!("{base}/help?code={figures}"))
    };
    let drawing = figures.drawing("number share-figures", address, move || words().help_title);
    let seconds = move || {
        let left = figures.seconds_left().filter(|left| *left > 0)?;
        Some(view! { <p class="soft">{fill(words().help_seconds, &[("n", &left)])}</p> })
    };
    view! {
        <section class="page share">
            <div class="title">
                <h1>{move || words().help_title}</h1>
                <p class="soft" data-heard="">{move || words().help_lead}</p>
            </div>
            <div class="hold">
                {drawing} {seconds}
                <p class="soft" role="status">
                    {move || (figures.seconds_left() == Some(0)).then(|| words().help_over)}
                </p>
                {move || {
                    refused
                        .get()
                        .map(|refused| {
                            view! {
                                <p class="wrong" role="alert">
                                    <strong>{refused.message}</strong>
                                    " "
                                    {refused.next}
                                </p>
                            }
                        })
                }}
                <button class="button" on:click=move |_| show()>
                    {move || words().help_again}
                </button>
                <button class="key" on:click=move |_| close.run(())>
                    {move || words().close}
                </button>
            </div>
        </section>
    }
}

/// The code by which the visitor's own phone goes on.
#[component]
pub(super) fn GoOnByPhone(
    draft: Token,
    close: Callback<()>,
    live: LiveDraft,
    /// It is still filled in; else it is only followed.
    writable: bool,
) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let base = live.draft.with_untracked(|draft| draft.as_ref().map(|one| one.base.clone()));
    let address = format!("{}/D/{draft}", base.unwrap_or_default());
    let until = move || {
        let day = live
            .draft
            .with(|draft| draft.as_ref().map(|draft| draft.keep_until.clone()).unwrap_or_default());
        fill(words().phone_lead, &[("day", &days::weekday(&day, lang.get()))])
    };
    let title = move || if writable { words().phone_title } else { words().follow_title };
    view! {
        <section class="page share">
            <div class="title">
                <h1>{title}</h1>
                {writable.then(|| view! { <p class="soft" data-heard="">{until}</p> })}
            </div>
            <HelperBar live draft />
            <div class="hold">
                {qr::drawing(&address, "", title)}
                {writable.then(|| view! { <p class="soft">{move || words().phone_none}</p> })}
                <button class="key" on:click=move |_| close.run(())>
                    {move || if writable { words().close } else { words().close_followed }}
                </button>
            </div>
        </section>
    }
}
