//! The booking to take along: its code, and the QR code of its page.

use leptos::prelude::*;

use super::words::KioskBookingWords;
use crate::api::booking::BookingNow;
use crate::kiosk::return_home::FinishButton;
use crate::parts::qr;
use crate::words::lang;

#[component]
pub fn BookedPage(booked: BookingNow) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let (when, matter) = (booked.when.clone(), booked.matter_name.clone());
    let code = {
        let (first, rest) = booked.code.split_at(booked.code.len().min(4));
        format!("{first} {rest}")
    };
    view! {
        <section class="page followed booked">
            <div class="given">
                <p class="soft">{move || matter.get(lang.get()).to_owned()}</p>
                <h1>{move || words().booked}</h1>
                <p class="state" data-heard="">
                    {move || when.get(lang.get()).to_owned()}
                </p>
            </div>
            <p class="counter">
                {move || words().code} " " <span class="number unbroken">{code}</span>
            </p>
            <div class="code">
                {qr::drawing(&qr::address(&booked.url), "qr", move || words().scan_name)}
                <p>{move || words().scan}</p>
            </div>
            <FinishButton />
        </section>
    }
}
