//! For visitors who do not know what to choose: the matters of the hall's general line,
//! whose clerks send people on; without one, the way to the information desk.

use jiban_domain::LineId;
use leptos::prelude::*;

use super::blocked::Telephone;
use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::offer::OfferFilter;
use super::offer_list::OfferList;
use super::pager::rows;
use super::scene::{Purpose, Screen};
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};

#[component]
pub fn UnsurePage() -> impl IntoView {
    let snapshot = hall_snapshot();
    let line = Memo::new(move |_| snapshot.hall.with(|hall| hall.general_line.clone()));
    move || match line.get() {
        Some(line) => view! { <GeneralLine line /> }.into_any(),
        None => view! { <AskAtDesk /> }.into_any(),
    }
}

#[component]
fn GeneralLine(line: LineId) -> impl IntoView {
    let snapshot = hall_snapshot();
    let offers = Memo::new(move |_| OfferFilter::Line(&line, Purpose::Take).offers(snapshot));
    view! {
        <section class="page matters">
            <div class="title">
                <h1>{move || words().unsure}</h1>
                <p class="soft" data-heard="">
                    {move || words().unsure_next}
                </p>
            </div>
            <OfferList offers purpose=Purpose::Take rows=rows() />
        </section>
    }
}

#[component]
fn AskAtDesk() -> impl IntoView {
    let visit = visit();
    view! {
        <Notice icon=icon::GUIDE tone="calm" title=move || words().unsure_desk.to_owned()>
            <p>{move || words().unsure_desk_next}</p>
            <Telephone />
            <div class="keys">
                <button class="button" on:click=move |_| visit.go(Screen::Search)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().search_button}</span>
                </button>
                <button class="key" on:click=move |_| visit.home()>
                    {move || words().home}
                </button>
            </div>
        </Notice>
    }
}
