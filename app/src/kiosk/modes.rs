//! What `public/machines/accessibility.js` tells the page: it holds the panel by which a visitor
//! chooses, and is loaded when somebody asks for it. What only looks or sounds otherwise is the
//! script's own; what the page itself must know is here.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use super::language;
use super::visit::{LARGEST, Visit};

/// The event, and the attribute of the document that says what is wanted: `size=2`.
const EVENT: &str = "kiosk-wants";
const WANTED: &str = "data-wants";

/// Listens as long as the page lives.
pub fn obey(visit: Visit, on_code: impl Fn(&str) + 'static) {
    let listener = Closure::<dyn Fn()>::new(move || {
        let root = document().document_element();
        let wanted = root.and_then(|root| root.get_attribute(WANTED)).unwrap_or_default();
        match wanted.split_once('=') {
            Some(("size", size)) => {
                visit.size.set(size.parse().map_or(0, |size: u8| size.min(LARGEST)));
            }
            Some(("easy", easy)) => visit.set_easy(easy == "true"),
            Some(("lang", tag)) => {
                if let Some(lang) = Lang::of_tag(tag) {
                    language::choose(visit, lang);
                }
            }
            // A camera has read it.
            Some(("code", code)) => on_code(code),
            // Whoever listens is here.
            _ => {}
        }
        visit.idle_seconds.set(0);
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback(EVENT, function);
    listener.forget();
}
