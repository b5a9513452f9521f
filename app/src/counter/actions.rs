//! What a clerk can press for the ticket in hand: the big key, and the buttons
//! below it, each in its fixed place and with its letter.

use jiban_domain::Millis;
use jiban_domain::ticket::moves::REOPENED_WITHIN;
use jiban_domain::ticket::{TicketState, Verb};
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::reception::{CaseButtons, ReceptionState};
use super::state::{CounterState, Question, use_counter};
use super::ticket_action::{TicketAction, applies, next_action};
use super::words::Words;
use crate::api::counter::CounterNow;
use crate::words::fill;

/// A button for the ticket in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConsoleAction {
    Next,
    Recall,
    Finish,
    Hold,
    Transfer,
    Missed,
    TakeBack,
}

impl ConsoleAction {
    const ALL: [Self; 7] = [
        Self::Next,
        Self::Recall,
        Self::Finish,
        Self::Hold,
        Self::Transfer,
        Self::Missed,
        Self::TakeBack,
    ];

    /// Its key, as `KeyboardEvent.key` has it, in lower case.
    const fn key(self) -> &'static str {
        match self {
            Self::Next => " ",
            Self::Recall => "r",
            Self::Finish => "f",
            Self::Hold => "h",
            Self::Transfer => "t",
            Self::Missed => "m",
            Self::TakeBack => "u",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        if key == "Enter" {
            return Some(Self::Next);
        }
        Self::ALL.into_iter().find(|action| action.key() == key.to_lowercase())
    }

    const fn verb(self) -> Verb {
        match self {
            Self::Next => Verb::Call,
            Self::Recall => Verb::Recall,
            Self::Finish => Verb::Finish,
            Self::Hold => Verb::Hold,
            Self::Transfer => Verb::Transfer,
            Self::Missed => Verb::MarkMissed,
            Self::TakeBack => Verb::Reopen,
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
            Self::TakeBack => words.take_back,
        }
    }

    /// Whether it would do something now.
    fn is_enabled(self, counter: CounterState) -> bool {
        !counter.is_blocked()
            && counter.now.with(|now| match self {
                Self::Next => now.in_hand.is_some() || now.waiting_count > 0,
                // Of one who has not come, it is asked what is meant.
                Self::Finish => now.in_hand.is_some(),
                Self::TakeBack => time_to_take_back(counter, now).is_some(),
                _ => applies(self.verb(), now.in_hand.as_ref()),
            })
    }

    fn run(self, counter: CounterState) {
        if !untrack(|| self.is_enabled(counter)) {
            return;
        }
        let in_hand = counter.now.with_untracked(|now| now.in_hand.clone());
        let action = match (self, in_hand) {
            (Self::Next, in_hand) => {
                if untrack(|| counter.request.is_resting()) {
                    return;
                }
                next_action(in_hand.as_ref())
            }
            (Self::Transfer, in_hand) => return counter.transferring.set(in_hand),
            (Self::TakeBack, _) => {
                let ended = counter.now.with_untracked(|now| now.just_finished.clone());
                let Some(ended) = ended else { return };
                TicketAction::Reopen(ended.id)
            }
            (Self::Finish, Some(ticket)) if ticket.state == TicketState::Called => {
                return counter.question.set(Some(Question::HasCome(ticket)));
            }
            (_, None) => return,
            (Self::Recall, Some(ticket)) => TicketAction::Recall(ticket.id),
            (Self::Finish, Some(ticket)) => TicketAction::Finish(ticket.id),
            (Self::Hold, Some(ticket)) => TicketAction::Hold(ticket.id),
            (Self::Missed, Some(ticket)) => TicketAction::MarkMissed(ticket.id),
        };
        counter.request.send(action);
    }
}

/// Listens to the keyboard while the console is open. A key held down does not
/// repeat. Typing into a field, or a control reached by Tab, comes first.
pub(super) fn listen_to_keyboard(counter: CounterState, reception: ReceptionState) {
    let listener = window_event_listener(keydown, move |event| {
        if let Some(action) = action_of(&event, counter, reception) {
            event.prevent_default();
            if !event.repeat() {
                action.run(counter);
            }
        }
    });
    on_cleanup(move || listener.remove());
}

fn action_of(
    event: &KeyboardEvent,
    counter: CounterState,
    reception: ReceptionState,
) -> Option<ConsoleAction> {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let is_covered = counter.transferring.with_untracked(Option::is_some)
        || counter.question.with_untracked(Option::is_some)
        || counter.bookings.with_untracked(Option::is_some)
        || untrack(|| reception.is_open());
    if with_modifier || event.is_composing() || is_covered {
        return None;
    }
    let action = ConsoleAction::of_key(&event.key())?;
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    let types = within("input, select, textarea, dialog");
    let presses_another = action == ConsoleAction::Next && within("button, a");
    (!types && !presses_another).then_some(action)
}

/// How long the last end can still be taken back, while it can.
fn time_to_take_back(counter: CounterState, now: &CounterNow) -> Option<Millis> {
    let ended_at = now.just_finished.as_ref()?.ended_at?;
    let left = ended_at + REOPENED_WITHIN - counter.clock.get();
    (left > 0).then_some(left)
}

/// Says that the last end can be taken back, and for how long.
#[component]
fn TakeBack() -> impl IntoView {
    let counter = use_counter();
    let left = Memo::new(move |_| {
        counter.now.with(|now| time_to_take_back(counter, now)).map(|left| (left + 999) / 1000)
    });
    let number = move || {
        counter.now.with(|now| {
            now.just_finished.as_ref().map(|ticket| ticket.number.clone()).unwrap_or_default()
        })
    };
    view! {
        <Show when=move || left.get().is_some()>
            <p class="take-back">
                <span>
                    {move || fill(counter.words().just_finished, &[("number", &number())])}
                </span>
                <span class="soft tally">
                    {move || {
                        fill(counter.words().seconds, &[("n", &left.get().unwrap_or_default())])
                    }}
                </span>
                <ActionButton action=ConsoleAction::TakeBack />
            </p>
        </Show>
    }
}

/// The foot of the sheet in hand: the message about the last press, the big key
/// and the buttons.
#[component]
pub(super) fn ActionBar() -> impl IntoView {
    let counter = use_counter();
    let state = counter.select(|now| now.in_hand.as_ref().map(|ticket| ticket.state));
    let next_word = move || {
        let words = counter.words();
        match state.get() {
            Some(TicketState::Called) => words.begin,
            Some(_) => words.finish_and_next,
            None => words.call_next,
        }
    };
    let offer = move || {
        let words = counter.words();
        counter.now.with(|now| {
            let ticket = now.in_hand.as_ref()?;
            let due =
                ticket.state == TicketState::Called && ticket.calls >= now.calls_before_missed;
            due.then(|| fill(words.missed_offered, &[("n", &ticket.calls)]))
        })
    };
    let offers_missed = Signal::derive(move || offer().is_some());
    view! {
        <div class="levers" aria-busy=move || counter.request.is_busy().to_string()>
            <p
                class="reply"
                role="status"
                class:refusal=move || counter.request.message().is_some()
            >
                {move || counter.request.message().or_else(offer)}
            </p>
            <TakeBack />
            <button
                class="key next"
                type="button"
                disabled=move || !ConsoleAction::Next.is_enabled(counter)
                aria-disabled=move || counter.request.is_resting().to_string()
                on:click=move |_| ConsoleAction::Next.run(counter)
            >
                {next_word}
                <kbd>{move || counter.words().space}</kbd>
            </button>
            <ActionButton action=ConsoleAction::Recall />
            <ActionButton action=ConsoleAction::Finish />
            <ActionButton action=ConsoleAction::Hold />
            <ActionButton action=ConsoleAction::Transfer />
            <ActionButton action=ConsoleAction::Missed offered=offers_missed />
            <CaseButtons />
        </div>
    }
}

#[component]
fn ActionButton(
    action: ConsoleAction,
    #[prop(optional, into)] offered: Signal<bool>,
) -> impl IntoView {
    let counter = use_counter();
    view! {
        <button
            class=format!("button lever-{}", action.verb().into_str())
            class:offered=offered
            type="button"
            disabled=move || !action.is_enabled(counter)
            on:click=move |_| action.run(counter)
        >
            {move || action.word(counter.words())}
            <kbd>{action.key().to_uppercase()}</kbd>
        </button>
    }
}
