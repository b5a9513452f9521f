//! The button that changes to the other language.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::words::lang;

const fn other(lang: Lang) -> Lang {
    match lang.base() {
        Lang::Zh => Lang::En,
        _ => Lang::Zh,
    }
}

/// Changes to the other language.
pub fn switch_language(lang: RwSignal<Lang>) {
    lang.update(|lang| *lang = other(*lang));
}

/// Changes the page to the other language; labelled in that language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let lang = lang();
    let name = move || match other(lang.get()) {
        Lang::Zh => "中文",
        _ => "English",
    };
    view! {
        <button class="button language" type="button" on:click=move |_| switch_language(lang)>
            <Icon path=icon::LANGUAGE />
            {name}
        </button>
    }
}
