//! What is offered for a field that is empty, and the key that takes it.

use jiban_domain::form::offer::OfferedFrom;
use jiban_domain::form::{Field, FieldValue};
use leptos::prelude::*;

use super::answer::lines;
use super::slot::Slot;
use super::words::ApplyWords;

/// What is offered for a field, beside it.
pub(super) fn offer(field: &Field, slot: &Slot) -> AnyView {
    let Some(offers) = slot.filling.offers else { return ().into_any() };
    let (field, value, lang) = (field.clone(), slot.value, slot.lang());
    let words = ApplyWords::of(lang);
    // A column of a table is called otherwise, and nothing is offered for it.
    let name = slot.name.clone();
    let own = Memo::new(move |_| {
        let own =
            offers.offered.with(|all| all.iter().find(|one| one.field.as_str() == name).cloned());
        own.filter(|_| value.with(FieldValue::is_empty))
    });
    let shown = move || {
        let offered = own.get()?;
        let from = match &offered.from {
            OfferedFrom::Field(_) | OfferedFrom::Applicant => words.offered_before,
            OfferedFrom::Earlier => words.offered_earlier,
            OfferedFrom::Licence(_) => words.offered_licence,
        };
        let said = lines(&field, &offered.value, lang).join(" · ");
        Some(view! {
            <span class="ask-offer">
                <span>{from} " " <q>{said}</q></span>
                <button
                    type="button"
                    class="ask-row-key"
                    on:click=move |_| offers.take.run(offered.clone())
                >
                    {words.take_offered}
                </button>
            </span>
        })
    };
    view! { <span class="ask-offers" aria-live="polite">{shown}</span> }.into_any()
}
