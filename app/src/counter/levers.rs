//! What the clerk can press: the one big key, and the levers below it, each in
//! its fixed place and with its letter.

use jiban_domain::ticket::{TicketState, Verb};
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::act::{Act, applies, next_step};
use super::reception::CaseLevers;
use super::state::{CounterState, page};
use super::words::Words;
use crate::words::fill;

/// Everything that can be pressed for the ticket in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lever {
    Next,
    Recall,
    Finish,
    Hold,
    Transfer,
    Missed,
}

impl Lever {
    /// What its key is called in `KeyboardEvent.key`, in lower case.
    const fn key(self) -> &'static str {
        match self {
            Self::Next => " ",
            Self::Recall => "r",
            Self::Finish => "f",
            Self::Hold => "h",
            Self::Transfer => "t",
            Self::Missed => "m",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        if key == "Enter" {
            return Some(Self::Next);
        }
        [Self::Next, Self::Recall, Self::Finish, Self::Hold, Self::Transfer, Self::Missed]
            .into_iter()
            .find(|lever| lever.key() == key.to_lowercase())
    }

    const fn verb(self) -> Verb {
        match self {
            Self::Next => Verb::Call,
            Self::Recall => Verb::Recall,
            Self::Finish => Verb::Finish,
            Self::Hold => Verb::Hold,
            Self::Transfer => Verb::Transfer,
            Self::Missed => Verb::MarkMissed,
        }
    }

    const fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Next => words.call_next,
            Self::Recall => words.recall,
            Self::Finish => words.finish,
            Self::Hold => words.hold,
            Self::Transfer => words.transfer,
            Self::Missed => words.missed,
        }
    }

    /// Whether it would do something now.
    fn stands_ready(self, page: CounterState) -> bool {
        !page.still()
            && page.now.with(|now| match self {
                Self::Next => now.in_hand.is_some() || now.waiting_count > 0,
                _ => applies(self.verb(), now.in_hand.as_ref()),
            })
    }

    fn pull(self, page: CounterState) {
        if !untrack(|| self.stands_ready(page)) {
            return;
        }
        let in_hand = page.now.with_untracked(|now| now.in_hand.clone());
        let act = match (self, in_hand) {
            (Self::Next, in_hand) => {
                if untrack(|| page.press.resting()) {
                    return;
                }
                next_step(in_hand.as_ref())
            }
            (Self::Transfer, in_hand) => return page.transferring.set(in_hand),
            (_, None) => return,
            (Self::Recall, Some(ticket)) => Act::Recall(ticket.id),
            (Self::Finish, Some(ticket)) => Act::Finish(ticket.id),
            (Self::Hold, Some(ticket)) => Act::Hold(ticket.id),
            (Self::Missed, Some(ticket)) => Act::MarkMissed(ticket.id),
        };
        page.press.make(act);
    }
}

/// Listens to the keyboard for as long as the console is there. Keys held down
/// do not repeat, and whoever types or has chosen a control by Tab means that.
pub(super) fn listen_to_keyboard(page: CounterState) {
    let listener = window_event_listener(keydown, move |event| {
        if let Some(lever) = meant(&event, page) {
            event.prevent_default();
            if !event.repeat() {
                lever.pull(page);
            }
        }
    });
    on_cleanup(move || listener.remove());
}

fn meant(event: &KeyboardEvent, page: CounterState) -> Option<Lever> {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let over = page.transferring.with_untracked(Option::is_some) || untrack(|| page.room.is_open());
    if with_modifier || event.is_composing() || over {
        return None;
    }
    let lever = Lever::of_key(&event.key())?;
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        on.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    let types = within("input, select, textarea, dialog");
    let presses_another = lever == Lever::Next && within("button, a");
    (!types && !presses_another).then_some(lever)
}

/// The foot of the sheet in hand: what was said of the last press, the big key
/// and the levers.
#[component]
pub(super) fn Levers() -> impl IntoView {
    let page = page();
    let state = page.piece(|now| now.in_hand.as_ref().map(|ticket| ticket.state));
    let next_word = move || {
        let words = page.words();
        match state.get() {
            Some(TicketState::Called) => words.begin,
            Some(_) => words.finish_and_next,
            None => words.call_next,
        }
    };
    let offer = move || {
        let words = page.words();
        page.now.with(|now| {
            let ticket = now.in_hand.as_ref()?;
            let due =
                ticket.state == TicketState::Called && ticket.calls >= now.calls_before_missed;
            due.then(|| fill(words.missed_offered, &[("n", &ticket.calls)]))
        })
    };
    let offers_missed = Signal::derive(move || offer().is_some());
    view! {
        <div class="levers" aria-busy=move || page.press.busy().to_string()>
            <p class="reply" role="status" class:refusal=move || page.press.said().is_some()>
                {move || page.press.said().or_else(offer)}
            </p>
            <button
                class="key next"
                type="button"
                disabled=move || !Lever::Next.stands_ready(page)
                aria-disabled=move || page.press.resting().to_string()
                on:click=move |_| Lever::Next.pull(page)
            >
                {next_word}
                <kbd>{move || page.words().space}</kbd>
            </button>
            <LeverButton lever=Lever::Recall />
            <LeverButton lever=Lever::Finish />
            <LeverButton lever=Lever::Hold />
            <LeverButton lever=Lever::Transfer />
            <LeverButton lever=Lever::Missed offered=offers_missed />
            <CaseLevers />
        </div>
    }
}

#[component]
fn LeverButton(lever: Lever, #[prop(optional, into)] offered: Signal<bool>) -> impl IntoView {
    let page = page();
    view! {
        <button
            class=format!("button lever-{}", lever.verb().into_str())
            class:offered=offered
            type="button"
            disabled=move || !lever.stands_ready(page)
            on:click=move |_| lever.pull(page)
        >
            {move || lever.word(page.words())}
            <kbd>{lever.key().to_uppercase()}</kbd>
        </button>
    }
}
