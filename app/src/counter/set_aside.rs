//! Those who were in hand before: on hold here, and missed.

use leptos::prelude::*;

use super::act::Act;
use super::desk::desk;
use super::spell::class;
use super::words::Words;
use crate::api::counter::TicketShown;
use crate::words::fill;

/// Both lists, each with the one thing that brings its ticket back.
#[component]
pub(super) fn SetAside() -> impl IntoView {
    let desk = desk();
    let on_hold = desk.piece(|now| now.on_hold.clone());
    let missed = desk.piece(|now| now.missed.clone());
    view! {
        <section class="on-hold sheet">
            <header>
                <h2>{move || desk.words().on_hold}</h2>
                <p class="count">{move || on_hold.with(Vec::len)}</p>
            </header>
            <div class="list">
                <ol>
                    <For
                        each=move || on_hold.get()
                        key=|ticket| ticket.id
                        children=|ticket| view! { <Held ticket /> }
                    />
                </ol>
                <Show when=move || on_hold.with(Vec::is_empty)>
                    <p class="nothing soft">{move || desk.words().none_on_hold}</p>
                </Show>
            </div>
        </section>
        <section class="missed sheet">
            <header>
                <h2>{move || desk.words().missed_list}</h2>
                <p class="count">{move || missed.with(Vec::len)}</p>
            </header>
            <div class="list">
                <ol>
                    <For
                        each=move || missed.get()
                        key=|ticket| (ticket.id, ticket.ended_at)
                        children=|ticket| view! { <MissedOne ticket /> }
                    />
                </ol>
                <Show when=move || missed.with(Vec::is_empty)>
                    <p class="nothing soft">{move || desk.words().none_missed}</p>
                </Show>
            </div>
        </section>
    }
}

/// Set aside here.
#[component]
fn Held(ticket: TicketShown) -> impl IntoView {
    let desk = desk();
    let id = ticket.id;
    let taken = ticket.issued_at;
    let when =
        Signal::derive(move || fill(desk.words().held_taken, &[("time", &desk.time(taken))]));
    view! {
        <li>
            <Who ticket when />
            <span class="acts">
                <Key act=Act::Resume(id) word=|words| words.resume />
                <Key act=Act::MarkMissed(id) word=|words| words.missed />
            </span>
        </li>
    }
}

/// Called and not come.
#[component]
fn MissedOne(ticket: TicketShown) -> impl IntoView {
    let desk = desk();
    let id = ticket.id;
    let missed = ticket.ended_at.unwrap_or(ticket.issued_at);
    let when =
        Signal::derive(move || fill(desk.words().missed_at, &[("time", &desk.time(missed))]));
    view! {
        <li>
            <Who ticket when />
            <span class="acts">
                <Key act=Act::Reinstate(id) word=|words| words.reinstate />
            </span>
        </li>
    }
}

/// A key for what comes next of one who was set aside.
#[component]
fn Key(act: Act, word: fn(&Words) -> &'static str) -> impl IntoView {
    let desk = desk();
    view! {
        <button
            class="button"
            type="button"
            disabled=move || desk.still()
            on:click=move |_| desk.press.make(act.clone())
        >
            {move || word(desk.words())}
        </button>
    }
}

#[component]
fn Who(ticket: TicketShown, when: Signal<String>) -> impl IntoView {
    let desk = desk();
    let matter = ticket.matter;
    let name = Signal::derive(move || desk.matter(&matter));
    view! {
        <span class="number">{ticket.number}</span>
        <span class="matter" title=name>
            {name}
        </span>
        {move || {
            class(ticket.priority, desk.lang.get())
                .map(|class| view! { <span class="mark warn">{class}</span> })
        }}
        <span class="since soft">{when}</span>
    }
}
