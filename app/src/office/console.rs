//! The page of one who is signed in: the list at the left, the case in hand at
//! the right.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::in_hand::InHand;
use super::levers::listen_to_keyboard;
use super::list::List;
use super::materials::files;
use super::session::OfficeSession;
use super::state::{OfficeState, page};
use crate::parts::clock::hour_minute;
use crate::parts::focus::keep_focus_off_buttons;
use crate::parts::icon::{self, Icon};
use crate::parts::language::LanguageSwitch;
use crate::parts::viewer::Viewer;
use crate::words::{fill, lang};

/// The console.
#[component]
pub(super) fn Console(session: OfficeSession) -> impl IntoView {
    let page = OfficeState::new(session, lang());
    provide_context(page);
    listen_to_keyboard(page);
    let files = Signal::derive(move || page.case_in_hand().as_ref().map(files).unwrap_or_default());
    view! {
        <div
            class="office"
            class:stale=move || page.stale_since.get().is_some()
            on:mousedown=keep_focus_off_buttons
        >
            <Head />
            <StaleBar />
            <main>
                <List />
                <InHand />
            </main>
            <Viewer all=files at=page.large />
        </div>
    }
}

/// Who is here, and what time it is.
#[component]
fn Head() -> impl IntoView {
    let page = page();
    let clerk =
        Memo::new(move |_| page.now.with(|now| now.as_ref().map(|now| now.clerk.name.clone())));
    let departments = Memo::new(move |_| {
        page.now.with(|now| {
            let departments = now.as_ref().map(|now| &now.departments[..]).unwrap_or_default();
            departments.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
        })
    });
    let sign_out = move |_| {
        spawn_local(async move {
            if let Err(refused) = page.session.sign_out().await {
                page.request.show_message(&refused.in_a_line(page.lang.get_untracked()));
                page.session.leave_if_signed_out(&refused);
            }
        });
    };
    let named = move || {
        let lang = page.lang.get();
        let names: Vec<_> =
            departments.get().iter().map(|name| name.get(lang).to_owned()).collect();
        names.join(" · ")
    };
    view! {
        <header class="head">
            <h1>{move || page.words().title}</h1>
            <p class="soft">{named}</p>
            <p class="clerk">
                {move || clerk.get().map(|name| name.get(page.lang.get()).to_owned())}
            </p>
            <LanguageSwitch />
            <button class="button" type="button" on:click=sign_out>
                {move || page.words().sign_out}
            </button>
            <p class="clock tally">
                {move || hour_minute(page.clock.get(), &page.zone())}
            </p>
        </header>
    }
}

/// The bar of a page that may no longer be true.
#[component]
fn StaleBar() -> impl IntoView {
    let page = page();
    move || {
        page.stale_since.get().map(|since| {
            let sentence = fill(page.words().stale, &[("time", &hour_minute(since, &page.zone()))]);
            view! {
                <p class="notice stale" role="alert">
                    <Icon path=icon::OFFLINE />
                    {sentence}
                </p>
            }
        })
    }
}
