//! What the kiosk does without a clerk, at any hour: offered on the home page, and first of all
//! where no numbers are given or called.

use leptos::prelude::*;

use super::scene::Screen;
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

#[component]
pub fn Unattended() -> impl IntoView {
    let visit = visit();
    view! {
        <button class="button" on:click=move |_| visit.go(Screen::Scan { unread: false })>
            <Icon path=icon::PROGRESS />
            <span>{move || words().progress}</span>
        </button>
        <button class="button" on:click=move |_| visit.go(Screen::GuideIndex)>
            <Icon path=icon::GUIDE />
            <span>{move || words().guides}</span>
        </button>
    }
}
