//! The state shared by all parts of the office page.

use std::str::FromStr as _;
use std::time::Duration;

use jiban_domain::case::StepRef;
use jiban_domain::{CaseId, Lang, MatterId, Millis, Text};
use leptos::ev::{focus, hashchange};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::commitment::CheckAction;
use super::session::OfficeSession;
use super::step_action::{StepAction, first_step};
use super::step_list_state::StepListState;
use super::words::Words;
use crate::api::case::{Applicant, CaseShown};
use crate::api::office::{OfficeNow, StepNow};
use crate::api::{Call, Refused, get};
use crate::parts::clock::browser_now;
use crate::parts::drafts;
use crate::parts::interval::every;
use crate::parts::live::listen;
use crate::parts::request::PendingRequest;

/// The page's state: the last snapshot, the step list and the selected case.
#[derive(Clone, Copy)]
pub(super) struct OfficeState {
    /// The last snapshot; `None` before the first.
    pub(super) now: RwSignal<Option<OfficeNow>>,
    /// When the connection was lost; `None` while it works.
    pub(super) stale_since: ReadSignal<Option<Millis>>,
    /// The server's clock, advanced locally between snapshots.
    pub(super) clock: RwSignal<Millis>,
    pub(super) lang: RwSignal<Lang>,
    pub(super) list: StepListState,
    /// The selected step. Step 0 stands for the most relevant step of the case.
    pub(super) selected: RwSignal<Option<StepRef>>,
    /// Its case once loaded, or the refusal.
    pub(super) case: RwSignal<Option<Result<CaseShown, Refused>>>,
    /// The action whose dialog is open.
    pub(super) dialog: RwSignal<Option<StepAction>>,
    /// The result document whose revocation dialog is open: its code and name.
    pub(super) revoking: RwSignal<Option<(String, Text)>>,
    /// The material, by number and name, that is asked for again since it cannot be read.
    pub(super) unreadable: RwSignal<Option<(u32, Text)>>,
    /// The action on a check whose dialog is open, and its matter.
    pub(super) checking: RwSignal<Option<(CheckAction, MatterId)>>,
    /// The applicant of the selected case unmasked, once revealed.
    pub(super) revealed: RwSignal<Option<Applicant>>,
    /// The last action that succeeded.
    pub(super) last_done: RwSignal<Option<StepAction>>,
    pub(super) request: PendingRequest,
    /// What was sent before visits is shown, instead of steps and cases.
    pub(super) precheck: RwSignal<bool>,
    /// The file open in the viewer: its index among all files of the case.
    pub(super) viewer_index: RwSignal<Option<usize>>,
    pub(super) session: OfficeSession,
    /// Requests for the case sent so far, and the latest one whose answer was
    /// used. An answer that arrives after a later one is outdated.
    case_requests: StoredValue<(u32, u32)>,
}

/// The [`OfficeState`] of the current page.
pub(super) fn office_state() -> OfficeState {
    expect_context()
}

/// The name of a draft about a step.
pub(super) fn draft_name(step: StepRef, name: &str) -> String {
    format!("step/{step}/{name}")
}

const TICK: Duration = Duration::from_secs(5);

impl OfficeState {
    /// Connects the event stream and opens the case named in the address.
    pub(super) fn new(session: OfficeSession, lang: RwSignal<Lang>) -> Self {
        let live = listen::<OfficeNow>("/events/office");
        let page = Self {
            now: RwSignal::new(None),
            stale_since: live.stale_since,
            clock: RwSignal::new(browser_now()),
            lang,
            list: StepListState::new(session, lang),
            selected: RwSignal::new(None),
            case: RwSignal::new(None),
            dialog: RwSignal::new(None),
            revoking: RwSignal::new(None),
            unreadable: RwSignal::new(None),
            checking: RwSignal::new(None),
            revealed: RwSignal::new(None),
            last_done: RwSignal::new(None),
            request: PendingRequest::new(lang),
            precheck: RwSignal::new(false),
            viewer_index: RwSignal::new(None),
            session,
            case_requests: StoredValue::new((0, 0)),
        };
        let clock_offset = RwSignal::new(0);
        Effect::new(move || {
            if let Some(now) = live.now.get() {
                clock_offset.set(now.now - browser_now());
                page.clock.set(now.now);
                page.now.set(Some(now));
                page.refresh();
            }
        });
        every(TICK, move || {
            page.clock.set(browser_now() + clock_offset.get_untracked());
            // The browser does not say why a stream ended. Only a request tells
            // an expired session from a lost connection.
            if live.stale_since.get_untracked().is_some() {
                session.check();
            }
        });
        let on_return = window_event_listener(focus, move |_| page.refresh());
        let on_address = window_event_listener(hashchange, move |_| page.open(step_in_hash()));
        on_cleanup(move || {
            on_return.remove();
            on_address.remove();
        });
        page.list.refresh();
        page.open(step_in_hash());
        page
    }

    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang.get())
    }

    /// Whether actions are disabled: a request is in progress, or the page may
    /// show outdated data.
    pub(super) fn is_blocked(self) -> bool {
        self.request.is_busy() || self.stale_since.get().is_some()
    }

    /// The hall's time zone; a default until the first snapshot.
    pub(super) fn zone(self) -> String {
        let known = self.now.with(|now| now.as_ref().map(|now| now.time_zone.clone()));
        known.unwrap_or_else(|| "Asia/Shanghai".to_owned())
    }

    /// The selected case, if it is loaded.
    pub(super) fn selected_case(self) -> Option<CaseShown> {
        self.case.with(|case| case.as_ref().and_then(|case| case.as_ref().ok().cloned()))
    }

    /// Selects a step, or closes the selected one.
    pub(super) fn open(self, step: Option<StepRef>) {
        if step == self.selected.get_untracked() {
            return;
        }
        let (old, new) = (self.selected.get_untracked(), step);
        self.selected.set(step);
        self.close_dialog();
        self.last_done.set(None);
        self.viewer_index.set(None);
        self.request.clear_message();
        let hash = step.map(hash_of).unwrap_or_default();
        if hash_text() != hash {
            // Replaced, not pushed: "back" leaves the page, it does not step
            // through every case that was viewed.
            let url = if hash.is_empty() { "/office".to_owned() } else { format!("#{hash}") };
            if let Ok(history) = window().history() {
                let none = leptos::wasm_bindgen::JsValue::NULL;
                let _ = history.replace_state_with_url(&none, "", Some(&url));
            }
        }
        if old.map(|old| old.case) != new.map(|new| new.case) {
            self.case.set(None);
            self.revealed.set(None);
        }
        self.load_case();
    }

    /// Closes the open dialog, if any.
    pub(super) fn close_dialog(self) {
        self.dialog.set(None);
        self.revoking.set(None);
        self.unreadable.set(None);
        self.checking.set(None);
    }

    /// Loads the list and the selected case again.
    pub(super) fn refresh(self) {
        self.list.refresh();
        self.load_case();
    }

    fn load_case(self) {
        let Some(step) = self.selected.get_untracked() else { return };
        let (last_sent, _) = self.case_requests.get_value();
        let request = last_sent + 1;
        self.case_requests.update_value(|(sent, _)| *sent = request);
        spawn_local(async move {
            let lang = self.lang.get_untracked();
            let address = format!("/api/office/case?case={}", step.case.0);
            let answer = get::<CaseShown>(&address, lang).await;
            // By now another case may be selected, or the page may be gone.
            let selected = self.selected.try_get_untracked().flatten();
            let Some(selected) = selected.filter(|selected| selected.case == step.case) else {
                return;
            };
            if self.case_requests.with_value(|(_, used)| request < *used) {
                return;
            }
            self.case_requests.update_value(|(_, used)| *used = request);
            match &answer {
                Ok(case) if selected.step == 0 => {
                    let first = self.now.with_untracked(|now| first_step(now.as_ref(), case));
                    self.selected.set(first.map(|step| StepRef { step, ..selected }));
                }
                Ok(_) => {}
                Err(refused) => {
                    self.session.leave_if_signed_out(refused);
                    let shown = self.case.with_untracked(|case| matches!(case, Some(Ok(_))));
                    // The case stays on screen; the bar above says that the
                    // connection is lost.
                    if refused.code == Refused::NO_ANSWER && shown {
                        return;
                    }
                }
            }
            let changed = self.case.with_untracked(|case| case.as_ref() != Some(&answer));
            if changed {
                self.case.set(Some(answer));
            }
        });
    }

    /// Sends an action; once it succeeded its dialog is closed.
    pub(super) fn send_action<C>(self, action: StepAction, command: impl FnOnce(uuid::Uuid) -> C)
    where
        C: Call<Answer = StepNow> + Clone + 'static,
    {
        self.last_done.set(None);
        self.request.send(command, move |answer| {
            match answer {
                Ok(step) => {
                    if let Some(selected) = self.selected.get_untracked() {
                        for name in action.drafts() {
                            drafts::forget(&draft_name(selected, name));
                        }
                    }
                    self.apply(&step);
                    self.close_dialog();
                    self.last_done.set(Some(action));
                }
                Err(refused) => self.session.leave_if_signed_out(&refused),
            }
            // Also after a refusal: probably something changed meanwhile.
            self.refresh();
        });
    }

    /// Shows the new state at once. A key pressed before the whole case is loaded
    /// again applies to the state the reviewer sees.
    fn apply(self, now: &StepNow) {
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

/// The hash for a step, or for a case whose step is not known yet.
fn hash_of(step: StepRef) -> String {
    if step.step == 0 { step.case.0.to_string() } else { step.to_string() }
}

fn hash_text() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The step named in the address.
fn step_in_hash() -> Option<StepRef> {
    let text = hash_text();
    StepRef::from_str(&text)
        .ok()
        .or_else(|| Some(StepRef { case: CaseId(text.parse().ok()?), step: 0 }))
}
