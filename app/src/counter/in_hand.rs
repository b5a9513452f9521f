//! The visitor in front of the clerk: number, matter, papers; or who is next.

use jiban_domain::CaseId;
use jiban_domain::ticket::TicketState;
use leptos::prelude::*;

use super::levers::Levers;
use super::spell::{class, lasting, running};
use super::state::{CounterState, page};
use crate::api::counter::TicketShown;
use crate::print::grouped;
use crate::words::fill;

/// The sheet of the ticket in hand.
#[component]
pub(super) fn InHand() -> impl IntoView {
    let page = page();
    let in_hand = page.piece(|now| now.in_hand.clone());
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
            <Levers />
        </section>
    }
}

/// The ticket in hand.
#[component]
fn Visitor(ticket: TicketShown) -> impl IntoView {
    let page = page();
    let TicketShown { number, state, matter, priority, calls, issued_at, called_at, .. } =
        ticket.clone();
    let name = matter.clone();
    let is_called = state == TicketState::Called;
    let line = ticket.line.clone();
    let line_name = move || {
        let lang = page.lang.get();
        page.now.with(|now| {
            now.lines
                .iter()
                .find(|known| known.id == line)
                .map(|line| format!("{} {}", line.letter, line.name.get(lang)))
        })
    };
    let since = ticket.begun_at.filter(|_| !is_called).or(called_at).unwrap_or(issued_at);
    view! {
        <div class="visitor">
            <div class="who">
                <p class="state">
                    <span class="mark" class:now=is_called>
                        {move || if is_called { page.words().called } else { page.words().serving }}
                    </span>
                    {move || {
                        class(priority, page.lang.get())
                            .map(|class| view! { <span class="mark warn">{class}</span> })
                    }}
                </p>
                <p class="number">{number}</p>
            </div>
            <dl class="facts">
                <div>
                    <dt>
                        {move || {
                            let words = page.words();
                            if is_called { words.since_call } else { words.serving_for }
                        }}
                    </dt>
                    <dd class="counting">{move || running(page.clock.get() - since)}</dd>
                </div>
                <div>
                    <dt>{move || page.words().waited}</dt>
                    <dd>
                        {move || {
                            let until = called_at.unwrap_or_else(|| page.clock.get());
                            lasting(until - issued_at, page.lang.get())
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{move || page.words().calls}</dt>
                    <dd>{move || fill(page.words().times, &[("n", &calls)])}</dd>
                </div>
                <div>
                    <dt>{move || page.words().taken_at}</dt>
                    <dd>{move || page.time(issued_at)}</dd>
                </div>
                <div>
                    <dt>{move || page.words().line}</dt>
                    <dd>{line_name}</dd>
                </div>
            </dl>
        </div>
        <div class="papers">
            <h2>{move || page.matter(&name)}</h2>
            <CasesOfTicket />
            {move || papers(page, &ticket)}
        </div>
    }
}

/// The cases that were opened from the ticket in hand.
#[component]
fn CasesOfTicket() -> impl IntoView {
    let page = page();
    let cases = page.piece(|now| now.cases.clone());
    let key = move |(id, number): (CaseId, String)| {
        view! {
            <button class="button small" type="button" on:click=move |_| page.room.open(id)>
                {move || page.words().case} " "
                <span class="number">{grouped(&number)}</span>
            </button>
        }
    };
    move || {
        let cases = cases.get();
        (!cases.is_empty())
            .then(|| view! { <p class="cases-of">{cases.into_iter().map(key).collect_view()}</p> })
    }
}

/// What the visitor should have brought.
fn papers(page: CounterState, ticket: &TicketShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let materials = page.now.with(|now| {
        now.matters
            .iter()
            .find(|matter| matter.id == ticket.matter)
            .map(|matter| matter.materials.clone())
            .unwrap_or_default()
    });
    if materials.is_empty() {
        return view! { <p class="soft">{words.no_papers}</p> }.into_any();
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
        <h3>{words.papers}</h3>
        <ol>{rows}</ol>
    }
    .into_any()
}

/// No ticket in hand: who would come next.
#[component]
fn Nobody() -> impl IntoView {
    let page = page();
    let first = page.piece(|now| now.waiting.first().cloned());
    let waiting = page.piece(|now| now.waiting_count);
    let next = move || {
        match first.get() {
        Some(ticket) => {
            let (matter, issued_at, priority) = (ticket.matter, ticket.issued_at, ticket.priority);
            view! {
                <p class="soft">{move || page.words().next_is}</p>
                <p class="number">{ticket.number}</p>
                <p class="matter">{move || page.matter(&matter)}</p>
                <p class="soft">
                    {move || {
                        class(priority, page.lang.get())
                            .map(|class| view! { <span class="mark warn">{class}</span> })
                    }}
                    {move || {
                        format!(
                            "{} {}",
                            page.words().waited,
                            lasting(page.clock.get() - issued_at, page.lang.get()),
                        )
                    }}
                </p>
            }
            .into_any()
        }
        // The list is cut short, never empty while someone waits; but a count
        // alone is still worth showing.
        None if waiting.get() > 0 => {
            view! { <p class="soft">{move || fill(page.words().people, &[("n", &waiting.get())])}</p> }
                .into_any()
        }
        None => view! {
            <p class="matter">{move || page.words().nobody}</p>
            <p class="soft">{move || page.words().nobody_hint}</p>
        }
        .into_any(),
    }
    };
    view! {
        <div class="nobody">
            <p class="state">
                <span class="mark">{move || page.words().idle}</span>
            </p>
            {next}
        </div>
    }
}
