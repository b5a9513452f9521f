//! Reception: a clerk opens a case from the ticket being served, checks its
//! materials, and accepts it; and the Results window, which hands results out.
//! It lies over the console, whose head and notices stay visible.
//!
//! - [`state`]: what every part reads; [`keyboard`]: what keys do
//! - [`header`]: whose visit, which case; [`console_buttons`]: the way in
//! - [`new_case`] with [`subject`], [`field`], [`identity_fields`] and [`applicant_form`]: who
//!   applies, for which matter; [`agent_fields`]: who acts for them
//! - [`case_sheet`]: the case in hand, from [`materials`] ([`material_row`],
//!   [`material_files`], [`authorisation`]), [`sidebar`], [`applicant`] and [`actions`]
//! - [`material_actions`]: what can be done to a material; [`pending_marks`] and
//!   [`marking`]: marks that are being saved; [`uploads`], [`upload`] and
//!   [`post_file`]: files that are being sent;
//!   [`file`]: those that arrived; [`unreadable`]: those that cannot be read
//! - [`dialog`]: which dialog is open, of [`missing_notice`], [`promise`],
//!   [`reason`], [`say_why`], [`hand_over`] with [`card_photo`], [`document`] and [`camera`]; [`dialog_form`]: the
//!   form inside; [`signature`]: the pad
//! - [`commitment`]: what is signed instead of proved, and answered after a check
//! - [`cases`]: the clerk's cases, a search, and the results to collect
//! - [`drafts`]: what was sent before a visit; [`from_draft`]: a case opened from it;
//!   [`answers`]: what was filled in, beside the case
//! - [`fill_together`]: a form that clerk and visitor fill in together, on [`second_screen`]
//! - [`words`]: what the screens say

mod actions;
mod agent_fields;
mod answers;
mod applicant;
mod applicant_form;
mod authorisation;
mod camera;
mod card_photo;
mod case_sheet;
mod cases;
mod commitment;
mod console_buttons;
mod dialog;
mod dialog_form;
mod document;
mod drafts;
mod field;
mod file;
mod fill_together;
mod from_draft;
mod hand_over;
mod header;
mod identity_fields;
mod keyboard;
mod marking;
mod material_actions;
mod material_files;
mod material_row;
mod materials;
mod missing_notice;
mod new_case;
mod pending_marks;
mod post_file;
mod promise;
mod reason;
mod say_why;
mod second_screen;
mod sidebar;
mod signature;
mod state;
mod subject;
mod unreadable;
mod upload;
mod uploads;
mod words;

use jiban_domain::TicketId;
use leptos::prelude::*;

pub(super) use console_buttons::{CaseButtons, DraftsKey};
pub(super) use keyboard::listen_to_keyboard;
pub(super) use state::{ReceptionState, use_reception};

use crate::parts::viewer::Viewer;
use case_sheet::CaseSheet;
use cases::Cases;
use dialog::ReceptionDialog;
use document::PrintFrame;
use drafts::Drafts;
use fill_together::{FillTogether, end_with_visit};
use header::Header;
use new_case::NewCase;
use state::Sheet;

/// What lies over the console while a sheet is open.
#[component]
pub(super) fn Reception() -> impl IntoView {
    let reception = use_reception();
    // What was typed about one visitor must not be there for the next.
    let in_hand = reception.counter.select(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    Effect::new(move || reception.applicant_form.clear_unless(in_hand.get()));
    Effect::new(move |before: Option<Option<TicketId>>| {
        let now = in_hand.get();
        if before.flatten().is_some_and(|before| Some(before) != now) {
            end_with_visit(reception);
        }
        now
    });
    // The visitor's side is empty as soon as the help is over, however it ended.
    Effect::new(move || {
        if reception.helped.with(Option::is_none) {
            reception.second_screen.clear();
        }
    });
    let sheet = move || match reception.sheet.get() {
        Sheet::Closed => ().into_any(),
        Sheet::NewCase => view! { <NewCase /> }.into_any(),
        Sheet::Case => view! { <CaseSheet /> }.into_any(),
        Sheet::Cases => view! { <Cases results=false /> }.into_any(),
        Sheet::Drafts => view! { <Drafts /> }.into_any(),
        Sheet::FillTogether => view! { <FillTogether /> }.into_any(),
        Sheet::Results => view! { <Cases results=true /> }.into_any(),
    };
    let files = Signal::derive(move || reception.with_case(file::all_of_case).unwrap_or_default());
    view! {
        <Show when=move || reception.is_open()>
            <section class="reception" role="main">
                <Header />
                {sheet}
            </section>
        </Show>
        <ReceptionDialog />
        <Viewer all=files at=reception.enlarged />
        <PrintFrame />
    }
}
