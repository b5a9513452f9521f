//! The history of a case, newest first.

use jiban_domain::Millis;
use leptos::prelude::*;

use super::state::office_state;
use crate::api::case::{CaseEvent, CaseShown};
use crate::parts::days;

#[component]
pub(super) fn History(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let rows = move || {
        let (words, lang) = (page.words(), page.lang.get());
        case.with_value(|case| {
            grouped(&case.happened)
                .map(|(event, times)| {
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
                                {event.what.get(lang).to_owned()}
                                {(times > 1).then(|| format!(" × {times}"))} " "
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
            <h3>{move || page.words().history}</h3>
            <ol>{rows}</ol>
        </section>
    }
}

/// Repeated events closer together than this are shown as one: a clerk ticks
/// ten materials within minutes.
const GROUPED_WITHIN: Millis = 10 * 60_000;

/// The events, newest first. Repeated events by the same person are one entry
/// with a count.
fn grouped(events: &[CaseEvent]) -> impl Iterator<Item = (&CaseEvent, usize)> {
    let same = |one: &CaseEvent, next: &CaseEvent| {
        (&one.what, &one.by, &one.note) == (&next.what, &next.by, &next.note)
            && next.at - one.at < GROUPED_WITHIN
    };
    events.chunk_by(same).rev().filter_map(|run| Some((run.last()?, run.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_events_are_one_entry() {
        let event = |at: Millis, what: &str| CaseEvent {
            at,
            what: what.into(),
            by: "陈静".into(),
            note: String::new(),
        };
        let events = [
            event(0, "收件"),
            event(1, "核对材料"),
            event(2, "核对材料"),
            event(3, "受理"),
            event(4, "核对材料"),
            event(4 + GROUPED_WITHIN, "核对材料"),
        ];
        let shown: Vec<_> = grouped(&events).map(|(event, times)| (event.at, times)).collect();
        assert_eq!(shown, [(4 + GROUPED_WITHIN, 1), (4, 1), (3, 1), (2, 2), (0, 1)]);
    }
}
