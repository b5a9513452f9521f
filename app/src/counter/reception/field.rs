//! A text field that is validated while one types, and a row of radio buttons.

use jiban_domain::Text;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::state::use_reception;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// Whether what was typed is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// Not complete; with the number of characters, where they are counted.
    Incomplete(Option<usize>),
    Valid,
    /// With the reason.
    Invalid(Text),
}

/// What Enter does. A card reader ends with it.
#[derive(Clone, Copy)]
pub enum OnEnter {
    Focus(NodeRef<Input>),
    Submit(Callback<()>),
}

#[component]
pub fn Field(
    #[prop(into)] label: Signal<&'static str>,
    value: RwSignal<String>,
    validity: Memo<Validity>,
    /// The field was left once, so errors are shown.
    left: RwSignal<bool>,
    node: NodeRef<Input>,
    on_enter: OnEnter,
    /// Digits and letters of equal width.
    #[prop(optional)]
    even: bool,
    /// `inputmode`: which keyboard a touch screen shows.
    #[prop(optional)]
    mode: &'static str,
) -> impl IntoView {
    let reception = use_reception();
    let on_key = move |event: KeyboardEvent| {
        // Enter may end the input of a Chinese name; it does not mean the field then.
        if event.key() != "Enter" || event.is_composing() || event.ctrl_key() {
            return;
        }
        event.prevent_default();
        match on_enter {
            OnEnter::Focus(field) => {
                if let Some(field) = field.get_untracked() {
                    let _ = field.focus();
                    field.select();
                }
            }
            OnEnter::Submit(submit) => submit.run(()),
        }
    };
    let is_invalid = move || left.get() && matches!(validity.get(), Validity::Invalid(_));
    let feedback = move || {
        let words = reception.words();
        match validity.get() {
            Validity::Incomplete(Some(count)) if count > 0 => {
                view! { <span class="soft tally">{fill(words.characters, &[("n", &count)])}</span> }
                    .into_any()
            }
            Validity::Valid => view! {
                <span class="good-words">
                    <Icon path=icon::CHECK />
                    {even.then_some(words.valid)}
                </span>
            }
            .into_any(),
            Validity::Invalid(why) if left.get() => {
                view! { <span class="bad-words">{why.get(reception.lang()).to_owned()}</span> }
                    .into_any()
            }
            _ => ().into_any(),
        }
    };
    view! {
        <label class="typed" class:even=even class:bad=is_invalid>
            <span class="field-label">{label}</span>
            <input
                class="input"
                autocomplete="off"
                spellcheck="false"
                inputmode=mode
                node_ref=node
                bind:value=value
                aria-invalid=move || is_invalid().to_string()
                on:keydown=on_key
                // A browser also leaves a field that goes away with its page.
                on:blur=move |_| {
                    if let Some(empty) = value.try_with_untracked(String::is_empty) {
                        let _ = left.try_set(!empty);
                    }
                }
            />
            <span class="beside" role="status">
                {feedback}
            </span>
        </label>
    }
}

/// One of a few choices, as a row of radio buttons.
#[component]
pub fn Segments<T>(
    #[prop(into)] label: Signal<&'static str>,
    /// Unique on the sheet.
    name: &'static str,
    /// The choices and their words.
    choices: Vec<(T, Signal<&'static str>)>,
    value: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let choices = choices
        .into_iter()
        .map(|(choice, word)| {
            view! {
                <label class:chosen=move || value.get() == choice>
                    <input
                        type="radio"
                        name=name
                        prop:checked=move || value.get() == choice
                        on:change=move |_| value.set(choice)
                    />
                    {word}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segments">
            <legend class="field-label">{label}</legend>
            <div>{choices}</div>
        </fieldset>
    }
}
