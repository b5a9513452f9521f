//! The search: by the letters on the screen, or by a keyboard, an input method or what was
//! pasted. The server finds (`api::kiosk::Search`), so that a kiosk need not hold the index.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::hall_snapshot::{HallSnapshot, hall_snapshot};
use super::offer::{Offer, OfferFilter};
use super::offer_list::OfferList;
use super::pager::rows_of;
use super::scene::Purpose;
use super::visit::{Visit, visit};
use super::words::words;
use crate::api::ask;
use crate::api::kiosk::{Found, Search};
use crate::parts::icon::{self, Icon};
use crate::parts::letters::Letters;
use crate::words::fill;

/// Fewer rows than elsewhere: the letters need the space.
const ROWS: usize = 4;
/// In large type.
const LARGE_ROWS: usize = 2;
const RETRY_AFTER: Duration = Duration::from_secs(1);

#[component]
pub fn SearchPage() -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    // While the hall is closed, guides can still be found and read.
    let purpose = if snapshot.hall.get_untracked().open { Purpose::Take } else { Purpose::Read };
    let found = RwSignal::new(Found::default());
    Effect::new(move || {
        let search = Search {
            kiosk: snapshot.id.get_value(),
            text: visit.search_text.get(),
            lang: visit.lang.get(),
        };
        snapshot.matters.track();
        if search.text.trim().is_empty() {
            found.set(Found::default());
        } else {
            send(search, visit, found);
        }
    });
    let typed = move || visit.search_text.with(|text| !text.trim().is_empty());
    let offers = Memo::new(move |_| offers(snapshot, &found.get(), typed()));
    let rows = rows_of(ROWS, LARGE_ROWS);
    let none = move || typed() && offers.with(Vec::is_empty);
    let nothing = move || {
        none().then(|| {
            view! {
                <div class="nothing" role="status">
                    <h2>{words().search_none}</h2>
                    <p>{words().search_none_next}</p>
                    <button class="button" on:click=move |_| visit.choose_for_me(snapshot)>
                        <Icon path=icon::HELP />
                        <span>{words().unsure}</span>
                    </button>
                </div>
            }
        })
    };
    let closest = Memo::new(move |_| {
        let by = found.with(|found| found.by.clone()).filter(|_| typed() && !none())?;
        let typed = visit.search_text.get();
        Some(fill(words().search_closest, &[("typed", &typed), ("by", &by)]))
    });
    view! {
        <section class="page search">
            <div class="title">
                <h1 id="search">{move || words().search}</h1>
                <p
                    class="soft"
                    class:closest=move || closest.with(Option::is_some)
                    role="status"
                >
                    {move || closest.get().unwrap_or_else(|| words().search_hint.to_owned())}
                </p>
            </div>
            <div class="results">
                {nothing} <OfferList offers purpose rows />
            </div>
            <div class="typing">
                <input
                    class="typed number"
                    // The letters are on the page: the system's keyboard would cover it.
                    inputmode="none"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="40"
                    data-first=""
                    aria-labelledby="search"
                    prop:value=move || visit.search_text.get()
                    on:input=move |event| visit.search_text.set(event_target_value(&event))
                />
                <Letters
                    erase=Signal::derive(move || words().erase.to_owned())
                    clear=Signal::derive(move || words().clear.to_owned())
                    on_letter=move |letter| visit.search_text.update(|typed| typed.push(letter))
                    on_erase=move || {
                        visit.search_text.update(|typed| {
                            typed.pop();
                        });
                    }
                    on_clear=move || visit.search_text.set(String::new())
                />
            </div>
        </section>
    }
}

/// Asks the server, until there is an answer or something else is typed.
fn send(search: Search, visit: Visit, found: RwSignal<Found>) {
    spawn_local(async move {
        let answer = ask(&search, search.lang).await;
        if visit.search_text.with_untracked(|text| *text != search.text) {
            return;
        }
        match answer {
            // The visitor may have left the page meanwhile.
            Ok(answer) => drop(found.try_set(answer)),
            Err(_) => set_timeout(move || send(search, visit, found), RETRY_AFTER),
        }
    });
}

/// The offers found, in their order; all of them before anything is typed.
fn offers(snapshot: HallSnapshot, found: &Found, typed: bool) -> Vec<Offer> {
    let mut all = OfferFilter::All.offers(snapshot);
    if !typed {
        return all;
    }
    let place = |offer: &Offer| found.ids.iter().position(|id| *id == offer.id);
    all.retain(|offer| place(offer).is_some());
    all.sort_by_key(place);
    all
}
