//! The word by which the browser knows the inline styles and scripts of this page as ours.
//! A page that writes such a thing while it runs marks it with the same word.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The page's own; empty where there is none.
pub fn own() -> String {
    // The browser hides it from selectors and attributes, and gives it to scripts alone.
    let script = document().query_selector("script[nonce]").ok().flatten();
    script
        .and_then(|script| script.dyn_into::<HtmlElement>().ok())
        .map(|script| script.nonce())
        .unwrap_or_default()
}

/// A document of the server whose inline parts are marked as this page's, so that it can be
/// shown inside it.
pub fn adopted(document: &str) -> String {
    let marked = |text: &str| Some(text.split_once(ATTRIBUTE)?.1.split_once('"')?.0.to_owned());
    match marked(document) {
        Some(theirs) if !theirs.is_empty() => document.replace(&theirs, &own()),
        _ => document.to_owned(),
    }
}

const ATTRIBUTE: &str = "nonce=\"";
