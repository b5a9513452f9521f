//! Who comes: the form for a slot that is held.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::words::BookingWords;
use crate::api::booking::{BookedBy, BookingNow};
use crate::progress::Head;
use crate::words::fill;

/// The form as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub by: BookedBy,
    pub request_id: String,
    /// Why it was not taken.
    pub refused: Option<String>,
}

/// Name, number and telephone.
#[component]
pub fn FormPage(
    lang: Lang,
    booking: BookingNow,
    /// Until when the slot is held, by the hall's clock.
    held_until: String,
    typed: Typed,
) -> impl IntoView {
    let words = BookingWords::of(lang);
    let page = format!("/b/{}", booking.token);
    let action = format!("{page}?lang={}", lang.tag());
    let cancel = format!("{page}/cancel?lang={}", lang.tag());
    let refused = typed.refused.map(|why| view! { <p class="wrong" role="alert">{why}</p> });
    view! {
        <main class="booking">
            <Head lang hall=booking.hall_name.get(lang).to_owned() />
            <h1>{words.who}</h1>
            <p>
                <strong>{booking.when.get(lang).to_owned()}</strong>
                " · "
                {booking.matter_name.get(lang).to_owned()}
            </p>
            <p class="soft">{fill(words.held, &[("at", &held_until)])}</p>
            {refused}
            <form method="post" action=action>
                <input type="hidden" name="request_id" value=typed.request_id />
                <p>
                    <label for="name">{words.name}</label>
                    <input
                        id="name"
                        name="name"
                        value=typed.by.name
                        autocomplete="name"
                        maxlength="80"
                        required
                    />
                </p>
                <p>
                    <label for="number">{words.number}</label>
                    <input
                        id="number"
                        name="number"
                        value=typed.by.number
                        autocomplete="off"
                        autocapitalize="characters"
                        maxlength="40"
                        aria-describedby="number-hint"
                        required
                    />
                    <span class="soft" id="number-hint">{words.number_hint}</span>
                </p>
                <p>
                    <label for="telephone">{words.telephone}</label>
                    <input
                        id="telephone"
                        name="telephone"
                        type="tel"
                        value=typed.by.telephone
                        autocomplete="tel"
                        maxlength="40"
                        aria-describedby="telephone-hint"
                        required
                    />
                    <span class="soft" id="telephone-hint">{words.telephone_hint}</span>
                </p>
                <p class="soft">{words.private}</p>
                <p class="choices">
                    <button class="action">{words.confirm}</button>
                    " "
                    <button class="action quiet" formaction=cancel formnovalidate>
                        {words.give_up}
                    </button>
                </p>
            </form>
        </main>
    }
    .into_any()
}
