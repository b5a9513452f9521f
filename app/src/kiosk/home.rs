//! The page a visitor finds: the lines, and the ways beside them.

use jiban_domain::LineId;
use leptos::prelude::*;

use super::known::known;
use super::scene::{Purpose, Screen};
use super::visit::visit;
use super::words::{people_waiting, wait_range, words};
use crate::api::kiosk::KioskLine;
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let visit = visit();
    view! {
        <section class="page home">
            <div class="title">
                <h1>{move || words().choose_line}</h1>
                <p class="soft">{move || words().choose_line_hint}</p>
            </div>
            <Lines purpose=Purpose::Take />
            <div class="ways">
                <button class="button wide" on:click=move |_| visit.go(Screen::Search)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().search_key}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::Scan { unread: false })>
                    <Icon path=icon::PROGRESS />
                    <span>{move || words().progress}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::Guides)>
                    <Icon path=icon::GUIDE />
                    <span>{move || words().guides}</span>
                </button>
            </div>
        </section>
    }
}

/// At most so many choices stand on one page.
const CARDS: usize = 6;

/// The lines as cards.
#[component]
pub fn Lines(
    /// What the visitor wants there.
    purpose: Purpose,
) -> impl IntoView {
    let known = known();
    let ids = Memo::new(move |_| {
        known.lines.with(|lines| lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>())
    });
    let crowded = move || ids.with(|ids| ids.len() > CARDS);
    view! {
        <ul class="cards" class:crowded=crowded>
            <For each=move || ids.get() key=LineId::clone let:id>
                <li>
                    <LineCard id purpose />
                </li>
            </For>
        </ul>
    }
}

/// A line: what it is, and how long one waits.
#[component]
fn LineCard(
    /// Which.
    id: LineId,
    /// What the visitor wants there.
    purpose: Purpose,
) -> impl IntoView {
    let known = known();
    let visit = visit();
    let lang = lang();
    let line = Memo::new({
        let id = id.clone();
        move |_| known.line(&id)
    });
    let of = move |what: fn(&KioskLine) -> String| {
        move || line.with(|line| line.as_ref().map(what).unwrap_or_default())
    };
    let name =
        move || line.with(|line| line.as_ref().map(|line| line.name.get(lang.get()).to_owned()));
    let state = move || {
        let line = line.get()?;
        Some(match purpose {
            Purpose::Read => ().into_any(),
            Purpose::Take if !line.open => {
                view! { <span class="state paused">{words().line_paused}</span> }.into_any()
            }
            Purpose::Take => view! {
                <span class="state">
                    <span>{people_waiting(lang.get(), line.waiting)}</span>
                    <span class="soft">{wait_range(lang.get(), line.wait_minutes)}</span>
                </span>
            }
            .into_any(),
        })
    };
    view! {
        <button
            class="card"
            on:click=move |_| visit.choose_line(known, &id, purpose)
        >
            <span class="letter number" aria-hidden="true">
                {of(|line| line.letter.to_string())}
            </span>
            <span class="name">{name}</span>
            {state}
        </button>
    }
}
