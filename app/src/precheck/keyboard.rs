//! What keys do at the desk. Typing into a field comes first.

use jiban_domain::draft::About;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::desk::Desk;
use super::foot::{Move, do_move};
use super::list::select_neighbour;

/// Listens while the desk is shown.
pub fn listen(desk: Desk) {
    let listener = window_event_listener(keydown, move |event| {
        if handle(&event, desk) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what a key means; false where it means nothing here.
fn handle(event: &KeyboardEvent, desk: Desk) -> bool {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if with_modifier || event.is_composing() || desk.viewer.get_untracked().is_some() {
        return false;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    let key = event.key().to_lowercase();
    if key == "escape" && desk.about.get_untracked().is_some() {
        desk.about.set(None);
        return true;
    }
    if within("input, select, textarea, dialog") {
        return false;
    }
    match key.as_str() {
        "arrowdown" | "j" => select_neighbour(desk, true),
        "arrowup" | "k" => select_neighbour(desk, false),
        _ if event.repeat() => return false,
        "r" => do_move(desk, Move::Return),
        "p" => do_move(desk, Move::Clear),
        "y" => do_move(desk, Move::ClearWithOriginals),
        "m" if desk.selected.get_untracked().is_some() => desk.about.set(Some(About::Draft)),
        _ => return false,
    }
    true
}
