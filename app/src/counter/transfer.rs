//! Where to send the visitor on: a line by its letter, a counter by its figure,
//! then Enter. Escape closes, as in every dialog.

use leptos::ev::KeyboardEvent;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;

use super::act::{Act, To};
use super::state::{CounterState, page};
use crate::api::counter::{CounterNow, TicketShown};
use crate::words::fill;

/// A place one can be sent to.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    to: To,
    /// The key that chooses it.
    key: Option<char>,
    name: String,
    beside: String,
    open: bool,
}

/// The dialog, open while the page has a ticket to transfer.
#[component]
pub(super) fn TransferDialog() -> impl IntoView {
    let page = page();
    let dialog = NodeRef::<Dialog>::new();
    let in_hand = page.piece(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        // Someone at the other browser of this counter may be quicker.
        let wanted = page
            .transferring
            .with(|ticket| ticket.as_ref().is_some_and(|ticket| in_hand.get() == Some(ticket.id)));
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    // Told of a closing a moment after it; it may be open again by then.
    let closed = move |_| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            page.transferring.set(None);
        }
    };
    view! {
        <dialog
            class="transfer"
            node_ref=dialog
            on:cancel=move |_: web_sys::Event| page.transferring.set(None)
            on:close=closed
        >
            {move || page.transferring.get().map(|ticket| view! { <Choice ticket /> })}
        </dialog>
    }
}

#[component]
fn Choice(ticket: TicketShown) -> impl IntoView {
    let page = page();
    let chosen = RwSignal::new(None::<To>);
    let places = untrack(|| places_from(page, &ticket));
    let (lines, counters): (Vec<_>, Vec<_>) =
        places.clone().into_iter().partition(|place| matches!(place.to, To::Line(_)));
    let id = ticket.id;
    let send = move || {
        if let Some(to) = chosen.get_untracked()
            && !untrack(|| page.still())
        {
            page.press.make(Act::Transfer(id, to));
            page.transferring.set(None);
        }
    };
    let names = places.clone();
    let confirm = move || {
        let words = page.words();
        chosen.with(|chosen| {
            names
                .iter()
                .find(|place| chosen.as_ref() == Some(&place.to))
                .map_or(words.choose_place.to_owned(), |place| {
                    fill(words.transfer_to, &[("place", &place.name)])
                })
        })
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
            return;
        }
        let key = event.key();
        let mut letters = key.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            let letter = letter.to_ascii_uppercase();
            if let Some(place) = places.iter().find(|place| place.key == Some(letter)) {
                event.prevent_default();
                chosen.set(Some(place.to.clone()));
            }
        }
    };
    let group = move |title: Signal<&'static str>, places: Vec<Place>| {
        view! {
            <fieldset>
                <legend>{title}</legend>
                {places.into_iter().map(|place| view! { <PlaceOption place chosen /> }).collect_view()}
            </fieldset>
        }
    };
    view! {
        <form
            method="dialog"
            tabindex="-1"
            autofocus
            on:keydown=on_key
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <header>
                <h2>{move || fill(page.words().transfer_title, &[("number", &ticket.number)])}</h2>
                <p class="soft">{move || page.words().transfer_hint}</p>
            </header>
            <div class="groups">
                {group(Signal::derive(move || page.words().to_line), lines)}
                {group(Signal::derive(move || page.words().to_counter), counters)}
            </div>
            <footer>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| page.transferring.set(None)
                >
                    {move || page.words().cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    type="submit"
                    disabled=move || page.still() || chosen.with(Option::is_none)
                >
                    {confirm}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}

#[component]
fn PlaceOption(place: Place, chosen: RwSignal<Option<To>>) -> impl IntoView {
    let Place { to, key, name, beside, open } = place;
    let is_chosen = {
        let to = to.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.as_ref() == Some(&to)))
    };
    let radio = NodeRef::<Input>::new();
    // Chosen by its letter: Enter and the arrows go on from here.
    Effect::new(move || {
        if let (true, Some(radio)) = (is_chosen.get(), radio.get()) {
            let _ = radio.focus();
        }
    });
    view! {
        <label class="place" class:chosen=is_chosen class:shut=!open>
            <input
                type="radio"
                node_ref=radio
                name="to"
                prop:checked=is_chosen
                on:change=move |_| chosen.set(Some(to.clone()))
            />
            <kbd class:none=key.is_none()>{key.map(String::from)}</kbd>
            <span class="name">{name}</span>
            <span class="soft">{beside}</span>
        </label>
    }
}

/// Every line but the ticket's own, and every counter but this one, the open
/// ones first.
fn places_from(page: CounterState, ticket: &TicketShown) -> Vec<Place> {
    let (words, lang) = (page.words(), page.lang.get_untracked());
    page.now.with_untracked(|now| {
        let lines = now.lines.iter().filter(|line| line.id != ticket.line).map(|line| Place {
            to: To::Line(line.id.clone()),
            key: Some(line.letter),
            name: format!("{} {}", line.letter, line.name.get(lang)),
            beside: fill(words.waiting_there, &[("n", &line.waiting)]),
            open: true,
        });
        let mut counters: Vec<_> = counters_with_keys(now)
            .map(|(counter, key)| Place {
                to: To::Counter(counter.id.clone()),
                key,
                name: counter.name.get(lang).to_owned(),
                beside: if counter.open { words.open } else { words.closed }.to_owned(),
                open: counter.open,
            })
            .collect();
        counters.sort_by_key(|counter| !counter.open);
        lines.chain(counters).collect()
    })
}

/// The other counters, each with the figure it is known by where that is one
/// figure and no other's.
fn counters_with_keys(
    now: &CounterNow,
) -> impl Iterator<Item = (&crate::api::counter::CounterOther, Option<char>)> {
    let others = move || now.counters.iter().filter(|counter| counter.id != now.counter);
    others().map(move |counter| {
        let key = figure(counter.id.as_str())
            .filter(|key| others().filter(|o| figure(o.id.as_str()) == Some(*key)).count() == 1);
        (counter, key)
    })
}

/// The figure an id ends in, where it is a single one: `3` and `S3`, not `13`.
fn figure(id: &str) -> Option<char> {
    let mut from_end = id.chars().rev();
    let last = from_end.next().filter(char::is_ascii_digit)?;
    from_end.next().is_none_or(|before| !before.is_ascii_digit()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_is_chosen_by_its_figure() {
        assert_eq!(figure("3"), Some('3'));
        assert_eq!(figure("S3"), Some('3'));
        assert_eq!(figure("13"), None);
        assert_eq!(figure("门口"), None);
    }
}
