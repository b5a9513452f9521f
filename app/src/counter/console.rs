//! The page of a clerk who is signed in: everything about the visitor in front
//! of them on one screen.

use leptos::prelude::*;

use super::actions::listen_to_keyboard;
use super::bookings::{Bookings, BookingsKey};
use super::header::Header;
use super::held_and_missed::HeldAndMissed;
use super::in_hand::InHand;
use super::notices::{PrinterNotices, StaleBar};
use super::questions::QuestionDialog;
use super::reception::{self, DraftsKey, Reception, ReceptionState};
use super::session::CounterSession;
use super::state::CounterState;
use super::transfer::TransferDialog;
use super::waiting::Waiting;
use crate::api::counter::CounterNow;
use crate::parts::activity::{IdleWarning, tell_activity};
use crate::parts::drafts;
use crate::parts::focus::keep_focus_off_buttons;
use crate::words::lang;

/// The console, from its first snapshot on.
#[component]
pub(super) fn Console(session: CounterSession, first: CounterNow) -> impl IntoView {
    let counter = CounterState::new(first, session, lang());
    provide_context(counter);
    let reception = ReceptionState::new(counter);
    provide_context(reception);
    let activity = tell_activity(session);
    drafts::belong_to(counter.now.with_untracked(|now| now.clerk.clerk.clone()).as_str());
    listen_to_keyboard(counter, reception);
    reception::listen_to_keyboard(reception);
    view! {
        <div
            class="console"
            class:stale=move || counter.stale_since.get().is_some()
            on:mousedown=keep_focus_off_buttons
        >
            <Header />
            <div class="notices">
                <StaleBar />
                <PrinterNotices />
            </div>
            <main hidden=move || reception.is_open()>
                <InHand />
                <Waiting />
                <div class="aside">
                    <HeldAndMissed />
                    <div class="keys">
                        <DraftsKey />
                        <BookingsKey />
                    </div>
                </div>
            </main>
            <Reception />
            <TransferDialog />
            <QuestionDialog />
            <Bookings />
            <IdleWarning activity />
        </div>
    }
}
