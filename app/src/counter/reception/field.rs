//! A field to type in, with its verdict beside it as soon as there is one.

use jiban_domain::Text;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::room::room;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// What is thought of what was typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to say yet; how many places of 18 are there, where it counts.
    Typing(Option<usize>),
    /// It can be.
    Good,
    /// It cannot be, and why.
    Bad(Text),
}

/// What Enter leads to. A card reader ends with it.
#[derive(Clone, Copy)]
pub enum Next {
    /// Another field.
    Field(NodeRef<Input>),
    /// The end.
    Send(Callback<()>),
}

/// A field.
#[component]
pub fn Field(
    /// What is to be typed.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What was.
    value: RwSignal<String>,
    /// What is thought of it.
    verdict: Memo<Verdict>,
    /// It was left once, so that it is judged.
    left: RwSignal<bool>,
    /// The field itself.
    node: NodeRef<Input>,
    /// What Enter leads to.
    next: Next,
    /// Figures and letters of even width.
    #[prop(optional)]
    even: bool,
    /// A hint to the browser about what is typed.
    #[prop(optional)]
    mode: &'static str,
) -> impl IntoView {
    let room = room();
    let on_key = move |event: KeyboardEvent| {
        // Enter that ends the composing of a name is not meant for the field.
        if event.key() != "Enter" || event.is_composing() || event.ctrl_key() {
            return;
        }
        event.prevent_default();
        match next {
            Next::Field(field) => {
                if let Some(field) = field.get_untracked() {
                    let _ = field.focus();
                    field.select();
                }
            }
            Next::Send(send) => send.run(()),
        }
    };
    let bad = move || left.get() && matches!(verdict.get(), Verdict::Bad(_));
    let beside = move || {
        let words = room.words();
        match verdict.get() {
            Verdict::Typing(Some(places)) if places > 0 => {
                view! { <span class="soft tally">{fill(words.places, &[("n", &places)])}</span> }
                    .into_any()
            }
            Verdict::Good => view! {
                <span class="good-words">
                    <Icon path=icon::CHECK />
                    {even.then_some(words.good)}
                </span>
            }
            .into_any(),
            Verdict::Bad(why) if left.get() => {
                view! { <span class="bad-words">{why.get(room.lang()).to_owned()}</span> }
                    .into_any()
            }
            _ => ().into_any(),
        }
    };
    view! {
        <label class="typed" class:even=even class:bad=bad>
            <span class="field-label">{label}</span>
            <input
                class="input"
                autocomplete="off"
                spellcheck="false"
                inputmode=mode
                node_ref=node
                bind:value=value
                aria-invalid=move || bad().to_string()
                on:keydown=on_key
                on:blur=move |_| left.set(!value.with_untracked(String::is_empty))
            />
            <span class="beside" role="status">
                {beside}
            </span>
        </label>
    }
}

/// One of a few, as a row of radios.
#[component]
pub fn Segments<T>(
    /// What it is about.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Unlike any other row's on the sheet.
    name: &'static str,
    /// The choices and their words.
    choices: Vec<(T, Signal<&'static str>)>,
    /// The one chosen.
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
