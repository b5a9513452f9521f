//! Whole pages as HTML.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::booked::{BookedPage, CancelPage};
use super::choose::{Bookable, Choice, MattersPage, SlotsPage};
use super::form::{FormPage, Typed};
use super::words::BookingWords;
use crate::api::booking::{BookingNow, Offered};
use crate::progress::html::to_html;
use crate::shell::{Document, Shell};

/// `/book/{hall}`.
pub fn matters(shell: &Shell, lang: Lang, hall: String, matters: Vec<Bookable>) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=BookingWords::of(lang).title.to_owned()>
                <MattersPage lang hall matters />
            </Document>
        }
    })
}

/// `/book/{hall}/{matter}`, and `/b/{token}/move`.
pub fn slots(shell: &Shell, lang: Lang, offered: Offered, choice: Choice) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=BookingWords::of(lang).choose_time.to_owned()>
                <SlotsPage lang offered choice />
            </Document>
        }
    })
}

/// `/b/{token}` of a slot that is held.
pub fn form(
    shell: &Shell,
    lang: Lang,
    booking: BookingNow,
    held_until: String,
    typed: Typed,
) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=BookingWords::of(lang).who.to_owned()>
                <FormPage lang booking held_until typed />
            </Document>
        }
    })
}

/// `/b/{token}`.
pub fn booked(
    shell: &Shell,
    lang: Lang,
    booking: BookingNow,
    check_in: (String, String),
    materials: Vec<String>,
) -> String {
    let shell = shell.clone();
    to_html(move || {
        let title = booking.state.name().get(lang).to_owned();
        view! {
            <Document shell lang title>
                <BookedPage lang booking check_in materials />
            </Document>
        }
    })
}

/// `/b/{token}/cancel`.
pub fn cancel(shell: &Shell, lang: Lang, booking: BookingNow, request_id: String) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=BookingWords::of(lang).ask_cancel.to_owned()>
                <CancelPage lang booking request_id />
            </Document>
        }
    })
}
