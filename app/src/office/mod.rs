//! The office's page: what lies in the reviewer's departments, the reddest
//! first, and the case in hand with everything that can be done to its step.
//!
//! - [`door`]: whether someone is signed in; [`sign_in`] asks who
//! - [`state`]: what every part looks at; [`console`] lays the parts out
//! - [`list`]: the steps, with [`filters`]; [`pages`]: how much of them is here
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
mod door;
mod filters;
mod happened;
mod in_hand;
mod levers;
mod list;
mod listing;
mod materials;
mod pages;
mod results;
mod sheets;
mod sign_in;
mod spell;
mod state;
mod way;
mod words;

use leptos::prelude::*;

use console::Console;
use door::Door;
use sign_in::SignInPage;
use words::Words;

/// The whole page.
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
