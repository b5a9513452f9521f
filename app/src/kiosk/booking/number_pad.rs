//! Keys that write into a text.

use leptos::prelude::*;

use crate::kiosk::keypad::Keypad;

/// A number of a paper has no more characters, nor a telephone with its country.
const LONGEST: usize = 20;

/// Keys that write into a text.
#[component]
pub fn NumberPad(typed: RwSignal<String>) -> impl IntoView {
    let on_character = move |character: char| {
        typed.update(|typed| {
            if typed.len() < LONGEST {
                typed.push(character);
            }
        });
    };
    view! { <Keypad on_character on_erase=move || typed.update(|typed| _ = typed.pop()) /> }
}
