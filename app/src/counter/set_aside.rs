//! Those who were in hand before: on hold here, and missed.

use leptos::prelude::*;

use super::act::Act;
use super::spell::class;
use super::state::page;
use super::words::Words;
use crate::api::counter::TicketShown;
use crate::words::fill;

/// Both lists, each with the one thing that brings its ticket back.
#[component]
pub(super) fn SetAside() -> impl IntoView {
    let page = page();
    let on_hold = page.piece(|now| now.on_hold.clone());
    let missed = page.piece(|now| now.missed.clone());
    view! {
        <section class="on-hold sheet">
            <header>
                <h2>{move || page.words().on_hold}</h2>
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
                    <p class="nothing soft">{move || page.words().none_on_hold}</p>
                </Show>
            </div>
        </section>
        <section class="missed sheet">
            <header>
                <h2>{move || page.words().missed_list}</h2>
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
                    <p class="nothing soft">{move || page.words().none_missed}</p>
                </Show>
            </div>
        </section>
    }
}

/// Set aside here.
#[component]
fn Held(ticket: TicketShown) -> impl IntoView {
    let page = page();
    let id = ticket.id;
    let taken = ticket.issued_at;
    let when =
        Signal::derive(move || fill(page.words().held_taken, &[("time", &page.time(taken))]));
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
    let page = page();
    let id = ticket.id;
    let missed = ticket.ended_at.unwrap_or(ticket.issued_at);
    let when =
        Signal::derive(move || fill(page.words().missed_at, &[("time", &page.time(missed))]));
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
    let page = page();
    view! {
        <button
            class="button"
            type="button"
            disabled=move || page.still()
            on:click=move |_| page.press.make(act.clone())
        >
            {move || word(page.words())}
        </button>
    }
}

#[component]
fn Who(ticket: TicketShown, when: Signal<String>) -> impl IntoView {
    let page = page();
    let matter = ticket.matter;
    let name = Signal::derive(move || page.matter(&matter));
    view! {
        <span class="number">{ticket.number}</span>
        <span class="matter" title=name>
            {name}
        </span>
        {move || {
            class(ticket.priority, page.lang.get())
                .map(|class| view! { <span class="mark warn">{class}</span> })
        }}
        <span class="since soft">{when}</span>
    }
}
