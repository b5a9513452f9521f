//! The matters of a hall that can be booked, and the slots of one.

use jiban_domain::Lang;
use jiban_domain::booking::{DayOffer, SlotOffer};
use jiban_domain::day::Clock24;
use leptos::prelude::*;

use super::words::{BookingWords, day};
use crate::api::booking::Offered;
use crate::progress::Head;
use crate::words::fill;

/// A matter that can be booked, and the address of its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookable {
    pub name: String,
    pub line: String,
    pub address: String,
}

/// The matters of a hall.
#[component]
pub fn MattersPage(lang: Lang, hall: String, matters: Vec<Bookable>) -> impl IntoView {
    let words = BookingWords::of(lang);
    let rows = matters
        .into_iter()
        .map(|matter| {
            view! {
                <li>
                    <a href=matter.address>
                        <strong>{matter.name}</strong>
                        " "
                        <span>{matter.line}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <main class="booking">
            <Head lang hall />
            <h1>{words.choose_matter}</h1>
            <ul class="bookable">{rows}</ul>
        </main>
    }
    .into_any()
}

/// What a page of slots is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Where the chosen slot is sent to.
    pub action: String,
    /// Makes a repeated choice harmless.
    pub request_id: String,
    /// The booking that is moved: when it is now, and its page.
    pub moved: Option<(String, String)>,
    /// Why the slot chosen before was not taken.
    pub refused: Option<String>,
    /// The page with all matters; empty where a booking is moved.
    pub matters: String,
}

/// The days and slots of a matter.
#[component]
pub fn SlotsPage(lang: Lang, offered: Offered, choice: Choice) -> impl IntoView {
    let words = BookingWords::of(lang);
    let title = if choice.moved.is_some() { words.ask_move } else { words.choose_time };
    let nothing = offered.days.iter().all(|day| day.slots.iter().all(|slot| slot.free == 0));
    let refused = choice.refused.map(|why| view! { <p class="wrong" role="alert">{why}</p> });
    let now_at = choice.moved.clone().map(|(when, _)| {
        view! { <p class="soft">{fill(words.now_at, &[("when", &when)])}</p> }
    });
    let back = match choice.moved {
        Some((_, page)) => (page, words.keep_it),
        None => (choice.matters, words.other_matter),
    };
    let nothing = nothing.then(|| {
        view! {
            <p class="wrong">
                <strong>{words.nothing_free}</strong>
                " "
                {words.nothing_free_next}
            </p>
        }
    });
    let days = offered.days.into_iter().map(|day| view! { <Day lang day /> }).collect_view();
    view! {
        <main class="booking">
            <Head lang hall=offered.hall_name.get(lang).to_owned() />
            <h1>{title}</h1>
            <p class="soft">{offered.matter_name.get(lang).to_owned()}</p>
            {now_at}
            {refused}
            {nothing}
            <form method="post" action=choice.action>
                <input type="hidden" name="request_id" value=choice.request_id />
                {days}
            </form>
            <p>
                <a href=back.0>{back.1}</a>
            </p>
        </main>
    }
    .into_any()
}

#[component]
fn Day(lang: Lang, day: DayOffer) -> impl IntoView {
    let date = day.day;
    let slots = day
        .slots
        .into_iter()
        .map(|slot| view! { <SlotButton lang date=date.to_string() offer=slot /> })
        .collect_view();
    view! {
        <section>
            <h2>{self::day(date, lang)}</h2>
            <ul class="slots">{slots}</ul>
        </section>
    }
}

#[component]
fn SlotButton(lang: Lang, date: String, offer: SlotOffer) -> impl IntoView {
    let words = BookingWords::of(lang);
    let free = match offer.free {
        0 => words.full.to_owned(),
        1 => words.left_one.to_owned(),
        free => fill(words.left, &[("n", &free)]),
    };
    let value = chosen(&date, offer.slot);
    view! {
        <li>
            <button name="slot" value=value disabled=offer.free == 0>
                <span class="time">{offer.slot.to_string()}</span>
                " "
                <span class="free">{free}</span>
            </button>
        </li>
    }
}

/// A slot as the form sends it: `2026-11-27 09:30`.
pub fn chosen(day: &str, slot: Clock24) -> String {
    format!("{day} {slot}")
}

/// Day and slot of what a form sent.
pub fn read_chosen(chosen: &str) -> Option<(String, Clock24)> {
    let (day, slot) = chosen.split_once(' ')?;
    Some((day.to_owned(), Clock24::try_from(slot.to_owned()).ok()?))
}
