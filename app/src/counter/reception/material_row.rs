//! The row of a material: its four states, its files, and what the hall has of it
//! already.

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::html::Li;
use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::authorisation::SeenOnPaper;
use super::material_actions::{attachable, is_awaited, mark_row, reuse};
use super::material_files::{FileButtons, PendingUploads, thumbnails};
use super::state::{ReceptionState, use_reception};
use super::unreadable::UnreadableButton;
use super::words::Word;
use crate::api::case::{MaterialShown, Offer};
use crate::parts::days;
use crate::parts::icon::{self, Icon};
use crate::print::grouped;
use crate::words::fill;

/// The four states, in the order of their keys.
const STATES: [(MaterialState, &str, Word); 4] = [
    (MaterialState::Present, "1", |words| words.received),
    (MaterialState::Missing, "2", |words| words.missing),
    (MaterialState::Deferred, "3", |words| words.deferred),
    (MaterialState::NotNeeded, "4", |words| words.not_needed),
];

#[component]
pub fn MaterialRow(case: CaseId, at: usize, id: u32) -> impl IntoView {
    let reception = use_reception();
    let material = Memo::new(move |_| reception.material(id));
    let state = Memo::new(move |_| {
        material.with(|one| one.as_ref().map(|one| reception.material_state(case, one)))
    });
    // The clerk chooses nothing for what a commitment replaces.
    let is_receiving = Memo::new(move |_| {
        reception.is_receiving() && state.get() != Some(MaterialState::Replaced)
    });
    let is_attachable = Memo::new(move |_| attachable(reception, at).is_some());
    let is_selected = Memo::new(move |_| reception.selected_row.get() == at);
    let item = NodeRef::<Li>::new();
    Effect::new(move || {
        if let (true, Some(item)) = (is_selected.get(), item.get()) {
            item.scroll_into_view_with_scroll_into_view_options(&nearest());
        }
    });
    let refusal = move || {
        reception.pending_marks.refused.with(|refused| {
            refused.as_ref().filter(|(of, _)| *of == id).map(|(_, why)| why.clone())
        })
    };
    view! {
        <li
            node_ref=item
            class=move || state.get().map_or("", |state| state.into_str())
            aria-current=move || is_selected.get().to_string()
            on:click=move |_| reception.selected_row.set(at)
        >
            <span class="nth tally">{at + 1}</span>
            <div class="what">{move || material.get().map(|one| description(reception, &one))}</div>
            <div class="put">
                <Show when=move || is_attachable.get()>
                    <FileButtons case at id />
                </Show>
                <UnreadableButton id material />
            </div>
            <div class="choice">
                {move || {
                    if is_receiving.get() {
                        view! { <StateChoice at state material /> }.into_any()
                    } else {
                        view! { <FixedState at material /> }.into_any()
                    }
                }}
            </div>
            <p class="bad-words small" role="alert">
                {refusal}
            </p>
            {move || {
                material
                    .get()
                    .and_then(|one| one.offer)
                    .filter(|_| is_receiving.get() && state.get() == Some(MaterialState::Missing))
                    .map(|offer| reuse_offer(reception, at, &offer))
            }}
            {move || {
                let is_it = reception
                    .with_case(|case| case.authorisation.as_ref().map(|one| one.material))
                    .flatten() == Some(id);
                (is_it && is_receiving.get() && state.get() == Some(MaterialState::Missing))
                    .then(|| view! { <SeenOnPaper id /> })
            }}
            <div class="pictures-of">
                {move || {
                    material.with(|one| one.as_ref().map(|one| thumbnails(reception, one)))
                }}
                <PendingUploads case id />
            </div>
        </li>
    }
}

fn nearest() -> ScrollIntoViewOptions {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options
}

/// Its name, its form, and where it came from.
fn description(reception: ReceptionState, one: &MaterialShown) -> impl IntoView + use<> {
    let (words, lang) = (reception.words(), reception.lang());
    let zone = reception.counter.now.with(|now| now.time_zone.clone());
    let tag = |is: bool, class: &'static str, word: &'static str| {
        is.then(|| view! { <span class=class>{word}</span> })
    };
    let earlier = one
        .from_earlier
        .as_ref()
        .map(|number| fill(words.from_earlier, &[("number", &grouped(number))]));
    let until =
        one.until.as_ref().map(|day| fill(words.until, &[("day", &days::weekday(day, lang))]));
    let arrived = one.at.filter(|_| one.state == MaterialState::Present && earlier.is_none());
    let arrived =
        arrived.map(|at| fill(words.arrived_on, &[("day", &days::with_time(at, &zone, lang))]));
    view! {
        <b>{one.name.get(lang).to_owned()}</b>
        <span class="small soft beside">
            <span>{one.form.name().get(lang).to_owned()}</span>
            {tag(one.deferrable, "mark", words.deferrable)}
            {tag(one.asked, "mark warn", words.requested)}
            {tag(one.by_phone, "mark warn", words.by_phone)}
            {tag(one.unreadable.is_some() && !one.unseen, "mark warn", words.asked_again)}
            {tag(one.unseen, "mark warn", words.unseen)}
            <span>{earlier}</span>
            <span>{until}</span>
            <span class="tally">{arrived}</span>
        </span>
    }
}

/// The four states to choose from.
#[component]
fn StateChoice(
    at: usize,
    state: Memo<Option<MaterialState>>,
    material: Memo<Option<MaterialShown>>,
) -> impl IntoView {
    let reception = use_reception();
    let may_defer = Memo::new(move |_| {
        let may = reception.with_case(|case| case.may_promise).unwrap_or_default();
        may && material.with(|one| one.as_ref().is_some_and(|one| one.deferrable))
    });
    let buttons = STATES
        .into_iter()
        .map(|(choice, key, word)| {
            view! {
                <button
                    type="button"
                    role="radio"
                    class=choice.into_str()
                    aria-checked=move || (state.get() == Some(choice)).to_string()
                    disabled=move || choice == MaterialState::Deferred && !may_defer.get()
                    on:click=move |_| mark_row(reception, at, choice)
                >
                    {move || word(reception.words())}
                    <kbd>{key}</kbd>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="states" role="radiogroup">
            {buttons}
        </div>
    }
}

/// Its state once it can no longer be chosen, with a button where it is awaited.
#[component]
fn FixedState(at: usize, material: Memo<Option<MaterialShown>>) -> impl IntoView {
    let reception = use_reception();
    let awaited = Memo::new(move |_| {
        reception
            .with_case(|case| {
                material.with(|one| one.as_ref().is_some_and(|one| is_awaited(case, one)))
            })
            .unwrap_or_default()
    });
    let state = move || {
        let state = material.with(|one| one.as_ref().map(|one| one.state))?;
        let known = STATES.into_iter().find(|(known, ..)| *known == state);
        let word: Word = known.map_or(|words| words.replaced, |(_, _, word)| word);
        let class = match state {
            MaterialState::Present => "mark good",
            MaterialState::Missing => "mark bad",
            MaterialState::Deferred => "mark warn",
            MaterialState::NotNeeded | MaterialState::Replaced => "mark",
        };
        Some(view! { <span class=class>{word(reception.words())}</span> })
    };
    view! {
        {state}
        <Show when=move || awaited.get()>
            <button
                class="button small"
                type="button"
                on:click=move |_| mark_row(reception, at, MaterialState::Present)
            >
                {move || reception.words().supplied}
                <kbd>"1"</kbd>
            </button>
        </Show>
    }
}

/// What the hall has of it already, with the button that uses it.
fn reuse_offer(reception: ReceptionState, at: usize, offer: &Offer) -> impl IntoView + use<> {
    let (words, lang) = (reception.words(), reception.lang());
    let zone = reception.counter.now.with(|now| now.time_zone.clone());
    let sentence = if offer.issued_here { words.offer_issued } else { words.offer_brought };
    let line = fill(
        sentence,
        &[
            ("day", &days::on(offer.at, &zone)),
            ("name", &offer.name.get(lang)),
            ("number", &grouped(&offer.case)),
        ],
    );
    view! {
        <p class="offer small">
            <Icon path=icon::CHECK />
            <span>{line}</span>
            <button
                class="button small"
                type="button"
                disabled=move || reception.is_blocked()
                on:click=move |_| reuse(reception, at)
            >
                {words.reuse}
                <kbd>"R"</kbd>
            </button>
        </p>
    }
}
