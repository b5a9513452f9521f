//! A visit booked for the applicant of the draft in hand: a free time, and one touch.

use jiban_domain::booking::DayOffer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::api::booking::Offered;
use crate::api::drafts::BookForDraft;
use crate::api::get;
use crate::booking::choose::{chosen, read_chosen};
use crate::booking::words::day;
use crate::words::fill;

#[component]
pub fn Visit(desk: Desk) -> impl IntoView {
    let offered = RwSignal::new(None::<Offered>);
    let time = RwSignal::new(String::new());
    let asked = desk.with(|draft| Some((draft.draft.hall.clone(), draft.books.clone()?)));
    if let Some((hall, matter)) = untrack(|| asked).flatten() {
        let lang = desk.lang.get_untracked();
        spawn_local(async move {
            let address = format!("/api/booking/offers?hall={hall}&matter={matter}");
            match get::<Offered>(&address, lang).await {
                Ok(found) => {
                    let _ = offered.try_set(Some(found));
                }
                Err(refused) => desk.request.show_message(&refused.in_a_line(lang)),
            }
        });
    }
    let times = move || {
        let (lang, words) = (desk.lang.get(), desk.words());
        let of_day = move |one: &DayOffer| {
            let date = one.day.to_string();
            let free = one.slots.iter().filter(|slot| slot.free > 0).map(|slot| {
                let text =
                    fill(words.slot_free, &[("slot", &slot.slot.to_string()), ("n", &slot.free)]);
                view! { <option value=chosen(&date, slot.slot)>{text}</option> }
            });
            view! { <optgroup label=day(one.day, lang)>{free.collect_view()}</optgroup> }
        };
        offered
            .with(|offered| offered.as_ref().map(|one| one.days.iter().map(of_day).collect_view()))
    };
    let book = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((day, slot)) = read_chosen(&time.get_untracked()) else { return };
        desk.send(
            move |request_id, draft| BookForDraft { request_id, draft, day, slot },
            move || desk.booking.set(false),
        );
    };
    view! {
        <form class="visit" on:submit=book>
            <label class="field">
                <span class="field-label">{move || desk.words().time}</span>
                <select
                    class="input"
                    name="visit"
                    required
                    on:change=move |event| time.set(event_target_value(&event))
                >
                    <option value="">{move || desk.words().choose}</option>
                    {times}
                </select>
            </label>
            <button class="button" type="submit" disabled=move || desk.is_blocked()>
                {move || desk.words().confirm}
            </button>
        </form>
    }
}
