//! What the keyboard means in reception. Whoever types means that, but for
//! Escape, which leads one step back.

use jiban_domain::case::MaterialState;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::levers::{self, Lever};
use super::material;
use super::room::{Ask, Sheet};
use super::{begin_opening, serving};
use crate::counter::state::CounterState;

/// Listens for as long as the console is there.
pub fn listen_to_keyboard(page: CounterState) {
    let listener = window_event_listener(keydown, move |event| {
        if heard(&event, page) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what a key means; false where it means nothing here.
fn heard(event: &KeyboardEvent, page: CounterState) -> bool {
    let room = page.room;
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    // A dialog has keys of its own.
    let over = room.asks.get_untracked().is_some()
        || room.large.get_untracked().is_some()
        || page.transferring.with_untracked(Option::is_some);
    if with_modifier
        || event.is_composing()
        || event.repeat() && event.key() != "ArrowDown" && event.key() != "ArrowUp"
        || over
    {
        return false;
    }
    let sheet = room.sheet.get_untracked();
    let key = event.key().to_lowercase();
    if key == "escape" {
        room.step_back();
        return sheet != Sheet::Closed;
    }
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        on.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if within("input:not([type=radio]), select, textarea") {
        return false;
    }
    match (sheet, key.as_str()) {
        (Sheet::Closed, "o") => pull_open(page),
        (Sheet::Closed, "c") => room.go(Sheet::Cases),
        (Sheet::Closed, "x") => room.go(Sheet::Results),
        (Sheet::Case, "enter" | " ") if within("button, a") => return false,
        (Sheet::Case, _) => return of_case(&key, page),
        _ => return false,
    }
    true
}

/// Opens a case from the ticket being served, or goes on with the one that was.
pub(super) fn pull_open(page: CounterState) {
    if !untrack(|| serving(page)) {
        return;
    }
    match page.now.with_untracked(|now| now.cases.last().map(|(id, _)| *id)) {
        Some(case) => page.room.open(case),
        None => begin_opening(page),
    }
}

fn of_case(key: &str, page: CounterState) -> bool {
    let room = page.room;
    let count = room.case.with_untracked(|case| match case {
        Some(Ok(case)) => case.materials.len(),
        _ => 0,
    });
    if count == 0 {
        return false;
    }
    let at = room.row.get_untracked().min(count - 1);
    let tick = |state| material::tick(page, at, state);
    match key {
        "arrowdown" | "j" => room.row.set((at + 1).min(count - 1)),
        "arrowup" | "k" => room.row.set(at.saturating_sub(1)),
        "1" => tick(MaterialState::Present),
        "2" => tick(MaterialState::Missing),
        "3" => tick(MaterialState::Deferred),
        "4" => tick(MaterialState::NotNeeded),
        "a" => material::tick_the_rest(page),
        "p" => {
            if let Some(material) = untrack(|| material::takes_files(page, at)) {
                room.ask(Ask::Camera(material));
            }
        }
        "f" => material::choose_file(at),
        "r" => material::reuse(page, at),
        _ => {
            let Some(lever) = Lever::of_key(key) else { return false };
            levers::pull(page, lever);
        }
    }
    true
}
