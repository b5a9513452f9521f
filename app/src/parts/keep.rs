//! What a browser remembers from one day to the next. One that refuses to
//! remember is served all the same.

use jiban_domain::Lang;
use leptos::prelude::*;

use crate::words::speak;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps something under a name.
pub fn keep(name: &str, what: &str) {
    if let Some(storage) = storage() {
        // Full or forbidden: the next sign-in asks again, nothing else is lost.
        let _ = storage.set_item(name, what);
    }
}

/// The page's language, Chinese until switched; remembered under a name, and
/// told to the document so that letters are drawn and read out rightly.
pub fn language(name: &'static str) -> RwSignal<Lang> {
    let first = if kept(name).as_deref() == Some(Lang::En.tag()) { Lang::En } else { Lang::Zh };
    let lang = speak(first);
    Effect::new(move || {
        let tag = lang.get().tag();
        keep(name, tag);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", tag);
        }
    });
    lang
}
