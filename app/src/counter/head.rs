//! The head of the console: which counter, who, what time it is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::spell::refusal;
use super::state::page;
use super::words::Words;
use crate::api::ask;
use crate::api::counter::SignOut;
use crate::parts::language::LanguageSwitch;

/// The head.
#[component]
pub(super) fn Head() -> impl IntoView {
    let page = page();
    let counter = page.piece(|now| now.counter_name.clone());
    let hall = page.piece(|now| now.hall_name.clone());
    let clerk = page.piece(|now| now.clerk.name.clone());
    let finished = page.piece(|now| now.finished_today);
    let sign_out = move |_| {
        let in_hand = page.now.with_untracked(|now| now.in_hand.is_some());
        if in_hand {
            page.press.say(Words::of(page.lang.get_untracked()).hand_first);
            return;
        }
        spawn_local(async move {
            match ask(&SignOut {}, page.lang.get_untracked()).await {
                Ok(_) => page.door.leave(),
                Err(refused) => {
                    page.press.say(&refusal(&refused, page.lang.get_untracked()));
                    page.door.leave_if_ended(&refused);
                }
            }
        });
    };
    view! {
        <header class="head">
            <h1>{move || counter.with(|name| name.get(page.lang.get()).to_owned())}</h1>
            <p class="soft">{move || hall.with(|name| name.get(page.lang.get()).to_owned())}</p>
            <p class="finished">
                {move || page.words().finished_today} <b class="tally">{finished}</b>
            </p>
            <p class="clerk">{move || clerk.with(|name| name.get(page.lang.get()).to_owned())}</p>
            <LanguageSwitch />
            <button class="button" type="button" disabled=move || page.still() on:click=sign_out>
                {move || page.words().sign_out}
            </button>
            <p class="clock tally">{move || page.time(page.clock.get())}</p>
        </header>
    }
}
