//! What is asked for: a row each, with its four states, its photographs, and
//! what the hall has of it already.

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::material;
use super::material::Row;
use super::room::{receives, room};
use crate::counter::state::page;

/// The list.
#[component]
pub fn Materials(case: CaseId) -> impl IntoView {
    let page = page();
    let room = room();
    let ids = Memo::new(move |_| {
        room.look(|case| case.materials.iter().map(|one| one.id).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let rows = move || {
        let row = |(at, id)| view! { <Row case at id /> };
        ids.get().into_iter().enumerate().map(row).collect_view()
    };
    let is_received = Memo::new(move |_| receives(page));
    let rest = Memo::new(move |_| room.standing(MaterialState::Missing).len());
    let there = Memo::new(move |_| {
        room.standing(MaterialState::Present).len() + room.standing(MaterialState::NotNeeded).len()
    });
    view! {
        <section class="sheet asked-papers">
            <header>
                <h2>
                    {move || room.words().materials} " "
                    <span class="soft tally">
                        {there} " / " {move || ids.with(Vec::len)}
                    </span>
                </h2>
                <Show when=move || is_received.get() && rest.get() != 0>
                    <button
                        class="button small"
                        type="button"
                        on:click=move |_| material::tick_the_rest(page)
                    >
                        {move || room.words().all_there}
                        <kbd>"A"</kbd>
                    </button>
                </Show>
            </header>
            <ol class="list">{rows}</ol>
        </section>
    }
}
