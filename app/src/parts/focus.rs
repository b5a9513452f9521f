//! Where the cursor is when something opens, and after a click.

use leptos::ev::MouseEvent;
use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses an element as soon as it is on the page.
pub fn focus_when_shown<E>(element: NodeRef<E>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<HtmlElement> + 'static,
{
    Effect::new(move || {
        if let Some(element) = element.get() {
            let element: &HtmlElement = element.as_ref();
            let _ = element.focus();
        }
    });
}

/// Keeps a clicked button from taking the focus: the space bar or Enter would
/// press it again instead of doing what the page's keyboard says.
pub fn keep_focus_off_buttons(event: MouseEvent) {
    let on_button = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.closest("button").ok().flatten().is_some());
    if on_button {
        event.prevent_default();
    }
}
