//! What keys do in reception. Typing into a field comes first, except for Escape,
//! which goes one step back.

use jiban_domain::case::MaterialState;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::actions::{self, CaseAction};
use super::material_actions::{attachable, choose_file, mark_rest_received, mark_row, reuse};
use super::state::{DialogKind, ReceptionState, Sheet};

/// Listens while the console is open.
pub fn listen_to_keyboard(reception: ReceptionState) {
    let listener = window_event_listener(keydown, move |event| {
        if handle(&event, reception) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what a key means; false where it means nothing here.
fn handle(event: &KeyboardEvent, reception: ReceptionState) -> bool {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    // A dialog has keys of its own.
    let is_covered = reception.dialog.get_untracked().is_some()
        || reception.enlarged.get_untracked().is_some()
        || reception.counter.transferring.with_untracked(Option::is_some);
    let is_arrow = event.key() == "ArrowDown" || event.key() == "ArrowUp";
    if with_modifier || event.is_composing() || event.repeat() && !is_arrow || is_covered {
        return false;
    }
    let sheet = reception.sheet.get_untracked();
    let key = event.key().to_lowercase();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if key == "escape" {
        // The form of a remark, and a picture shown large, are left first.
        if sheet == Sheet::Drafts && within(".remark-form, dialog") {
            return false;
        }
        reception.step_back();
        return sheet != Sheet::Closed;
    }
    if within("input:not([type=radio]), select, textarea") {
        return false;
    }
    match (sheet, key.as_str()) {
        (Sheet::Closed, "o") => reception.open_or_begin_case(),
        (Sheet::Closed, "g") if untrack(|| reception.counter.is_serving()) => {
            reception.open_sheet(Sheet::FillTogether);
        }
        (Sheet::Closed, "c") => reception.open_sheet(Sheet::Cases),
        (Sheet::Closed, "d") => reception.open_sheet(Sheet::Drafts),
        (Sheet::Closed, "x") => reception.open_sheet(Sheet::Results),
        (Sheet::Case, "enter" | " ") if within("button, a") => return false,
        (Sheet::Case, _) => return handle_in_case(&key, reception),
        _ => return false,
    }
    true
}

fn handle_in_case(key: &str, reception: ReceptionState) -> bool {
    let count = untrack(|| reception.with_case(|case| case.materials.len())).unwrap_or_default();
    if count == 0 {
        return false;
    }
    let row = reception.selected_row.get_untracked().min(count - 1);
    let mark = |state| mark_row(reception, row, state);
    match key {
        "arrowdown" | "j" => reception.selected_row.set((row + 1).min(count - 1)),
        "arrowup" | "k" => reception.selected_row.set(row.saturating_sub(1)),
        "1" => mark(MaterialState::Present),
        "2" => mark(MaterialState::Missing),
        "3" => mark(MaterialState::Deferred),
        "4" => mark(MaterialState::NotNeeded),
        "a" => mark_rest_received(reception),
        "p" => {
            if let Some(material) = untrack(|| attachable(reception, row)) {
                reception.open_dialog(DialogKind::Camera(material));
            }
        }
        "f" => choose_file(row),
        "r" => reuse(reception, row),
        _ => {
            let Some(action) = CaseAction::of_key(key) else { return false };
            actions::run(reception, action);
        }
    }
    true
}
