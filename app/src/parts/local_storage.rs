//! What a browser remembers from one day to the next. A browser that refuses
//! to store anything works all the same.

use jiban_domain::Lang;
use leptos::prelude::*;

use crate::words::speak;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The value stored under a key.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a value under a key.
pub fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // Full or forbidden: the clerk chooses again tomorrow, nothing else is lost.
        let _ = storage.set_item(key, value);
    }
}

/// The page's language: Chinese until it is switched, then remembered under a
/// key. The document gets it too, so that browsers choose the right letter
/// shapes and screen readers the right voice.
pub fn remembered_language(key: &'static str) -> RwSignal<Lang> {
    let first = if read(key).as_deref() == Some(Lang::En.tag()) { Lang::En } else { Lang::Zh };
    let lang = speak(first);
    Effect::new(move || {
        let tag = lang.get().tag();
        write(key, tag);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", tag);
        }
    });
    lang
}
