//! The keys under the case in hand, each in its fixed place and with its
//! letter; and the keyboard.

use jiban_domain::case::StepState;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::act::{Act, Standing, find, standing};
use super::list::move_on;
use super::state::{OfficeState, page};
use crate::api::case::CaseStepShown;
use crate::api::office::Take;
use crate::words::fill;

/// The step in hand, once its case has come.
pub(super) fn step_in_hand(page: OfficeState) -> Option<CaseStepShown> {
    let chosen = page.chosen.get()?;
    page.case.with(|case| {
        let case = case.as_ref()?.as_ref().ok()?;
        find(case, chosen.step).map(|(_, step)| step.clone())
    })
}

fn stands(page: OfficeState) -> Option<(Standing, StepState)> {
    let step = step_in_hand(page)?;
    page.case.with(|case| {
        let case = case.as_ref()?.as_ref().ok()?;
        let standing = page.now.with(|now| now.as_ref().map(|now| standing(now, case, &step)))?;
        Some((standing, step.state))
    })
}

/// Whether an act would do something now.
fn stands_ready(act: Act, page: OfficeState) -> bool {
    !page.still()
        && stands(page)
            .is_some_and(|(standing, state)| standing == Standing::Free && act.applies(state))
}

fn pull(act: Act, page: OfficeState) {
    if !untrack(|| stands_ready(act, page)) {
        return;
    }
    page.request.clear_message();
    page.done.set(None);
    page.revoking.set(None);
    if act == Act::Take {
        if let Some(step) = page.chosen.get_untracked() {
            page.act(act, |request_id| Take { request_id, step, note: String::new() });
        }
    } else if page.sheet.get_untracked() == Some(act) {
        page.sheet.set(None);
    } else {
        page.sheet.set(Some(act));
    }
}

/// Listens to the keyboard for as long as the console is there.
pub(super) fn listen_to_keyboard(page: OfficeState) {
    let last_at = StoredValue::new(0);
    let listener = window_event_listener(keydown, move |event| {
        if heard(&event, page, last_at) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what a key means; false where it means nothing here. Whoever types, or
/// has chosen a control by Tab, means that.
fn heard(event: &KeyboardEvent, page: OfficeState, last_at: StoredValue<usize>) -> bool {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if with_modifier || event.is_composing() || page.large.get_untracked().is_some() {
        return false;
    }
    let key = event.key();
    if key == "Escape" {
        let sheet = page.sheet.get_untracked().is_some();
        if sheet || page.revoking.with_untracked(Option::is_some) {
            page.close_sheet();
        } else {
            page.open(None);
        }
        return true;
    }
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        on.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if within("input, select, textarea, dialog") {
        return false;
    }
    match key.as_str() {
        "ArrowDown" | "j" | "J" => move_on(page, last_at, 1),
        "ArrowUp" | "k" | "K" => move_on(page, last_at, -1),
        "Enter" if page.chosen.get_untracked().is_none() && !within("button, a") => {
            move_on(page, last_at, 1);
        }
        _ => {
            let meant = Act::ALL
                .into_iter()
                .filter(|act| act.key() == key.to_lowercase())
                .find(|act| untrack(|| stands_ready(*act, page)));
            let Some(act) = meant.filter(|_| !event.repeat()) else { return false };
            pull(act, page);
        }
    }
    true
}

/// What can be done, and what there is to say of it.
#[component]
pub(super) fn Levers() -> impl IntoView {
    let page = page();
    let state = Memo::new(move |_| stands(page));
    let only_looks = Memo::new(move |_| matches!(state.get(), Some((Standing::OnlyLooks, _))));
    // Pause and resume have one place between them.
    let shown = move |act: Act| {
        let stopped = matches!(state.get(), Some((_, StepState::Paused | StepState::Asked)));
        match act {
            Act::Pause => !stopped,
            Act::Resume => stopped,
            _ => true,
        }
    };
    let keys = move || {
        Act::ALL
            .into_iter()
            .filter(|act| shown(*act))
            .map(|act| view! { <Lever act /> })
            .collect_view()
    };
    let reply = move || {
        let words = page.words();
        if page.sheet.get().is_none()
            && page.revoking.with(Option::is_none)
            && let Some(said) = page.request.message()
        {
            return Some(view! { <p class="reply refusal" role="alert">{said}</p> }.into_any());
        }
        if let Some(act) = page.done.get() {
            return Some(
                view! { <p class="reply good" role="status">{act.done(words)}</p> }.into_any(),
            );
        }
        why_not(page, state.get()).map(|why| view! { <p class="reply soft">{why}</p> }.into_any())
    };
    view! {
        <footer class="levers" aria-busy=move || page.request.is_busy().to_string()>
            {reply}
            <Show when=move || !only_looks.get()>
                <div class="keys">{keys}</div>
            </Show>
        </footer>
    }
}

/// Why nothing, or not everything, can be done.
fn why_not(page: OfficeState, state: Option<(Standing, StepState)>) -> Option<String> {
    let (words, lang) = (page.words(), page.lang.get());
    let (standing, state) = state?;
    Some(match standing {
        Standing::OnlyLooks => words.only_looks.to_owned(),
        Standing::NotYours => words.not_yours.to_owned(),
        Standing::TakenBy(name) => fill(words.has_it, &[("name", &name.get(lang))]),
        Standing::Over => fill(words.step_done, &[("state", &state.name().get(lang))]),
        Standing::NotBegun => words.not_begun.to_owned(),
        Standing::Free if state == StepState::Asked => words.waits.to_owned(),
        Standing::Free => return None,
    })
}

#[component]
fn Lever(act: Act) -> impl IntoView {
    let page = page();
    view! {
        <button
            type="button"
            class="button"
            class:key=act == Act::Approve
            aria-expanded=move || (act != Act::Take).then(|| (page.sheet.get() == Some(act)).to_string())
            disabled=move || !stands_ready(act, page)
            on:click=move |_| pull(act, page)
        >
            {move || act.word(page.words())}
            <kbd>{act.key().to_uppercase()}</kbd>
        </button>
    }
}
