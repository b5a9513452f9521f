//! The page of a clerk who is signed in: everything about the visitor in front
//! of them on one screen.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::door::Door;
use super::head::Head;
use super::in_hand::InHand;
use super::levers::listen_to_keyboard;
use super::notices::{IllPrinters, StaleBar};
use super::reception::{self, Reception};
use super::set_aside::SetAside;
use super::state::CounterState;
use super::transfer::TransferDialog;
use super::waiting::Waiting;
use crate::api::counter::CounterNow;
use crate::words::lang;

/// The console, from its first snapshot on.
#[component]
pub(super) fn Console(door: Door, first: CounterNow) -> impl IntoView {
    let page = CounterState::new(first, door, lang());
    provide_context(page);
    listen_to_keyboard(page);
    reception::listen_to_keyboard(page);
    // A button keeps the focus after a click, and the space bar would press it
    // again instead of the big key.
    let keep_focus_away = |event: leptos::ev::MouseEvent| {
        let on_button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.closest("button").ok().flatten().is_some());
        if on_button {
            event.prevent_default();
        }
    };
    view! {
        <div class="console" class:stale=move || page.stale_since.get().is_some() on:mousedown=keep_focus_away>
            <Head />
            <div class="notices">
                <StaleBar />
                <IllPrinters />
            </div>
            <main hidden=move || page.room.is_open()>
                <InHand />
                <Waiting />
                <div class="aside">
                    <SetAside />
                </div>
            </main>
            <Reception />
            <TransferDialog />
        </div>
    }
}
