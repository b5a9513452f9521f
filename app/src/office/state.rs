//! What every part of the office's page looks at.

use std::str::FromStr as _;
use std::time::Duration;

use jiban_domain::case::StepRef;
use jiban_domain::{CaseId, Lang, Millis, Text};
use leptos::ev::{focus, hashchange};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::{Act, first_step};
use super::listing::Listing;
use super::session::OfficeSession;
use super::words::Words;
use crate::api::case::{Applicant, CaseShown};
use crate::api::office::{OfficeNow, StepNow};
use crate::api::{Call, Refused, get};
use crate::parts::clock::browser_now;
use crate::parts::interval::every;
use crate::parts::live::listen;
use crate::parts::request::PendingRequest;

/// The page's state: the last snapshot, the list, and the case in hand.
#[derive(Clone, Copy)]
pub(super) struct OfficeState {
    /// The last snapshot; none before the first.
    pub(super) now: RwSignal<Option<OfficeNow>>,
    /// Since when nothing was heard; none while all is well.
    pub(super) stale_since: ReadSignal<Option<Millis>>,
    /// The server's clock, counted on.
    pub(super) clock: RwSignal<Millis>,
    /// The language of the page.
    pub(super) lang: RwSignal<Lang>,
    /// The steps.
    pub(super) list: Listing,
    /// The step that is open; step 0 is whichever fits best.
    pub(super) chosen: RwSignal<Option<StepRef>>,
    /// Its case, once it has come, or why it cannot be seen.
    pub(super) case: RwSignal<Option<Result<CaseShown, Refused>>>,
    /// What the open sheet would do.
    pub(super) sheet: RwSignal<Option<Act>>,
    /// The document that the open sheet would take back: its code and name.
    pub(super) revoking: RwSignal<Option<(String, Text)>>,
    /// The applicant of the case in hand as written, once it was looked at.
    pub(super) whole: RwSignal<Option<Applicant>>,
    /// What was done last, and went well.
    pub(super) done: RwSignal<Option<Act>>,
    pub(super) request: PendingRequest,
    /// The file shown large: its place among all of the case.
    pub(super) large: RwSignal<Option<usize>>,
    pub(super) session: OfficeSession,
    /// How often the case was asked for: an answer that was overtaken is old.
    reads: StoredValue<u32>,
}

/// The page of the page this is called in.
pub(super) fn page() -> OfficeState {
    expect_context()
}

const TICK: Duration = Duration::from_secs(5);

impl OfficeState {
    /// Opens the stream, and the case the address names.
    pub(super) fn new(session: OfficeSession, lang: RwSignal<Lang>) -> Self {
        let live = listen::<OfficeNow>("/events/office");
        let page = Self {
            now: RwSignal::new(None),
            stale_since: live.stale_since,
            clock: RwSignal::new(browser_now()),
            lang,
            list: Listing::new(session, lang),
            chosen: RwSignal::new(None),
            case: RwSignal::new(None),
            sheet: RwSignal::new(None),
            revoking: RwSignal::new(None),
            whole: RwSignal::new(None),
            done: RwSignal::new(None),
            request: PendingRequest::new(lang),
            large: RwSignal::new(None),
            session,
            reads: StoredValue::new(0),
        };
        let ahead = RwSignal::new(0);
        Effect::new(move || {
            if let Some(now) = live.now.get() {
                ahead.set(now.now - browser_now());
                page.clock.set(now.now);
                page.now.set(Some(now));
                page.look_again();
            }
        });
        every(TICK, move || {
            page.clock.set(browser_now() + ahead.get_untracked());
            // A stream refused for want of a session looks to the browser like
            // any other silence: only a question tells them apart.
            if live.stale_since.get_untracked().is_some() {
                session.check();
            }
        });
        let on_return = window_event_listener(focus, move |_| page.look_again());
        let on_address = window_event_listener(hashchange, move |_| page.open(address()));
        on_cleanup(move || {
            on_return.remove();
            on_address.remove();
        });
        page.list.age();
        page.open(address());
        page
    }

    /// The words of the page's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang.get())
    }

    /// Whether nothing can be pressed: a press is on its way, or what is shown
    /// may no longer be true.
    pub(super) fn still(self) -> bool {
        self.request.is_busy() || self.stale_since.get().is_some()
    }

    /// The hall's time zone; a likely one until it is known.
    pub(super) fn zone(self) -> String {
        let known = self.now.with(|now| now.as_ref().map(|now| now.time_zone.clone()));
        known.unwrap_or_else(|| "Asia/Shanghai".to_owned())
    }

    /// The case in hand, where it can be seen.
    pub(super) fn case_in_hand(self) -> Option<CaseShown> {
        self.case.with(|case| case.as_ref().and_then(|case| case.as_ref().ok().cloned()))
    }

    /// Opens a step, or closes the one that is open.
    pub(super) fn open(self, step: Option<StepRef>) {
        if step == self.chosen.get_untracked() {
            return;
        }
        let (old, new) = (self.chosen.get_untracked(), step);
        self.chosen.set(step);
        self.close_sheet();
        self.done.set(None);
        self.large.set(None);
        self.request.clear_message();
        let wanted = step.map(named).unwrap_or_default();
        if address_text() != wanted {
            // Replaced, not added: each case looked at is no page to go back to.
            let url = if wanted.is_empty() { "/office".to_owned() } else { format!("#{wanted}") };
            if let Ok(history) = window().history() {
                let none = leptos::wasm_bindgen::JsValue::NULL;
                let _ = history.replace_state_with_url(&none, "", Some(&url));
            }
        }
        if old.map(|old| old.case) != new.map(|new| new.case) {
            self.case.set(None);
            self.whole.set(None);
        }
        self.read_case();
    }

    /// Closes the sheet that is open, if one is.
    pub(super) fn close_sheet(self) {
        self.sheet.set(None);
        self.revoking.set(None);
    }

    /// Asks anew for what is looked at.
    pub(super) fn look_again(self) {
        self.list.age();
        self.read_case();
    }

    fn read_case(self) {
        let Some(step) = self.chosen.get_untracked() else { return };
        let read = self.reads.get_value().wrapping_add(1);
        self.reads.set_value(read);
        spawn_local(async move {
            let lang = self.lang.get_untracked();
            let address = format!("/api/office/case?case={}", step.case.0);
            let answer = get::<CaseShown>(&address, lang).await;
            // Another may have been opened meanwhile, or the page left.
            let still_wanted =
                self.chosen.try_get_untracked().flatten().filter(|chosen| chosen.case == step.case);
            let Some(chosen) = still_wanted else { return };
            match &answer {
                Ok(case) if chosen.step == 0 => {
                    let first = self.now.with_untracked(|now| first_step(now.as_ref(), case));
                    self.chosen.set(first.map(|step| StepRef { step, ..chosen }));
                }
                Ok(_) => {}
                Err(refused) => {
                    self.session.leave_if_signed_out(refused);
                    let shown = self.case.with_untracked(|case| matches!(case, Some(Ok(_))));
                    // The stale bar tells of it; what is shown stays.
                    if refused.code == Refused::NO_ANSWER && shown {
                        return;
                    }
                }
            }
            let news = self.case.with_untracked(|case| case.as_ref() != Some(&answer));
            if news {
                self.case.set(Some(answer));
            }
        });
    }

    /// Sends what an act asks; once it is done its sheet is closed.
    pub(super) fn act<C>(self, act: Act, question: impl FnOnce(uuid::Uuid) -> C)
    where
        C: Call<Answer = StepNow> + Clone + 'static,
    {
        self.done.set(None);
        self.request.send(question, move |answer| {
            match answer {
                Ok(step) => {
                    self.show(&step);
                    self.close_sheet();
                    self.done.set(Some(act));
                }
                Err(refused) => self.session.leave_if_signed_out(&refused),
            }
            // Also after a refusal: it was refused since something changed.
            self.look_again();
        });
    }

    /// Shows at once what an answer told: a key pressed before the whole case
    /// has come again is meant for how the step stands now.
    fn show(self, now: &StepNow) {
        self.case.update(|case| {
            let Some(Ok(case)) = case else { return };
            let mut steps = case.parts.iter_mut().flat_map(|part| &mut part.steps);
            if let Some(step) = steps.find(|step| step.id == now.id) {
                step.state = now.state;
                case.state = now.case_state;
            }
        });
    }
}

/// How the address names a step, or a case whose step is not known.
fn named(step: StepRef) -> String {
    if step.step == 0 { step.case.0.to_string() } else { step.to_string() }
}

fn address_text() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The step the address names.
fn address() -> Option<StepRef> {
    let text = address_text();
    StepRef::from_str(&text)
        .ok()
        .or_else(|| Some(StepRef { case: CaseId(text.parse().ok()?), step: 0 }))
}
