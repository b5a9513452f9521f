//! What the kiosk does without a clerk, at any hour: offered on the home page, and first of all
//! where no numbers are given or called.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::scene::Screen;
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

#[component]
pub fn Unattended() -> impl IntoView {
    let visit = visit();
    let snapshot = hall_snapshot();
    let books = move || snapshot.hall.with(|hall| hall.books);
    let prints = Memo::new(move |_| snapshot.hall.with(|hall| hall.self_print));
    view! {
        <button
            class="button"
            disabled=move || snapshot.cut_off.get()
            on:click=move |_| visit.go(Screen::Scan { unread: false })
        >
            <Icon path=icon::PROGRESS />
            <span>
                {move || words().progress}
                // It is the server's to tell.
                {move || {
                    snapshot.cut_off.get().then(|| view! { <small>{words().needs_server}</small> })
                }}
            </span>
        </button>
        <button class="button" on:click=move |_| visit.go(Screen::GuideIndex)>
            <Icon path=icon::GUIDE />
            <span>{move || words().guides}</span>
        </button>
        <Show when=books>
            <button
                class="button"
                disabled=move || snapshot.cut_off.get()
                on:click=move |_| visit.go(Screen::Booking)
            >
                <Icon path=icon::CALENDAR />
                <span>{move || words().booking}</span>
            </button>
        </Show>
        {move || {
            prints
                .get()
                .then(|| {
                    view! {
                        <button
                            class="button"
                            disabled=move || snapshot.cut_off.get()
                            on:click=move |_| visit.go(Screen::SelfPrint)
                        >
                            <Icon path=icon::PRINT />
                            <span>
                                {move || words().self_print}
                                {move || {
                                    snapshot
                                        .cut_off
                                        .get()
                                        .then(|| view! { <small>{words().needs_server}</small> })
                                }}
                            </span>
                        </button>
                    }
                })
        }}
    }
}
