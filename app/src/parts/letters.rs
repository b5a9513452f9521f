//! An on-screen keyboard of letters, for kiosks.

use leptos::prelude::*;

use super::icon::{self, Icon};

/// A to Z, erase and clear: 28 keys in four rows of seven.
#[component]
pub fn Letters<L, E, C>(
    /// The label of the key that deletes the last letter.
    erase: Signal<String>,
    /// The label of the key that deletes everything.
    clear: Signal<String>,
    on_letter: L,
    on_erase: E,
    on_clear: C,
) -> impl IntoView
where
    L: Fn(char) + Clone + Send + 'static,
    E: Fn() + Send + 'static,
    C: Fn() + Send + 'static,
{
    let letters = ('A'..='Z')
        .map(|letter| {
            let on_letter = on_letter.clone();
            view! {
                <button
                    class="button letter"
                    data-key=letter.to_string()
                    on:click=move |_| on_letter(letter)
                >
                    {letter}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="letters">
            {letters}
            <button class="button" on:click=move |_| on_clear()>
                {clear}
            </button>
            <button
                class="button"
                data-key="Backspace"
                on:click=move |_| on_erase()
                aria-label=erase
            >
                <Icon path=icon::ERASE />
            </button>
        </div>
    }
}
