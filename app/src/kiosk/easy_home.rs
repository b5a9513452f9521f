//! The home page in the easy mode: a few large keys, and the lines as a page of their own.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::home::{HomePage, HomeTitle, is_after_hours};
use super::line_cards::LineCards;
use super::scene::{Purpose, Screen};
use super::unattended::Unattended;
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

/// The home page, as the visitor wants it.
#[component]
pub fn HomeOfMode() -> impl IntoView {
    let visit = visit();
    move || {
        if visit.easy.get() {
            view! { <EasyHome /> }.into_any()
        } else {
            view! { <HomePage /> }.into_any()
        }
    }
}

/// Six keys at most: taking a number, and what the hall offers without a clerk.
#[component]
fn EasyHome() -> impl IntoView {
    let visit = visit();
    let snapshot = hall_snapshot();
    let after_hours = is_after_hours(snapshot);
    let numbers = move || {
        view! {
            <button class="button" on:click=move |_| visit.go(Screen::Lines)>
                <Icon path=icon::PEOPLE />
                <span>{move || words().take}</span>
            </button>
            <button class="button" on:click=move |_| visit.choose_for_me(snapshot)>
                <Icon path=icon::HELP />
                <span>{move || words().unsure}</span>
            </button>
        }
    };
    view! {
        <section class="page home few">
            <HomeTitle after_hours />
            <div class="ways">
                {move || (!after_hours.get()).then(numbers)} <Unattended />
                {move || after_hours.get().then(numbers)}
            </div>
        </section>
    }
}

/// The lines alone.
#[component]
pub fn LinesPage() -> impl IntoView {
    let after_hours = Memo::new(|_| false);
    view! {
        <section class="page home lines-page">
            <HomeTitle after_hours />
            <LineCards purpose=Purpose::Take />
        </section>
    }
}
