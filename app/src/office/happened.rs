//! What happened to a case so far, the newest first.

use leptos::prelude::*;

use super::desk::desk;
use crate::api::case::CaseShown;
use crate::parts::days;

/// The record.
#[component]
pub(super) fn Happened(case: StoredValue<CaseShown>) -> impl IntoView {
    let desk = desk();
    let rows = move || {
        let (words, lang) = (desk.words(), desk.lang.get());
        case.with_value(|case| {
            case.happened
                .iter()
                .rev()
                .map(|event| {
                    let by = event.by.get(lang);
                    let by = if by.is_empty() { words.the_hall } else { by }.to_owned();
                    let note = (!event.note.is_empty())
                        .then(|| view! { <span class="said">{event.note.clone()}</span> });
                    view! {
                        <li>
                            <span class="soft tally">
                                {days::with_time(event.at, &case.time_zone, lang)}
                            </span>
                            <span>
                                {event.what.get(lang).to_owned()} " "
                                <span class="soft">{by}</span>
                                {note}
                            </span>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <section class="block happened">
            <h3>{move || desk.words().happened}</h3>
            <ol>{rows}</ol>
        </section>
    }
}
