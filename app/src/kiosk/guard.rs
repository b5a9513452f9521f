//! What a public screen must not do: menus, zooming, selecting, dragging, and
//! the keys of the browser. A scanner types like a keyboard, so the same place
//! reads it.

use std::cell::RefCell;
use std::str::FromStr;

use jiban_domain::{Millis, Token};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{
    AddEventListenerOptions, Event, KeyboardEvent, MouseEvent, TouchEvent, WheelEvent, Window,
};

use crate::parts::clock::browser_now;

/// Events whose own effect a kiosk never wants.
const NEVER: [&str; 6] =
    ["contextmenu", "selectstart", "dragstart", "gesturestart", "dblclick", "auxclick"];

/// Stands guard for as long as the page lives. `touched` hears every touch and
/// key, `scanned` every token a scanner reads, or `None` for what was no token.
pub fn stand(touched: impl Fn() + Clone + 'static, scanned: impl Fn(Option<Token>) + 'static) {
    let Some(window) = web_sys::window() else { return };
    for name in NEVER {
        on(&window, name, |event: &Event| event.prevent_default());
    }
    on(&window, "wheel", |event: &WheelEvent| {
        if event.ctrl_key() {
            event.prevent_default();
        }
    });
    for name in ["touchstart", "touchmove"] {
        on(&window, name, |event: &TouchEvent| {
            // A second finger would pinch; and some swipes cannot be stopped any more.
            if event.touches().length() > 1 && event.cancelable() {
                event.prevent_default();
            }
        });
    }
    for name in ["mousedown", "mouseup"] {
        on(&window, name, |event: &MouseEvent| {
            // The side buttons of a mouse go back and forward.
            if event.button() > 2 {
                event.prevent_default();
            }
        });
    }
    on(&window, "pointerdown", {
        let touched = touched.clone();
        move |_: &Event| touched()
    });
    let scan = RefCell::new(Scan::default());
    on(&window, "keydown", move |event: &KeyboardEvent| {
        touched();
        let key = event.key();
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let heard = scan.borrow_mut().hear(&key, browser_now());
        if heard != Heard::Nothing || modified || !moves_about(&key) {
            event.prevent_default();
        }
        match heard {
            Heard::Token(token) => scanned(Some(token)),
            Heard::Unread => scanned(None),
            Heard::Nothing => {}
        }
    });
    stay(&window);
}

fn on<E: JsCast>(window: &Window, name: &str, hear: impl Fn(&E) + 'static) {
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(false);
    let closure =
        Closure::<dyn Fn(Event)>::new(move |event: Event| hear(event.unchecked_ref::<E>()));
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        closure.as_ref().unchecked_ref(),
        &options,
    );
    // As long as the page lives.
    closure.forget();
}

/// Going back in the browser's history comes to the same page.
fn stay(window: &Window) {
    let here = || {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.push_state(&leptos::wasm_bindgen::JsValue::NULL, "");
        }
    };
    here();
    on(window, "popstate", move |_: &Event| here());
}

/// The keys that stay: those with which a person who cannot touch moves about.
fn moves_about(key: &str) -> bool {
    matches!(
        key,
        "Tab" | "Enter" | " " | "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Shift"
    )
}

/// A scanner types quickly; a pause longer than this begins a new code.
const PAUSE_MS: Millis = 300;
/// Shorter than this, it was a person who pressed Enter.
const SHORTEST_CODE: usize = 8;

/// What a scanner typed so far.
#[derive(Debug, Default)]
struct Scan {
    typed: String,
    last: Millis,
}

#[derive(Debug, PartialEq, Eq)]
enum Heard {
    /// No code has ended.
    Nothing,
    /// A ticket's.
    Token(Token),
    /// Some other code.
    Unread,
}

impl Scan {
    fn hear(&mut self, key: &str, at: Millis) -> Heard {
        if at - self.last > PAUSE_MS {
            self.typed.clear();
        }
        self.last = at;
        if key == "Enter" {
            let typed = std::mem::take(&mut self.typed);
            return match token_in(&typed) {
                Some(token) => Heard::Token(token),
                None if typed.len() >= SHORTEST_CODE => Heard::Unread,
                None => Heard::Nothing,
            };
        }
        // Shift and the like have names; a character is itself.
        if key.chars().count() == 1 {
            self.typed.push_str(key);
        }
        Heard::Nothing
    }
}

/// The token at the end of a slip's address, or alone.
fn token_in(code: &str) -> Option<Token> {
    let last = code.trim().rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
    Token::from_str(last).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_in(scan: &mut Scan, text: &str, from: Millis, every: Millis) -> Heard {
        let mut at = from;
        for letter in text.chars() {
            assert_eq!(scan.hear(&letter.to_string(), at), Heard::Nothing);
            at += every;
        }
        scan.hear("Enter", at)
    }

    #[test]
    fn a_slip_is_read_from_its_address_in_either_case() {
        let token = Token([7; 16]);
        let mut scan = Scan::default();
        for address in [
            format!("HTTP://192.168.1.20:3000/T/{token}"),
            format!("http://hall.example/t/{}", token.to_string().to_lowercase()),
            token.to_string(),
        ] {
            assert_eq!(type_in(&mut scan, &address, 10_000, 5), Heard::Token(token), "{address}");
        }
    }

    #[test]
    fn another_code_is_no_ticket_and_enter_alone_is_none() {
        let mut scan = Scan::default();
        assert_eq!(type_in(&mut scan, "6901234567892", 10_000, 5), Heard::Unread);
        assert_eq!(type_in(&mut scan, "", 20_000, 5), Heard::Nothing);
    }

    #[test]
    fn slow_typing_is_a_person() {
        let slow = Token([7; 16]).to_string();
        assert_eq!(type_in(&mut Scan::default(), &slow, 10_000, 900), Heard::Nothing);
    }

    #[test]
    fn browser_keys_are_not_among_those_that_move_about() {
        for key in ["F5", "F11", "F12", "Backspace", "Escape", "BrowserBack", "ContextMenu", "a"] {
            assert!(!moves_about(key), "{key}");
        }
    }
}
