//! The counter's page: who is in front of the clerk, and the one key that does
//! the next thing.
//!
//! - [`door`]: whether someone is signed in; [`sign_in`] asks who
//! - [`console`]: the page of one who is, laid out from [`head`], [`in_hand`],
//!   [`levers`], [`waiting`], [`set_aside`], [`transfer`] and [`notices`]
//! - [`reception`]: cases, over the console
//! - [`act`]: what can be asked of the hall; [`press`]: one press, one request
//! - [`spell`] and [`words`]: how it is said; [`keep`]: what this browser remembers
//!
//! Everything about tickets comes from the stream and none of it is kept here,
//! so that two browsers at one counter cannot differ.

// The page is a handful of handles; only in a debug build does each of them
// carry the line it was made in.
#![allow(clippy::large_types_passed_by_value)]

mod act;
mod console;
mod door;
mod head;
mod in_hand;
mod keep;
mod levers;
mod notices;
mod press;
mod reception;
mod set_aside;
mod sign_in;
mod spell;
mod state;
mod transfer;
mod waiting;
mod words;

use leptos::prelude::*;

use console::Console;
use door::Door;
use sign_in::SignInPage;
use words::Words;

/// The whole page.
#[component]
pub fn CounterPage() -> impl IntoView {
    let lang = keep::language();
    let door = Door::new(lang);
    move || match door.state() {
        door::State::Opening => view! {
            <div class="starting">
                <p>{move || Words::of(lang.get()).opening}</p>
            </div>
        }
        .into_any(),
        door::State::SignIn(ended) => view! { <SignInPage door ended /> }.into_any(),
        door::State::Inside(first) => view! { <Console door first=*first /> }.into_any(),
    }
}
