//! The head of the console: which counter, who, what time it is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::desk;
use super::spell::refusal;
use super::words::Words;
use crate::api::ask;
use crate::api::counter::SignOut;
use crate::parts::language::LanguageSwitch;

/// The head.
#[component]
pub(super) fn Head() -> impl IntoView {
    let desk = desk();
    let counter = desk.piece(|now| now.counter_name.clone());
    let hall = desk.piece(|now| now.hall_name.clone());
    let clerk = desk.piece(|now| now.clerk.name.clone());
    let finished = desk.piece(|now| now.finished_today);
    let sign_out = move |_| {
        let in_hand = desk.now.with_untracked(|now| now.in_hand.is_some());
        if in_hand {
            desk.press.say(Words::of(desk.lang.get_untracked()).hand_first);
            return;
        }
        spawn_local(async move {
            match ask(&SignOut {}, desk.lang.get_untracked()).await {
                Ok(_) => desk.door.leave(),
                Err(refused) => {
                    desk.press.say(&refusal(&refused, desk.lang.get_untracked()));
                    desk.door.leave_if_ended(&refused);
                }
            }
        });
    };
    view! {
        <header class="head">
            <h1>{move || counter.with(|name| name.get(desk.lang.get()).to_owned())}</h1>
            <p class="soft">{move || hall.with(|name| name.get(desk.lang.get()).to_owned())}</p>
            <p class="finished">
                {move || desk.words().finished_today} <b class="tally">{finished}</b>
            </p>
            <p class="clerk">{move || clerk.with(|name| name.get(desk.lang.get()).to_owned())}</p>
            <LanguageSwitch />
            <button class="button" type="button" disabled=move || desk.still() on:click=sign_out>
                {move || desk.words().sign_out}
            </button>
            <p class="clock tally">{move || desk.time(desk.clock.get())}</p>
        </header>
    }
}
