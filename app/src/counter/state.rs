//! What every part of the console looks at.

use std::time::Duration;

use jiban_domain::{Lang, MatterId, Millis};
use leptos::ev::focus;
use leptos::prelude::*;

use super::door::Door;
use super::press::Press;
use super::reception::Room;
use super::words::Words;
use crate::api::counter::{CounterNow, TicketShown};
use crate::parts::clock::browser_now;
use crate::parts::live::listen;

/// The console's state: the last snapshot, and what hangs on it.
#[derive(Clone, Copy)]
pub(super) struct CounterState {
    /// The last snapshot.
    pub(super) now: RwSignal<CounterNow>,
    /// Since when nothing was heard; none while all is well.
    pub(super) stale_since: ReadSignal<Option<Millis>>,
    /// The server's clock, counted on each second.
    pub(super) clock: RwSignal<Millis>,
    /// The language of the page.
    pub(super) lang: RwSignal<Lang>,
    /// The press on its way.
    pub(super) press: Press,
    /// The ticket the transfer dialog is open for.
    pub(super) transferring: RwSignal<Option<TicketShown>>,
    /// Cases: reception, and the window for results.
    pub(super) room: Room,
    /// The way out.
    pub(super) door: Door,
}

/// The page of the console this is called in.
pub(super) fn page() -> CounterState {
    expect_context()
}

const CHECK_EVERY: Duration = Duration::from_secs(3);

impl CounterState {
    /// Opens the stream and sets the clock.
    pub(super) fn new(first: CounterNow, door: Door, lang: RwSignal<Lang>) -> Self {
        let live = listen::<CounterNow>("/events/counter");
        let ahead = RwSignal::new(first.now - browser_now());
        let clock = RwSignal::new(first.now);
        let now = RwSignal::new(first);
        Effect::new(move || {
            if let Some(snapshot) = live.now.get() {
                ahead.set(snapshot.now - browser_now());
                clock.set(snapshot.now);
                now.set(snapshot);
            }
        });
        every(Duration::from_secs(1), move || clock.set(browser_now() + ahead.get_untracked()));
        // A stream refused for want of a session looks to the browser like any
        // other silence: only a question tells them apart.
        every(CHECK_EVERY, move || {
            if live.stale_since.get_untracked().is_some() {
                door.check();
            }
        });
        let on_return = window_event_listener(focus, move |_| door.check());
        on_cleanup(move || on_return.remove());
        Self {
            now,
            stale_since: live.stale_since,
            clock,
            lang,
            press: Press::new(now, door, lang),
            transferring: RwSignal::new(None),
            room: Room::new(door, lang),
            door,
        }
    }

    /// The words of the page's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang.get())
    }

    /// Whether nothing can be pressed: a press is on its way, or what is shown
    /// may no longer be true.
    pub(super) fn still(self) -> bool {
        self.press.busy() || self.stale_since.get().is_some()
    }

    /// A matter's name; its id where the matter has left the hall file.
    pub(super) fn matter(self, id: &MatterId) -> String {
        let lang = self.lang.get();
        self.now.with(|now| {
            now.matters
                .iter()
                .find(|matter| matter.id == *id)
                .map_or_else(|| id.to_string(), |matter| matter.name.get(lang).to_owned())
        })
    }

    /// A time of day by the hall's clock.
    pub(super) fn time(self, at: Millis) -> String {
        self.now.with(|now| crate::parts::clock::hour_minute(at, &now.time_zone))
    }

    /// A piece of the snapshot that wakes its readers only when it changes.
    pub(super) fn piece<T, F>(self, of: F) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
        F: Fn(&CounterNow) -> T + Send + Sync + 'static,
    {
        Memo::new(move |_| self.now.with(&of))
    }
}

fn every(pause: Duration, act: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(act, pause) {
        on_cleanup(move || handle.clear());
    }
}
