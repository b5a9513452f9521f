//! The page once someone is signed in: the step list on the left, the selected
//! case on the right.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::actions::listen_to_keyboard;
use super::case_panel::CasePanel;
use super::door::Door;
use super::materials::case_files;
use super::state::{OfficeState, office_state};
use super::step_list::StepList;
use crate::api::ask;
use crate::api::office::SignOut;
use crate::parts::clock::hour_minute;
use crate::parts::icon::{self, Icon};
use crate::parts::language::LanguageSwitch;
use crate::parts::viewer::Viewer;
use crate::words::{fill, lang};

#[component]
pub(super) fn Console(door: Door) -> impl IntoView {
    let page = OfficeState::new(door, lang());
    provide_context(page);
    listen_to_keyboard(page);
    let files =
        Signal::derive(move || page.selected_case().as_ref().map(case_files).unwrap_or_default());
    // A clicked button would keep the focus, and Enter would press it again
    // instead of opening a row.
    let keep_focus_away = |event: leptos::ev::MouseEvent| {
        let on_button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.closest("button").ok().flatten().is_some());
        if on_button {
            event.prevent_default();
        }
    };
    view! {
        <div
            class="office"
            class:stale=move || page.stale_since.get().is_some()
            on:mousedown=keep_focus_away
        >
            <Head />
            <StaleBar />
            <main>
                <StepList />
                <CasePanel />
            </main>
            <Viewer all=files at=page.viewer_index />
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
            let lang = page.lang.get_untracked();
            match ask(&SignOut {}, lang).await {
                Ok(_) => page.door.leave(),
                Err(refused) => {
                    page.press.say(&refused.in_a_line(lang));
                    page.door.leave_if_ended(&refused);
                }
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
            <p class="soft">{department_names}</p>
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
