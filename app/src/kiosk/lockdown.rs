//! What a public screen must not do: menus, zooming, selecting, dragging, and
//! the keys of the browser. A scanner types like a keyboard, so its codes are
//! read here too ([`super::scanner`]).

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{
    AddEventListenerOptions, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    KeyboardEvent, MouseEvent, TouchEvent, WheelEvent, Window,
};

use super::scanner::{Key, PAUSE_MS, Scanner};
use crate::parts::clock::browser_now;

/// Events whose default action is always prevented. What is copied would be the next visitor's
/// to paste.
const PREVENTED: [&str; 8] = [
    "contextmenu",
    "selectstart",
    "dragstart",
    "gesturestart",
    "dblclick",
    "auxclick",
    "copy",
    "cut",
];

/// Installs the listeners, which stay as long as the page. `on_input` runs on
/// every touch and key, `on_begin` before the first key of what may become a code; `on_scan`
/// gets each scanned code, and says whether it was one for it.
pub fn install(
    on_input: impl Fn() + Clone + 'static,
    on_begin: impl Fn() + 'static,
    on_scan: impl Fn(&str) -> bool + 'static,
) {
    let Some(window) = web_sys::window() else { return };
    for name in PREVENTED {
        on(&window, name, |event: &Event| event.prevent_default());
    }
    on(&window, "wheel", |event: &WheelEvent| {
        if event.ctrl_key() {
            event.prevent_default();
        }
    });
    for name in ["touchstart", "touchmove"] {
        on(&window, name, |event: &TouchEvent| {
            // Two fingers would zoom. A swipe under way may no longer be cancelable.
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
        let on_input = on_input.clone();
        move |_: &Event| on_input()
    });
    let scanner = Rc::new(RefCell::new(Scanner::default()));
    let on_scan =
        Rc::new(move |scanned: Option<String>| scanned.is_some_and(|code| on_scan(&code)));
    on(&window, "keyup", {
        let (scanner, on_scan) = (scanner.clone(), on_scan.clone());
        move |event: &KeyboardEvent| {
            if event.key() == "Alt" {
                let scanned = scanner.borrow_mut().alt_released(browser_now());
                on_scan(scanned);
            }
        }
    });
    // Some scanners end a code with nothing but silence.
    let silence = RefCell::new(None);
    on(&window, "keydown", move |event: &KeyboardEvent| {
        on_input();
        let (key, code) = (event.key(), event.code());
        let now = browser_now();
        if scanner.borrow().is_empty(now) {
            on_begin();
        }
        let is_command = event.ctrl_key() || event.meta_key();
        let modified = is_command || event.alt_key();
        // 229: an input method works on it.
        let composing = event.is_composing() || event.key_code() == 229;
        let alt = event.alt_key();
        let pressed = Key { key: &key, code: &code, alt, is_command, composing };
        let scanned = scanner.borrow_mut().key(&pressed, now);
        let works = if is_in_field(event) {
            edits(&key, modified)
        } else {
            !modified && is_navigation(&key)
        };
        // The Enter at the end of a code presses no button.
        if on_scan(scanned) || !works {
            event.prevent_default();
        }
        let (scanner, on_scan) = (scanner.clone(), on_scan.clone());
        let wait = u32::try_from(PAUSE_MS).unwrap_or_default() + 50;
        // A further key drops the timeout, and so ends it.
        silence.replace(Some(Timeout::new(wait, move || {
            let scanned = scanner.borrow_mut().silence(browser_now());
            on_scan(scanned);
        })));
    });
    disable_history(&window);
}

fn on<E: JsCast>(window: &Window, name: &str, listener: impl Fn(&E) + 'static) {
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(false);
    let closure =
        Closure::<dyn Fn(Event)>::new(move |event: Event| listener(event.unchecked_ref::<E>()));
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        closure.as_ref().unchecked_ref(),
        &options,
    );
    // The listener stays as long as the page.
    closure.forget();
}

/// Makes "back" in the browser's history return to this page.
fn disable_history(window: &Window) {
    let push = || {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.push_state(&leptos::wasm_bindgen::JsValue::NULL, "");
        }
    };
    push();
    on(window, "popstate", move |_: &Event| push());
}

/// The keys that keep working: with them, someone who cannot use a touch screen
/// moves through the page.
fn is_navigation(key: &str) -> bool {
    matches!(
        key,
        "Tab" | "Enter" | " " | "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Shift"
    )
}

fn is_in_field(event: &Event) -> bool {
    event.target().is_some_and(|target| {
        target.has_type::<HtmlInputElement>()
            || target.has_type::<HtmlTextAreaElement>()
            || target.has_type::<HtmlSelectElement>()
    })
}

/// What someone who types into a field needs: signs, an input method, the keys that move in
/// the text and change it, and pasting.
fn edits(key: &str, modified: bool) -> bool {
    if modified {
        return matches!(key, "a" | "v" | "z" | "A" | "V" | "Z" | "Control");
    }
    let sign = key.chars().count() == 1;
    sign || is_navigation(key)
        || matches!(
            key,
            "Backspace"
                | "Delete"
                | "Home"
                | "End"
                | "Process"
                | "Unidentified"
                | "Dead"
                | "Compose"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_field_one_types_and_pastes_but_leaves_nothing() {
        for key in ["a", "7", "身", "Backspace", "Process", "ArrowLeft", "Tab", "Enter"] {
            assert!(edits(key, false), "{key}");
        }
        for key in ["F5", "F12", "BrowserBack", "ContextMenu", "Escape"] {
            assert!(!edits(key, false), "{key}");
        }
        assert!(edits("v", true));
        for key in ["c", "x", "r", "w", "t", "p", "ArrowLeft", "F5"] {
            assert!(!edits(key, true), "{key}");
        }
    }

    #[test]
    fn browser_keys_are_not_navigation() {
        for key in ["F5", "F11", "F12", "Backspace", "Escape", "BrowserBack", "ContextMenu", "a"] {
            assert!(!is_navigation(key), "{key}");
        }
    }
}
