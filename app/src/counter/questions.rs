//! What the clerk is asked before a ticket would be stranded: whether a visitor has come, and
//! what becomes of the tickets when they sign out.

use jiban_domain::ticket::{Leaving, Left, TicketState};
use leptos::prelude::*;

use super::state::{CounterState, Question, use_counter};
use super::ticket_action::TicketAction;
use super::words::Words;
use crate::api::counter::{SignOut, TicketShown};
use crate::parts::dialog::{DialogForm, DialogWords, ModalDialog};
use crate::parts::request::PendingRequest;
use crate::words::fill;

/// Open while there is a question.
#[component]
pub(super) fn QuestionDialog() -> impl IntoView {
    let counter = use_counter();
    let in_hand =
        counter.select(|now| now.in_hand.as_ref().map(|ticket| (ticket.id, ticket.state)));
    // Another browser at this counter may be faster.
    let open = Signal::derive(move || match counter.question.get() {
        Some(Question::HasCome(ticket)) => in_hand.get() == Some((ticket.id, ticket.state)),
        Some(Question::Leaving) => true,
        None => false,
    });
    let close = Callback::new(move |()| counter.question.set(None));
    view! {
        <ModalDialog class="asking" open on_close=close>
            {move || {
                counter.question.get().map(|question| match question {
                    Question::HasCome(ticket) => has_come(counter, ticket),
                    Question::Leaving => leaving(counter),
                })
            }}
        </ModalDialog>
    }
}

fn has_come(counter: CounterState, ticket: TicketShown) -> AnyView {
    let words = counter.words();
    let answer = move |action: TicketAction| {
        move |_| {
            counter.request.send(action.clone());
            counter.question.set(None);
        }
    };
    view! {
        <form method="dialog">
            <header role="none">
                <h2>{fill(words.has_come_title, &[("number", &ticket.number)])}</h2>
                <p class="soft">{words.has_come_hint}</p>
            </header>
            <footer role="none">
                <button
                    class="button"
                    type="button"
                    on:click=move |_| counter.question.set(None)
                >
                    {DialogWords::of(counter.lang.get_untracked()).cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="button not-come"
                    type="button"
                    on:click=answer(TicketAction::MarkMissed(ticket.id))
                >
                    {words.not_come}
                </button>
                <button
                    class="key has-come"
                    type="button"
                    autofocus
                    on:click=answer(TicketAction::Begin(ticket.id))
                >
                    {words.has_come}
                </button>
            </footer>
        </form>
    }
    .into_any()
}

fn leaving(counter: CounterState) -> AnyView {
    let (words, lang) = (counter.words(), counter.lang.get_untracked());
    let (in_hand, held) = counter.now.with_untracked(|now| {
        let held: Vec<_> = now.on_hold.iter().map(|ticket| ticket.number.clone()).collect();
        (now.in_hand.clone(), held)
    });
    let (first, second) = (RwSignal::new(Left::Hold), RwSignal::new(Left::Hold));
    let request = PendingRequest::new(counter.lang);
    let submit = Callback::new(move |()| {
        let tickets = Leaving { in_hand: first.get_untracked(), on_hold: second.get_untracked() };
        let command = SignOut { tickets: Some(tickets) };
        request.send(
            move |_| command,
            move |answer| match answer {
                Ok(_) => counter.session.left(),
                Err(refused) => counter.session.leave_if_signed_out(&refused),
            },
        );
    });
    let in_hand = in_hand.map(|ticket| {
        let state = ticket.state.name().get(lang).to_owned();
        let legend = fill(words.leaving_in_hand, &[("number", &ticket.number), ("state", &state)]);
        let is_called = ticket.state == TicketState::Called;
        let finish = if is_called { words.leave_not_come } else { words.leave_finish };
        choices("leave-in-hand", legend, first, [words.leave_hold, words.leave_put_back, finish])
    });
    let held = (!held.is_empty()).then(|| {
        let numbers = held.join(if lang == jiban_domain::Lang::Zh { "、" } else { ", " });
        let legend = fill(words.leaving_on_hold, &[("numbers", &numbers)]);
        let Words { leave_held, leave_put_back, leave_finish, .. } = words;
        choices("leave-held", legend, second, [leave_held, leave_put_back, leave_finish])
    });
    view! {
        <DialogForm
            title=words.leaving_title.to_owned()
            submit=Signal::derive(move || counter.words().sign_out.to_owned())
            focus_submit=true
            blocked=Signal::derive(move || request.is_busy())
            message=Signal::derive(move || request.message())
            on_submit=submit
            on_cancel=Callback::new(move |()| counter.question.set(None))
        >
            {in_hand}
            {held}
        </DialogForm>
    }
    .into_any()
}

/// The three things that can become of a ticket: held, put back, ended.
fn choices(
    name: &'static str,
    legend: String,
    chosen: RwSignal<Left>,
    words: [&'static str; 3],
) -> AnyView {
    let option = move |(left, word): (Left, &'static str)| {
        let is_chosen = Signal::derive(move || chosen.get() == left);
        view! {
            <label class="place" class:chosen=is_chosen>
                <input
                    type="radio"
                    name=name
                    prop:checked=is_chosen
                    on:change=move |_| chosen.set(left)
                />
                <span class="name">{word}</span>
            </label>
        }
    };
    let options = [Left::Hold, Left::PutBack, Left::Finish].into_iter().zip(words);
    view! {
        <fieldset class="leaving">
            <legend>{legend}</legend>
            {options.map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}
