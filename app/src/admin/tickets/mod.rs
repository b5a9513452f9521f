//! All tickets of a hall, live: a supervisor sees them, and moves, puts first or cancels any.

pub mod order;
pub mod words;

use jiban_domain::Lang;
use jiban_domain::ticket::TicketState;
use leptos::prelude::*;

use self::order::{OrderDialog, Ordering};
use self::words::TicketWords;
use super::state::AdminState;
use crate::api::tickets::{HallTicket, OrderKind, TicketsNow};
use crate::parts::clock::hour_minute;
use crate::parts::live::listen;
use crate::words::fill;

/// The page. Its stream belongs to it.
#[component]
pub fn Tickets(
    admin: AdminState,
    /// The hall; a supervisor's first where none is chosen.
    hall: Option<String>,
    lang: Lang,
) -> impl IntoView {
    let query = hall.map(|hall| format!("?hall={hall}")).unwrap_or_default();
    let live = listen::<TicketsNow>(&format!("/events/tickets{query}"));
    let typed = RwSignal::new(String::new());
    let ordering = RwSignal::new(None::<Ordering>);
    let done = RwSignal::new(None::<String>);
    // The browser does not say why a stream ended. A request tells.
    Effect::new(move |_| {
        if live.stale_since.get().is_some() {
            admin.session().check();
        }
    });
    let words = TicketWords::of(lang);
    let table = move || {
        live.now.with(|now| match now {
            None => view! { <p class="soft empty">{words.loading}</p> }.into_any(),
            Some(now) => table(now, &typed.get(), ordering, lang),
        })
    };
    view! {
        <div class="tickets">
            <label class="field find">
                <span class="field-label">{words.find}</span>
                <input class="input" type="search" autocomplete="off" bind:value=typed />
            </label>
            <p class="good-words" role="status">
                {move || {
                    done.get().map(|number| fill(words.done, &[("number", &number)]))
                }}
            </p>
            {table}
            <OrderDialog admin now=live.now ordering done lang />
        </div>
    }
}

fn table(
    now: &TicketsNow,
    typed: &str,
    ordering: RwSignal<Option<Ordering>>,
    lang: Lang,
) -> AnyView {
    let words = TicketWords::of(lang);
    let typed = typed.trim().to_lowercase();
    let fits = |one: &&HallTicket| {
        let matter = one.matter_name.get(lang).to_lowercase();
        typed.is_empty()
            || one.ticket.number.to_lowercase().contains(&typed)
            || matter.contains(&typed)
    };
    let found: Vec<&HallTicket> = now.tickets.iter().filter(fits).collect();
    if found.is_empty() {
        let says = if now.total == 0 { words.none } else { words.none_found };
        return view! { <p class="soft empty">{says}</p> }.into_any();
    }
    let counts: [(&str, &dyn std::fmt::Display); 2] = [("n", &found.len()), ("total", &now.total)];
    let shown = fill(words.shown, &counts);
    let heads = [words.number, words.state, words.place, words.matter, words.taken, words.actions];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    let rows = found.into_iter().map(|one| row(now, one, ordering, lang)).collect_view();
    view! {
        <p class="soft">{shown}</p>
        <section class="sheet now-table">
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Where a ticket waits, or which counter has it.
fn place(now: &TicketsNow, one: &HallTicket, lang: Lang) -> String {
    let words = TicketWords::of(lang);
    let ticket = &one.ticket;
    let name_of = |id| {
        let counter = now.counters.iter().find(|counter| Some(&counter.id) == id);
        counter.map(|counter| counter.name.get(lang).to_owned())
    };
    if let Some(counter) = name_of(ticket.reserved_for.as_ref()) {
        return fill(words.only_at, &[("counter", &counter)]);
    }
    if let Some(counter) = name_of(ticket.counter.as_ref()) {
        return counter;
    }
    let line = now.lines.iter().find(|line| line.id == ticket.line);
    let name = line.map(|line| format!("{} {}", line.letter, line.name.get(lang)));
    fill(words.line_of, &[("line", &name.unwrap_or_else(|| ticket.line.to_string()))])
}

fn row(
    now: &TicketsNow,
    one: &HallTicket,
    ordering: RwSignal<Option<Ordering>>,
    lang: Lang,
) -> AnyView {
    let words = TicketWords::of(lang);
    let ticket = &one.ticket;
    let button = |kind: OrderKind, word: &'static str| {
        let order = Ordering { ticket: ticket.clone(), kind };
        view! {
            <button
                class="button small"
                type="button"
                on:click=move |_| ordering.set(Some(order.clone()))
            >
                {word}
            </button>
        }
    };
    let may_be_first = matches!(ticket.state, TicketState::Waiting | TicketState::Missed);
    let first = may_be_first.then(|| button(OrderKind::PutFirst, words.put_first));
    view! {
        <tr>
            <th scope="row" class="number">
                {ticket.number.clone()}
            </th>
            <td>{ticket.state.name().get(lang).to_owned()}</td>
            <td>{place(now, one, lang)}</td>
            <td>{one.matter_name.get(lang).to_owned()}</td>
            <td class="number">{hour_minute(ticket.issued_at, &now.time_zone)}</td>
            <td class="order-buttons">
                {button(OrderKind::Send, words.send)} {first}
                {button(OrderKind::Cancel, words.cancel)}
            </td>
        </tr>
    }
    .into_any()
}
