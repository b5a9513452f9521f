//! The clerk's cases, a search among all of the hall, and the results that wait
//! to be fetched, longest first. Arrows go from row to row.

use jiban_domain::case::CaseState;
use leptos::ev::KeyboardEvent;
use leptos::html::{Input, Section};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::room::room;
use crate::api::case::CaseBrief;
use crate::api::reception::CasesHere;
use crate::api::{Refused, get};
use crate::counter::state::{CounterState, page};
use crate::parts::days;
use crate::print::grouped;
use crate::words::fill;

/// What is looked at: the clerk's own, or what a search found.
#[derive(Clone, Copy)]
struct Lists {
    page: CounterState,
    typed: RwSignal<String>,
    /// What was searched for; empty is one's own.
    asked: RwSignal<String>,
    here: RwSignal<Option<Result<CasesHere, Refused>>>,
    busy: RwSignal<bool>,
}

impl Lists {
    fn new(page: CounterState) -> Self {
        Self {
            page,
            typed: RwSignal::new(String::new()),
            asked: RwSignal::new(String::new()),
            here: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn find(self) {
        let wanted = self.typed.get_untracked().trim().to_owned();
        self.asked.set(wanted.clone());
        self.busy.set(true);
        spawn_local(async move {
            let plain: String = wanted.chars().filter(|sign| sign.is_alphanumeric()).collect();
            let address = format!("/api/counter/cases?q={plain}");
            let answer = get::<CasesHere>(&address, self.page.lang.get_untracked()).await;
            // Another may have been asked for meanwhile, or the sheet left.
            if self.asked.try_get_untracked().as_ref() != Some(&wanted) {
                return;
            }
            if let Err(refused) = &answer {
                self.page.room.heed(refused);
            }
            self.busy.set(false);
            self.here.set(Some(answer));
        });
    }

    fn searched(self) -> bool {
        self.asked.with(|asked| !asked.is_empty())
    }
}

/// The sheet.
#[component]
pub fn Cases(
    /// Begins at the results.
    results: bool,
) -> impl IntoView {
    let room = room();
    let lists = Lists::new(page());
    lists.find();
    let ready = NodeRef::<Section>::new();
    Effect::new(move || {
        if results && lists.here.with(Option::is_some) {
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
    let searched = Memo::new(move |_| lists.searched());
    let none = move || {
        let words = room.words();
        if searched.get() { words.none_found_here } else { words.none_mine }
    };
    let count = move || lists.here.with(|here| Some(here.as_ref()?.as_ref().ok()?.ready.len()));
    view! {
        <div class="case-lists" on:keydown=move_among_rows>
            <section class="sheet">
                <header>
                    <h2>
                        {move || {
                            let words = room.words();
                            if searched.get() { words.found } else { words.my_cases }
                        }}
                    </h2>
                    <Show when=move || searched.get()>
                        <button
                            class="button small"
                            type="button"
                            on:click=move |_| {
                                lists.typed.set(String::new());
                                lists.find();
                            }
                        >
                            {move || room.words().show_mine}
                        </button>
                    </Show>
                </header>
                <Search lists first=!results />
                <Rows lists of=|here| &here.cases none=Signal::derive(none) />
            </section>
            <section class="sheet ready" node_ref=ready>
                <header>
                    <h2>{move || room.words().ready}</h2>
                    <p class="count">{count}</p>
                </header>
                <Rows
                    lists
                    of=|here| &here.ready
                    none=Signal::derive(move || room.words().none_ready)
                />
            </section>
        </div>
    }
}

/// The search.
#[component]
fn Search(
    lists: Lists,
    /// It has the cursor when the sheet opens.
    first: bool,
) -> impl IntoView {
    let room = room();
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        if let (true, Some(field)) = (first, field.get()) {
            let _ = field.focus();
        }
    });
    view! {
        <form
            class="search"
            on:submit=move |event| {
                event.prevent_default();
                lists.find();
            }
        >
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=move || room.words().search
                placeholder=move || room.words().search
                node_ref=field
                bind:value=lists.typed
            />
            <button class="button" type="submit" disabled=move || lists.busy.get()>
                {move || room.words().find}
                <kbd>"Enter"</kbd>
            </button>
        </form>
    }
}

/// One of the two lists.
#[component]
fn Rows(
    lists: Lists,
    /// Which.
    of: fn(&CasesHere) -> &Vec<CaseBrief>,
    /// What is said where it is empty.
    none: Signal<&'static str>,
) -> impl IntoView {
    let room = room();
    let rows = move || match lists.here.get() {
        None => view! { <p class="soft nothing">{room.words().loading}</p> }.into_any(),
        Some(Err(refused)) => {
            let said = refused.in_a_line(room.lang());
            view! {
                <p class="bad-words" role="alert">
                    {said}
                </p>
            }
            .into_any()
        }
        Some(Ok(here)) if of(&here).is_empty() => {
            view! { <p class="soft nothing">{none.get()}</p> }.into_any()
        }
        Some(Ok(here)) => {
            let rows = of(&here).iter().map(|one| view! { <Row one=one.clone() /> }).collect_view();
            view! { <ol>{rows}</ol> }.into_any()
        }
    };
    view! { <div class="list">{rows}</div> }
}

/// Arrows go to the row after, or before, in the order of the page.
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
    let page = page();
    let room = room();
    let CaseBrief { id, number, name, state, applicant, .. } = one.clone();
    let when = move || when(page, &one);
    view! {
        <li>
            <button class="case-row" type="button" on:click=move |_| room.open(id)>
                <span class="number">{grouped(&number)}</span>
                <b class="name">{move || name.get(page.lang.get()).to_owned()}</b>
                <span class="mark">{move || state.name().get(page.lang.get()).to_owned()}</span>
                <span class="who soft">{applicant}</span>
                <span class="when soft tally">{when}</span>
            </button>
        </li>
    }
}

fn when(page: CounterState, one: &CaseBrief) -> String {
    let (words, lang) = (page.room.words(), page.lang.get());
    let day = |at| {
        let zone = page.now.with(|now| now.time_zone.clone());
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
