//! A time of a coming day, then who comes: one decision a page. What is typed is forgotten with
//! the page.

use jiban_domain::booking::{DayOffer, SlotOffer};
use jiban_domain::day::Clock24;
use jiban_domain::{HallId, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::booked::BookedPage;
use super::name_pad::NamePage;
use super::number_pad::NumberPad;
use super::words::KioskBookingWords;
use crate::api::booking::{BookedBy, BookingNow, ConfirmBooking, HoldSlot, Offered};
use crate::api::kiosk::KioskNow;
use crate::api::{Call, Refused, ask, get};
use crate::booking::words::day;
use crate::kiosk::hall_snapshot::{HallSnapshot, hall_snapshot};
use crate::kiosk::notice::Notice;
use crate::kiosk::pager::{Pager, Paging, rows_of};
use crate::kiosk::scanned_code::on_scanned;
use crate::kiosk::typed::{Typed, Wrong};
use crate::kiosk::visit::{Visit, visit};
use crate::parts::icon;
use crate::words::{fill, lang};

/// How far the visitor is.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Time,
    Number(BookingNow),
    Telephone(BookingNow),
    /// Who would like to be called by name writes it.
    Name(BookingNow),
    Booked(BookingNow),
}

/// What the pages of one booking share.
#[derive(Clone, Copy)]
struct Booking {
    visit: Visit,
    snapshot: HallSnapshot,
    matter: StoredValue<MatterId>,
    step: RwSignal<Step>,
    offered: RwSignal<Option<Offered>>,
    sending: RwSignal<bool>,
    refused: RwSignal<Option<Refused>>,
    number: RwSignal<String>,
    telephone: RwSignal<String>,
    name: RwSignal<String>,
}

impl Booking {
    fn hall(self) -> HallId {
        let hall = |now: &Option<KioskNow>| now.as_ref().map(|now| now.hall.clone());
        self.snapshot.live.now.with_untracked(hall).unwrap_or_default()
    }

    fn load(self) {
        let lang = self.visit.lang.get_untracked();
        let (hall, matter) = (self.hall(), self.matter.get_value());
        let address = format!("/api/booking/offers?hall={hall}&matter={matter}");
        spawn_local(async move {
            match get::<Offered>(&address, lang).await {
                Ok(offered) => {
                    let _ = self.offered.try_set(Some(offered));
                }
                Err(refused) => {
                    let _ = self.refused.try_set(Some(refused));
                }
            }
        });
    }

    /// Sends a call; the visitor may have left when its answer comes.
    fn send<C>(self, request: C, then: impl Fn(C::Answer) + 'static)
    where
        C: Call + 'static,
    {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.refused.set(None);
        let lang = self.visit.lang.get_untracked();
        spawn_local(async move {
            let answer = ask(&request, lang).await;
            if self.sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => then(answer),
                Err(refused) => self.refused.set(Some(refused)),
            }
        });
    }
}

/// Books a visit for a matter.
#[component]
pub fn BookPage(matter: MatterId) -> impl IntoView {
    let booking = Booking {
        visit: visit(),
        snapshot: hall_snapshot(),
        matter: StoredValue::new(matter),
        step: RwSignal::new(Step::Time),
        offered: RwSignal::new(None),
        sending: RwSignal::new(false),
        refused: RwSignal::new(None),
        number: RwSignal::new(String::new()),
        telephone: RwSignal::new(String::new()),
        name: RwSignal::new(String::new()),
    };
    booking.load();
    move || match booking.step.get() {
        Step::Time => view! { <TimePage booking /> }.into_any(),
        Step::Number(held) => view! { <NumberPage booking held /> }.into_any(),
        Step::Telephone(held) => view! { <TelephonePage booking held /> }.into_any(),
        Step::Name(held) => {
            let done = move || booking.step.set(Step::Telephone(held.clone()));
            view! { <NamePage name=booking.name done /> }.into_any()
        }
        Step::Booked(booked) => view! { <BookedPage booked /> }.into_any(),
    }
}

#[component]
fn TimePage(booking: Booking) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let chosen = RwSignal::new(0_usize);
    let title = move || {
        let failed = booking.offered.with(Option::is_none).then(|| booking.refused.get()).flatten();
        failed.map_or_else(|| words().working.to_owned(), |refused| refused.message)
    };
    let days = move |offered: Offered| {
        let tab = |(index, one): (usize, DayOffer)| {
            view! {
                <button
                    class="button"
                    aria-pressed=move || (chosen.get() == index).to_string()
                    on:click=move |_| chosen.set(index)
                >
                    {move || day(one.day, lang.get())}
                </button>
            }
        };
        offered.days.into_iter().enumerate().map(tab).collect_view()
    };
    let matter = move || {
        booking.offered.with(|offered| {
            offered.as_ref().map(|offered| offered.matter_name.get(lang.get()).to_owned())
        })
    };
    move || match booking.offered.get() {
        None => view! {
            <Notice icon=icon::CALENDAR tone="calm" title=title>
                {move || booking.refused.get().map(|refused| view! { <p>{refused.next}</p> })}
            </Notice>
        }
        .into_any(),
        Some(offered) => view! {
            <section class="page booking-time">
                <div class="title">
                    <h1>{move || words().choose_time}</h1>
                    <p class="soft">{matter}</p>
                    <Wrong refused=booking.refused.into() />
                </div>
                <div class="days">{days(offered)}</div>
                <Slots booking chosen />
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Slots(booking: Booking, chosen: RwSignal<usize>) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let slots = Memo::new(move |_| {
        booking.offered.with(|offered| {
            let day = offered.as_ref().and_then(|offered| offered.days.get(chosen.get()));
            day.map(|day| (day.day.to_string(), day.slots.clone())).unwrap_or_default()
        })
    });
    let paging = Paging::new(rows_of(16, 4), move || slots.with(|(_, slots)| slots.len()));
    let hold = move |day: String, slot: Clock24| {
        let request = HoldSlot {
            request_id: Uuid::new_v4(),
            hall: booking.hall(),
            matter: booking.matter.get_value(),
            day,
            slot,
            lang: booking.visit.lang.get_untracked(),
            kiosk: Some(booking.snapshot.id.get_value()),
        };
        booking.send(request, move |held| booking.step.set(Step::Number(held)));
    };
    let shown = move || {
        let (date, slots) = slots.get();
        let button = move |slot: SlotOffer| {
            let date = date.clone();
            let free = move || match slot.free {
                0 => words().full.to_owned(),
                free => fill(words().left, &[("n", &free)]),
            };
            let touch = move |_| hold(date.clone(), slot.slot);
            view! {
                <button class="button" disabled=slot.free == 0 on:click=touch>
                    <strong class="number">{slot.slot.to_string()}</strong>
                    " "
                    <small>{free}</small>
                </button>
            }
        };
        paging.visible(&slots).into_iter().map(button).collect_view()
    };
    let none = move || {
        let all_full = booking.offered.with(|offered| {
            offered.as_ref().is_some_and(|offered| {
                offered.days.iter().all(|day| day.slots.iter().all(|slot| slot.free == 0))
            })
        });
        all_full.then(|| view! { <p class="wrong">{words().none}</p> })
    };
    view! {
        {none}
        <div class="times">{shown}</div>
        <Pager paging />
    }
}

#[component]
fn NumberPage(booking: Booking, held: BookingNow) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let typed = booking.number;
    on_scanned(move |word, code| {
        let is_card = word == "identity";
        if is_card {
            typed.set(code.to_owned());
        }
        is_card
    });
    let blocked = move || typed.with(|typed| typed.len() < 6);
    let go = move |_| {
        if !untrack(blocked) {
            booking.refused.set(None);
            booking.step.set(Step::Telephone(held.clone()));
        }
    };
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().your_number}</h1>
                <p class="soft" data-heard="">
                    {move || words().number_hint}
                </p>
            </div>
            <div class="fields">
                <Typed label=Signal::derive(move || words().number) typed />
                <Wrong refused=booking.refused.into() />
            </div>
            <NumberPad typed />
            <button class="key" data-key="Enter" disabled=blocked on:click=go>
                {move || words().next}
            </button>
        </section>
    }
}

#[component]
fn TelephonePage(booking: Booking, held: BookingNow) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let typed = booking.telephone;
    let blocked = move || typed.with(|typed| typed.len() < 7) || booking.sending.get();
    let go = move |_| {
        if untrack(blocked) {
            return;
        }
        let request = ConfirmBooking {
            request_id: Uuid::new_v4(),
            token: held.token,
            by: BookedBy {
                name: booking.name.get_untracked(),
                number: booking.number.get_untracked(),
                telephone: typed.get_untracked(),
                paper: None,
            },
        };
        booking.send(request, move |booked| booking.step.set(Step::Booked(booked)));
    };
    let write_name = move |_| {
        if let Step::Telephone(held) = booking.step.get_untracked() {
            booking.step.set(Step::Name(held));
        }
    };
    // A number that is not right is typed again.
    let again = move || {
        booking.refused.get().is_some_and(|refused| refused.code == "person_not_valid").then(|| {
            view! {
                <button
                    class="button"
                    on:click=move |_| {
                        if let Step::Telephone(held) = booking.step.get_untracked() {
                            booking.step.set(Step::Number(held));
                        }
                    }
                >
                    {move || words().your_number}
                </button>
            }
        })
    };
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().your_telephone}</h1>
                <p class="soft" data-heard="">
                    {move || words().telephone_hint}
                </p>
            </div>
            <div class="fields">
                <Typed label=Signal::derive(move || words().telephone) typed />
                <button class="button write-name" on:click=write_name>
                    {move || match booking.name.get() {
                        name if name.is_empty() => words().write_name.to_owned(),
                        name => format!("{} · {name}", words().name),
                    }}
                </button>
                <Wrong refused=booking.refused.into() />
                {again}
            </div>
            <NumberPad typed />
            <button class="key" data-key="Enter" disabled=blocked on:click=go>
                {move || words().confirm}
            </button>
        </section>
    }
}
