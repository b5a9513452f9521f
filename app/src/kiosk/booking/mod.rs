//! Bookings at the kiosk: checked in with on their day, or made for a coming one. Their code is
//! loaded when the first of these pages is opened.
//!
//! - [`check_in`]: by a code, a number or a telephone, or by a scanned code
//! - [`book`]: a time, then who comes; [`booked`]: the booking to take along
//! - [`number_pad`]: figures and X; [`name_pad`]: a name, by letters, parts or number; [`words`]: what the pages say

pub mod book;
mod booked;
pub mod check_in;
pub(in crate::kiosk) mod name_pad;
mod number_pad;
pub mod words;

use leptos::prelude::*;

use super::line_cards::LineCards;
use super::notice::Notice;
use super::scene::{Purpose, Screen};
use super::visit::visit;
use crate::parts::icon::{self, Icon};
use crate::words::lang;
use words::KioskBookingWords;

/// Whether the visitor has a booking or wants one.
#[component]
pub fn BookingPage() -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    view! {
        <Notice icon=icon::CALENDAR tone="calm" title=move || words().title.to_owned()>
            <p data-heard="">{move || words().lead}</p>
            <div class="keys">
                <button class="button" on:click=move |_| visit.go(Screen::CheckIn(None))>
                    <Icon path=icon::SCAN />
                    <span>{move || words().check_in}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::BookLines)>
                    <Icon path=icon::CALENDAR />
                    <span>{move || words().book}</span>
                </button>
            </div>
        </Notice>
    }
}

/// The lines whose matters are booked.
#[component]
pub fn BookLinesPage() -> impl IntoView {
    let lang = lang();
    view! {
        <section class="page home">
            <div class="title">
                <h1>{move || KioskBookingWords::of(lang.get()).choose_line}</h1>
            </div>
            <LineCards purpose=Purpose::Book />
        </section>
    }
}
