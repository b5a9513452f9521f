//! Clerk and visitor fill in a form together: the clerk here, the visitor on the second screen of
//! the counter or on their phone.

use leptos::prelude::*;

use super::state::{ReceptionState, Sheet, use_reception};
use crate::help::{BeginBesidePage, Beside, end_help};

#[component]
pub fn FillTogether() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let helped = reception.helped;
    let refuses = Callback::new(move |refused| reception.leave_if_signed_out(&refused));
    let second_screen =
        Callback::new(move |address: String| reception.second_screen.show(&address));
    let is_open = Memo::new(move |_| helped.with(Option::is_some));
    move || {
        if is_open.get() {
            return view! { <Beside helped second_screen /> }.into_any();
        }
        let hall = counter.now.with_untracked(|now| now.hall.clone());
        let matter = counter
            .now
            .with_untracked(|now| now.in_hand.as_ref().map(|ticket| ticket.matter.clone()));
        match matter {
            Some(matter) => view! { <BeginBesidePage helped hall matter refuses /> }.into_any(),
            None => view! { <BeginBesidePage helped hall refuses /> }.into_any(),
        }
    }
}

/// Ends the help with whoever has gone: nothing of theirs stays on either screen.
pub fn end_with_visit(reception: ReceptionState) {
    if let Some(helped) = reception.helped.get_untracked() {
        end_help(helped.token, reception.counter.lang.get_untracked());
        reception.helped.set(None);
    }
    if reception.sheet.get_untracked() == Sheet::FillTogether {
        reception.open_sheet(Sheet::Closed);
    }
}
