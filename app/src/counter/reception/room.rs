//! What every part of reception looks at: the sheet that is open, the case in
//! hand, and what is on its way. The case itself comes from the hall and is
//! kept there at each step; nothing is decided here.

use std::time::Duration;

use jiban_domain::case::{CaseState, MaterialState};
use jiban_domain::{CaseId, Lang};
use leptos::ev::focus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::draft::Draft;
use super::marks::Marks;
use super::sending::Sending;
use super::words::{Word, Words};
use crate::api::case::{Applicant, CaseShown, MaterialShown};
use crate::api::reception::CaseDocument;
use crate::api::{Call, Refused, get};
use crate::counter::door::Door;
use crate::counter::state::{CounterState, page};
use crate::parts::press::Press;

/// Which sheet lies over the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// None.
    Closed,
    /// Who applies, and for what.
    Opening,
    /// The case in hand.
    Case,
    /// The clerk's cases and the results that wait, begun at the search.
    Cases,
    /// The same, begun at the results.
    Results,
}

/// What is asked over the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Tell all that is missing.
    Notice,
    /// Sign the promise.
    Promise,
    /// Photograph a material.
    Camera(u32),
    /// Look at a paper, and print it.
    Paper(CaseDocument),
    /// Do not accept it.
    Decline,
    /// The applicant takes it back.
    Withdraw,
    /// Hand the results over.
    HandOver,
    /// Post them.
    Post,
}

/// Reception's state.
#[derive(Clone, Copy)]
pub struct Room {
    /// The sheet that is open.
    pub(super) sheet: RwSignal<Sheet>,
    /// What is asked over it.
    pub(super) asks: RwSignal<Option<Ask>>,
    /// The case in hand once it has come, or why it cannot be seen.
    pub(super) case: RwSignal<Option<Result<CaseShown, Refused>>>,
    /// The row the keys mean: its place among the materials.
    pub(super) row: RwSignal<usize>,
    /// The file shown large: its place among all of the case.
    pub(super) large: RwSignal<Option<usize>>,
    /// The applicant of the case in hand as written, once it was looked at.
    pub(super) whole: RwSignal<Option<Applicant>>,
    /// The press on its way.
    pub(super) press: Press,
    /// What went well just now.
    pub(super) done: RwSignal<Option<Word>>,
    /// Ticks on their way.
    pub(super) marks: Marks,
    /// Files on their way.
    pub(super) sending: Sending,
    /// What was typed of an applicant whose case is not open yet.
    pub(super) draft: Draft,
    /// The document that prints itself.
    pub(super) printing: RwSignal<Option<String>>,
    /// Where a case leads back to.
    back: RwSignal<Sheet>,
    wanted: RwSignal<Option<CaseId>>,
    /// How often the case was asked for or told: an answer overtaken is old.
    reads: StoredValue<u32>,
    lang: RwSignal<Lang>,
    door: Door,
}

/// The room of the console this is called in.
pub(super) fn room() -> Room {
    page().room
}

/// A photograph may come by the phone page while the case lies here.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

impl Room {
    /// Closed.
    pub fn new(door: Door, lang: RwSignal<Lang>) -> Self {
        let room = Self {
            sheet: RwSignal::new(Sheet::Closed),
            asks: RwSignal::new(None),
            case: RwSignal::new(None),
            row: RwSignal::new(0),
            large: RwSignal::new(None),
            whole: RwSignal::new(None),
            press: Press::new(lang),
            done: RwSignal::new(None),
            marks: Marks::new(),
            sending: Sending::new(),
            draft: Draft::new(),
            printing: RwSignal::new(None),
            back: RwSignal::new(Sheet::Closed),
            wanted: RwSignal::new(None),
            reads: StoredValue::new(0),
            lang,
            door,
        };
        let look_again = move || {
            if room.sheet.get_untracked() == Sheet::Case && !untrack(|| room.press.busy()) {
                room.read();
            }
        };
        let on_return = window_event_listener(focus, move |_| look_again());
        let again = set_interval_with_handle(look_again, LOOK_AGAIN).ok();
        on_cleanup(move || {
            on_return.remove();
            if let Some(again) = again {
                again.clear();
            }
        });
        room
    }

    /// Whether a sheet lies over the console.
    pub fn is_open(self) -> bool {
        self.sheet.get() != Sheet::Closed
    }

    /// The words of the page's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang.get())
    }

    /// The language of the page.
    pub(super) fn lang(self) -> Lang {
        self.lang.get()
    }

    /// Opens a sheet that is no case's.
    pub(super) fn go(self, to: Sheet) {
        self.let_go();
        self.sheet.set(to);
    }

    /// Opens a case.
    pub fn open(self, case: CaseId) {
        let from = self.sheet.get_untracked();
        self.let_go();
        let to_list = matches!(from, Sheet::Cases | Sheet::Results);
        self.back.set(if to_list { from } else { Sheet::Closed });
        self.wanted.set(Some(case));
        self.sheet.set(Sheet::Case);
        self.read();
    }

    /// One step back: the question over the sheet, the sheet, the console.
    pub(super) fn step_back(self) {
        if self.asks.get_untracked().is_some() {
            self.close();
        } else if self.sheet.get_untracked() == Sheet::Case {
            let back = self.back.get_untracked();
            self.go(back);
        } else {
            self.go(Sheet::Closed);
        }
    }

    fn let_go(self) {
        self.close();
        self.large.set(None);
        self.whole.set(None);
        self.case.set(None);
        self.wanted.set(None);
        self.row.set(0);
        self.back.set(Sheet::Closed);
        self.reads.update_value(|reads| *reads += 1);
    }

    /// Asks something over the sheet.
    pub(super) fn ask(self, what: Ask) {
        self.press.clear_message();
        self.done.set(None);
        self.asks.set(Some(what));
    }

    /// Asks no more.
    pub(super) fn close(self) {
        self.asks.set(None);
        self.press.clear_message();
        self.done.set(None);
    }

    /// Leaves the page where a refusal says that nobody is signed in.
    pub(super) fn heed(self, refused: &Refused) {
        self.door.leave_if_ended(refused);
    }

    /// Shows a case as an answer told it.
    pub(super) fn show(self, case: CaseShown) {
        if self.wanted.try_get_untracked().flatten() == Some(case.id) {
            self.reads.update_value(|reads| *reads += 1);
            self.case.set(Some(Ok(case)));
        }
    }

    /// Asks anew how the case stands.
    pub(super) fn read(self) {
        let Some(wanted) = self.wanted.get_untracked() else { return };
        self.reads.update_value(|reads| *reads += 1);
        let read = self.reads.get_value();
        spawn_local(async move {
            let lang = self.lang.get_untracked();
            let address = format!("/api/counter/case?case={}", wanted.0);
            let answer = get::<CaseShown>(&address, lang).await;
            if self.reads.try_get_value() != Some(read) {
                return;
            }
            if let Err(refused) = &answer {
                self.heed(refused);
                let shown = self.case.with_untracked(|case| matches!(case, Some(Ok(_))));
                if refused.code == Refused::NO_ANSWER && shown {
                    return;
                }
            }
            if self.case.with_untracked(|case| case.as_ref() != Some(&answer)) {
                self.case.set(Some(answer));
            }
        });
    }

    /// Asks something of the case that is answered with the case.
    pub(super) fn act<C>(
        self,
        question: impl FnOnce(Uuid, CaseId) -> C,
        then: impl Fn() + Clone + 'static,
    ) where
        C: Call<Answer = CaseShown> + Clone + 'static,
    {
        let Some(id) = self.wanted.get_untracked() else { return };
        self.done.set(None);
        self.press.make(|request| question(request, id), self.hear(then));
    }

    /// What is done with an answer that is the case.
    pub(super) fn hear(
        self,
        then: impl Fn() + Clone + 'static,
    ) -> impl Fn(Result<CaseShown, Refused>) + Clone + 'static {
        move |answer| match answer {
            Ok(case) => {
                self.show(case);
                then();
            }
            Err(refused) => {
                self.heed(&refused);
                // It was refused since something changed.
                self.read();
            }
        }
    }

    /// A piece of the case that wakes its readers only when it changes.
    pub(super) fn piece<T, F>(self, of: F) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
        F: Fn(&CaseShown) -> T + Send + Sync + 'static,
    {
        Memo::new(move |_| self.look(&of))
    }

    /// Reads something off the case in hand.
    pub(super) fn look<T>(self, of: impl FnOnce(&CaseShown) -> T) -> Option<T> {
        self.case.with(|case| case.as_ref()?.as_ref().ok().map(of))
    }

    /// A material by its id.
    pub(super) fn material(self, id: u32) -> Option<MaterialShown> {
        self.look(|case| case.materials.iter().find(|one| one.id == id).cloned()).flatten()
    }

    /// How a material stands: as ticked last, though the hall may not have
    /// heard of it yet.
    pub(super) fn state_of(self, case: CaseId, material: &MaterialShown) -> MaterialState {
        self.marks.of(case, material.id).unwrap_or(material.state)
    }

    /// The materials that stand at something.
    pub(super) fn standing(self, state: MaterialState) -> Vec<MaterialShown> {
        let all = |case: &CaseShown| {
            let here = |one: &&MaterialShown| self.state_of(case.id, one) == state;
            case.materials.iter().filter(here).cloned().collect()
        };
        self.look(all).unwrap_or_default()
    }
}

/// Whether the clerk has a case.
pub(super) fn has(page: CounterState, case: &CaseShown) -> bool {
    case.may_look || page.now.with(|now| now.clerk.name == case.clerk)
}

/// Whether this clerk has the case in hand, and it is still being received.
pub(super) fn receives(page: CounterState) -> bool {
    page.room.look(|case| case.state == CaseState::Open && has(page, case)).unwrap_or_default()
}

/// Whether nothing can be pressed: something is on its way, or what is shown
/// may no longer be true.
pub(super) fn still(page: CounterState) -> bool {
    let room = page.room;
    room.press.busy() || room.marks.any() || page.stale_since.get().is_some()
}
