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
    let books = Memo::new(move |_| snapshot.hall.with(|hall| hall.books));
    let prints = Memo::new(move |_| snapshot.hall.with(|hall| hall.self_print));
    // What is the server's to tell.
    let by_server = move |icon: &'static str, name: fn() -> &'static str, screen: Screen| {
        let note =
            move || snapshot.cut_off.get().then(|| view! { <small>{words().needs_server}</small> });
        view! {
            <button
                class="button"
                disabled=move || snapshot.cut_off.get()
                on:click=move |_| visit.go(screen.clone())
            >
                <Icon path=icon />
                <span>{name} {note}</span>
            </button>
        }
    };
    let booking = move || by_server(icon::CALENDAR, || words().booking, Screen::Booking);
    let print = move || by_server(icon::PRINT, || words().self_print, Screen::SelfPrint);
    view! {
        {by_server(icon::PROGRESS, || words().progress, Screen::Scan { unread: false })}
        <button class="button" on:click=move |_| visit.go(Screen::GuideIndex)>
            <Icon path=icon::GUIDE />
            <span>{move || words().guides}</span>
        </button>
        {move || books.get().then(booking)}
        {move || prints.get().then(print)}
    }
}
