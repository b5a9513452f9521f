//! Who waits: how many in each line, and which tickets, in calling order.

use leptos::prelude::*;

use super::format::minutes;
use super::state::use_counter;
use crate::api::counter::{CounterLine, TicketShown};
use crate::parts::priority;
use crate::parts::wait::Wait;
use crate::words::fill;

/// The tickets that wait in this counter's lines.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let counter = use_counter();
    let count = counter.select(|now| now.waiting_count);
    let waiting = counter.select(|now| now.waiting.clone());
    let more = move || {
        let shown = waiting.with(|waiting| u32::try_from(waiting.len()).unwrap_or(u32::MAX));
        let more = count.get().saturating_sub(shown);
        (more > 0).then(
            || view! { <p class="soft more">{fill(counter.words().and_more, &[("n", &more)])}</p> },
        )
    };
    view! {
        <section class="waiting sheet">
            <header>
                <h2>{move || counter.words().waiting}</h2>
                <p class="count">{move || fill(counter.words().people, &[("n", &count.get())])}</p>
            </header>
            <Lines mine=true />
            <div class="list" tabindex="0">
                {move || {
                    if count.get() == 0 {
                        view! { <p class="nothing soft">{counter.words().nobody}</p> }.into_any()
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
                <h3>{move || counter.words().other_lines}</h3>
                <Lines mine=false />
            </footer>
        </section>
    }
}

/// How many wait in each line: this counter's lines, or the others.
#[component]
fn Lines(mine: bool) -> impl IntoView {
    let counter = use_counter();
    let lines = counter.select(move |now| {
        now.lines.iter().filter(|line| line.mine == mine).cloned().collect::<Vec<_>>()
    });
    let row = move |line: CounterLine| {
        let lang = counter.lang.get();
        let later = line.calls_from.as_ref().map(|from| {
            let words = Wait::Later(from, None).words(lang);
            view! { <small class="soft">" · " {words}</small> }
        });
        view! {
            <li>
                <b>{line.letter}</b>
                <span>
                    {line.name.get(counter.lang.get()).to_owned()}
                    {later}
                </span>
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
    let counter = use_counter();
    let matter = ticket.matter;
    let issued_at = ticket.issued_at;
    let reserved = ticket.reserved_for.is_some();
    let name = Signal::derive(move || counter.matter_name(&matter));
    view! {
        <li>
            <span class="number">{ticket.number}</span>
            <span class="matter" title=name>
                {name}
            </span>
            <span class="marks">
                {move || {
                    priority::name(ticket.priority, counter.lang.get())
                        .map(|name| view! { <span class="mark warn">{name}</span> })
                }}
                {move || {
                    reserved.then(|| view! { <span class="mark">{counter.words().reserved}</span> })
                }}
            </span>
            <span class="since soft">{move || counter.time_of_day(issued_at)}</span>
            <span class="long" title=move || counter.time_of_day(issued_at)>
                {move || minutes(counter.clock.get() - issued_at, counter.lang.get())}
            </span>
        </li>
    }
}
