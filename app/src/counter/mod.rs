//! The counter's page: the visitor in front of the clerk, and one key for the
//! next step.
//!
//! - [`session`] and [`sign_in`]: whether somebody is signed in, and where
//! - [`console`]: the page of a signed-in clerk, laid out from [`header`],
//!   [`in_hand`], [`actions`], [`waiting`], [`held_and_missed`], [`transfer`],
//!   [`questions`] and [`notices`]
//! - [`reception`]: cases, over the console; [`bookings`]: bookings, likewise
//! - [`state`]: what every part of the console reads
//! - [`ticket_action`]: what a clerk can do to a ticket; [`request`]: one press,
//!   one request
//! - [`format`] and [`words`]: how things are written
//!
//! Everything about tickets comes from the stream and none of it is stored here,
//! so two browsers at one counter cannot differ.

// The page's state is a handful of handles; they are large in debug builds only,
// where each remembers the line it was made in.
#![allow(clippy::large_types_passed_by_value)]

mod actions;
mod bookings;
mod console;
mod format;
mod header;
mod held_and_missed;
mod in_hand;
mod notices;
mod questions;
mod reception;
mod request;
mod session;
mod sign_in;
mod state;
mod ticket_action;
mod transfer;
mod waiting;
mod words;

use leptos::prelude::*;

use console::Console;
use session::{CounterPages, CounterSession};
use sign_in::CounterSignIn;

use crate::parts::local_storage;
use crate::parts::session::SessionState;
use crate::parts::sign_in::Connecting;

/// The whole page.
#[component]
pub fn CounterPage() -> impl IntoView {
    let lang = local_storage::remembered_language("jiban.counter.lang");
    let session = CounterSession::open(CounterPages, lang);
    move || match session.state() {
        SessionState::Checking => view! { <Connecting /> }.into_any(),
        SessionState::SignedOut(reason) => view! { <CounterSignIn session reason /> }.into_any(),
        SessionState::SignedIn(first) => view! { <Console session first /> }.into_any(),
    }
}
