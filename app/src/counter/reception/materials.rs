//! The materials of the case, one row each.

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::material_actions::mark_rest_received;
use super::material_row::MaterialRow;
use super::state::use_reception;

#[component]
pub fn Materials(case: CaseId) -> impl IntoView {
    let reception = use_reception();
    let ids = Memo::new(move |_| {
        reception
            .with_case(|case| case.materials.iter().map(|one| one.id).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let rows = move || {
        let row = |(at, id)| view! { <MaterialRow case at id /> };
        ids.get().into_iter().enumerate().map(row).collect_view()
    };
    let is_receiving = Memo::new(move |_| reception.is_receiving());
    let missing = Memo::new(move |_| reception.materials_in(MaterialState::Missing).len());
    let settled = Memo::new(move |_| {
        reception.materials_in(MaterialState::Present).len()
            + reception.materials_in(MaterialState::NotNeeded).len()
            + reception.materials_in(MaterialState::Replaced).len()
    });
    view! {
        <section class="sheet asked-papers">
            <header>
                <h2>
                    {move || reception.words().materials} " "
                    <span class="soft tally">
                        {settled} " / " {move || ids.with(Vec::len)}
                    </span>
                </h2>
                <Show when=move || is_receiving.get() && missing.get() != 0>
                    <button
                        class="button small"
                        type="button"
                        on:click=move |_| mark_rest_received(reception)
                    >
                        {move || reception.words().rest_received}
                        <kbd>"A"</kbd>
                    </button>
                </Show>
            </header>
            <ol class="list" tabindex="0">{rows}</ol>
        </section>
    }
}
