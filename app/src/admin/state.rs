//! What the whole admin knows: who is in, the hall now, the working copy.

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cases::watch::Watch;
use super::draft::{Draft, Outcome, fetch};
use super::place::{Page, Place};
use crate::api::admin::{AdminNow, SignOut};
use crate::api::office::Figures;
use crate::api::{Refused, ask, get};
use crate::parts::clock::browser_now;
use crate::parts::live::listen;

/// Whether someone is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// Not known yet.
    Asking,
    /// Nobody is; with what was refused, where it was more than that.
    Shut(Option<Refused>),
    /// An administrator is.
    Open,
    /// A supervisor is: they see the cases and nothing else.
    Supervises,
}

/// How often times "since" are counted on.
const TICK_MS: u32 = 5_000;

/// What the whole admin knows.
#[derive(Debug, Clone, Copy)]
pub struct AdminState {
    /// Whether someone is in.
    pub door: RwSignal<Door>,
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
    /// Nobody in yet.
    pub fn shut() -> Self {
        Self {
            door: RwSignal::new(Door::Asking),
            place: Place::follow_the_address(),
            draft: Draft::empty(),
            watch: StoredValue::new(Watch::new()),
            now: RwSignal::new(None),
            stale_since: RwSignal::new(None),
            clock: RwSignal::new(browser_now()),
        }
    }

    /// Opens the door if the session is good, and loads what is in force
    /// unless there are changes to keep.
    pub fn enter(self, lang: Lang) {
        spawn_local(async move {
            match fetch(lang).await {
                Ok(described) => {
                    if !self.draft.unsaved.get_untracked() {
                        self.draft.load(described);
                    }
                    self.door.set(Door::Open);
                }
                Err(no) if no.code == "sign_in_first" => self.door.set(Door::Shut(None)),
                Err(no) if no.code == "not_allowed" => self.enter_as_supervisor(no, lang).await,
                Err(no) => self.door.set(Door::Shut(Some(no))),
            }
        });
    }

    /// Opens the door to the cases for whoever may see the figures.
    async fn enter_as_supervisor(self, no: Refused, lang: Lang) {
        match get::<Figures>("/api/office/figures", lang).await {
            Ok(figures) => {
                self.watch.get_value().take(figures);
                self.place.page.set(Page::Cases);
                self.door.set(Door::Supervises);
            }
            Err(_) => self.door.set(Door::Shut(Some(no))),
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
            match ask(&SignOut {}, lang).await {
                Ok(_) => self.door.set(Door::Shut(None)),
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
        // A stream tells no reason when it ends: where it was the session, the
        // door is shut.
        Effect::new(move |_| {
            if live.stale_since.get().is_some() {
                spawn_local(async move {
                    if let Err(no) = fetch(Lang::Zh).await
                        && no.code == "sign_in_first"
                    {
                        self.door.set(Door::Shut(None));
                    }
                });
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
