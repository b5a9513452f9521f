//! Who waits: how many in each line, and who, in the order they will be called.

use leptos::prelude::*;

use super::spell::{class, minutes};
use super::state::page;
use crate::api::counter::{CounterLine, TicketShown};
use crate::words::fill;

/// Those who wait in this counter's lines.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let page = page();
    let count = page.piece(|now| now.waiting_count);
    let waiting = page.piece(|now| now.waiting.clone());
    let more = move || {
        let shown = waiting.with(|waiting| u32::try_from(waiting.len()).unwrap_or(u32::MAX));
        let more = count.get().saturating_sub(shown);
        (more > 0).then(
            || view! { <p class="soft more">{fill(page.words().and_more, &[("n", &more)])}</p> },
        )
    };
    view! {
        <section class="waiting sheet">
            <header>
                <h2>{move || page.words().waiting}</h2>
                <p class="count">{move || fill(page.words().people, &[("n", &count.get())])}</p>
            </header>
            <Lines mine=true />
            <div class="list">
                {move || {
                    if count.get() == 0 {
                        view! { <p class="nothing soft">{page.words().nobody}</p> }.into_any()
                    } else {
                        let rows = waiting
                            .get()
                            .into_iter()
                            .map(|ticket| view! { <Row ticket /> })
                            .collect_view();
                        view! { <ol>{rows}</ol> }.into_any()
                    }
                }} {more}
            </div>
            <footer>
                <h3>{move || page.words().other_lines}</h3>
                <Lines mine=false />
            </footer>
        </section>
    }
}

/// How many wait in each line, of mine or of the others.
#[component]
fn Lines(mine: bool) -> impl IntoView {
    let page = page();
    let lines = page.piece(move |now| {
        now.lines.iter().filter(|line| line.mine == mine).cloned().collect::<Vec<_>>()
    });
    let row = move |line: CounterLine| {
        view! {
            <li>
                <b>{line.letter}</b>
                <span>{line.name.get(page.lang.get()).to_owned()}</span>
                <span class="tally">{line.waiting}</span>
            </li>
        }
    };
    view! {
        <ul class="lines" class:mine=mine>
            {move || lines.get().into_iter().map(row).collect_view()}
        </ul>
    }
}

#[component]
fn Row(ticket: TicketShown) -> impl IntoView {
    let page = page();
    let matter = ticket.matter;
    let issued_at = ticket.issued_at;
    let reserved = ticket.reserved_for.is_some();
    let name = Signal::derive(move || page.matter(&matter));
    view! {
        <li>
            <span class="number">{ticket.number}</span>
            <span class="matter" title=name>
                {name}
            </span>
            <span class="marks">
                {move || {
                    class(ticket.priority, page.lang.get())
                        .map(|class| view! { <span class="mark warn">{class}</span> })
                }}
                {move || {
                    reserved.then(|| view! { <span class="mark">{page.words().reserved}</span> })
                }}
            </span>
            <span class="since soft">{move || page.time(issued_at)}</span>
            <span class="long" title=move || page.time(issued_at)>
                {move || minutes(page.clock.get() - issued_at, page.lang.get())}
            </span>
        </li>
    }
}
