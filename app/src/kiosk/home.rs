//! The home page: the lines, and the other services.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::line_cards::LineCards;
use super::scene::{Purpose, Screen};
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

#[component]
pub fn HomePage() -> impl IntoView {
    let visit = visit();
    let snapshot = hall_snapshot();
    view! {
        <section class="page home">
            <div class="title">
                <h1>{move || words().choose_line}</h1>
                <p class="soft" data-heard="">
                    {move || words().choose_line_hint}
                </p>
            </div>
            <LineCards purpose=Purpose::Take />
            <div class="ways">
                <button class="button" on:click=move |_| visit.go(Screen::Search)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().search_button}</span>
                </button>
                <button class="button" on:click=move |_| visit.choose_for_me(snapshot)>
                    <Icon path=icon::HELP />
                    <span>{move || words().unsure}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::Scan { unread: false })>
                    <Icon path=icon::PROGRESS />
                    <span>{move || words().progress}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::GuideIndex)>
                    <Icon path=icon::GUIDE />
                    <span>{move || words().guides}</span>
                </button>
            </div>
        </section>
    }
}
