//! Figures and X, laid out as on a telephone.

use leptos::prelude::*;

use super::words::KioskBookingWords;
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// A number of a paper has no more characters, nor a telephone with its country.
const LONGEST: usize = 20;

/// Keys that write into a text.
#[component]
pub fn NumberPad(typed: RwSignal<String>) -> impl IntoView {
    let lang = lang();
    let write = move |character: char| {
        typed.update(|typed| {
            if typed.len() < LONGEST {
                typed.push(character);
            }
        });
    };
    let key = move |character: char| {
        view! {
            <button
                class="button letter"
                data-key=character.to_string()
                on:click=move |_| write(character)
            >
                {character}
            </button>
        }
    };
    view! {
        <div class="keypad">
            {"123456789X0".chars().map(key).collect_view()}
            <button
                class="button"
                data-key="Backspace"
                aria-label=move || KioskBookingWords::of(lang.get()).erase
                on:click=move |_| {
                    typed.update(|typed| {
                        typed.pop();
                    });
                }
            >
                <Icon path=icon::ERASE />
            </button>
        </div>
    }
}

/// What is typed, with its label.
#[component]
pub fn Typed(label: Signal<&'static str>, typed: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="sought now">
            <span class="soft">{label}</span>
            <output class="typed number" aria-live="polite">
                {typed}
            </output>
        </div>
    }
}

/// Why the last try was refused.
#[component]
pub fn Wrong(refused: Signal<Option<crate::api::Refused>>) -> impl IntoView {
    move || {
        refused.get().map(|refused| {
            view! {
                <p class="wrong" role="alert">
                    <strong>{refused.message}</strong>
                    " "
                    {refused.next}
                </p>
            }
        })
    }
}
