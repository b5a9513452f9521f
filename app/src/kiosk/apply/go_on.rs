//! A draft that was begun elsewhere is gone on with here, by the six figures that the other
//! device shows.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::KioskApplyWords;
use crate::api::apply::ContinueDraft;
use crate::api::{Refused, ask};
use crate::apply::figures::{FIGURES, grouped};
use crate::kiosk::keypad::Keypad;
use crate::kiosk::scene::Screen;
use crate::kiosk::typed::{Typed, Wrong};
use crate::kiosk::visit::visit;
use crate::words::lang;

#[component]
pub fn GoOnPage() -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refused>);
    let sending = RwSignal::new(false);
    let blocked = move || typed.with(|typed| typed.len() < FIGURES) || sending.get();
    let on_character = move |character: char| {
        refused.set(None);
        typed.update(|typed| {
            if typed.len() < FIGURES {
                typed.push(character);
            }
        });
    };
    let on_erase = move || {
        refused.set(None);
        typed.update(|typed| _ = typed.pop());
    };
    let go = move |_| {
        if untrack(blocked) {
            return;
        }
        sending.set(true);
        spawn_local(async move {
            let call = ContinueDraft { code: typed.get_untracked() };
            let answer = ask(&call, lang.get_untracked()).await;
            // If the visitor has left, the next one must not see their application.
            if sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(draft) => visit.open_from_home(Screen::Fill(draft.token)),
                Err(refusal) => {
                    // A code is used up, wrong or too old: the other device shows another.
                    typed.set(String::new());
                    refused.set(Some(refusal));
                }
            }
        });
    };
    let shown = Signal::derive(move || typed.with(|typed| grouped(typed)));
    view! {
        <section class="page find go-on">
            <div class="title">
                <h1>{move || words().go_on_title}</h1>
                <p class="soft" data-heard="">
                    {move || words().go_on_hint}
                </p>
            </div>
            <div class="fields">
                <Typed label=Signal::derive(move || words().go_on_figures) typed=shown />
                <Wrong refused=refused.into() />
            </div>
            <Keypad keys="1234567890" on_character on_erase />
            <button class="key" data-key="Enter" disabled=blocked on:click=go>
                {move || words().go_on_go}
            </button>
        </section>
    }
}
