//! The office page: the steps waiting in the reviewer's departments, the most
//! urgent first, and the selected case with every action on its step.
//!
//! - [`door`]: whether someone is signed in; [`sign_in`]: the sign-in form
//! - [`state`]: the state all parts share; [`console`]: the layout
//! - [`step_list`]: the list of steps, with its [`filters`];
//!   [`step_list_state`]: loads it; [`pages`]: the pages loaded so far
//! - [`case_panel`]: the selected case, made of [`deadline`], [`step_tracks`],
//!   [`materials`], [`applicant`], [`results`] and [`history`]
//! - [`step_action`]: the actions on a step; [`actions`]: their buttons and
//!   shortcut keys; [`dialogs`] and [`ask_for_more`]: what each action asks for
//!   before it is sent
//! - [`format`] and [`words`]: texts
//!
//! Steps and cases come from the server and are loaded again whenever the
//! event stream reports a change. No rule is decided here.

// `OfficeState` holds only signal handles. They are large in debug builds
// alone, where each handle stores the line that created it.
#![allow(clippy::large_types_passed_by_value)]

mod actions;
mod applicant;
mod ask_for_more;
mod case_panel;
mod console;
mod deadline;
mod dialogs;
mod door;
mod filters;
mod format;
mod history;
mod materials;
mod pages;
mod results;
mod sign_in;
mod state;
mod step_action;
mod step_list;
mod step_list_state;
mod step_tracks;
mod words;

use leptos::prelude::*;

use console::Console;
use door::Door;
use sign_in::SignInPage;
use words::Words;

#[component]
pub fn OfficePage() -> impl IntoView {
    let lang = crate::parts::keep::language("jiban.office.lang");
    let door = Door::new(lang);
    move || match door.state() {
        door::State::Opening => view! {
            <div class="starting">
                <p>{move || Words::of(lang.get()).opening}</p>
            </div>
        }
        .into_any(),
        door::State::SignIn(ended) => view! { <SignInPage door ended /> }.into_any(),
        door::State::Inside => view! { <Console door /> }.into_any(),
    }
}
