//! Reception: a case is opened from the ticket being served, its papers are
//! looked at, and it is accepted; and the window that hands results out. It lies
//! over the console, whose head and notices stay.
//!
//! - [`room`]: what every part looks at; [`keys`]: what the keyboard means
//! - [`opening`] with [`subject`], [`field`] and [`draft`]: who applies, for what
//! - [`receiving`]: the case in hand, from [`materials`] ([`material`], [`pictures`]),
//!   [`aside`], [`applicant`] and [`levers`]
//! - [`marks`] and [`sending`]: ticks and files on their way; [`camera`]
//! - [`asking`]: what is asked over the sheet: [`notice`], [`promise`],
//!   [`reason`], [`handing`], [`paper`]; [`signature`]: the pad
//! - [`cases`]: the clerk's cases, a search, and the results that wait
//! - [`words`]: how it is said

mod applicant;
mod aside;
mod asking;
mod camera;
mod cases;
mod draft;
mod field;
mod handing;
mod keys;
mod levers;
mod marks;
mod material;
mod materials;
mod notice;
mod opening;
mod paper;
mod pictures;
mod promise;
mod reason;
mod receiving;
mod room;
mod sending;
mod signature;
mod subject;
mod words;

use leptos::prelude::*;

pub(super) use keys::listen_to_keyboard;
pub(super) use levers::CaseLevers;
pub(super) use room::Room;

use super::spell::running;
use super::state::{CounterState, page};
use crate::api::case::CaseShown;
use crate::parts::icon::{self, Icon};
use crate::parts::viewer::{Large, Viewer};
use crate::print::grouped;
use asking::Asking;
use cases::Cases;
use opening::Opening;
use paper::PrintFrame;
use receiving::Receiving;
use room::{Sheet, room};

/// What lies over the console while a sheet is open.
#[component]
pub(super) fn Reception() -> impl IntoView {
    let page = page();
    let room = room();
    // What was typed of one visitor is not left for the next.
    let in_hand = page.piece(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    Effect::new(move || room.draft.forget_unless(in_hand.get()));
    let sheet = move || match room.sheet.get() {
        Sheet::Closed => ().into_any(),
        Sheet::Opening => view! { <Opening /> }.into_any(),
        Sheet::Case => view! { <Receiving /> }.into_any(),
        Sheet::Cases => view! { <Cases results=false /> }.into_any(),
        Sheet::Results => view! { <Cases results=true /> }.into_any(),
    };
    let files = Signal::derive(move || room.look(files).unwrap_or_default());
    view! {
        <Show when=move || room.is_open()>
            <section class="reception">
                <Bar />
                {sheet}
            </section>
        </Show>
        <Asking />
        <Viewer all=files at=room.large />
        <PrintFrame />
    }
}

/// Where a file of the case is; small for its thumbnail.
fn address(case: jiban_domain::CaseId, file: &str, small: bool) -> String {
    let small = if small { "&small=true" } else { "" };
    format!("/api/counter/file?case={}&file={file}{small}", case.0)
}

fn files(case: &CaseShown) -> Vec<Large> {
    let of = |material: &crate::api::case::MaterialShown| {
        let (id, name) = (case.id, material.name.clone());
        let file = move |file: &crate::api::case::FileShown| Large {
            address: address(id, &file.file, false),
            is_pdf: file.kind == "pdf",
            name: name.clone(),
        };
        material.files.iter().map(file).collect::<Vec<_>>()
    };
    case.materials.iter().flat_map(of).collect()
}

/// Whose visit it is, which case, and the way back.
#[component]
fn Bar() -> impl IntoView {
    let page = page();
    let room = room();
    let ticket = page.piece(|now| now.in_hand.clone());
    let visitor = move || {
        let ticket = ticket.get()?;
        let since = ticket.begun_at.or(ticket.called_at).unwrap_or(ticket.issued_at);
        Some(view! {
            <p class="whose">
                <span class="number">{ticket.number}</span>
                <span class="soft counting">{move || running(page.clock.get() - since)}</span>
            </p>
        })
    };
    let title = move || {
        let words = room.words();
        match room.sheet.get() {
            Sheet::Closed => None,
            Sheet::Opening => Some(words.open_case.to_owned()),
            Sheet::Cases | Sheet::Results => Some(format!("{} · {}", words.cases, words.results)),
            Sheet::Case => {
                room.look(|case| format!("{} {}", words.this_case, grouped(&case.number)))
            }
        }
    };
    let another = move || room.sheet.get() == Sheet::Case && serving(page);
    view! {
        <header class="bar">
            <button class="button" type="button" on:click=move |_| room.step_back()>
                <Icon path=icon::BACK />
                {move || room.words().back}
                <kbd>"Esc"</kbd>
            </button>
            {visitor}
            <h2>{title}</h2>
            <Show when=another>
                <button class="button quiet" type="button" on:click=move |_| begin_opening(page)>
                    {move || room.words().another}
                </button>
            </Show>
        </header>
    }
}

/// Whether the ticket in hand is being served: a case can be opened from it.
fn serving(page: CounterState) -> bool {
    use jiban_domain::ticket::TicketState::Serving;
    page.now.with(|now| now.in_hand.as_ref().is_some_and(|ticket| ticket.state == Serving))
}

/// Begins the first sheet for the ticket in hand.
fn begin_opening(page: CounterState) {
    if !untrack(|| serving(page)) {
        return;
    }
    let ticket = page.now.with_untracked(|now| now.in_hand.clone());
    if let Some(ticket) = ticket {
        page.room.draft.begin(ticket.id, ticket.matter);
        page.room.go(Sheet::Opening);
    }
}
