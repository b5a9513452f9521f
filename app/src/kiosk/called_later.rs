//! The matter's line is not called now: when it is, and whether the visitor wants a number
//! all the same. Shown before a number is taken.

use jiban_domain::MatterId;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::visit::visit;
use super::words::words;
use crate::parts::icon;
use crate::parts::wait::{Wait, WaitWords};
use crate::words::{fill, lang};

#[component]
pub fn CalledLaterPage(matter: MatterId) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let lang = lang();
    let found = snapshot.matter(&matter).map(|found| found.line).unwrap_or_default();
    let line = Memo::new(move |_| snapshot.line(&found));
    let title = move || {
        let name = line.with(|line| line.as_ref().map(|line| line.name.get(lang.get()).to_owned()));
        fill(words().called_later, &[("line", &name.unwrap_or_default())])
    };
    let opens = move || {
        line.with(|line| {
            let from = line.as_ref()?.calls_from.as_ref()?;
            Some(view! {
                <p class="opens">
                    <span class="soft">{WaitWords::of(lang.get()).from_label}</span>
                    <strong class="number">{from.time.clone()}</strong>
                    <span>{from.day.get(lang.get()).to_owned()}</span>
                </p>
            })
        })
    };
    let wait = move || {
        line.with(|line| {
            let minutes = line.as_ref()?.wait_minutes?;
            let range = Wait::Called(minutes).sentence(lang.get());
            Some(view! { <p class="soft">{words().called_later_wait} {range.view()}</p> })
        })
    };
    let take = move |_| visit.take_number(snapshot, matter.clone(), true);
    view! {
        <Notice icon=icon::PROGRESS tone="calm" title=title>
            {opens}
            <p data-heard="">{move || words().called_later_kept}</p>
            {wait}
            <div class="keys">
                <button class="button" on:click=move |_| visit.back()>
                    {move || words().called_later_back}
                </button>
                <button class="key" on:click=take>
                    {move || words().called_later_take}
                </button>
            </div>
        </Notice>
    }
}
