//! What can be done with the draft in hand, each in its place with its key.

use jiban_domain::draft::DraftState;
use leptos::prelude::*;

use super::desk::{Desk, Opens};
use super::visit::Visit;
use super::words::PrecheckWords;
use crate::api::drafts::{ClearDraft, ReturnDraft};

/// What moves a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Return,
    Clear,
    ClearWithOriginals,
}

impl Move {
    const ALL: [Self; 3] = [Self::Return, Self::Clear, Self::ClearWithOriginals];

    fn word(self, words: &PrecheckWords) -> &'static str {
        match self {
            Self::Return => words.give_back,
            Self::Clear => words.clear,
            Self::ClearWithOriginals => words.clear_originals,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Return => "R",
            Self::Clear => "P",
            Self::ClearWithOriginals => "Y",
        }
    }

    /// Whether it can be done with a draft in this state.
    const fn applies(self, state: DraftState) -> bool {
        match self {
            Self::Return => matches!(state, DraftState::Sent | DraftState::Cleared),
            Self::Clear | Self::ClearWithOriginals => {
                matches!(state, DraftState::Sent | DraftState::Returned)
            }
        }
    }
}

fn is_enabled(desk: Desk, one: Move) -> bool {
    let applies = |draft: &crate::api::drafts::DraftInHand| {
        let open = draft.remarks.iter().any(|remark| !remark.settled);
        draft.may_check && one.applies(draft.draft.state) && (one != Move::Return || open)
    };
    !desk.is_blocked() && desk.with(applies).unwrap_or_default()
}

/// Moves the draft in hand.
pub fn do_move(desk: Desk, one: Move) {
    if !untrack(|| is_enabled(desk, one)) {
        return;
    }
    match one {
        Move::Return => desk.send(|request_id, draft| ReturnDraft { request_id, draft }, || {}),
        Move::Clear | Move::ClearWithOriginals => {
            let bring_originals = one == Move::ClearWithOriginals;
            desk.send(|request_id, draft| ClearDraft { request_id, draft, bring_originals }, || {});
        }
    }
}

#[component]
pub fn Foot(desk: Desk) -> impl IntoView {
    let may_check = Memo::new(move |_| desk.with(|draft| draft.may_check).unwrap_or_default());
    let may_book = Memo::new(move |_| {
        desk.with(|draft| draft.books.is_some() && draft.draft.booking.is_none())
            .unwrap_or_default()
    });
    let button = move |one: Move| {
        view! {
            <button
                class=if one == Move::Clear { "key" } else { "button" }
                type="button"
                data-move=one.key()
                disabled=move || !is_enabled(desk, one)
                on:click=move |_| do_move(desk, one)
            >
                {move || one.word(desk.words())}
                <kbd>{one.key()}</kbd>
            </button>
        }
    };
    view! {
        <Show when=move || may_check.get()>
            <Show when=move || desk.booking.get() && may_book.get()>
                <Visit desk />
            </Show>
            <footer class="foot">
                <p class="reply refusal" role="alert">
                    {move || desk.request.message()}
                </p>
                <Show when=move || may_book.get()>
                    <button
                        class="button"
                        type="button"
                        aria-expanded=move || desk.booking.get().to_string()
                        on:click=move |_| desk.booking.update(|open| *open = !*open)
                    >
                        {move || desk.words().book}
                    </button>
                </Show>
                {Move::ALL.map(button).collect_view()}
                {desk.opens.map(|opens| view! { <OpenKey desk opens /> })}
            </footer>
        </Show>
    }
}

/// Opens a case from the draft in hand.
#[component]
fn OpenKey(desk: Desk, opens: Opens) -> impl IntoView {
    let open = move |_| {
        if let Some(token) = untrack(|| desk.with(|draft| draft.token)) {
            opens.open.run(token);
        }
    };
    view! {
        <Show when=move || opens.may_open.get()>
            <button
                class="key next"
                type="button"
                disabled=move || desk.is_blocked()
                on:click=open
            >
                {move || desk.words().open}
            </button>
        </Show>
    }
}
