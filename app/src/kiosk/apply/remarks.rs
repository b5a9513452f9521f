//! What the hall says of a draft that it returned, where it belongs.

use jiban_domain::draft::About;
use leptos::prelude::*;

use super::steps::{Step, Steps};
use super::words::KioskApplyWords;
use crate::apply::live_draft::LiveDraft;
use crate::words::lang;

/// The open remarks about what a page shows; those about the whole are on its last.
#[component]
pub(super) fn Remarks(live: LiveDraft, steps: Steps) -> impl IntoView {
    let lang = lang();
    let said = Memo::new(move |_| {
        let step = steps.now();
        live.draft.with(|draft| {
            let open = draft.iter().flat_map(|draft| &draft.remarks).filter(|one| !one.settled);
            let here = open.filter(|one| match (&one.about, step) {
                (About::Field(field), Step::Group(_)) => steps.group_of(field) == Some(step),
                (About::Material(_), Step::Materials) | (About::Draft, Step::Check) => true,
                _ => false,
            });
            here.map(|one| (steps.label_of(&one.about), one.words.clone())).collect::<Vec<_>>()
        })
    });
    let one = move |(label, words): (Option<jiban_domain::Text>, String)| {
        let label = label.map(|label| label.get(lang.get()).to_owned());
        view! {
            <li>
                {label.map(|label| view! { <b>{label}</b> })}
                " "
                {words}
            </li>
        }
    };
    move || {
        let said = said.get();
        (!said.is_empty()).then(|| {
            view! {
                <div class="remarks">
                    <strong>{KioskApplyWords::of(lang.get()).remarks}</strong>
                    <ul>{said.into_iter().map(one).collect_view()}</ul>
                </div>
            }
        })
    }
}
