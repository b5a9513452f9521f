//! What is wrong with a field, a part of one, or a cell, beside it.

use leptos::prelude::*;

use super::slot::Slot;

/// What is wrong with it, read out when it appears.
pub(super) fn why(slot: &Slot) -> AnyView {
    let (why, id) = (slot.why(), slot.why_id());
    view! {
        <span aria-live="polite">
            {move || {
                why()
                    .map(|why| {
                        view! {
                            <strong class="ask-why" id=id.clone()>
                                {why}
                            </strong>
                        }
                    })
            }}
        </span>
    }
    .into_any()
}
