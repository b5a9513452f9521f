//! The head of a sheet: the way back, whose visit it is, and which case.

use leptos::prelude::*;

use super::state::{Sheet, use_reception};
use crate::counter::format::stopwatch;
use crate::parts::icon::{self, Icon};
use crate::precheck::words::PrecheckWords;
use crate::print::grouped;

#[component]
pub fn Header() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let ticket = counter.select(|now| now.in_hand.clone());
    let visitor = move || {
        let ticket = ticket.get()?;
        let since = ticket.begun_at.or(ticket.called_at).unwrap_or(ticket.issued_at);
        Some(view! {
            <p class="whose">
                <span class="number">{ticket.number}</span>
                <span class="soft counting">{move || stopwatch(counter.clock.get() - since)}</span>
            </p>
        })
    };
    let title = move || {
        let words = reception.words();
        match reception.sheet.get() {
            Sheet::Closed => None,
            Sheet::NewCase => Some(words.open_case.to_owned()),
            Sheet::Drafts => Some(PrecheckWords::of(reception.lang()).title.to_owned()),
            Sheet::FillTogether => Some(words.fill_together.to_owned()),
            Sheet::Cases | Sheet::Results => Some(format!("{} · {}", words.cases, words.results)),
            Sheet::Case => {
                reception.with_case(|case| format!("{} {}", words.this_case, grouped(&case.number)))
            }
        }
    };
    let may_open_another = move || reception.sheet.get() == Sheet::Case && counter.is_serving();
    view! {
        <header class="bar">
            <button class="button" type="button" on:click=move |_| reception.step_back()>
                <Icon path=icon::BACK />
                {move || reception.words().back}
                <kbd>"Esc"</kbd>
            </button>
            {visitor}
            <h2>{title}</h2>
            <Show when=may_open_another>
                <button
                    class="button quiet"
                    type="button"
                    on:click=move |_| reception.begin_case()
                >
                    {move || reception.words().another}
                </button>
            </Show>
        </header>
    }
}
