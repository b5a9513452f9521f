//! Tickets that were in hand before: on hold here, or missed.

use leptos::prelude::*;

use super::state::use_counter;
use super::ticket_action::TicketAction;
use super::words::Words;
use crate::api::counter::TicketShown;
use crate::parts::priority;
use crate::words::fill;

/// Both lists, each row with the actions that bring its ticket back.
#[component]
pub(super) fn HeldAndMissed() -> impl IntoView {
    let counter = use_counter();
    let on_hold = counter.select(|now| now.on_hold.clone());
    let missed = counter.select(|now| now.missed.clone());
    let elsewhere = counter.select(|now| now.held_elsewhere.clone());
    let none_held = move || on_hold.with(Vec::is_empty) && elsewhere.with(Vec::is_empty);
    view! {
        <section class="on-hold sheet">
            <header>
                <h2>{move || counter.words().on_hold}</h2>
                <p class="count">{move || on_hold.with(Vec::len)}</p>
            </header>
            <div class="list" tabindex="0">
                <ol>
                    <For
                        each=move || on_hold.get()
                        key=|ticket| ticket.id
                        children=|ticket| view! { <Held ticket /> }
                    />
                    <For
                        each=move || elsewhere.get()
                        key=|ticket| (ticket.id, ticket.counter.clone())
                        children=|ticket| view! { <HeldElsewhere ticket /> }
                    />
                </ol>
                <Show when=none_held>
                    <p class="nothing soft">{move || counter.words().none_on_hold}</p>
                </Show>
            </div>
        </section>
        <section class="missed sheet">
            <header>
                <h2>{move || counter.words().missed_list}</h2>
                <p class="count">{move || missed.with(Vec::len)}</p>
            </header>
            <div class="list" tabindex="0">
                <ol>
                    <For
                        each=move || missed.get()
                        key=|ticket| (ticket.id, ticket.ended_at)
                        children=|ticket| view! { <Missed ticket /> }
                    />
                </ol>
                <Show when=move || missed.with(Vec::is_empty)>
                    <p class="nothing soft">{move || counter.words().none_missed}</p>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Held(ticket: TicketShown) -> impl IntoView {
    let counter = use_counter();
    let id = ticket.id;
    let taken = ticket.issued_at;
    let when = Signal::derive(move || {
        fill(counter.words().held_taken, &[("time", &counter.time_of_day(taken))])
    });
    view! {
        <li>
            <TicketFacts ticket when />
            <span class="acts">
                <ActionButton action=TicketAction::Resume(id) word=|words| words.resume />
                <ActionButton action=TicketAction::MarkMissed(id) word=|words| words.missed />
            </span>
        </li>
    }
}

/// On hold at another counter, which may be empty by now.
#[component]
fn HeldElsewhere(ticket: TicketShown) -> impl IntoView {
    let counter = use_counter();
    let (id, at) = (ticket.id, ticket.counter.clone());
    let when = Signal::derive(move || {
        let lang = counter.lang.get();
        let name = counter.now.with(|now| {
            let other = now.counters.iter().find(|other| Some(&other.id) == at.as_ref());
            other.map(|other| other.name.get(lang).to_owned()).unwrap_or_default()
        });
        fill(counter.words().held_at, &[("counter", &name)])
    });
    view! {
        <li class="elsewhere">
            <TicketFacts ticket when />
            <span class="acts">
                <ActionButton action=TicketAction::TakeUp(id) word=|words| words.take_up />
            </span>
        </li>
    }
}

#[component]
fn Missed(ticket: TicketShown) -> impl IntoView {
    let counter = use_counter();
    let id = ticket.id;
    let missed = ticket.ended_at.unwrap_or(ticket.issued_at);
    let when = Signal::derive(move || {
        fill(counter.words().missed_at, &[("time", &counter.time_of_day(missed))])
    });
    view! {
        <li>
            <TicketFacts ticket when />
            <span class="acts">
                <ActionButton action=TicketAction::Reinstate(id) word=|words| words.reinstate />
            </span>
        </li>
    }
}

#[component]
fn ActionButton(action: TicketAction, word: fn(&Words) -> &'static str) -> impl IntoView {
    let counter = use_counter();
    view! {
        <button
            class="button"
            type="button"
            disabled=move || counter.is_blocked()
            on:click=move |_| counter.request.send(action.clone())
        >
            {move || word(counter.words())}
        </button>
    }
}

#[component]
fn TicketFacts(ticket: TicketShown, when: Signal<String>) -> impl IntoView {
    let counter = use_counter();
    let matter = ticket.matter;
    let name = Signal::derive(move || counter.matter_name(&matter));
    view! {
        <span class="number">{ticket.number}</span>
        <span class="matter" title=name>
            {name}
        </span>
        {move || {
            priority::name(ticket.priority, counter.lang.get())
                .map(|name| view! { <span class="mark warn">{name}</span> })
        }}
        <span class="since soft">{when}</span>
    }
}
