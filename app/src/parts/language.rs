//! The button that changes to the other language.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::words::lang;

/// Changes the page to the other language, and is labelled in that language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let lang = lang();
    let other = move || match lang.get() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let name = move || match other() {
        Lang::Zh => "中文",
        Lang::En => "English",
    };
    view! {
        <button class="button language" type="button" on:click=move |_| lang.set(untrack(other))>
            <Icon path=icon::LANGUAGE />
            {name}
        </button>
    }
}
