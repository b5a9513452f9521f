//! The head of the console: which counter, which clerk, what time it is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Question, use_counter};
use crate::api::ask;
use crate::api::counter::{CounterNow, SignOut};
use crate::parts::language::LanguageSwitch;
use crate::parts::own_password::OwnPassword;

#[component]
pub(super) fn Header() -> impl IntoView {
    let counter = use_counter();
    let name = counter.select(|now| now.counter_name.clone());
    let hall = counter.select(|now| now.hall_name.clone());
    let clerk = counter.select(|now| now.clerk.name.clone());
    let finished = counter.select(|now| now.finished_today);
    let sign_out = move |_| {
        let lang = counter.lang.get_untracked();
        let has_tickets = |now: &CounterNow| now.in_hand.is_some() || !now.on_hold.is_empty();
        if counter.now.with_untracked(has_tickets) {
            return counter.question.set(Some(Question::Leaving));
        }
        spawn_local(async move {
            if let Err(refused) = ask(&SignOut::default(), lang).await {
                counter.request.show_message(&refused.in_a_line(lang));
                return counter.session.leave_if_signed_out(&refused);
            }
            counter.session.left();
        });
    };
    view! {
        <header class="head">
            <h1>{move || name.with(|name| name.get(counter.lang.get()).to_owned())}</h1>
            <p class="soft">{move || hall.with(|name| name.get(counter.lang.get()).to_owned())}</p>
            <p class="finished">
                {move || counter.words().finished_today} <b class="tally">{finished}</b>
            </p>
            <p class="clerk">
                {move || clerk.with(|name| name.get(counter.lang.get()).to_owned())}
            </p>
            <LanguageSwitch />
            <OwnPassword session=counter.session />
            <button
                class="button"
                type="button"
                disabled=move || counter.is_blocked()
                on:click=sign_out
            >
                {move || counter.words().sign_out}
            </button>
            <p class="clock tally">{move || counter.time_of_day(counter.clock.get())}</p>
        </header>
    }
}
