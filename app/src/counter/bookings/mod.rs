//! Bookings at the counter: the day's list, over the console, and a booking made for a visitor.
//!
//! - [`list`]: who is booked today, who has arrived, who has not; and whom to call
//! - [`new_booking`]: a slot for somebody who stands here
//! - [`words`]: what it says

mod list;
mod new_booking;
mod words;

use leptos::prelude::*;

use super::state::{BookingsPage, use_counter};
use crate::parts::dialog::ModalDialog;
use crate::words::fill;
use list::TodaysList;
use new_booking::NewBooking;
use words::BookingsWords;

/// The key that opens the list, where the hall takes bookings: how many are still expected.
#[component]
pub(super) fn BookingsKey() -> impl IntoView {
    let counter = use_counter();
    let expected = counter.select(|now| now.bookings_expected);
    move || {
        let expected = expected.get()?;
        let words = BookingsWords::of(counter.lang.get());
        let text = fill(words.key, &[("n", &expected)]);
        let open = move |_| counter.bookings.set(Some(BookingsPage::Today));
        Some(view! {
            <button class="button bookings-key" type="button" on:click=open>
                {text}
            </button>
        })
    }
}

/// The list or the form, while one is open.
#[component]
pub(super) fn Bookings() -> impl IntoView {
    let counter = use_counter();
    let close = Callback::new(move |()| counter.bookings.set(None));
    let page = move || match counter.bookings.get()? {
        BookingsPage::Today => Some(view! { <TodaysList close /> }.into_any()),
        BookingsPage::New => Some(view! { <NewBooking /> }.into_any()),
    };
    view! {
        <ModalDialog
            class="transfer bookings"
            open=Signal::derive(move || counter.bookings.get().is_some())
            on_close=close
        >
            {page}
        </ModalDialog>
    }
}
