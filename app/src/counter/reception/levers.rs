//! What can be done with the case in hand, each key in its place; the one big
//! key does what comes next by nature.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::prelude::*;

use super::keys::pull_open;
use super::room::{Ask, Sheet, has, room, still};
use super::serving;
use super::words::{Word, Words};
use crate::api::reception::{AcceptCase, CaseDocument, DecideCase, TakeUpCase};
use crate::api::{Refused, ask};
use crate::counter::state::{CounterState, page};

/// Everything that can be pressed for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lever {
    /// What comes next by nature.
    Next,
    /// Accept it, and leave the decision for later.
    AcceptOnly,
    /// Tell all that is missing.
    Tell,
    /// Sign the promise.
    Sign,
    /// Do not accept it.
    Decline,
    /// The applicant takes it back.
    Withdraw,
    /// Post the results.
    Post,
    /// Have it from now on.
    TakeUp,
}

impl Lever {
    /// The lever of a key, as `KeyboardEvent.key` calls it in lower case.
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "enter" | " " => Self::Next,
            "n" => Self::Tell,
            "s" => Self::Sign,
            "t" => Self::TakeUp,
            _ => return None,
        })
    }
}

/// What the big key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    TakeUp,
    Sign,
    Accept,
    AcceptAndDecide,
    Decide,
    HandOver,
}

impl Next {
    const fn word(self, words: &Words) -> &'static str {
        match self {
            Self::TakeUp => words.take_up,
            Self::Sign => words.sign,
            Self::Accept => words.accept,
            Self::AcceptAndDecide => words.accept_and_decide,
            Self::Decide => words.decide,
            Self::HandOver => words.hand_over,
        }
    }
}

/// How the case stands for the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stand {
    state: CaseState,
    mine: bool,
    immediate: bool,
    missing: usize,
    /// Deferred, and no promise signed.
    unsigned: usize,
    deferred: usize,
}

impl Stand {
    fn now(page: CounterState) -> Option<Self> {
        let room = page.room;
        let deferred = room.standing(MaterialState::Deferred).len();
        let missing = room.standing(MaterialState::Missing).len();
        room.look(|case| Self {
            state: case.state,
            mine: has(page, case),
            immediate: case.immediate,
            missing,
            unsigned: if case.promise.is_none() { deferred } else { 0 },
            deferred,
        })
    }

    const fn next(self) -> Option<Next> {
        Some(match self.state {
            CaseState::Open if !self.mine => Next::TakeUp,
            CaseState::Open if self.unsigned > 0 && self.missing == 0 => Next::Sign,
            CaseState::Open if self.immediate => Next::AcceptAndDecide,
            CaseState::Open => Next::Accept,
            CaseState::Accepted if self.mine && self.immediate => Next::Decide,
            CaseState::Accepted if !self.mine => Next::TakeUp,
            CaseState::Ready => Next::HandOver,
            _ => return None,
        })
    }

    /// Whether a lever is there at all.
    fn shows(self, lever: Lever) -> bool {
        let received = self.state == CaseState::Open && self.mine;
        match lever {
            Lever::Next => self.next().is_some(),
            Lever::AcceptOnly => received && self.immediate,
            Lever::Tell | Lever::Sign | Lever::Decline => received,
            Lever::Withdraw => {
                self.mine && matches!(self.state, CaseState::Open | CaseState::Accepted)
            }
            Lever::Post => self.state == CaseState::Ready,
            Lever::TakeUp => self.next() == Some(Next::TakeUp),
        }
    }

    /// Whether it would do something.
    fn allows(self, lever: Lever) -> bool {
        let whole = self.missing == 0;
        self.shows(lever)
            && match lever {
                Lever::Next => self.state != CaseState::Open || !self.mine || whole,
                Lever::AcceptOnly => whole && self.unsigned == 0,
                Lever::Tell => self.missing > 0,
                Lever::Sign => self.deferred > 0,
                _ => true,
            }
    }
}

/// Pulls a lever, where it would do something.
pub(super) fn pull(page: CounterState, lever: Lever) {
    let room = page.room;
    let stand = untrack(|| Stand::now(page).filter(|stand| stand.allows(lever)));
    let Some(stand) = stand.filter(|_| !untrack(|| still(page))) else { return };
    match (lever, stand.next()) {
        (Lever::Next, Some(Next::Sign)) | (Lever::Sign, _) => room.ask(Ask::Promise),
        (Lever::Next, Some(Next::HandOver)) => room.ask(Ask::HandOver),
        (Lever::Next, Some(Next::TakeUp)) | (Lever::TakeUp, _) => room.act(
            |request_id, case| TakeUpCase { request_id, case },
            move || room.done.set(Some(|words| words.done_take_up)),
        ),
        (Lever::Next, Some(Next::Accept)) | (Lever::AcceptOnly, _) => accept(page, false),
        (Lever::Next, Some(Next::AcceptAndDecide)) => accept(page, true),
        (Lever::Next, Some(Next::Decide)) => room.act(
            |request_id, case| DecideCase { request_id, case, note: String::new() },
            move || room.done.set(Some(|words| words.done_decide)),
        ),
        (Lever::Next, None) => {}
        (Lever::Tell, _) => room.ask(Ask::Notice),
        (Lever::Decline, _) => room.ask(Ask::Decline),
        (Lever::Withdraw, _) => room.ask(Ask::Withdraw),
        (Lever::Post, _) => room.ask(Ask::Post),
    }
}

/// Accepts the case, and decides it where that is wanted; then its receipt is
/// shown.
fn accept(page: CounterState, decide: bool) {
    let room = page.room;
    let Some(case) = untrack(|| room.look(|case| case.id)) else { return };
    let (accepting, deciding) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let send = move |lang| async move {
        let accepted = ask(&AcceptCase { request_id: accepting, case }, lang).await?;
        if decide && accepted.state == CaseState::Accepted {
            let question = DecideCase { request_id: deciding, case, note: String::new() };
            ask(&question, lang).await?;
        }
        Ok(())
    };
    room.press.begin(accepting, send, move |answer: Result<(), Refused>| {
        match answer {
            Ok(()) => {
                room.ask(Ask::Paper(CaseDocument::Receipt));
                let done: Word =
                    if decide { |words| words.done_decide } else { |words| words.done_accept };
                room.done.set(Some(done));
            }
            Err(refused) => room.heed(&refused),
        }
        room.read();
    });
}

/// The foot of a case.
#[component]
pub fn Levers() -> impl IntoView {
    let page = page();
    let room = room();
    let stand = Memo::new(move |_| Stand::now(page));
    let next = Memo::new(move |_| stand.get().and_then(Stand::next));
    let reply = move || {
        if room.asks.get().is_some() {
            return None;
        }
        if room.marks.lost.get() {
            let words = crate::parts::press::PressWords::of(room.lang());
            return Some(("reply refusal", words.retrying.to_owned()));
        }
        match (room.press.said(), room.done.get()) {
            (Some(said), _) => Some(("reply refusal", said)),
            (None, Some(done)) => Some(("reply good", done(room.words()).to_owned())),
            (None, None) => None,
        }
    };
    let key = move |lever: Lever, class: &'static str, word: Word, letter| {
        let shown = move || stand.get().is_some_and(|stand| stand.shows(lever));
        let allowed = Memo::new(move |_| {
            !still(page) && stand.get().is_some_and(|stand| stand.allows(lever))
        });
        let wanted = Memo::new(move |_| {
            let stand = stand.get();
            match lever {
                Lever::Sign => stand.is_some_and(|stand| stand.unsigned > 0),
                _ => false,
            }
        });
        view! {
            <Show when=shown>
                <button
                    type="button"
                    class=class
                    class:offered=wanted
                    disabled=move || !allowed.get()
                    on:click=move |_| pull(page, lever)
                >
                    {move || word(room.words())}
                    {(!str::is_empty(letter)).then(|| view! { <kbd>{letter}</kbd> })}
                </button>
            </Show>
        }
    };
    view! {
        <footer class="foot" aria-busy=move || room.press.busy().to_string()>
            {key(Lever::Decline, "button quiet", |words| words.decline, "")}
            {key(Lever::Withdraw, "button quiet", |words| words.withdraw, "")}
            <p class=move || reply().map_or("reply", |(class, _)| class) role="status">
                {move || reply().map(|(_, said)| said)}
            </p>
            {key(Lever::Tell, "button", |words| words.tell, "N")}
            {key(Lever::Sign, "button", |words| words.sign, "S")}
            {key(Lever::AcceptOnly, "button", |words| words.accept_only, "")}
            {key(Lever::Post, "button", |words| words.post, "")}
            <Show when=move || next.get().is_some()>
                <button
                    type="button"
                    class="key next"
                    disabled=move || {
                        still(page) || !stand.get().is_some_and(|stand| stand.allows(Lever::Next))
                    }
                    on:click=move |_| pull(page, Lever::Next)
                >
                    {move || next.get().map(|next| next.word(room.words()))}
                    <kbd>"Enter"</kbd>
                </button>
            </Show>
        </footer>
    }
}

/// The console's levers that lead into reception.
#[component]
pub fn CaseLevers() -> impl IntoView {
    let page = page();
    let room = room();
    let any = page.piece(|now| !now.cases.is_empty());
    let to = move |sheet| move |_| room.go(sheet);
    view! {
        <button
            class="button lever-open-case"
            type="button"
            disabled=move || !serving(page)
            on:click=move |_| pull_open(page)
        >
            {move || {
                let words = room.words();
                if any.get() { words.go_on_case } else { words.open_case }
            }}
            <kbd>"O"</kbd>
        </button>
        <button class="button lever-cases" type="button" on:click=to(Sheet::Cases)>
            {move || room.words().cases}
            <kbd>"C"</kbd>
        </button>
        <button class="button lever-results" type="button" on:click=to(Sheet::Results)>
            {move || room.words().results}
            <kbd>"X"</kbd>
        </button>
    }
}
