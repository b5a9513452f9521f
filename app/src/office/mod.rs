//! The office page: the steps waiting in the reviewer's departments, the most
//! urgent first, and the selected case with every action on its step.
//!
//! - [`session`]: whether someone is signed in; [`sign_in`]: the sign-in page
//! - [`state`]: the state all parts share; [`console`]: the layout
//! - [`step_list`]: the list of steps, with its [`filters`];
//!   [`step_list_state`]: loads it
//! - [`case_panel`]: the selected case, made of [`deadline`], [`step_tracks`],
//!   [`materials`], [`applicant`], [`results`] and [`history`]
//! - [`step_action`]: the actions on a step; [`actions`]: their buttons and
//!   shortcut keys; [`dialogs`] and [`ask_for_more`]: what each action asks for
//!   before it is sent, in a [`dialog_form`]
//! - [`commitment`]: commitments, and the checks afterwards
//! - [`precheck`]: what was sent before visits; [`answers`]: what was filled in, beside a case
//! - [`unreadable`]: materials that cannot be read, and what is sent anew
//! - [`format`] and [`words`]: texts
//!
//! Steps and cases come from the server and are loaded again whenever the
//! event stream reports a change. No rule is decided here.

// `OfficeState` holds only signal handles. They are large in debug builds
// alone, where each handle stores the line that created it.
#![allow(clippy::large_types_passed_by_value)]

mod actions;
mod answers;
mod applicant;
mod ask_for_more;
mod case_panel;
mod commitment;
mod console;
mod deadline;
mod dialog_form;
mod dialogs;
mod filters;
mod format;
mod history;
mod materials;
mod precheck;
mod results;
mod session;
mod sign_in;
mod state;
mod step_action;
mod step_list;
mod step_list_state;
mod step_tracks;
mod unreadable;
mod words;

use leptos::prelude::*;

use console::Console;
use session::{OfficePages, OfficeSession};
use sign_in::OfficeSignIn;

use crate::parts::local_storage;
use crate::parts::session::SessionState;
use crate::parts::sign_in::Connecting;

#[component]
pub fn OfficePage() -> impl IntoView {
    let lang = local_storage::remembered_language("jiban.office.lang");
    let session = OfficeSession::open(OfficePages, lang);
    move || match session.state() {
        SessionState::Checking => view! { <Connecting /> }.into_any(),
        SessionState::SignedOut(reason) => view! { <OfficeSignIn session reason /> }.into_any(),
        SessionState::SignedIn(()) => view! { <Console session /> }.into_any(),
    }
}
