//! The action buttons below the selected case, each in a fixed place with its
//! shortcut key, and the keyboard of the page.

use jiban_domain::case::StepState;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::state::{OfficeState, office_state};
use super::step_action::{Availability, StepAction, availability, find};
use super::step_list::select_neighbour;
use crate::api::case::CaseStepShown;
use crate::api::office::Take;
use crate::words::fill;

/// The selected step, once its case is loaded.
fn selected_step(page: OfficeState) -> Option<CaseStepShown> {
    let selected = page.selected.get()?;
    page.case.with(|case| {
        let case = case.as_ref()?.as_ref().ok()?;
        find(case, selected.step).map(|(_, step)| step.clone())
    })
}

fn step_status(page: OfficeState) -> Option<(Availability, StepState)> {
    let step = selected_step(page)?;
    page.case.with(|case| {
        let case = case.as_ref()?.as_ref().ok()?;
        let availability =
            page.now.with(|now| now.as_ref().map(|now| availability(now, case, &step)))?;
        Some((availability, step.state))
    })
}

/// Whether an action can be taken now.
fn is_enabled(action: StepAction, page: OfficeState) -> bool {
    !page.is_blocked()
        && step_status(page).is_some_and(|(availability, state)| {
            availability == Availability::Available && action.applies(state)
        })
}

/// Opens the dialog of an action; taking a step needs none and is sent at once.
fn start(action: StepAction, page: OfficeState) {
    if !untrack(|| is_enabled(action, page)) {
        return;
    }
    page.request.clear_message();
    page.last_done.set(None);
    page.revoking.set(None);
    page.checking.set(None);
    if action == StepAction::Take {
        if let Some(step) = page.selected.get_untracked() {
            page.send_action(action, |request_id| Take { request_id, step, note: String::new() });
        }
    } else if page.dialog.get_untracked() == Some(action) {
        page.dialog.set(None);
    } else {
        page.dialog.set(Some(action));
    }
}

/// Listens to the keyboard until the console is removed.
pub(super) fn listen_to_keyboard(page: OfficeState) {
    let last_at = StoredValue::new(0);
    let listener = window_event_listener(keydown, move |event| {
        if handle_key(&event, page, last_at) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Handles a key; false if it has no meaning here. Keys typed into a field, or
/// pressed on a control reached by Tab, belong to that.
fn handle_key(event: &KeyboardEvent, page: OfficeState, last_at: StoredValue<usize>) -> bool {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let elsewhere = page.viewer_index.get_untracked().is_some() || page.precheck.get_untracked();
    if with_modifier || event.is_composing() || elsewhere {
        return false;
    }
    let key = event.key();
    if key == "Escape" {
        let action_dialog =
            page.dialog.get_untracked().is_some() || page.checking.with_untracked(Option::is_some);
        if action_dialog || page.revoking.with_untracked(Option::is_some) {
            page.close_dialog();
        } else {
            page.open(None);
        }
        return true;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if within("input, select, textarea, dialog") {
        return false;
    }
    match key.as_str() {
        "ArrowDown" | "j" | "J" => select_neighbour(page, last_at, 1),
        "ArrowUp" | "k" | "K" => select_neighbour(page, last_at, -1),
        "Enter" if page.selected.get_untracked().is_none() && !within("button, a") => {
            select_neighbour(page, last_at, 1);
        }
        _ => {
            let matching = StepAction::ALL
                .into_iter()
                .filter(|action| action.key() == key.to_lowercase())
                .find(|action| untrack(|| is_enabled(*action, page)));
            let Some(action) = matching.filter(|_| !event.repeat()) else { return false };
            start(action, page);
        }
    }
    true
}

/// The buttons, and the outcome of the last action or why none is possible.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let page = office_state();
    let status = Memo::new(move |_| step_status(page));
    let read_only = Memo::new(move |_| matches!(status.get(), Some((Availability::ReadOnly, _))));
    // Pause and resume share a place.
    let is_shown = move |action: StepAction| {
        let suspended = matches!(status.get(), Some((_, StepState::Paused | StepState::Asked)));
        match action {
            StepAction::Pause => !suspended,
            StepAction::Resume => suspended,
            _ => true,
        }
    };
    let buttons = move || {
        StepAction::ALL
            .into_iter()
            .filter(|action| is_shown(*action))
            .map(|action| view! { <ActionButton action /> })
            .collect_view()
    };
    let message = move || {
        let words = page.words();
        if page.dialog.get().is_none()
            && page.revoking.with(Option::is_none)
            && page.checking.with(Option::is_none)
            && let Some(refusal) = page.request.message()
        {
            return Some(view! { <p class="reply refusal" role="alert">{refusal}</p> }.into_any());
        }
        if let Some(action) = page.last_done.get() {
            return Some(
                view! { <p class="reply good" role="status">{action.done(words)}</p> }.into_any(),
            );
        }
        unavailable_reason(page, status.get())
            .map(|why| view! { <p class="reply soft">{why}</p> }.into_any())
    };
    view! {
        <footer class="levers" aria-busy=move || page.request.is_busy().to_string()>
            {message}
            <Show when=move || !read_only.get()>
                <div class="keys">{buttons}</div>
            </Show>
        </footer>
    }
}

/// Why some or all actions are not possible.
fn unavailable_reason(
    page: OfficeState,
    status: Option<(Availability, StepState)>,
) -> Option<String> {
    let (words, lang) = (page.words(), page.lang.get());
    let (availability, state) = status?;
    Some(match availability {
        Availability::ReadOnly => words.read_only.to_owned(),
        Availability::OtherDepartment => words.other_department.to_owned(),
        Availability::TakenBy(name) => fill(words.taken_by, &[("name", &name.get(lang))]),
        Availability::Finished => fill(words.step_finished, &[("state", &state.name().get(lang))]),
        Availability::NotStarted => words.not_started.to_owned(),
        Availability::Available if state == StepState::Asked => words.awaiting_materials.to_owned(),
        Availability::Available => return None,
    })
}

#[component]
fn ActionButton(action: StepAction) -> impl IntoView {
    let page = office_state();
    view! {
        <button
            type="button"
            class="button"
            class:key=action == StepAction::Approve
            aria-expanded=move || (action != StepAction::Take).then(|| (page.dialog.get() == Some(action)).to_string())
            disabled=move || !is_enabled(action, page)
            on:click=move |_| start(action, page)
        >
            {move || action.label(page.words())}
            <kbd>{action.key().to_uppercase()}</kbd>
        </button>
    }
}
