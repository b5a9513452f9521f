//! What can be done with the case in hand, each button in its place. The big key
//! does the usual next step.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::prelude::*;

use super::state::{DialogKind, ReceptionState, use_reception};
use super::words::{Word, Words};
use crate::api::reception::{AcceptCase, CaseDocument, DecideCase, TakeUpCase};
use crate::api::{Refused, ask};
use crate::parts::request::RequestWords;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseAction {
    /// The usual next step.
    Next,
    /// Accept it; decide later.
    AcceptOnly,
    /// Tell the applicant all that is missing.
    NotifyMissing,
    /// Sign the promise to supply what is deferred.
    Sign,
    Decline,
    Withdraw,
    /// Post the results.
    Post,
    /// Take responsibility for it.
    TakeOver,
}

impl CaseAction {
    /// The action of a key, given as `KeyboardEvent.key` in lower case.
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "enter" | " " => Self::Next,
            "n" => Self::NotifyMissing,
            "s" => Self::Sign,
            "t" => Self::TakeOver,
            _ => return None,
        })
    }
}

/// The steps of the big key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    TakeOver,
    Sign,
    Accept,
    AcceptAndDecide,
    Decide,
    HandOver,
}

impl Next {
    const fn word(self, words: &Words) -> &'static str {
        match self {
            Self::TakeOver => words.take_over,
            Self::Sign => words.sign,
            Self::Accept => words.accept,
            Self::AcceptAndDecide => words.accept_and_decide,
            Self::Decide => words.decide,
            Self::HandOver => words.hand_over,
        }
    }
}

/// What the buttons depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CaseSituation {
    state: CaseState,
    is_own: bool,
    immediate: bool,
    missing: usize,
    /// Deferred, without a signed promise.
    unsigned: usize,
    deferred: usize,
}

impl CaseSituation {
    fn now(reception: ReceptionState) -> Option<Self> {
        let deferred = reception.materials_in(MaterialState::Deferred).len();
        let missing = reception.materials_in(MaterialState::Missing).len();
        reception.with_case(|case| Self {
            state: case.state,
            is_own: reception.is_own(case),
            immediate: case.immediate,
            missing,
            unsigned: if case.promise.is_none() { deferred } else { 0 },
            deferred,
        })
    }

    const fn next(self) -> Option<Next> {
        Some(match self.state {
            CaseState::Open if !self.is_own => Next::TakeOver,
            CaseState::Open if self.unsigned > 0 && self.missing == 0 => Next::Sign,
            CaseState::Open if self.immediate => Next::AcceptAndDecide,
            CaseState::Open => Next::Accept,
            CaseState::Accepted if self.is_own && self.immediate => Next::Decide,
            CaseState::Accepted if !self.is_own => Next::TakeOver,
            CaseState::Ready => Next::HandOver,
            _ => return None,
        })
    }

    /// Whether a button is shown at all.
    fn shows(self, action: CaseAction) -> bool {
        let is_receiving = self.state == CaseState::Open && self.is_own;
        match action {
            CaseAction::Next => self.next().is_some(),
            CaseAction::AcceptOnly => is_receiving && self.immediate,
            CaseAction::NotifyMissing | CaseAction::Sign | CaseAction::Decline => is_receiving,
            CaseAction::Withdraw => {
                self.is_own && matches!(self.state, CaseState::Open | CaseState::Accepted)
            }
            CaseAction::Post => self.state == CaseState::Ready,
            CaseAction::TakeOver => self.next() == Some(Next::TakeOver),
        }
    }

    /// Whether it would do something now.
    fn allows(self, action: CaseAction) -> bool {
        let is_complete = self.missing == 0;
        self.shows(action)
            && match action {
                CaseAction::Next => self.state != CaseState::Open || !self.is_own || is_complete,
                CaseAction::AcceptOnly => is_complete && self.unsigned == 0,
                CaseAction::NotifyMissing => self.missing > 0,
                CaseAction::Sign => self.deferred > 0,
                _ => true,
            }
    }
}

/// Does an action, if it would do something now.
pub fn run(reception: ReceptionState, action: CaseAction) {
    let situation = untrack(|| CaseSituation::now(reception));
    let situation = situation.filter(|situation| situation.allows(action));
    let Some(situation) = situation.filter(|_| !untrack(|| reception.is_blocked())) else { return };
    match (action, situation.next()) {
        (CaseAction::Next, Some(Next::Sign)) | (CaseAction::Sign, _) => {
            reception.open_dialog(DialogKind::Promise);
        }
        (CaseAction::Next, Some(Next::HandOver)) => reception.open_dialog(DialogKind::HandOver),
        (CaseAction::Next, Some(Next::TakeOver)) | (CaseAction::TakeOver, _) => reception.send(
            |request_id, case| TakeUpCase { request_id, case },
            move || reception.success.set(Some(|words| words.done_take_over)),
        ),
        (CaseAction::Next, Some(Next::Accept)) | (CaseAction::AcceptOnly, _) => {
            accept(reception, false);
        }
        (CaseAction::Next, Some(Next::AcceptAndDecide)) => accept(reception, true),
        (CaseAction::Next, Some(Next::Decide)) => reception.send(
            |request_id, case| DecideCase { request_id, case, note: String::new() },
            move || reception.success.set(Some(|words| words.done_decide)),
        ),
        (CaseAction::Next, None) => {}
        (CaseAction::NotifyMissing, _) => reception.open_dialog(DialogKind::MissingNotice),
        (CaseAction::Decline, _) => reception.open_dialog(DialogKind::Decline),
        (CaseAction::Withdraw, _) => reception.open_dialog(DialogKind::Withdraw),
        (CaseAction::Post, _) => reception.open_dialog(DialogKind::Post),
    }
}

/// Accepts the case, decides it too if wanted, and shows the receipt.
fn accept(reception: ReceptionState, decide: bool) {
    let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
    let (accept_id, decide_id) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let send = move |lang| async move {
        let accepted = ask(&AcceptCase { request_id: accept_id, case }, lang).await?;
        if decide && accepted.state == CaseState::Accepted {
            let command = DecideCase { request_id: decide_id, case, note: String::new() };
            ask(&command, lang).await?;
        }
        Ok(())
    };
    reception.request.send_with(accept_id, send, move |answer: Result<(), Refused>| {
        match answer {
            Ok(()) => {
                reception.open_dialog(DialogKind::Document(CaseDocument::Receipt));
                let success: Word =
                    if decide { |words| words.done_decide } else { |words| words.done_accept };
                reception.success.set(Some(success));
            }
            Err(refused) => reception.leave_if_signed_out(&refused),
        }
        reception.reload();
    });
}

/// The foot of the case.
#[component]
pub fn ActionBar() -> impl IntoView {
    let reception = use_reception();
    let situation = Memo::new(move |_| CaseSituation::now(reception));
    let next = Memo::new(move |_| situation.get().and_then(CaseSituation::next));
    let reply = move || {
        if reception.dialog.get().is_some() {
            return None;
        }
        if reception.pending_marks.unanswered.get() {
            let words = RequestWords::of(reception.lang());
            return Some(("reply refusal", words.retrying.to_owned()));
        }
        match (reception.request.message(), reception.success.get()) {
            (Some(message), _) => Some(("reply refusal", message)),
            (None, Some(success)) => Some(("reply good", success(reception.words()).to_owned())),
            (None, None) => None,
        }
    };
    let button = move |action: CaseAction, class: &'static str, word: Word, letter| {
        let shown = move || situation.get().is_some_and(|situation| situation.shows(action));
        let allowed = Memo::new(move |_| {
            !reception.is_blocked()
                && situation.get().is_some_and(|situation| situation.allows(action))
        });
        let is_offered = Memo::new(move |_| {
            let situation = situation.get();
            match action {
                CaseAction::Sign => situation.is_some_and(|situation| situation.unsigned > 0),
                _ => false,
            }
        });
        view! {
            <Show when=shown>
                <button
                    type="button"
                    class=class
                    class:offered=is_offered
                    disabled=move || !allowed.get()
                    on:click=move |_| run(reception, action)
                >
                    {move || word(reception.words())}
                    {(!str::is_empty(letter)).then(|| view! { <kbd>{letter}</kbd> })}
                </button>
            </Show>
        }
    };
    view! {
        <footer class="foot" aria-busy=move || reception.request.is_busy().to_string()>
            {button(CaseAction::Decline, "button quiet", |words| words.decline, "")}
            {button(CaseAction::Withdraw, "button quiet", |words| words.withdraw, "")}
            <p class=move || reply().map_or("reply", |(class, _)| class) role="status">
                {move || reply().map(|(_, text)| text)}
            </p>
            {button(CaseAction::NotifyMissing, "button", |words| words.notify_missing, "N")}
            {button(CaseAction::Sign, "button", |words| words.sign, "S")}
            {button(CaseAction::AcceptOnly, "button", |words| words.accept_only, "")}
            {button(CaseAction::Post, "button", |words| words.post, "")}
            <Show when=move || next.get().is_some()>
                <button
                    type="button"
                    class="key next"
                    disabled=move || {
                        reception.is_blocked() || !situation.get().is_some_and(|situation| situation.allows(CaseAction::Next))
                    }
                    on:click=move |_| run(reception, CaseAction::Next)
                >
                    {move || next.get().map(|next| next.word(reception.words()))}
                    <kbd>"Enter"</kbd>
                </button>
            </Show>
        </footer>
    }
}
