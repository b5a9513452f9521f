//! The home page in the easy mode: four large keys, and the lines as a page of their own.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::home::HomePage;
use super::line_cards::LineCards;
use super::scene::{Purpose, Screen};
use super::visit::{Visit, visit};
use super::words::words;
use crate::parts::icon::{self, Icon};

/// The home page, as the visitor wants it.
#[component]
pub fn HomeOfMode() -> impl IntoView {
    let visit = visit();
    move || {
        if visit.easy.get() {
            easy_home(visit).into_any()
        } else {
            view! { <HomePage /> }.into_any()
        }
    }
}

fn easy_home(visit: Visit) -> impl IntoView {
    let snapshot = hall_snapshot();
    let way = move |icon: &'static str, name: fn() -> &'static str, screen: Screen| {
        view! {
            <button class="button" on:click=move |_| visit.go(screen.clone())>
                <Icon path=icon />
                <span>{name}</span>
            </button>
        }
    };
    view! {
        <section class="page home few">
            <ChooseLine />
            <div class="ways">
                {way(icon::PRINT, || words().take, Screen::Lines)}
                <button class="button" on:click=move |_| visit.choose_for_me(snapshot)>
                    <Icon path=icon::HELP />
                    <span>{move || words().unsure}</span>
                </button>
                {way(icon::PROGRESS, || words().progress, Screen::Scan { unread: false })}
                {way(icon::GUIDE, || words().guides, Screen::GuideIndex)}
            </div>
        </section>
    }
}

/// The lines alone.
#[component]
pub fn LinesPage() -> impl IntoView {
    view! {
        <section class="page home lines-page">
            <ChooseLine />
            <LineCards purpose=Purpose::Take />
        </section>
    }
}

#[component]
fn ChooseLine() -> impl IntoView {
    view! {
        <div class="title">
            <h1>{move || words().choose_line}</h1>
            <p class="soft" data-heard="">
                {move || words().choose_line_hint}
            </p>
        </div>
    }
}
