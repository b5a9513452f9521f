//! What every part of the console reads.

use std::time::Duration;

use jiban_domain::ticket::TicketState;
use jiban_domain::{Lang, MatterId, Millis};
use leptos::ev::focus;
use leptos::prelude::*;

use super::request::TicketRequest;
use super::session::CounterSession;
use super::words::Words;
use crate::api::counter::{CounterNow, TicketShown};
use crate::parts::clock::browser_now;
use crate::parts::interval::every;
use crate::parts::live::listen;

/// What the clerk is asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Question {
    /// Whether the visitor of a called ticket has come, whose service is to be finished.
    HasCome(TicketShown),
    /// What becomes of the tickets here.
    Leaving,
}

/// What of bookings is shown over the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BookingsPage {
    Today,
    New,
}

/// The console's state: the last snapshot, and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct CounterState {
    /// The last snapshot.
    pub(super) now: RwSignal<CounterNow>,
    /// Since when the stream is silent; none while all is well.
    pub(super) stale_since: ReadSignal<Option<Millis>>,
    /// The server's clock, advanced each second.
    pub(super) clock: RwSignal<Millis>,
    pub(super) lang: RwSignal<Lang>,
    pub(super) request: TicketRequest,
    /// The ticket the transfer dialog is open for.
    pub(super) transferring: RwSignal<Option<TicketShown>>,
    /// What the clerk is asked.
    pub(super) question: RwSignal<Option<Question>>,
    /// The page of bookings that is open.
    pub(super) bookings: RwSignal<Option<BookingsPage>>,
    pub(super) session: CounterSession,
}

/// The state of the console this is called in.
pub(super) fn use_counter() -> CounterState {
    expect_context()
}

const CHECK_SESSION_EVERY: Duration = Duration::from_secs(3);

impl CounterState {
    /// Opens the stream and sets the clock.
    pub(super) fn new(first: CounterNow, session: CounterSession, lang: RwSignal<Lang>) -> Self {
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
        // To the browser a stream that is refused because the session ended is
        // silent like any other: only a call tells the difference.
        every(CHECK_SESSION_EVERY, move || {
            if live.stale_since.get_untracked().is_some() {
                session.check();
            }
        });
        let on_return = window_event_listener(focus, move |_| session.check());
        on_cleanup(move || on_return.remove());
        Self {
            now,
            stale_since: live.stale_since,
            clock,
            lang,
            request: TicketRequest::new(now, session, lang),
            transferring: RwSignal::new(None),
            question: RwSignal::new(None),
            bookings: RwSignal::new(None),
            session,
        }
    }

    /// The words of the page's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang.get())
    }

    /// Whether nothing can be pressed: a request is pending, or the page may be
    /// out of date.
    pub(super) fn is_blocked(self) -> bool {
        self.request.is_busy() || self.stale_since.get().is_some()
    }

    /// Whether the ticket in hand is being served: a case can be opened from it.
    pub(super) fn is_serving(self) -> bool {
        self.now.with(|now| {
            now.in_hand.as_ref().is_some_and(|ticket| ticket.state == TicketState::Serving)
        })
    }

    /// A matter's name; its id where the matter has left the hall file.
    pub(super) fn matter_name(self, id: &MatterId) -> String {
        let lang = self.lang.get();
        self.now.with(|now| {
            now.matters
                .iter()
                .find(|matter| matter.id == *id)
                .map_or_else(|| id.to_string(), |matter| matter.name.get(lang).to_owned())
        })
    }

    /// A time of day by the hall's clock: `14:05`.
    pub(super) fn time_of_day(self, at: Millis) -> String {
        self.now.with(|now| crate::parts::clock::hour_minute(at, &now.time_zone))
    }

    /// A part of the snapshot, which wakes its readers only when it changes.
    pub(super) fn select<T, F>(self, part: F) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
        F: Fn(&CounterNow) -> T + Send + Sync + 'static,
    {
        Memo::new(move |_| self.now.with(&part))
    }
}
