//! What the whole admin knows: who is in, the hall now, the working copy.

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cases::watch::Watch;
use super::draft::{Draft, Outcome};
use super::place::Place;
use super::session::{AdminPages, AdminSession};
use crate::api::Refused;
use crate::api::admin::AdminNow;
use crate::parts::clock::browser_now;
use crate::parts::live::listen;

/// How often times "since" are counted on.
const TICK_MS: u32 = 5_000;

/// What the whole admin knows.
#[derive(Debug, Clone, Copy)]
pub struct AdminState {
    pub session: AdminSession,
    /// Where one looks.
    pub place: Place,
    /// The working copy of the description.
    pub draft: Draft,
    /// What is looked at on the page of cases.
    pub watch: StoredValue<Watch>,
    /// The hall now; none before the first snapshot.
    pub now: RwSignal<Option<AdminNow>>,
    /// Since when nothing was heard of it.
    pub stale_since: RwSignal<Option<Millis>>,
    /// The server's clock, counted on by the browser's.
    pub clock: RwSignal<Millis>,
}

impl AdminState {
    pub fn new(lang: RwSignal<Lang>) -> Self {
        let (draft, place) = (Draft::empty(), Place::follow_the_address());
        let watch = StoredValue::new(Watch::new());
        Self {
            session: AdminSession::open(AdminPages { draft, watch, place }, lang),
            place,
            draft,
            watch,
            now: RwSignal::new(None),
            stale_since: RwSignal::new(None),
            clock: RwSignal::new(browser_now()),
        }
    }

    /// Leaves, unless something would be lost.
    pub fn sign_out(self, lang: Lang) {
        if self.draft.unsaved.get_untracked() {
            let words = super::words::Admin::of(lang);
            self.draft.outcome.set(Some(Outcome::Refused(Refused {
                message: words.unsaved_elsewhere.to_owned(),
                next: String::new(),
                ..Refused::no_answer(lang)
            })));
            return;
        }
        spawn_local(async move {
            match self.session.sign_out().await {
                Ok(()) => {}
                Err(no) => self.draft.outcome.set(Some(Outcome::Refused(no))),
            }
        });
    }

    /// Follows a hall until the owner of the call goes.
    pub fn follow(self, hall: &str) {
        let live = listen::<AdminNow>(&format!("/events/admin?hall={hall}"));
        let ahead = StoredValue::new(0);
        self.now.set(None);
        Effect::new(move |_| {
            if let Some(now) = live.now.get() {
                ahead.set_value(now.now - browser_now());
                self.clock.set(now.now);
                self.now.set(Some(now));
            }
        });
        Effect::new(move |_| self.stale_since.set(live.stale_since.get()));
        // A stream ends without a reason: the session may be over.
        Effect::new(move |_| {
            if live.stale_since.get().is_some() {
                self.session.check();
            }
        });
        let tick = Interval::new(TICK_MS, move || {
            // A picture that stands still has a clock that stands still.
            if live.stale_since.get_untracked().is_none() {
                self.clock.set(browser_now() + ahead.get_value());
            }
        });
        let kept = StoredValue::new_local(tick);
        on_cleanup(move || kept.dispose());
    }
}
