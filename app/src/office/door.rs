//! Whether someone is signed in here. The session is in a cookie this page
//! cannot read, so it asks.

use std::time::Duration;

use jiban_domain::{Lang, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::office::Steps;
use crate::api::{Refused, get};

/// The shortest question that only someone signed in gets an answer to.
const KNOCK: &str = "/api/office/steps?limit=1";
const KNOCK_AGAIN: Duration = Duration::from_secs(2);

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not known yet.
    Opening,
    /// Nobody; true when somebody was, until just now.
    SignIn(bool),
    /// Someone.
    Inside,
}

/// The way in and out.
#[derive(Clone, Copy)]
pub(super) struct Door {
    state: RwSignal<State>,
    lang: RwSignal<Lang>,
}

impl Door {
    /// A door that looks at once who is there.
    pub(super) fn new(lang: RwSignal<Lang>) -> Self {
        let door = Self { state: RwSignal::new(State::Opening), lang };
        door.knock();
        door
    }

    /// What the page shows.
    pub(super) fn state(self) -> State {
        self.state.get()
    }

    /// Asks until there is an answer.
    pub(super) fn knock(self) {
        spawn_local(async move {
            match get::<Steps>(KNOCK, self.lang.get_untracked()).await {
                Ok(_) => self.state.set(State::Inside),
                Err(refused) if refused.code == Refused::NO_ANSWER => {
                    set_timeout(move || self.knock(), KNOCK_AGAIN);
                }
                Err(_) => self.state.set(State::SignIn(false)),
            }
        });
    }

    /// Asks whether the session still stands.
    pub(super) fn check(self) {
        spawn_local(async move {
            if let Err(refused) = get::<Steps>(KNOCK, self.lang.get_untracked()).await {
                self.leave_if_ended(&refused);
            }
        });
    }

    /// Leaves the page when a refusal says that nobody is signed in.
    pub(super) fn leave_if_ended(self, refused: &Refused) {
        let inside = self.state.get_untracked() == State::Inside;
        if inside && refused.code == Refusal::SignInFirst.code() {
            self.state.set(State::SignIn(true));
        }
    }

    /// The reviewer has signed out.
    pub(super) fn leave(self) {
        self.state.set(State::SignIn(false));
    }
}
