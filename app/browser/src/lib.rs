//! The WebAssembly entry point: mounts the page that the document names.

#[cfg(feature = "kiosk")]
mod deferred;

#[cfg(feature = "kiosk")]
use jiban_app::kiosk;
use jiban_app::words;
#[cfg(feature = "desks")]
use jiban_app::{admin, counter, display, help, office};
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the browser once the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    let root = document().document_element();
    let attribute =
        |name| root.as_ref().and_then(|root| root.get_attribute(name)).unwrap_or_default();
    words::make_known(&attribute("data-languages"));
    let id = attribute("data-id");
    if let Some(body) = document().body() {
        body.set_inner_html("");
    }
    match attribute("data-page").as_str() {
        #[cfg(feature = "kiosk")]
        "kiosk" => mount_to_body(
            move || view! { <kiosk::KioskPage id=id.clone() deferred=deferred::CODE /> },
        ),
        #[cfg(feature = "desks")]
        "display" => mount_to_body(move || view! { <display::DisplayPage id=id.clone() /> }),
        #[cfg(feature = "desks")]
        "counter" => mount_to_body(counter::CounterPage),
        #[cfg(feature = "desks")]
        "office" => mount_to_body(office::OfficePage),
        #[cfg(feature = "desks")]
        "help" => mount_to_body(help::HelpPage),
        #[cfg(feature = "desks")]
        "admin" => mount_to_body(admin::AdminPage),
        _ => {}
    }
}
