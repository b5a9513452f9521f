//! Matters and bundles as rows, a page at a time.

use jiban_domain::setup::Handling;
use leptos::prelude::*;

use super::offer::{Offer, OfferKind};
use super::pager::{Pager, Paging};
use super::scene::Purpose;
use super::visit::visit;
use super::words::words;
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// The rows of the current page, and the buttons for the other pages.
#[component]
pub fn OfferList(
    #[prop(into)] offers: Signal<Vec<Offer>>,
    purpose: Purpose,
    /// How many rows fit on one page.
    rows: Signal<usize>,
) -> impl IntoView {
    let paging = Paging::new(rows, move || offers.with(Vec::len));
    let visible = move || {
        let visible = offers.with(|offers| paging.visible(offers));
        visible.into_iter().map(|offer| view! { <OfferRow offer purpose /> }).collect_view()
    };
    view! {
        <ul class="matter-list" style=("--rows", move || rows.get().to_string())>
            {visible}
        </ul>
        <Pager paging />
    }
}

#[component]
fn OfferRow(offer: Offer, purpose: Purpose) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let name = offer.name.clone();
    let marks = match offer.kind {
        OfferKind::Matter { handling, self_service } => {
            view! { <Marks handling self_service /> }.into_any()
        }
        OfferKind::Bundle => view! {
            <span class="marks">
                <span class="mark">{move || words().bundle}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <li>
            <button class="matter" on:click=move |_| visit.go(offer.screen(purpose))>
                <span class="name">{move || name.get(lang.get()).to_owned()}</span>
                {marks}
                <Icon path=icon::FORWARD />
            </button>
        </li>
    }
}

/// What a visitor should see of a matter at a glance.
#[component]
pub fn Marks(
    handling: Handling,
    /// A self-service terminal can do it.
    self_service: bool,
) -> impl IntoView {
    view! {
        <span class="marks">
            {(handling == Handling::Immediate)
                .then(|| view! { <span class="mark good">{move || words().at_once}</span> })}
            {self_service
                .then(|| view! { <span class="mark">{move || words().self_service}</span> })}
        </span>
    }
}
