//! Today's bookings of the counter's lines, and those that somebody has to call about.

use jiban_domain::booking::{BookingId, BookingState};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::words::BookingsWords;
use crate::api::booking::{
    BookingListed, BookingsToday, CancelAtCounter, CheckInAtCounter, RevealBooking,
};
use crate::api::{ask, get};
use crate::counter::state::{BookingsPage, CounterState, use_counter};
use crate::parts::focus::focus_when_shown;
use crate::parts::request::PendingRequest;
use crate::words::fill;

/// What every row of the list uses.
#[derive(Clone, Copy)]
struct ListState {
    counter: CounterState,
    today: RwSignal<Option<BookingsToday>>,
    request: PendingRequest,
    /// What was done last.
    done: RwSignal<String>,
    /// The booking whose cancelling was touched once.
    asked: RwSignal<Option<BookingId>>,
    /// Name and telephone number that were shown.
    revealed: RwSignal<Option<(BookingId, String)>>,
}

impl ListState {
    fn load(self) {
        let lang = self.counter.lang.get_untracked();
        spawn_local(async move {
            match get::<BookingsToday>("/api/counter/bookings", lang).await {
                Ok(today) => {
                    let _ = self.today.try_set(Some(today));
                }
                Err(refused) => {
                    self.counter.session.leave_if_signed_out(&refused);
                    self.request.show_message(&refused.in_a_line(lang));
                }
            }
        });
    }

    /// `then` is told whether it was done.
    fn check_in(
        self,
        command: impl FnOnce(Uuid) -> CheckInAtCounter,
        then: impl Fn(bool) + Clone + 'static,
    ) {
        self.request.send(command, move |answer| {
            then(answer.is_ok());
            if let Ok(arrived) = answer {
                let words = BookingsWords::of(self.counter.lang.get_untracked());
                let sentence = if arrived.late { words.checked_in_late } else { words.checked_in };
                self.done.set(fill(sentence, &[("number", &arrived.issued.number)]));
            }
            self.load();
        });
    }

    fn cancel(self, booking: BookingId) {
        if self.asked.get_untracked() != Some(booking) {
            return self.asked.set(Some(booking));
        }
        let command = move |request_id| CancelAtCounter { request_id, booking };
        self.request.send(command, move |_| self.load());
    }

    fn reveal(self, booking: BookingId) {
        let lang = self.counter.lang.get_untracked();
        spawn_local(async move {
            match ask(&RevealBooking { booking }, lang).await {
                Ok(by) => {
                    let text = format!("{} {}", by.name, by.telephone);
                    let _ = self.revealed.try_set(Some((booking, text)));
                }
                Err(refused) => self.request.show_message(&refused.in_a_line(lang)),
            }
        });
    }
}

#[component]
pub(super) fn TodaysList(close: Callback<()>) -> impl IntoView {
    let counter = use_counter();
    let state = ListState {
        counter,
        today: RwSignal::new(None),
        request: PendingRequest::new(counter.lang),
        done: RwSignal::new(String::new()),
        asked: RwSignal::new(None),
        revealed: RwSignal::new(None),
    };
    // Somebody may check in at a kiosk while the list is open.
    let expected = counter.select(|now| now.bookings_expected);
    Effect::new(move || {
        expected.track();
        state.load();
    });
    let words = move || BookingsWords::of(counter.lang.get());
    let rows = move |rows: Vec<BookingListed>| {
        rows.into_iter().map(|row| view! { <Row state row /> }).collect_view()
    };
    let today = move || match state.today.get() {
        None => view! { <p class="nothing soft">{words().loading}</p> }.into_any(),
        Some(list) if list.today.is_empty() => {
            view! { <p class="nothing soft">{words().none}</p> }.into_any()
        }
        Some(list) => view! { <ol>{rows(list.today)}</ol> }.into_any(),
    };
    let concerned = move || {
        let concerned = state.today.get()?.concerned;
        (!concerned.is_empty()).then(|| {
            view! {
                <h3>{words().concerned}</h3>
                <ol>{rows(concerned)}</ol>
            }
        })
    };
    view! {
        <header role="none">
            <h2>{move || words().title}</h2>
        </header>
        <div class="body">
            <ArrivalForm state />
            <div class="list">{today} {concerned}</div>
        </div>
        <footer role="none">
            <p class="reply" role="status">
                {move || state.request.message().unwrap_or_else(|| state.done.get())}
            </p>
            <button class="button" type="button" on:click=move |_| close.run(())>
                {move || words().close}
                <kbd>"Esc"</kbd>
            </button>
            <button
                class="button"
                type="button"
                on:click=move |_| counter.bookings.set(Some(BookingsPage::New))
            >
                {move || words().new_booking}
            </button>
        </footer>
    }
}

/// Checks in by what a scanner or the clerk types: the visitor's QR code, their booking code, the
/// number of their paper, or their telephone number.
#[component]
fn ArrivalForm(state: ListState) -> impl IntoView {
    let words = move || BookingsWords::of(state.counter.lang.get());
    let field = NodeRef::<Input>::new();
    focus_when_shown(field);
    let typed = RwSignal::new(String::new());
    let is_empty = move || typed.with(|typed| typed.trim().is_empty());
    let check_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(is_empty) {
            return;
        }
        let shown = typed.get_untracked();
        let command = move |request_id| CheckInAtCounter::of_typed(request_id, &shown);
        state.check_in(command, move |is_done| {
            if is_done {
                typed.set(String::new());
            } else if let Some(field) = field.get_untracked() {
                // The next code that is scanned takes its place.
                field.select();
            }
        });
    };
    view! {
        <form class="arrival" on:submit=check_in>
            <label class="field">
                <span class="field-label">{move || words().arrival}</span>
                <input
                    class="input"
                    type="text"
                    autocomplete="off"
                    node_ref=field
                    bind:value=typed
                />
            </label>
            <button
                class="button"
                type="submit"
                disabled=move || state.request.is_busy() || is_empty()
            >
                {move || words().check_in}
                <kbd>"Enter"</kbd>
            </button>
        </form>
    }
}

#[component]
fn Row(state: ListState, row: BookingListed) -> impl IntoView {
    let words = BookingsWords::of(state.counter.lang.get_untracked());
    let lang = state.counter.lang.get_untracked();
    let id = row.id;
    let is_open = matches!(row.state, BookingState::Booked | BookingState::NotCome);
    let (mark, class) = match (row.state, &row.ticket) {
        (BookingState::CheckedIn, Some(number)) => {
            (fill(words.arrived, &[("number", number)]), "mark good")
        }
        (BookingState::CheckedIn, None) => (words.was_here.to_owned(), "mark"),
        (BookingState::NotCome, _) => (words.not_come.to_owned(), "mark warn"),
        _ => (words.expected.to_owned(), "mark"),
    };
    let late = row.late.then(|| view! { <span class="mark warn">{words.late}</span> });
    let concern = row.concern.map(|concern| {
        view! {
            <span class="mark warn">
                {format!("{} {}", row.day, concern.name().get(lang))}
            </span>
        }
    });
    let concerned = row.concern.is_some();
    let telephone = row.telephone.clone();
    let who = move || {
        let shown = state.revealed.get().filter(|(shown, _)| *shown == id);
        shown.map_or_else(|| telephone.clone(), |(_, text)| text)
    };
    let check_in = (is_open && !concerned).then(|| {
        view! {
            <button
                class="button"
                type="button"
                disabled=move || state.request.is_busy()
                on:click=move |_| {
                    let command = move |request_id| CheckInAtCounter::of_row(request_id, id);
                    state.check_in(command, |_| {});
                }
            >
                {words.check_in}
            </button>
        }
    });
    let cancel = (row.state == BookingState::Booked).then(|| {
        let asked = move || state.asked.get() == Some(id);
        view! {
            <button
                class="button"
                type="button"
                disabled=move || state.request.is_busy()
                on:click=move |_| state.cancel(id)
            >
                {move || if asked() { words.really_cancel } else { words.cancel }}
            </button>
        }
    });
    view! {
        <li>
            <span class="number">{row.slot.to_string()}</span>
            <span class="matter">
                {format!("{} · {}", row.name, row.matter_name.get(lang))}
            </span>
            <span class=class>{mark}</span>
            {late}
            {concern}
            <span class="soft">{who}</span>
            <span class="acts">
                {check_in}
                <button class="button" type="button" on:click=move |_| state.reveal(id)>
                    {words.reveal}
                </button>
                {cancel}
            </span>
        </li>
    }
}
