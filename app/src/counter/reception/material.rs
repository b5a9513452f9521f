//! A material's row, and what its keys do.

use jiban_domain::CaseId;
use jiban_domain::case::{CaseState, MaterialState};
use leptos::html::Li;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::marks::mark;
use super::pictures::{FileKeys, OnTheWay, thumbnails};
use super::room::{Room, receives, room, still};
use super::words::Word;
use crate::api::case::{CaseShown, MaterialShown, Offer};
use crate::api::reception::ReuseMaterial;
use crate::counter::state::{CounterState, page};
use crate::parts::days;
use crate::parts::icon::{self, Icon};
use crate::print::grouped;
use crate::words::fill;

/// The four states, in the order of their keys.
const STATES: [(MaterialState, &str, Word); 4] = [
    (MaterialState::Present, "1", |words| words.there),
    (MaterialState::Missing, "2", |words| words.missing),
    (MaterialState::Deferred, "3", |words| words.deferred),
    (MaterialState::NotNeeded, "4", |words| words.not_needed),
];

fn at_row(room: Room, at: usize) -> Option<(CaseShown, MaterialShown)> {
    untrack(|| room.look(|case| Some((case.clone(), case.materials.get(at)?.clone()))).flatten())
}

/// Ticks the material of a row; what has come after acceptance is supplied.
pub(super) fn tick(page: CounterState, at: usize, state: MaterialState) {
    let room = page.room;
    let Some((case, material)) = at_row(room, at) else { return };
    room.row.set(at);
    let words = untrack(|| room.words());
    let refuse = |why: &str| room.marks.refused.set(Some((material.id, why.to_owned())));
    if case.state == CaseState::Accepted {
        if state == MaterialState::Present && wanted(&case, &material) {
            mark(page, case.id, material.id, state);
        }
    } else if !untrack(|| receives(page)) || untrack(|| room.state_of(case.id, &material)) == state
    {
        room.marks.refused.set(None);
    } else if state == MaterialState::Deferred && !material.deferrable {
        refuse(words.not_deferrable);
    } else if state == MaterialState::Deferred && !case.may_promise {
        refuse(words.no_promise);
    } else {
        mark(page, case.id, material.id, state);
    }
}

/// Ticks all that nothing was said of as there.
pub(super) fn tick_the_rest(page: CounterState) {
    if !untrack(|| receives(page)) {
        return;
    }
    let Some(case) = untrack(|| page.room.look(|case| case.id)) else { return };
    for material in untrack(|| page.room.standing(MaterialState::Missing)) {
        mark(page, case, material.id, MaterialState::Present);
    }
}

/// Whether a material is still waited for after acceptance.
fn wanted(case: &CaseShown, material: &MaterialShown) -> bool {
    case.state == CaseState::Accepted
        && match material.state {
            MaterialState::Deferred => true,
            MaterialState::Missing => material.asked,
            _ => false,
        }
}

/// The material of a row, where photographs can be put to it now.
pub(super) fn takes_files(page: CounterState, at: usize) -> Option<u32> {
    let room = page.room;
    let is_received = receives(page);
    room.look(|case| {
        let material = case.materials.get(at)?;
        (is_received || wanted(case, material)).then_some(material.id)
    })
    .flatten()
}

/// Opens the browser's choice of files for a row.
pub(super) fn choose_file(at: usize) {
    let field = document().query_selector(&format!("#file-{at}")).ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}

/// Takes over what the hall has, where it has something.
pub(super) fn reuse(page: CounterState, at: usize) {
    let room = page.room;
    let Some((_, material)) = at_row(room, at) else { return };
    if material.offer.is_some() && untrack(|| receives(page) && !still(page)) {
        let question =
            move |request_id, case| ReuseMaterial { request_id, case, material: material.id };
        room.act(question, || {});
    }
}

/// A material's row.
#[component]
pub(super) fn Row(case: CaseId, at: usize, id: u32) -> impl IntoView {
    let page = page();
    let room = room();
    let material = Memo::new(move |_| room.material(id));
    let state =
        Memo::new(move |_| material.with(|one| one.as_ref().map(|one| room.state_of(case, one))));
    let is_received = Memo::new(move |_| receives(page));
    let takes = Memo::new(move |_| takes_files(page, at).is_some());
    let here = Memo::new(move |_| room.row.get() == at);
    let line = NodeRef::<Li>::new();
    Effect::new(move || {
        if let (true, Some(line)) = (here.get(), line.get()) {
            line.scroll_into_view_with_scroll_into_view_options(&nearest());
        }
    });
    let why = move || {
        room.marks.refused.with(|refused| {
            refused.as_ref().filter(|(of, _)| *of == id).map(|(_, why)| why.clone())
        })
    };
    view! {
        <li
            node_ref=line
            class=move || state.get().map_or("", MaterialState::as_str)
            aria-current=move || here.get().to_string()
            on:click=move |_| room.row.set(at)
        >
            <span class="nth tally">{at + 1}</span>
            <div class="what">{move || material.get().map(|one| named(page, &one))}</div>
            <div class="put">
                <Show when=move || takes.get()>
                    <FileKeys case at id />
                </Show>
            </div>
            <div class="choice">
                {move || {
                    if is_received.get() {
                        view! { <States at state material /> }.into_any()
                    } else {
                        view! { <Stands at material /> }.into_any()
                    }
                }}
            </div>
            <p class="bad-words small" role="alert">
                {why}
            </p>
            {move || {
                material
                    .get()
                    .and_then(|one| one.offer)
                    .filter(|_| is_received.get() && state.get() == Some(MaterialState::Missing))
                    .map(|offer| offered(page, at, &offer))
            }}
            <div class="pictures-of">
                {move || {
                    material.with(|one| one.as_ref().map(|one| thumbnails(page, one)))
                }}
                <OnTheWay case id />
            </div>
        </li>
    }
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options
}

/// Its name, form, and where it came from.
fn named(page: CounterState, one: &MaterialShown) -> impl IntoView + use<> {
    let (words, lang) = (page.room.words(), page.lang.get());
    let zone = page.now.with(|now| now.time_zone.clone());
    let mark = |is: bool, class: &'static str, word: &'static str| {
        is.then(|| view! { <span class=class>{word}</span> })
    };
    let earlier = one
        .from_earlier
        .as_ref()
        .map(|number| fill(words.from_earlier, &[("number", &grouped(number))]));
    let until =
        one.until.as_ref().map(|day| fill(words.until, &[("day", &days::weekday(day, lang))]));
    let came = one.at.filter(|_| one.state == MaterialState::Present && earlier.is_none());
    let came = came.map(|at| fill(words.came, &[("day", &days::with_time(at, &zone, lang))]));
    view! {
        <b>{one.name.get(lang).to_owned()}</b>
        <span class="small soft beside">
            <span>{one.form.name().get(lang).to_owned()}</span>
            {mark(one.deferrable, "mark", words.deferrable)}
            {mark(one.asked, "mark warn", words.asked)}
            {mark(one.by_phone, "mark warn", words.by_phone)}
            <span>{earlier}</span>
            <span>{until}</span>
            <span class="tally">{came}</span>
        </span>
    }
}

/// The four states, to be chosen.
#[component]
fn States(
    at: usize,
    state: Memo<Option<MaterialState>>,
    material: Memo<Option<MaterialShown>>,
) -> impl IntoView {
    let page = page();
    let room = room();
    let may_follow = Memo::new(move |_| {
        let may = room.look(|case| case.may_promise).unwrap_or_default();
        may && material.with(|one| one.as_ref().is_some_and(|one| one.deferrable))
    });
    let buttons = STATES
        .into_iter()
        .map(|(choice, key, word)| {
            view! {
                <button
                    type="button"
                    role="radio"
                    class=choice.as_str()
                    aria-checked=move || (state.get() == Some(choice)).to_string()
                    disabled=move || choice == MaterialState::Deferred && !may_follow.get()
                    on:click=move |_| tick(page, at, choice)
                >
                    {move || word(room.words())}
                    <kbd>{key}</kbd>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="states" role="radiogroup">
            {buttons}
        </div>
    }
}

/// How it stands, once that is no longer chosen; and the key of one that comes.
#[component]
fn Stands(at: usize, material: Memo<Option<MaterialShown>>) -> impl IntoView {
    let page = page();
    let room = room();
    let waited_for = Memo::new(move |_| {
        room.look(|case| material.with(|one| one.as_ref().is_some_and(|one| wanted(case, one))))
            .unwrap_or_default()
    });
    let stands = move || {
        let state = material.with(|one| one.as_ref().map(|one| one.state))?;
        let (_, _, word) = STATES.into_iter().find(|(known, ..)| *known == state)?;
        let class = match state {
            MaterialState::Present => "mark good",
            MaterialState::Missing => "mark bad",
            MaterialState::Deferred => "mark warn",
            MaterialState::NotNeeded => "mark",
        };
        Some(view! { <span class=class>{word(room.words())}</span> })
    };
    view! {
        {stands}
        <Show when=move || waited_for.get()>
            <button
                class="button small"
                type="button"
                on:click=move |_| tick(page, at, MaterialState::Present)
            >
                {move || room.words().supplied}
                <kbd>"1"</kbd>
            </button>
        </Show>
    }
}

/// What the hall has of it, and the key that takes it over.
fn offered(page: CounterState, at: usize, offer: &Offer) -> impl IntoView + use<> {
    let room = page.room;
    let (words, lang) = (room.words(), page.lang.get());
    let zone = page.now.with(|now| now.time_zone.clone());
    let sentence = if offer.issued_here { words.offer_issued } else { words.offer_brought };
    let said = fill(
        sentence,
        &[
            ("day", &days::on(offer.at, &zone)),
            ("name", &offer.name.get(lang)),
            ("number", &grouped(&offer.case)),
        ],
    );
    view! {
        <p class="offer small">
            <Icon path=icon::CHECK />
            <span>{said}</span>
            <button
                class="button small"
                type="button"
                disabled=move || still(page)
                on:click=move |_| reuse(page, at)
            >
                {words.take_over}
                <kbd>"R"</kbd>
            </button>
        </p>
    }
}
