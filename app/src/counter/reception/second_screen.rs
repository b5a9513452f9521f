//! The screen on the visitor's side of a counter: a window of the same browser, which the clerk
//! puts on the second monitor once. It shows what the visitor fills in, and nothing of anybody
//! between two visitors.

use leptos::prelude::*;
use web_sys::Window;

/// A console that was loaded again has no hold of the window; by this name the next page that it
/// shows opens in the same one.
const NAME: &str = "jiban-second-screen";
/// What it shows between two visitors.
const IDLE: &str = "/screen";

/// The window that this console opened.
#[derive(Clone, Copy)]
pub struct SecondScreen {
    window: StoredValue<Option<Window>, LocalStorage>,
}

impl SecondScreen {
    /// A screen that is cleared when the console is loaded again, closed or left: after that
    /// nobody could clear it.
    pub fn new() -> Self {
        let screen = Self { window: StoredValue::new_local(None) };
        let leaving = window_event_listener_untyped("pagehide", move |_| screen.clear());
        on_cleanup(move || {
            leaving.remove();
            screen.clear();
        });
        screen
    }

    /// Shows a page of the hall to the visitor. Browsers open a window only for a touch or a key.
    pub fn show(self, address: &str) {
        let opened = window().open_with_url_and_target_and_features(address, NAME, "popup");
        self.window.set_value(opened.ok().flatten());
    }

    /// Shows nothing of anybody, where a window is open.
    pub fn clear(self) {
        let open = self.window.try_get_value().flatten();
        if let Some(open) = open.filter(|open| open.closed() == Ok(false)) {
            let _ = open.location().replace(IDLE);
        }
    }
}
