//! Where to transfer a ticket: a line is chosen by its letter, a counter by its
//! digit, then Enter. Escape closes, as in every dialog.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::state::{CounterState, use_counter};
use super::ticket_action::{ThoughEmpty, TicketAction, TransferTarget};
use crate::api::counter::{CounterNow, CounterOther, TicketShown};
use crate::parts::dialog::ModalDialog;
use crate::words::fill;

/// A line or counter that a ticket can be transferred to.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    to: TransferTarget,
    /// The key that chooses it.
    key: Option<char>,
    name: String,
    hint: String,
    open: bool,
}

/// Open while there is a ticket to transfer.
#[component]
pub(super) fn TransferDialog() -> impl IntoView {
    let counter = use_counter();
    let in_hand = counter.select(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    // Another browser at this counter may be faster.
    let open = Signal::derive(move || {
        counter
            .transferring
            .with(|ticket| ticket.as_ref().is_some_and(|ticket| in_hand.get() == Some(ticket.id)))
    });
    view! {
        <ModalDialog
            class="transfer"
            open
            on_close=Callback::new(move |()| counter.transferring.set(None))
        >
            {move || counter.transferring.get().map(|ticket| view! { <Choice ticket /> })}
        </ModalDialog>
    }
}

#[component]
fn Choice(ticket: TicketShown) -> impl IntoView {
    let counter = use_counter();
    let chosen = RwSignal::new(None::<TransferTarget>);
    // The place where nobody sits that the clerk was asked about.
    let asked = RwSignal::new(None::<TransferTarget>);
    let places = untrack(|| places_from(counter, &ticket));
    let (lines, counters): (Vec<_>, Vec<_>) =
        places.clone().into_iter().partition(|place| matches!(place.to, TransferTarget::Line(_)));
    let id = ticket.id;
    let shut = places.iter().filter(|place| !place.open);
    let empties: Vec<_> = shut.map(|place| place.to.clone()).collect();
    let send = move || {
        if let Some(to) = chosen.get_untracked()
            && !untrack(|| counter.is_blocked())
        {
            let empty = empties.contains(&to);
            if empty && asked.get_untracked().as_ref() != Some(&to) {
                return asked.set(Some(to));
            }
            counter.request.send(TicketAction::Transfer(id, to, ThoughEmpty(empty)));
            counter.transferring.set(None);
        }
    };
    let names = places.clone();
    let is_asked = Signal::derive(move || {
        let chosen = chosen.get();
        chosen.is_some() && chosen == asked.get()
    });
    let names_asked = places.clone();
    let question = move || {
        let names = &names_asked;
        asked.with(|asked| {
            let place = names.iter().find(|place| asked.as_ref() == Some(&place.to));
            place.map(|place| fill(counter.words().nobody_there, &[("place", &place.name)]))
        })
    };
    let confirm = move || {
        let words = counter.words();
        chosen.with(|chosen| {
            names.iter().find(|place| chosen.as_ref() == Some(&place.to)).map_or(
                words.choose_place.to_owned(),
                |place| {
                    let sentence =
                        if is_asked.get() { words.transfer_anyway } else { words.transfer_to };
                    fill(sentence, &[("place", &place.name)])
                },
            )
        })
    };
    let on_key = move |event: KeyboardEvent| choose_by_key(&event, &places, chosen);
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
            <header role="none">
                <h2>{move || fill(counter.words().transfer_title, &[("number", &ticket.number)])}</h2>
                <p class="soft">{move || counter.words().transfer_hint}</p>
            </header>
            <div class="groups">
                {group(Signal::derive(move || counter.words().to_line), lines, chosen)}
                {group(Signal::derive(move || counter.words().to_counter), counters, chosen)}
            </div>
            <Show when=move || is_asked.get()>
                <p class="warn" role="alert">
                    {question.clone()}
                </p>
            </Show>
            <footer role="none">
                <button
                    class="button"
                    type="button"
                    on:click=move |_| counter.transferring.set(None)
                >
                    {move || counter.words().cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    class:danger=is_asked
                    type="submit"
                    disabled=move || counter.is_blocked() || chosen.with(Option::is_none)
                >
                    {confirm}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}

/// A letter chooses a line, a digit a counter.
fn choose_by_key(
    event: &KeyboardEvent,
    places: &[Place],
    chosen: RwSignal<Option<TransferTarget>>,
) {
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
}

fn group(
    title: Signal<&'static str>,
    places: Vec<Place>,
    chosen: RwSignal<Option<TransferTarget>>,
) -> impl IntoView {
    let options = places.into_iter().map(|place| view! { <PlaceOption place chosen /> });
    view! {
        <fieldset>
            <legend>{title}</legend>
            {options.collect_view()}
        </fieldset>
    }
}

#[component]
fn PlaceOption(place: Place, chosen: RwSignal<Option<TransferTarget>>) -> impl IntoView {
    let Place { to, key, name, hint, open } = place;
    let is_chosen = {
        let to = to.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.as_ref() == Some(&to)))
    };
    let radio = NodeRef::<Input>::new();
    // Chosen by its key: Enter and the arrow keys go on from here.
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
            <span class="soft">{hint}</span>
        </label>
    }
}

/// Every line but the ticket's own, and every counter but this one, open
/// counters first.
fn places_from(counter: CounterState, ticket: &TicketShown) -> Vec<Place> {
    let (words, lang) = (counter.words(), counter.lang.get_untracked());
    counter.now.with_untracked(|now| {
        let lines = now.lines.iter().filter(|line| line.id != ticket.line).map(|line| Place {
            to: TransferTarget::Line(line.id.clone()),
            key: Some(line.letter),
            name: format!("{} {}", line.letter, line.name.get(lang)),
            hint: if line.counters_open > 0 {
                fill(words.waiting_there, &[("n", &line.waiting)])
            } else {
                words.no_counter_open.to_owned()
            },
            open: line.counters_open > 0,
        });
        let mut counters: Vec<_> = counters_with_keys(now)
            .map(|(counter, key)| Place {
                to: TransferTarget::Counter(counter.id.clone()),
                key,
                name: counter.name.get(lang).to_owned(),
                hint: if counter.open { words.open } else { words.closed }.to_owned(),
                open: counter.open,
            })
            .collect();
        counters.sort_by_key(|counter| !counter.open);
        lines.chain(counters).collect()
    })
}

/// The other counters, each with the digit that chooses it, where it has one and
/// no other counter has the same.
fn counters_with_keys(now: &CounterNow) -> impl Iterator<Item = (&CounterOther, Option<char>)> {
    let others = move || now.counters.iter().filter(|counter| counter.id != now.counter);
    others().map(move |counter| {
        let key = digit(counter.id.as_str())
            .filter(|key| others().filter(|o| digit(o.id.as_str()) == Some(*key)).count() == 1);
        (counter, key)
    })
}

/// The digit an id ends in, if it is a single one: `3` and `S3`, not `13`.
fn digit(id: &str) -> Option<char> {
    let mut from_end = id.chars().rev();
    let last = from_end.next().filter(char::is_ascii_digit)?;
    from_end.next().is_none_or(|before| !before.is_ascii_digit()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_is_chosen_by_its_digit() {
        assert_eq!(digit("3"), Some('3'));
        assert_eq!(digit("S3"), Some('3'));
        assert_eq!(digit("13"), None);
        assert_eq!(digit("门口"), None);
    }
}
