//! The visitor in front of the clerk: number, matter, materials; or who is next.

use jiban_domain::CaseId;
use jiban_domain::ticket::TicketState;
use leptos::prelude::*;

use super::actions::ActionBar;
use super::format::{duration, stopwatch};
use super::reception::use_reception;
use super::state::{CounterState, use_counter};
use crate::api::counter::TicketShown;
use crate::parts::priority;
use crate::print::grouped;
use crate::words::fill;

#[component]
pub(super) fn InHand() -> impl IntoView {
    let counter = use_counter();
    let in_hand = counter.select(|now| now.in_hand.clone());
    view! {
        <section
            class="in-hand sheet"
            class:called=move || {
                in_hand.with(|ticket| {
                    ticket.as_ref().is_some_and(|ticket| ticket.state == TicketState::Called)
                })
            }
        >
            {move || match in_hand.get() {
                Some(ticket) => view! { <Visitor ticket /> }.into_any(),
                None => view! { <Nobody /> }.into_any(),
            }}
            <ActionBar />
        </section>
    }
}

#[component]
fn Visitor(ticket: TicketShown) -> impl IntoView {
    let counter = use_counter();
    let TicketShown { number, state, matter, priority, calls, issued_at, called_at, .. } =
        ticket.clone();
    let name = matter.clone();
    let is_called = state == TicketState::Called;
    let line = ticket.line.clone();
    let line_name = move || {
        let lang = counter.lang.get();
        counter.now.with(|now| {
            now.lines
                .iter()
                .find(|known| known.id == line)
                .map(|line| format!("{} {}", line.letter, line.name.get(lang)))
        })
    };
    // The service goes on after a hold, and is not counted from its end.
    let served = ticket.begun_at.filter(|_| !is_called).map(|begun| begun - ticket.served_ms);
    let since = served.or(called_at).unwrap_or(issued_at);
    view! {
        <div class="visitor">
            <div class="who">
                <p class="state">
                    <span class="mark" class:now=is_called>
                        {move || if is_called { counter.words().called } else { counter.words().serving }}
                    </span>
                    {move || {
                        priority::name(priority, counter.lang.get())
                            .map(|name| view! { <span class="mark warn">{name}</span> })
                    }}
                </p>
                <p class="number">{number}</p>
            </div>
            <dl class="facts">
                <div>
                    <dt>
                        {move || {
                            let words = counter.words();
                            if is_called { words.since_call } else { words.serving_for }
                        }}
                    </dt>
                    <dd class="counting">{move || stopwatch(counter.clock.get() - since)}</dd>
                </div>
                <div>
                    <dt>{move || counter.words().waited}</dt>
                    <dd>
                        {move || {
                            let until = called_at.unwrap_or_else(|| counter.clock.get());
                            duration(until - issued_at, counter.lang.get())
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{move || counter.words().calls}</dt>
                    <dd>{move || fill(counter.words().times, &[("n", &calls)])}</dd>
                </div>
                <div>
                    <dt>{move || counter.words().taken_at}</dt>
                    <dd>{move || counter.time_of_day(issued_at)}</dd>
                </div>
                <div>
                    <dt>{move || counter.words().line}</dt>
                    <dd>{line_name}</dd>
                </div>
            </dl>
        </div>
        // It scrolls, also by keys.
        <div class="papers" tabindex="0">
            <h2>{move || counter.matter_name(&name)}</h2>
            <CasesOfTicket />
            {move || materials(counter, &ticket)}
        </div>
    }
}

/// The cases that were opened from the ticket in hand.
#[component]
fn CasesOfTicket() -> impl IntoView {
    let (counter, reception) = (use_counter(), use_reception());
    let cases = counter.select(|now| now.cases.clone());
    let button = move |(id, number): (CaseId, String)| {
        view! {
            <button class="button small" type="button" on:click=move |_| reception.open_case(id)>
                {move || counter.words().case} " "
                <span class="number">{grouped(&number)}</span>
            </button>
        }
    };
    move || {
        let cases = cases.get();
        (!cases.is_empty()).then(
            || view! { <p class="cases-of">{cases.into_iter().map(button).collect_view()}</p> },
        )
    }
}

/// What the visitor should have brought.
fn materials(counter: CounterState, ticket: &TicketShown) -> AnyView {
    let (words, lang) = (counter.words(), counter.lang.get());
    let materials = counter.now.with(|now| {
        now.matters
            .iter()
            .find(|matter| matter.id == ticket.matter)
            .map(|matter| matter.materials.clone())
            .unwrap_or_default()
    });
    if materials.is_empty() {
        return view! { <p class="soft">{words.no_materials}</p> }.into_any();
    }
    let rows = materials
        .into_iter()
        .map(|material| {
            let deferrable =
                material.deferrable.then(|| view! { <span class="mark">{words.deferrable}</span> });
            view! {
                <li>
                    <span>{material.name.get(lang).to_owned()}</span>
                    {deferrable}
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{words.materials}</h3>
        <ol>{rows}</ol>
    }
    .into_any()
}

/// No ticket in hand: who would come next.
#[component]
fn Nobody() -> impl IntoView {
    let counter = use_counter();
    let first = counter.select(|now| now.waiting.first().cloned());
    let waiting = counter.select(|now| now.waiting_count);
    let next = move || {
        match first.get() {
        Some(ticket) => {
            let (matter, issued_at, priority) = (ticket.matter, ticket.issued_at, ticket.priority);
            view! {
                <p class="soft">{move || counter.words().next_is}</p>
                <p class="number">{ticket.number}</p>
                <p class="matter">{move || counter.matter_name(&matter)}</p>
                <p class="soft">
                    {move || {
                        priority::name(priority, counter.lang.get())
                            .map(|name| view! { <span class="mark warn">{name}</span> })
                    }}
                    {move || {
                        format!(
                            "{} {}",
                            counter.words().waited,
                            duration(counter.clock.get() - issued_at, counter.lang.get()),
                        )
                    }}
                </p>
            }
            .into_any()
        }
        // The list may be cut short, though never to nothing while someone
        // waits; even then the count is worth showing.
        None if waiting.get() > 0 => {
            view! { <p class="soft">{move || fill(counter.words().people, &[("n", &waiting.get())])}</p> }
                .into_any()
        }
        None => view! {
            <p class="matter">{move || counter.words().nobody}</p>
            <p class="soft">{move || counter.words().nobody_hint}</p>
        }
        .into_any(),
    }
    };
    view! {
        <div class="nobody">
            <p class="state">
                <span class="mark">{move || counter.words().idle}</span>
            </p>
            {next}
        </div>
    }
}
