//! Whether someone is signed in here. The session is in a cookie this page
//! cannot read, so it asks.

use std::time::Duration;

use jiban_domain::{Lang, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::counter::CounterNow;
use crate::api::{Refused, get};

const NOW: &str = "/api/counter/now";
const KNOCK_AGAIN: Duration = Duration::from_secs(2);

/// What the page shows.
#[derive(Clone)]
pub(super) enum State {
    /// Not known yet.
    Opening,
    /// Nobody; true when somebody was, until just now.
    SignIn(bool),
    /// Someone, with the first snapshot.
    Inside(Box<CounterNow>),
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
            match get::<CounterNow>(NOW, self.lang.get_untracked()).await {
                Ok(now) => self.state.set(State::Inside(Box::new(now))),
                Err(refused) if refused.code == Refused::NO_ANSWER => {
                    set_timeout(move || self.knock(), KNOCK_AGAIN);
                }
                Err(_) => self.state.set(State::SignIn(false)),
            }
        });
    }

    /// Asks whether the session still stands, and still at the counter shown:
    /// another tab may have signed in elsewhere with the same cookie.
    pub(super) fn check(self) {
        spawn_local(async move {
            match get::<CounterNow>(NOW, self.lang.get_untracked()).await {
                Ok(now) if self.shows_another(&now) => {
                    self.state.set(State::Inside(Box::new(now)));
                }
                Ok(_) => {}
                Err(refused) => self.leave_if_ended(&refused),
            }
        });
    }

    fn shows_another(self, now: &CounterNow) -> bool {
        self.state.with_untracked(|state| match state {
            State::Inside(shown) => {
                (&shown.counter, &shown.clerk.clerk) != (&now.counter, &now.clerk.clerk)
            }
            State::Opening | State::SignIn(_) => false,
        })
    }

    /// Leaves the page when a refusal says that nobody is signed in.
    pub(super) fn leave_if_ended(self, refused: &Refused) {
        let inside = self.state.with_untracked(|state| matches!(state, State::Inside(_)));
        if inside && refused.code == Refusal::SignInFirst.code() {
            self.state.set(State::SignIn(true));
        }
    }

    /// The clerk has signed out.
    pub(super) fn leave(self) {
        self.state.set(State::SignIn(false));
    }
}
