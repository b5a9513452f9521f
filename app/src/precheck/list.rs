//! The drafts in hand: those that wait first, the longest waiting before the others.

use jiban_domain::Millis;
use jiban_domain::draft::DraftState;
use leptos::prelude::*;

use super::desk::Desk;
use super::words::PrecheckWords;
use crate::api::drafts::DraftBrief;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

#[component]
pub fn List(desk: Desk) -> impl IntoView {
    let count = move || desk.list.with(|list| list.as_ref().map(|list| list.drafts.len()));
    let waiting = move || {
        let of = |list: &Vec<DraftBrief>| list.iter().filter(|one| is_waiting(one)).count();
        desk.list.with(|list| list.as_ref().map(|list| of(&list.drafts))).unwrap_or_default()
    };
    let rows = move || {
        desk.list.with(|list| {
            let drafts = list.as_ref().map(|list| list.drafts.as_slice()).unwrap_or_default();
            drafts.iter().map(|draft| row(desk, draft)).collect_view()
        })
    };
    view! {
        <section class="drafts">
            <header>
                <h2>{move || desk.words().title}</h2>
                <p class="soft">{move || fill(desk.words().waiting, &[("n", &waiting())])}</p>
            </header>
            <div class="scroller">
                <Show when=move || count() == Some(0)>
                    <div class="nothing">
                        <Icon path=icon::CHECK />
                        <p>
                            <b>{move || desk.words().none}</b>
                        </p>
                        <p class="soft">{move || desk.words().none_hint}</p>
                    </div>
                </Show>
                <ol>{rows}</ol>
            </div>
        </section>
    }
}

fn is_waiting(draft: &DraftBrief) -> bool {
    draft.state == DraftState::Sent
}

fn row(desk: Desk, draft: &DraftBrief) -> AnyView {
    let (lang, words) = (desk.lang.get(), desk.words());
    let id = draft.id;
    let is_open = move || desk.selected.get() == Some(id);
    let sent_at = draft.sent_at.unwrap_or_default();
    let waits = is_waiting(draft).then(|| {
        view! {
            <span class="tally">
                {move || fill(desk.words().waits, &[("time", &how_long(desk, sent_at))])}
            </span>
        }
    });
    let again = (draft.times_sent > 1).then(|| fill(words.sent_again, &[("n", &draft.times_sent)]));
    let remarks =
        (draft.open_remarks > 0).then(|| fill(words.open_remarks, &[("n", &draft.open_remarks)]));
    let files = (draft.files > 0).then(|| fill(words.files, &[("n", &draft.files)]));
    let facts = [again, remarks, files].into_iter().flatten();
    view! {
        <li>
            <button
                type="button"
                class="draft-row"
                class:waiting=is_waiting(draft)
                aria-current=move || is_open().to_string()
                on:click=move |_| desk.select(Some(id))
            >
                <span class="line">
                    <b class="name">{draft.name.get(lang).to_owned()}</b>
                    <span class=state_class(draft.state)>
                        {draft.state.name().get(lang).to_owned()}
                    </span>
                </span>
                <span class="line soft">
                    <span class="who">{draft.applicant.clone()}</span>
                    <span>{draft.way.name().get(lang).to_owned()}</span>
                    {facts.map(|fact| view! { <span>{fact}</span> }).collect_view()}
                    {waits}
                </span>
            </button>
        </li>
    }
    .into_any()
}

pub fn state_class(state: DraftState) -> &'static str {
    match state {
        DraftState::Cleared | DraftState::Received => "mark good",
        DraftState::Returned => "mark warn",
        _ => "mark",
    }
}

fn how_long(desk: Desk, since: Millis) -> String {
    let words = PrecheckWords::of(desk.lang.get());
    let long = (desk.clock.get() - since).max(0);
    match long {
        ..HOUR => fill(words.minutes, &[("n", &(long / MINUTE))]),
        HOUR..DAY => fill(words.hours, &[("n", &(long / HOUR))]),
        _ => fill(words.days, &[("n", &(long / DAY))]),
    }
}

/// Takes the next in hand, or the one before.
pub fn select_neighbour(desk: Desk, forward: bool) {
    let next = desk.list.with_untracked(|list| {
        let drafts = &list.as_ref()?.drafts;
        let selected = desk.selected.get_untracked();
        let at = drafts.iter().position(|draft| Some(draft.id) == selected);
        let next = match (at, forward) {
            (None, _) => 0,
            (Some(at), true) => at + 1,
            (Some(at), false) => at.checked_sub(1)?,
        };
        drafts.get(next).map(|draft| draft.id)
    });
    if next.is_some() {
        desk.select(next);
    }
}
