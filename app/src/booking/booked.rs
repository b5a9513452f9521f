//! A booking on its own page, and whether it is really cancelled.

use jiban_domain::Lang;
use jiban_domain::booking::BookingState;
use leptos::prelude::*;

use super::words::{BookingWords, of_state};
use crate::api::booking::BookingNow;
use crate::parts::qr;
use crate::progress::Head;
use crate::words::fill;

/// The booking.
#[component]
pub fn BookedPage(
    lang: Lang,
    booking: BookingNow,
    /// From when check-in is possible and until when it is on time, by the hall's clock.
    check_in: (String, String),
    /// What to bring.
    materials: Vec<String>,
) -> impl IntoView {
    let words = BookingWords::of(lang);
    let is_booked = booking.state == BookingState::Booked;
    let title = if is_booked && booking.concern.is_none() {
        words.booked.to_owned()
    } else if let Some(concern) = booking.concern.filter(|_| is_booked) {
        concern.name().get(lang).to_owned()
    } else {
        booking.state.name().get(lang).to_owned()
    };
    let concern = booking.concern.filter(|_| is_booked);
    let say = if concern.is_some() { words.concern_next } else { of_state(booking.state, lang) };
    let say = (!say.is_empty()).then(|| view! { <p class="next">{say}</p> });
    let often = (booking.not_come > 0).then(|| {
        view! { <p class="wrong">{fill(words.not_come_often, &[("n", &booking.not_come)])}</p> }
    });
    let tag = lang.tag();
    let page = format!("/b/{}", booking.token);
    let shows_code = matches!(booking.state, BookingState::Booked | BookingState::NotCome);
    let code = shows_code.then(|| {
        let (from, until) = &check_in;
        let how = fill(words.check_in, &[("from", from), ("until", until)]);
        let name = words.code_alt;
        view! {
            <p class="soft">{words.code}</p>
            <p class="code-figures">{by_fours(&booking.code)}</p>
            <p>{how}</p>
            <div class="booking-code">{qr::drawing(&qr::address(&booking.url), "qr", move || name)}</div>
        }
    });
    let ways = is_booked.then(|| {
        view! {
            <p class="soft">{words.keep}</p>
            <p class="choices">
                <a class="action" href=format!("{page}/booking.ics?lang={tag}")>
                    {words.calendar}
                </a>
                " "
                <a class="action quiet" href=format!("{page}/move?lang={tag}")>
                    {words.move_it}
                </a>
                " "
                <a class="action quiet" href=format!("{page}/cancel?lang={tag}")>
                    {words.cancel}
                </a>
            </p>
        }
    });
    let again = format!("/book/{}/{}?lang={tag}", booking.hall, booking.matter);
    let over = matches!(
        booking.state,
        BookingState::Cancelled | BookingState::Expired | BookingState::NotCome
    );
    let again = over.then(|| {
        view! {
            <p>
                <a class="action" href=again>
                    {words.again}
                </a>
            </p>
        }
    });
    let materials = (is_booked && !materials.is_empty()).then(|| {
        let rows = materials.into_iter().map(|one| view! { <li>{one}</li> }).collect_view();
        view! {
            <section>
                <h2>{words.bring}</h2>
                <ul class="bring">{rows}</ul>
            </section>
        }
    });
    view! {
        <main class="booking">
            <Head lang hall=booking.hall_name.get(lang).to_owned() />
            <h1>{title}</h1>
            {say}
            {often}
            <dl class="facts">
                <div>
                    <dt>{words.when}</dt>
                    <dd>
                        <strong>{booking.when.get(lang).to_owned()}</strong>
                    </dd>
                </div>
                <div>
                    <dt>{words.matter}</dt>
                    <dd>{booking.matter_name.get(lang).to_owned()}</dd>
                </div>
            </dl>
            {code}
            {ways}
            {again}
            {materials}
        </main>
    }
    .into_any()
}

/// Figures that are read out: `1234 5678`.
fn by_fours(code: &str) -> String {
    let (first, rest) = code.split_at(code.len().min(4));
    format!("{first} {rest}")
}

/// Whether it is really cancelled.
#[component]
pub fn CancelPage(lang: Lang, booking: BookingNow, request_id: String) -> impl IntoView {
    let words = BookingWords::of(lang);
    let page = format!("/b/{}", booking.token);
    let action = format!("{page}/cancel?lang={}", lang.tag());
    let page = format!("{page}?lang={}", lang.tag());
    view! {
        <main class="plain">
            <Head lang hall=booking.hall_name.get(lang).to_owned() />
            <h1>{words.ask_cancel}</h1>
            <p>
                {booking.when.get(lang).to_owned()} " · " {booking.matter_name.get(lang).to_owned()}
            </p>
            <p class="next">{words.cancel_means}</p>
            <form method="post" action=action>
                <input type="hidden" name="request_id" value=request_id />
                <p class="choices">
                    <a class="action" href=page>
                        {words.keep_it}
                    </a>
                    " "
                    <button class="action quiet">{words.really_cancel}</button>
                </p>
            </form>
        </main>
    }
    .into_any()
}
