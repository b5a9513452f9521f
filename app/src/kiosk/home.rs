//! The home page: the lines, and the other services. While no line is called, what needs no
//! clerk comes first.

use leptos::prelude::*;

use super::hall_snapshot::{HallSnapshot, hall_snapshot};
use super::line_cards::LineCards;
use super::scene::{Purpose, Screen};
use super::unattended::Unattended;
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

#[component]
pub fn HomePage() -> impl IntoView {
    let after_hours = is_after_hours(hall_snapshot());
    let body = move || {
        if after_hours.get() {
            view! {
                <Ways after_hours=true />
                <LineCards purpose=Purpose::Take />
            }
            .into_any()
        } else {
            view! {
                <LineCards purpose=Purpose::Take />
                <Ways after_hours=false />
            }
            .into_any()
        }
    };
    view! {
        <section class="page home" class:after-hours=move || after_hours.get()>
            <HomeTitle after_hours />
            {body}
        </section>
    }
}

/// Whether numbers are given, and none is called now.
pub fn is_after_hours(snapshot: HallSnapshot) -> Memo<bool> {
    Memo::new(move |_| {
        snapshot.lines.with(|lines| {
            let open = || lines.iter().filter(|line| line.open);
            open().next().is_some() && open().all(|line| line.calls_from.is_some())
        })
    })
}

#[component]
pub fn HomeTitle(after_hours: Memo<bool>) -> impl IntoView {
    let title = move || {
        let words = words();
        if after_hours.get() {
            (words.after_hours, words.after_hours_hint)
        } else {
            (words.choose_line, words.choose_line_hint)
        }
    };
    view! {
        <div class="title">
            <h1>{move || title().0}</h1>
            <p class="soft" data-heard="">
                {move || title().1}
            </p>
        </div>
    }
}

/// The ways on that are no line.
#[component]
fn Ways(after_hours: bool) -> impl IntoView {
    let visit = visit();
    let snapshot = hall_snapshot();
    let finding = move || {
        view! {
            <button class="button" on:click=move |_| visit.go(Screen::Search)>
                <Icon path=icon::SEARCH />
                <span>{move || words().search_button}</span>
            </button>
            <button class="button" on:click=move |_| visit.choose_for_me(snapshot)>
                <Icon path=icon::HELP />
                <span>{move || words().unsure}</span>
            </button>
        }
    };
    view! {
        <div class="ways">
            {(!after_hours).then(finding)} <Unattended /> {after_hours.then(finding)}
        </div>
    }
}
