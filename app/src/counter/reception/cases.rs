//! The clerk's cases, a search among all cases of the hall, and the results to
//! collect, the oldest first. Arrow keys go from row to row.

use std::time::Duration;

use jiban_domain::access::LookReason;
use jiban_domain::case::CaseState;
use leptos::ev::KeyboardEvent;
use leptos::html::{Input, Section};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::state::{DialogKind, ReceptionState, use_reception};
use crate::api::case::CaseBrief;
use crate::api::reception::{CasesHere, FindCases};
use crate::api::{Refused, ask, get};
use crate::parts::days;
use crate::parts::focus::focus_when_shown;
use crate::parts::interval::every;
use crate::print::grouped;
use crate::words::fill;

const REFRESH_EVERY: Duration = Duration::from_secs(5);

/// The clerk's own cases, or what a search found.
#[derive(Clone, Copy)]
struct CaseLists {
    reception: ReceptionState,
    typed: RwSignal<String>,
    /// The search that is shown; empty for the clerk's own cases.
    query: RwSignal<String>,
    found: RwSignal<Option<Result<CasesHere, Refused>>>,
    busy: RwSignal<bool>,
}

impl CaseLists {
    fn new(reception: ReceptionState) -> Self {
        Self {
            reception,
            typed: RwSignal::new(String::new()),
            query: RwSignal::new(String::new()),
            found: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn load(self) {
        let query = self.typed.get_untracked().trim().to_owned();
        self.query.set(query.clone());
        self.busy.set(true);
        self.fetch(query);
    }

    /// Loads the clerk's own cases and the results again. A search is in the trail, so it
    /// is not repeated by itself.
    fn refresh(self) {
        let query = self.query.get_untracked();
        if query.is_empty() && !self.busy.get_untracked() {
            self.fetch(query);
        }
    }

    fn fetch(self, query: String) {
        spawn_local(async move {
            let lang = self.reception.counter.lang.get_untracked();
            let answer = if query.is_empty() {
                get::<CasesHere>("/api/counter/cases", lang).await
            } else {
                ask(&FindCases { q: query.clone() }, lang).await
            };
            // There may be another search by now, or the sheet may be gone.
            if self.query.try_get_untracked().as_ref() != Some(&query) {
                return;
            }
            if let Err(refused) = &answer {
                self.reception.leave_if_signed_out(refused);
            }
            self.busy.set(false);
            // Rows that did not change keep the focus. A lost answer leaves what is shown.
            let same = self.found.with_untracked(|found| found.as_ref() == Some(&answer));
            let lost = matches!(&answer, Err(refused) if refused.code == Refused::NO_ANSWER);
            let shown = self.found.with_untracked(|found| matches!(found, Some(Ok(_))));
            if !(same || lost && shown) {
                self.found.set(Some(answer));
            }
        });
    }

    fn is_search(self) -> bool {
        self.query.with(|query| !query.is_empty())
    }
}

#[component]
pub fn Cases(
    /// The first result has the focus, instead of the search.
    results: bool,
) -> impl IntoView {
    let reception = use_reception();
    let lists = CaseLists::new(reception);
    lists.load();
    // What colleagues hand over leaves the list, and what was decided comes into it.
    every(REFRESH_EVERY, move || lists.refresh());
    let ready = NodeRef::<Section>::new();
    let is_loaded = Memo::new(move |_| lists.found.with(Option::is_some));
    Effect::new(move || {
        if results && is_loaded.get() {
            request_animation_frame(move || {
                let first = ready
                    .get_untracked()
                    .and_then(|ready| ready.query_selector(".case-row").ok().flatten())
                    .and_then(|row| row.dyn_into::<HtmlElement>().ok());
                if let Some(first) = first {
                    let _ = first.focus();
                }
            });
        }
    });
    let is_search = Memo::new(move |_| lists.is_search());
    let none = move || {
        let words = reception.words();
        if is_search.get() { words.no_case_found } else { words.none_mine }
    };
    let count = move || lists.found.with(|found| Some(found.as_ref()?.as_ref().ok()?.ready.len()));
    view! {
        <div class="case-lists" on:keydown=move_among_rows>
            <section class="sheet">
                <header>
                    <h2>
                        {move || {
                            let words = reception.words();
                            if is_search.get() { words.found } else { words.my_cases }
                        }}
                    </h2>
                    <Show when=move || is_search.get()>
                        <button
                            class="button small"
                            type="button"
                            on:click=move |_| {
                                lists.typed.set(String::new());
                                lists.load();
                            }
                        >
                            {move || reception.words().show_mine}
                        </button>
                    </Show>
                </header>
                <Search lists first=!results />
                <Rows lists of=|found| &found.cases none=Signal::derive(none) />
            </section>
            <section class="sheet ready" node_ref=ready>
                <header>
                    <h2>{move || reception.words().ready}</h2>
                    <p class="count">{count}</p>
                </header>
                <Rows
                    lists
                    of=|found| &found.ready
                    none=Signal::derive(move || reception.words().none_ready)
                />
            </section>
        </div>
    }
}

#[component]
fn Search(
    lists: CaseLists,
    /// It has the focus when the sheet opens.
    first: bool,
) -> impl IntoView {
    let reception = use_reception();
    let field = NodeRef::<Input>::new();
    if first {
        focus_when_shown(field);
    }
    view! {
        <form
            class="search"
            on:submit=move |event| {
                event.prevent_default();
                lists.load();
            }
        >
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=move || reception.words().search
                placeholder=move || reception.words().search
                node_ref=field
                bind:value=lists.typed
            />
            // While the own cases are loaded a scanner may send its Enter already.
            <button
                class="button"
                type="submit"
                disabled=move || lists.busy.get() && lists.is_search()
            >
                {move || reception.words().find}
                <kbd>"Enter"</kbd>
            </button>
        </form>
    }
}

/// One of the two lists.
#[component]
fn Rows(
    lists: CaseLists,
    of: fn(&CasesHere) -> &Vec<CaseBrief>,
    /// Shown where it is empty.
    none: Signal<&'static str>,
) -> impl IntoView {
    let reception = use_reception();
    let rows = move || match lists.found.get() {
        None => view! { <p class="soft nothing">{reception.words().loading}</p> }.into_any(),
        Some(Err(refused)) => {
            let line = refused.in_a_line(reception.lang());
            view! {
                <p class="bad-words" role="alert">
                    {line}
                </p>
            }
            .into_any()
        }
        Some(Ok(found)) if of(&found).is_empty() => {
            view! { <p class="soft nothing">{none.get()}</p> }.into_any()
        }
        Some(Ok(found)) => {
            let rows =
                of(&found).iter().map(|one| view! { <Row one=one.clone() /> }).collect_view();
            view! { <ol>{rows}</ol> }.into_any()
        }
    };
    view! { <div class="list">{rows}</div> }
}

/// Arrow keys go to the row after, or before, in the order of the page.
fn move_among_rows(event: KeyboardEvent) {
    let by: isize = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Ok(rows) = document().query_selector_all(".case-lists .case-row") else { return };
    let rows: Vec<HtmlElement> =
        (0..rows.length()).filter_map(|at| rows.get(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let at = rows.iter().position(|row| active.as_ref() == Some(row.as_ref()));
    let next = match at {
        Some(at) => at.checked_add_signed(by),
        None => Some(0),
    };
    if let Some(row) = next.and_then(|next| rows.get(next)) {
        event.prevent_default();
        let _ = row.focus();
    }
}

#[component]
fn Row(one: CaseBrief) -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let CaseBrief { id, number, name, state, applicant, asks_why, .. } = one.clone();
    let open = move |_| match (asks_why, state) {
        (false, _) => reception.open_case(id),
        // Who opens a result that waits hands it over: nothing is asked.
        (true, CaseState::Ready) => {
            reception.look_into(id, LookReason::HandOver, String::new());
        }
        (true, _) => reception.open_dialog(DialogKind::SayWhy(id)),
    };
    let when = move || when(reception, &one);
    view! {
        <li>
            <button class="case-row" type="button" on:click=open>
                <span class="number">{grouped(&number)}</span>
                <b class="name">{move || name.get(counter.lang.get()).to_owned()}</b>
                <span class="mark">{move || state.name().get(counter.lang.get()).to_owned()}</span>
                <span class="who soft">{applicant}</span>
                <span class="when soft tally">{when}</span>
            </button>
        </li>
    }
}

/// The date that matters in a case's state.
fn when(reception: ReceptionState, one: &CaseBrief) -> String {
    let (words, lang) = (reception.words(), reception.lang());
    let day = |at| {
        let zone = reception.counter.now.with(|now| now.time_zone.clone());
        days::of(at, &zone, lang)
    };
    match (one.state, &one.due, one.decided_at) {
        (CaseState::Ready, _, Some(at)) => fill(words.ready_since, &[("day", &day(at))]),
        (CaseState::Accepted, Some(due), _) => {
            fill(words.by, &[("day", &days::weekday(due, lang))])
        }
        _ => fill(words.opened, &[("day", &day(one.opened_at))]),
    }
}
