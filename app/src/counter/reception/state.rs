//! What every part of reception reads: the sheet that is open, the case in hand,
//! and what is pending. The case itself comes from the server and is stored there
//! at each step; nothing is decided here.

use std::time::Duration;

use jiban_domain::access::LookReason;
use jiban_domain::case::{CaseRefusal, CaseState, MaterialState};
use jiban_domain::{CaseId, Lang, MatterId};
use leptos::ev::focus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::applicant_form::ApplicantForm;
use super::pending_marks::PendingMarks;
use super::second_screen::SecondScreen;
use super::uploads::Uploads;
use super::words::{Word, Words};
use crate::api::case::{Applicant, CaseShown, MaterialShown};
use crate::api::reception::{CaseDocument, LookInto};
use crate::api::{Call, Refused, get};
use crate::counter::state::CounterState;
use crate::help::Helped;
use crate::parts::drafts;
use crate::parts::interval::every;
use crate::parts::request::PendingRequest;

/// Which sheet lies over the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Closed,
    /// A new case: who applies, and for which matter.
    NewCase,
    /// The case in hand.
    Case,
    /// The clerk's cases and the results to collect; the cursor is in the search.
    Cases,
    /// The same; the cursor is at the results.
    Results,
    /// What was sent before the visit.
    Drafts,
    /// A form that clerk and visitor fill in together.
    FillTogether,
}

/// Which dialog lies over the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DialogKind {
    /// Tell the applicant all that is missing.
    MissingNotice,
    /// Sign the promise to supply what is deferred.
    Promise,
    /// Photograph a material.
    Camera(u32),
    /// Preview a document, and print it.
    Document(CaseDocument),
    Decline,
    Withdraw,
    /// What was sent of a material cannot be read.
    Unreadable(u32),
    /// Hand the results over.
    HandOver,
    /// Post the results.
    Post,
    /// Say why the clerk looks at this case, which another clerk has.
    SayWhy(CaseId),
    /// Sign what is committed to instead of being proved.
    Commitment,
    /// Write down what the applicant answers to the notice of a breach.
    Answer,
}

/// Reception's state.
#[derive(Clone, Copy)]
pub struct ReceptionState {
    /// The console under the sheet.
    pub(super) counter: CounterState,
    pub(super) sheet: RwSignal<Sheet>,
    pub(super) dialog: RwSignal<Option<DialogKind>>,
    /// The case in hand once it is loaded, or why it cannot be shown.
    pub(super) case: RwSignal<Option<Result<CaseShown, Refused>>>,
    /// The row the keyboard acts on: an index among the materials.
    pub(super) selected_row: RwSignal<usize>,
    /// The file shown large: an index among all files of the case.
    pub(super) enlarged: RwSignal<Option<usize>>,
    /// The applicant of the case in hand in full, once revealed.
    pub(super) revealed: RwSignal<Option<Applicant>>,
    pub(super) request: PendingRequest,
    /// What was just done.
    pub(super) success: RwSignal<Option<Word>>,
    /// The matter whose notice of a breach is being answered.
    pub(super) answering: RwSignal<Option<MatterId>>,
    pub(super) pending_marks: PendingMarks,
    pub(super) uploads: Uploads,
    pub(super) applicant_form: ApplicantForm,
    /// The document that is printing itself.
    pub(super) printing: RwSignal<Option<String>>,
    /// The draft that is filled in together.
    pub(super) helped: RwSignal<Option<Helped>>,
    pub(super) second_screen: SecondScreen,
    /// The sheet to return to from the case.
    return_to: RwSignal<Sheet>,
    case_id: RwSignal<Option<CaseId>>,
    /// Counts loads and answers: an answer to an earlier load is out of date.
    loads: StoredValue<u32>,
}

/// Reception's state of the console this is called in.
pub fn use_reception() -> ReceptionState {
    expect_context()
}

/// The name of a draft about a case.
pub(super) fn draft_name(case: CaseId, name: &str) -> String {
    format!("case/{}/{name}", case.0)
}

/// The applicant may send a photograph from the phone page while the case is open.
const RELOAD_EVERY: Duration = Duration::from_secs(10);

impl ReceptionState {
    /// No sheet is open.
    pub fn new(counter: CounterState) -> Self {
        let reception = Self {
            counter,
            sheet: RwSignal::new(Sheet::Closed),
            dialog: RwSignal::new(None),
            answering: RwSignal::new(None),
            case: RwSignal::new(None),
            selected_row: RwSignal::new(0),
            enlarged: RwSignal::new(None),
            revealed: RwSignal::new(None),
            request: PendingRequest::new(counter.lang),
            success: RwSignal::new(None),
            pending_marks: PendingMarks::new(),
            uploads: Uploads::new(),
            applicant_form: ApplicantForm::new(),
            printing: RwSignal::new(None),
            helped: RwSignal::new(None),
            second_screen: SecondScreen::new(),
            return_to: RwSignal::new(Sheet::Closed),
            case_id: RwSignal::new(None),
            loads: StoredValue::new(0),
        };
        let poll = move || {
            let is_busy = untrack(|| reception.request.is_busy());
            if reception.sheet.get_untracked() == Sheet::Case && !is_busy {
                reception.reload();
            }
        };
        let on_return = window_event_listener(focus, move |_| poll());
        on_cleanup(move || on_return.remove());
        every(RELOAD_EVERY, poll);
        reception
    }

    /// Whether a sheet lies over the console.
    pub fn is_open(self) -> bool {
        self.sheet.get() != Sheet::Closed
    }

    /// The words of the page's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang())
    }

    pub(super) fn lang(self) -> Lang {
        self.counter.lang.get()
    }

    /// Opens a sheet other than a case's.
    pub(super) fn open_sheet(self, sheet: Sheet) {
        self.reset();
        self.sheet.set(sheet);
    }

    pub fn open_case(self, case: CaseId) {
        let from = self.sheet.get_untracked();
        self.reset();
        let from_list = matches!(from, Sheet::Cases | Sheet::Results);
        self.return_to.set(if from_list { from } else { Sheet::Closed });
        self.case_id.set(Some(case));
        self.sheet.set(Sheet::Case);
        self.reload();
    }

    /// Opens a case that another clerk has, once the reason is recorded.
    pub(super) fn look_into(self, case: CaseId, reason: LookReason, note: String) {
        let command = LookInto { case, reason, note };
        self.request.send(
            |_| command,
            move |answer| match answer {
                Ok(_) => {
                    drafts::forget(&draft_name(case, "why"));
                    self.open_case(case);
                }
                Err(refused) => self.ask_why(case, &refused),
            },
        );
    }

    /// Asks for another reason; the dialog says why the last one was refused.
    fn ask_why(self, case: CaseId, refused: &Refused) {
        self.leave_if_signed_out(refused);
        self.open_dialog(DialogKind::SayWhy(case));
        self.request.show_message(&refused.in_a_line(self.counter.lang.get_untracked()));
    }

    /// Opens the form of a new case for the ticket being served.
    pub(super) fn begin_case(self) {
        if !untrack(|| self.counter.is_serving()) {
            return;
        }
        let ticket = self.counter.now.with_untracked(|now| now.in_hand.clone());
        if let Some(ticket) = ticket {
            self.applicant_form.begin(ticket.id, ticket.matter);
            self.open_sheet(Sheet::NewCase);
        }
    }

    /// Opens the last case of the ticket being served, or the form of a new one.
    pub(super) fn open_or_begin_case(self) {
        if !untrack(|| self.counter.is_serving()) {
            return;
        }
        match self.counter.now.with_untracked(|now| now.cases.last().map(|(id, _)| *id)) {
            Some(case) => self.open_case(case),
            None => self.begin_case(),
        }
    }

    /// One step back: from the dialog to the sheet, from the sheet to the console.
    pub(super) fn step_back(self) {
        if self.dialog.get_untracked().is_some() {
            self.close_dialog();
        } else if self.sheet.get_untracked() == Sheet::Case {
            self.open_sheet(self.return_to.get_untracked());
        } else {
            self.open_sheet(Sheet::Closed);
        }
    }

    fn reset(self) {
        self.close_dialog();
        self.enlarged.set(None);
        self.revealed.set(None);
        self.case.set(None);
        self.case_id.set(None);
        self.selected_row.set(0);
        self.return_to.set(Sheet::Closed);
        self.loads.update_value(|loads| *loads += 1);
    }

    pub(super) fn open_dialog(self, dialog: DialogKind) {
        self.request.clear_message();
        self.success.set(None);
        self.dialog.set(Some(dialog));
    }

    pub(super) fn close_dialog(self) {
        self.dialog.set(None);
        self.request.clear_message();
        self.success.set(None);
    }

    /// Leaves the page when a refusal says that nobody is signed in.
    pub(super) fn leave_if_signed_out(self, refused: &Refused) {
        self.counter.session.leave_if_signed_out(refused);
    }

    /// Shows the case that an answer brought.
    pub(super) fn show_case(self, case: CaseShown) {
        if self.case_id.try_get_untracked().flatten() == Some(case.id) {
            self.loads.update_value(|loads| *loads += 1);
            self.case.set(Some(Ok(case)));
        }
    }

    /// Loads the case in hand again.
    pub(super) fn reload(self) {
        let Some(id) = self.case_id.get_untracked() else { return };
        self.loads.update_value(|loads| *loads += 1);
        let load = self.loads.get_value();
        spawn_local(async move {
            let lang = self.counter.lang.get_untracked();
            let answer = get::<CaseShown>(&format!("/api/counter/case?case={}", id.0), lang).await;
            if self.loads.try_get_value() != Some(load) {
                return;
            }
            if let Err(refused) = &answer {
                self.leave_if_signed_out(refused);
                if refused.code == CaseRefusal::SayWhy.code() {
                    self.open_dialog(DialogKind::SayWhy(id));
                }
                let is_shown = self.case.with_untracked(|case| matches!(case, Some(Ok(_))));
                if refused.code == Refused::NO_ANSWER && is_shown {
                    return;
                }
            }
            if self.case.with_untracked(|case| case.as_ref() != Some(&answer)) {
                self.case.set(Some(answer));
            }
        });
    }

    /// Sends a command about the case in hand that is answered with the case.
    pub(super) fn send<C>(
        self,
        command: impl FnOnce(Uuid, CaseId) -> C,
        on_success: impl Fn() + Clone + 'static,
    ) where
        C: Call<Answer = CaseShown> + Clone + 'static,
    {
        let Some(id) = self.case_id.get_untracked() else { return };
        self.success.set(None);
        self.request.send(|request_id| command(request_id, id), self.on_case(on_success));
    }

    /// A text about the case in hand that is kept until it is sent.
    pub(super) fn draft(self, name: &str) -> RwSignal<String> {
        match self.case_id.get_untracked() {
            Some(case) => drafts::text(draft_name(case, name)),
            None => RwSignal::new(String::new()),
        }
    }

    /// What was typed about the case in hand was sent.
    pub(super) fn forget_draft(self, name: &str) {
        if let Some(case) = self.case_id.get_untracked() {
            drafts::forget(&draft_name(case, name));
        }
    }

    /// Handles an answer that is the case.
    pub(super) fn on_case(
        self,
        on_success: impl Fn() + Clone + 'static,
    ) -> impl Fn(Result<CaseShown, Refused>) + Clone + 'static {
        move |answer| match answer {
            Ok(case) => {
                self.show_case(case);
                on_success();
            }
            Err(refused) => {
                self.leave_if_signed_out(&refused);
                // A refusal often means that the case has changed meanwhile.
                self.reload();
            }
        }
    }

    /// A part of the case, which wakes its readers only when it changes.
    pub(super) fn select<T, F>(self, part: F) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
        F: Fn(&CaseShown) -> T + Send + Sync + 'static,
    {
        Memo::new(move |_| self.with_case(&part))
    }

    /// Reads from the case in hand; none while there is none.
    pub(super) fn with_case<T>(self, read: impl FnOnce(&CaseShown) -> T) -> Option<T> {
        self.case.with(|case| case.as_ref()?.as_ref().ok().map(read))
    }

    /// A material of the case in hand, by its id.
    pub(super) fn material(self, id: u32) -> Option<MaterialShown> {
        self.with_case(|case| case.materials.iter().find(|one| one.id == id).cloned()).flatten()
    }

    /// A material's state as marked last, even if the server has not confirmed
    /// the mark yet.
    pub(super) fn material_state(self, case: CaseId, material: &MaterialShown) -> MaterialState {
        self.pending_marks.state_of(case, material.id).unwrap_or(material.state)
    }

    /// The materials in a state.
    pub(super) fn materials_in(self, state: MaterialState) -> Vec<MaterialShown> {
        let matching = |case: &CaseShown| {
            let has_state = |one: &&MaterialShown| self.material_state(case.id, one) == state;
            case.materials.iter().filter(has_state).cloned().collect()
        };
        self.with_case(matching).unwrap_or_default()
    }

    /// Whether the clerk is responsible for a case.
    pub(super) fn is_own(self, case: &CaseShown) -> bool {
        case.may_look || self.counter.now.with(|now| now.clerk.name == case.clerk)
    }

    /// Whether the case in hand is the clerk's, and not accepted yet.
    pub(super) fn is_receiving(self) -> bool {
        self.with_case(|case| case.state == CaseState::Open && self.is_own(case))
            .unwrap_or_default()
    }

    /// Whether nothing can be pressed: something is pending, or the page may be
    /// out of date.
    pub(super) fn is_blocked(self) -> bool {
        self.request.is_busy()
            || self.pending_marks.any()
            || self.counter.stale_since.get().is_some()
    }
}
