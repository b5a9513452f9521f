//! The state shared by all admin pages: session, snapshot of the hall, working
//! copy.

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cases::report::Report;
use super::navigation::Navigation;
use super::session::{AdminPages, AdminSession};
use super::working_copy::{Outcome, WorkingCopy};
use crate::api::Refused;
use crate::api::admin::AdminNow;
use crate::api::terminals::TerminalsNow;
use crate::parts::clock::browser_now;
use crate::parts::live::listen;

/// How often elapsed times on the page are updated.
const TICK_MS: u32 = 5_000;

#[derive(Debug, Clone, Copy)]
pub struct AdminState {
    /// In the arena, as it holds what it fills on signing in.
    session: StoredValue<AdminSession>,
    pub navigation: Navigation,
    pub working_copy: WorkingCopy,
    /// The figures on the page of cases.
    pub report: StoredValue<Report>,
    /// The last snapshot of the hall; `None` before the first.
    pub now: RwSignal<Option<AdminNow>>,
    /// How many alerts about terminals are open.
    pub terminal_alerts: RwSignal<u32>,
    /// When the connection was lost; `None` while it works.
    pub stale_since: RwSignal<Option<Millis>>,
    /// The server's clock, advanced locally between snapshots.
    pub clock: RwSignal<Millis>,
}

impl AdminState {
    pub fn new(lang: RwSignal<Lang>) -> Self {
        let (working_copy, navigation) = (WorkingCopy::empty(), Navigation::follow_the_address());
        let report = StoredValue::new(Report::new());
        Self {
            session: StoredValue::new(AdminSession::open(
                AdminPages { working_copy, report },
                lang,
            )),
            navigation,
            working_copy,
            report,
            now: RwSignal::new(None),
            terminal_alerts: RwSignal::new(0),
            stale_since: RwSignal::new(None),
            clock: RwSignal::new(browser_now()),
        }
    }

    pub fn session(self) -> AdminSession {
        self.session.get_value()
    }

    /// Counts the alerts about terminals for a supervisor, whose pages follow no hall; until the
    /// owner of this call is disposed.
    pub fn count_terminal_alerts(self) {
        let live = listen::<TerminalsNow>("/events/terminals");
        Effect::new(move |_| {
            let count: usize = live.now.with(|now| {
                let terminals = now.iter().flat_map(|now| &now.terminals);
                terminals.map(|one| one.alerts.len()).sum()
            });
            self.terminal_alerts.set(u32::try_from(count).unwrap_or(u32::MAX));
        });
    }

    /// Signs out, unless changes would be lost.
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
            if let Err(refused) = self.session().sign_out().await {
                self.working_copy.outcome.set(Some(Outcome::Refused(refused)));
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
                self.terminal_alerts.set(now.terminal_alerts);
                self.now.set(Some(now));
            }
        });
        Effect::new(move |_| self.stale_since.set(live.stale_since.get()));
        // The browser does not say why a stream ended. A request tells whether the
        // session has expired.
        Effect::new(move |_| {
            if live.stale_since.get().is_some() {
                self.session().check();
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
