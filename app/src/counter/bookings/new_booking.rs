//! A booking for a visitor who stands at the counter: the matter, a free time, and who comes.

use jiban_domain::booking::DayOffer;
use jiban_domain::{Lang, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::BookingsWords;
use crate::api::booking::{BookAtCounter, BookedBy, Offered};
use crate::api::get;
use crate::booking::choose::{chosen, read_chosen};
use crate::booking::words::day;
use crate::counter::state::{BookingsPage, CounterState, use_counter};
use crate::parts::request::PendingRequest;
use crate::words::fill;

#[component]
pub(super) fn NewBooking() -> impl IntoView {
    let counter = use_counter();
    let request = PendingRequest::new(counter.lang);
    let lang = counter.lang.get_untracked();
    let words = BookingsWords::of(lang);
    let matter = RwSignal::new(String::new());
    let offered = RwSignal::new(None::<Offered>);
    let time = RwSignal::new(String::new());
    let by = RwSignal::new(BookedBy::default());
    let done = RwSignal::new(String::new());
    let choose_matter = move |event| {
        let id = event_target_value(&event);
        matter.set(id.clone());
        offered.set(None);
        time.set(String::new());
        request.clear_message();
        if !id.is_empty() {
            load_offers(counter, request, (matter, offered));
        }
    };
    let matters = counter.now.with_untracked(|now| {
        let option = |matter: &crate::api::counter::MatterBrief| {
            let name = matter.name.get(lang).to_owned();
            view! { <option value=matter.id.to_string()>{name}</option> }
        };
        now.matters.iter().map(option).collect_view()
    });
    let times = move || offered.with(|offered| offered.as_ref().map(|one| free_times(one, lang)));
    let book = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((day, slot)) = read_chosen(&time.get_untracked()) else { return };
        let (matter, by) = (MatterId(matter.get_untracked()), by.get_untracked());
        let command = move |request_id| BookAtCounter { request_id, matter, day, slot, by };
        request.send(command, move |answer| {
            if let Ok(booked) = answer {
                let when = booked.when.get(lang).to_owned();
                done.set(fill(words.booked, &[("when", &when), ("code", &booked.code)]));
            }
        });
    };
    let is_done = move || !done.with(String::is_empty);
    view! {
        <form on:submit=book>
            <header role="none">
                <h2>{words.new_booking}</h2>
            </header>
            <div class="body">
                <label class="field">
                    <span class="field-label">{words.matter}</span>
                    <select class="input" required on:change=choose_matter>
                        <option value="">{words.choose}</option>
                        {matters}
                    </select>
                </label>
                <label class="field">
                    <span class="field-label">{words.time}</span>
                    <select
                        class="input"
                        required
                        on:change=move |event| time.set(event_target_value(&event))
                    >
                        <option value="">{words.choose}</option>
                        {times}
                    </select>
                </label>
                {field(by, words.name, |by, text| by.name = text)}
                {field(by, words.number, |by, text| by.number = text)}
                {field(by, words.telephone, |by, text| by.telephone = text)}
            </div>
            <footer role="none">
                <p class="reply" role="status">
                    {move || request.message().unwrap_or_else(|| done.get())}
                </p>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| counter.bookings.set(Some(BookingsPage::Today))
                >
                    {words.back}
                </button>
                <button
                    class="key"
                    type="submit"
                    disabled=move || request.is_busy() || is_done()
                >
                    {words.book}
                </button>
            </footer>
        </form>
    }
}

/// Asks what can be booked of the matter that was chosen.
fn load_offers(
    counter: CounterState,
    request: PendingRequest,
    (matter, offered): (RwSignal<String>, RwSignal<Option<Offered>>),
) {
    let (lang, id) = (counter.lang.get_untracked(), matter.get_untracked());
    let hall = counter.now.with_untracked(|now| now.hall.clone());
    spawn_local(async move {
        let address = format!("/api/booking/offers?hall={hall}&matter={id}");
        match get::<Offered>(&address, lang).await {
            // Another may have been chosen meanwhile.
            Ok(found) if matter.try_get_untracked().as_deref() == Some(&*id) => {
                offered.set(Some(found));
            }
            Ok(_) => {}
            Err(refused) => request.show_message(&refused.in_a_line(lang)),
        }
    });
}

/// The times that are free, by day.
fn free_times(offered: &Offered, lang: Lang) -> AnyView {
    let words = BookingsWords::of(lang);
    let of_day = |one: &DayOffer| {
        let date = one.day.to_string();
        let free = one.slots.iter().filter(|slot| slot.free > 0).map(|slot| {
            let time = slot.slot.to_string();
            let text = fill(words.slot_free, &[("slot", &time), ("n", &slot.free)]);
            view! { <option value=chosen(&date, slot.slot)>{text}</option> }
        });
        view! { <optgroup label=day(one.day, lang)>{free.collect_view()}</optgroup> }
    };
    offered.days.iter().map(of_day).collect_view().into_any()
}

/// A text of who comes.
fn field(by: RwSignal<BookedBy>, label: &'static str, set: fn(&mut BookedBy, String)) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                class="input"
                type="text"
                autocomplete="off"
                required
                on:input=move |event| by.update(|by| set(by, event_target_value(&event)))
            />
        </label>
    }
    .into_any()
}
