//! The office's page: what lies in the reviewer's departments, the reddest
//! first, and the case in hand with everything that can be done to its step.
//!
//! - [`session`] and [`sign_in`]: whether somebody is signed in
//! - [`state`]: what every part looks at; [`console`] lays the parts out
//! - [`list`]: the steps, with [`filters`]
//! - [`in_hand`]: the case, from [`deadline`], [`way`], [`materials`],
//!   [`applicant`], [`results`] and [`happened`]
//! - [`act`]: what can be done, [`levers`]: its keys, [`sheets`]: what each asks
//!   before it is done
//! - [`spell`] and [`words`]: how it is said
//!
//! Steps and cases come from the server and are asked for again whenever the
//! stream says that something changed; nothing is decided here.

// The page is a handful of handles; only in a debug build does each of them
// carry the line it was made in.
#![allow(clippy::large_types_passed_by_value)]

mod act;
mod applicant;
mod asking;
mod console;
mod deadline;
mod filters;
mod happened;
mod in_hand;
mod levers;
mod list;
mod listing;
mod materials;
mod results;
mod session;
mod sheet_form;
mod sheets;
mod sign_in;
mod spell;
mod state;
mod way;
mod words;

use leptos::prelude::*;

use console::Console;
use session::{OfficePages, OfficeSession};
use sign_in::OfficeSignIn;

use crate::parts::local_storage;
use crate::parts::session::SessionState;
use crate::parts::sign_in::Connecting;

/// The whole page.
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
