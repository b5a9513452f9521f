//! Keys for the pages where a number is typed: of a case, a card, a code or a telephone.

use leptos::prelude::*;

use super::words::words;
use crate::parts::icon::{self, Icon};

/// Figures and X, laid out as on a telephone.
const TELEPHONE: &str = "123456789X0";

/// Keys that write a character each, and one that erases the last.
#[component]
pub fn Keypad(
    /// The characters, as they stand on the keys.
    #[prop(default = TELEPHONE)]
    keys: &'static str,
    #[prop(default = "keypad")] class: &'static str,
    /// Whether the number may have an X now.
    #[prop(default = Signal::stored(true))]
    x_allowed: Signal<bool>,
    on_character: impl Fn(char) + Copy + Send + Sync + 'static,
    on_erase: impl Fn() + Copy + Send + 'static,
    /// A key after the others.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let key = move |character: char| {
        view! {
            <button
                class="button letter"
                data-key=character.to_string()
                disabled=move || character == 'X' && !x_allowed.get()
                on:click=move |_| on_character(character)
            >
                {character}
            </button>
        }
    };
    view! {
        <div class=class>
            {keys.chars().map(key).collect_view()}
            <button
                class="button"
                data-key="Backspace"
                aria-label=move || words().erase
                on:click=move |_| on_erase()
            >
                <Icon path=icon::ERASE />
            </button>
            {children.map(|children| children())}
        </div>
    }
}
