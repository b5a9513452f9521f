//! The page once someone is signed in: the step list on the left, the selected
//! case on the right.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::listen_to_keyboard;
use super::case_panel::CasePanel;
use super::materials::case_files;
use super::precheck::{Precheck, Tabs};
use super::session::OfficeSession;
use super::state::{OfficeState, office_state};
use super::step_list::StepList;
use super::unreadable::look_at_what_is_opened;
use crate::parts::activity::{IdleWarning, tell_activity};
use crate::parts::clock::hour_minute;
use crate::parts::focus::keep_focus_off_buttons;
use crate::parts::icon::{self, Icon};
use crate::parts::language::LanguageSwitch;
use crate::parts::own_password::OwnPassword;
use crate::parts::viewer::Viewer;
use crate::words::{fill, lang};

#[component]
pub(super) fn Console(session: OfficeSession) -> impl IntoView {
    let page = OfficeState::new(session, lang());
    provide_context(page);
    let activity = tell_activity(session);
    listen_to_keyboard(page);
    look_at_what_is_opened(page);
    let files =
        Signal::derive(move || page.selected_case().as_ref().map(case_files).unwrap_or_default());
    view! {
        <div
            class="office"
            class:stale=move || page.stale_since.get().is_some()
            on:mousedown=keep_focus_off_buttons
        >
            <Head />
            <StaleBar />
            <main hidden=move || page.precheck.get()>
                <StepList />
                <CasePanel />
            </main>
            <Show when=move || page.precheck.get()>
                <Precheck />
            </Show>
            <Viewer all=files at=page.viewer_index />
            <IdleWarning activity />
        </div>
    }
}

#[component]
fn Head() -> impl IntoView {
    let page = office_state();
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
    let department_names = move || {
        let lang = page.lang.get();
        let names: Vec<_> =
            departments.get().iter().map(|name| name.get(lang).to_owned()).collect();
        names.join(" · ")
    };
    view! {
        <header class="head">
            <h1>{move || page.words().title}</h1>
            <Tabs />
            <p class="soft">{department_names}</p>
            <p class="clerk">
                {move || clerk.get().map(|name| name.get(page.lang.get()).to_owned())}
            </p>
            <LanguageSwitch />
            <OwnPassword session=page.session />
            <button class="button" type="button" on:click=sign_out>
                {move || page.words().sign_out}
            </button>
            <p class="clock tally">
                {move || hour_minute(page.clock.get(), &page.zone())}
            </p>
        </header>
    }
}

/// Says that the connection is lost and the page may be outdated.
#[component]
fn StaleBar() -> impl IntoView {
    let page = office_state();
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
