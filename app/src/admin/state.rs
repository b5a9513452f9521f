//! The state shared by all admin pages: session, snapshot of the hall, working
//! copy.

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cases::report::Report;
use super::navigation::{Navigation, Page};
use super::working_copy::{Outcome, WorkingCopy, fetch_setup};
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

/// How often elapsed times on the page are updated.
const TICK_MS: u32 = 5_000;

#[derive(Debug, Clone, Copy)]
pub struct AdminState {
    /// Whether someone is in.
    pub door: RwSignal<Door>,
    pub navigation: Navigation,
    pub working_copy: WorkingCopy,
    /// The figures on the page of cases.
    pub report: StoredValue<Report>,
    /// The last snapshot of the hall; `None` before the first.
    pub now: RwSignal<Option<AdminNow>>,
    /// When the connection was lost; `None` while it works.
    pub stale_since: RwSignal<Option<Millis>>,
    /// The server's clock, advanced locally between snapshots.
    pub clock: RwSignal<Millis>,
}

impl AdminState {
    /// Nobody in yet.
    pub fn shut() -> Self {
        Self {
            door: RwSignal::new(Door::Asking),
            navigation: Navigation::follow_the_address(),
            working_copy: WorkingCopy::empty(),
            report: StoredValue::new(Report::new()),
            now: RwSignal::new(None),
            stale_since: RwSignal::new(None),
            clock: RwSignal::new(browser_now()),
        }
    }

    /// Opens the door if the session is good, and loads what is in force
    /// unless there are changes to keep.
    pub fn enter(self, lang: Lang) {
        spawn_local(async move {
            match fetch_setup(lang).await {
                Ok(setup) => {
                    if !self.working_copy.unsaved.get_untracked() {
                        self.working_copy.load(setup);
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
                self.report.get_value().show(figures);
                self.navigation.page.set(Page::Cases);
                self.door.set(Door::Supervises);
            }
            Err(_) => self.door.set(Door::Shut(Some(no))),
        }
    }

    /// Leaves, unless something would be lost.
    pub fn sign_out(self, lang: Lang) {
        if self.working_copy.unsaved.get_untracked() {
            let words = super::words::AdminWords::of(lang);
            self.working_copy.outcome.set(Some(Outcome::Refused(Refused {
                message: words.unsaved_sign_out.to_owned(),
                next: String::new(),
                ..Refused::no_answer(lang)
            })));
            return;
        }
        spawn_local(async move {
            match ask(&SignOut {}, lang).await {
                Ok(_) => self.door.set(Door::Shut(None)),
                Err(no) => self.working_copy.outcome.set(Some(Outcome::Refused(no))),
            }
        });
    }

    /// Follows the event stream of a hall until the owner of this call is disposed.
    pub fn follow(self, hall: &str) {
        let live = listen::<AdminNow>(&format!("/events/admin?hall={hall}"));
        let clock_offset = StoredValue::new(0);
        self.now.set(None);
        Effect::new(move |_| {
            if let Some(now) = live.now.get() {
                clock_offset.set_value(now.now - browser_now());
                self.clock.set(now.now);
                self.now.set(Some(now));
            }
        });
        Effect::new(move |_| self.stale_since.set(live.stale_since.get()));
        // The browser does not say why a stream ended. A request tells whether the
        // session has expired.
        Effect::new(move |_| {
            if live.stale_since.get().is_some() {
                spawn_local(async move {
                    if let Err(no) = fetch_setup(Lang::Zh).await
                        && no.code == "sign_in_first"
                    {
                        self.door.set(Door::Shut(None));
                    }
                });
            }
        });
        let tick = Interval::new(TICK_MS, move || {
            // While the snapshot is outdated the clock stands still with it.
            if live.stale_since.get_untracked().is_none() {
                self.clock.set(browser_now() + clock_offset.get_value());
            }
        });
        let tick = StoredValue::new_local(tick);
        on_cleanup(move || tick.dispose());
    }
}
