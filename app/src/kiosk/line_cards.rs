//! The lines of the hall as cards.

use jiban_domain::LineId;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::pager::{Pager, Paging, rows};
use super::scene::Purpose;
use super::visit::visit;
use super::words::{people_waiting, words};
use crate::api::kiosk::KioskLine;
use crate::words::lang;

#[component]
pub fn LineCards(purpose: Purpose) -> impl IntoView {
    let snapshot = hall_snapshot();
    let ids = Memo::new(move |_| {
        snapshot.lines.with(|lines| lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>())
    });
    let paging = Paging::new(rows(), move || ids.with(Vec::len));
    view! {
        <div class="lines">
            <ul class="cards">
                <For each=move || ids.with(|ids| paging.visible(ids)) key=LineId::clone let:id>
                    <li>
                        <LineCard id purpose />
                    </li>
                </For>
            </ul>
            <Pager paging />
        </div>
    }
}

/// The line's name; with its wait, if the visitor wants a number.
#[component]
fn LineCard(id: LineId, purpose: Purpose) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let lang = lang();
    let line = Memo::new({
        let id = id.clone();
        move |_| snapshot.line(&id)
    });
    let text = move |field: fn(&KioskLine) -> String| {
        move || line.with(|line| line.as_ref().map(field).unwrap_or_default())
    };
    let name =
        move || line.with(|line| line.as_ref().map(|line| line.name.get(lang.get()).to_owned()));
    let state = move || {
        let line = line.get()?;
        Some(match purpose {
            Purpose::Read | Purpose::Book => ().into_any(),
            Purpose::Take if !line.open => {
                view! { <span class="state paused">{words().line_paused}</span> }.into_any()
            }
            // Nobody knows who waits.
            Purpose::Take if snapshot.cut_off.get() => ().into_any(),
            Purpose::Take => view! {
                <span class="state">
                    <span>{people_waiting(lang.get(), line.waiting)}</span>
                    <span class="soft">{line.wait().brief(lang.get()).view()}</span>
                </span>
            }
            .into_any(),
        })
    };
    view! {
        <button class="card" on:click=move |_| visit.choose_line(snapshot, &id, purpose)>
            <span class="letter number" aria-hidden="true">
                {text(|line| line.letter.to_string())}
            </span>
            <span class="name">{name}</span>
            {state}
        </button>
    }
}
