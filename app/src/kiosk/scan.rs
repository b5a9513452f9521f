//! Where a ticket or a case is: a slip is held to the scanner.

use jiban_domain::Token;
use jiban_domain::ticket::TicketState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::case::CasePage;
use super::leaving::FinishKey;
use super::notice::Notice;
use super::scene::Screen;
use super::ticket::Ahead;
use super::visit::visit;
use super::words::words;
use crate::api::progress::Progress;
use crate::api::{Refused, get};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

/// Asks for a slip.
#[component]
pub fn ScanPage(
    /// Something was scanned that is no ticket.
    unread: bool,
) -> impl IntoView {
    let visit = visit();
    let wrong = unread.then(|| {
        view! {
            <p class="wrong" role="alert">
                <strong>{move || words().progress_unread}</strong>
                " "
                {move || words().progress_again}
            </p>
        }
    });
    view! {
        <section class="page scan">
            <div class="title">
                <h1>{move || words().progress_title}</h1>
            </div>
            <div class="hold">
                <Icon path=icon::SCAN />
                <h2>{move || words().progress_scan}</h2>
                {wrong}
                <p>{move || words().progress_phone}</p>
                <p class="soft">{move || words().progress_lost}</p>
                <button class="button" on:click=move |_| visit.go(Screen::Find)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().find_key}</span>
                </button>
            </div>
        </section>
    }
}

/// Asked again so often while it is looked at.
const AGAIN_EVERY_MS: u32 = 5_000;

/// Where the scanned ticket is.
#[component]
pub fn FollowedPage(
    /// What the scanner read.
    token: Token,
) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let found = RwSignal::new(None::<Result<Progress, Refused>>);
    let look = move || {
        spawn_local(async move {
            let address = format!("/api/progress?token={token}");
            let answer = get(&address, lang.get_untracked()).await;
            // What is on the screen stays while the network is away.
            let keeps = answer.as_ref().is_err_and(|no| no.code == Refused::NO_ANSWER)
                && found.try_with_untracked(Option::is_some).unwrap_or(true);
            if !keeps {
                let _ = found.try_set(Some(answer));
            }
        });
    };
    Effect::new(move || {
        lang.track();
        look();
    });
    let watch = gloo_timers::callback::Interval::new(AGAIN_EVERY_MS, look);
    let watch = StoredValue::new_local(watch);
    on_cleanup(move || watch.dispose());

    move || {
        match found.get() {
        None => view! {
            <Notice icon=icon::PROGRESS tone="calm" title=move || words().progress_title.to_owned()>
                <p>{move || words().taking_next}</p>
            </Notice>
        }
        .into_any(),
        Some(Err(no)) => view! {
            <Notice icon=icon::SCAN title=Signal::stored(no.message)>
                <p>{no.next}</p>
                <div class="keys">
                    <button class="key" on:click=move |_| visit.arrive_from_home(Screen::Scan { unread: false })>
                        {move || words().progress_scan_again}
                    </button>
                </div>
            </Notice>
        }
        .into_any(),
        Some(Ok(mut progress)) => {
            let over = !progress.state.is_active();
            match progress.case.take_if(|case| case.by_own_token || over) {
                Some(case) => view! { <CasePage progress case /> }.into_any(),
                None => view! { <Where progress /> }.into_any(),
            }
        }
    }
    }
}

/// Number, state, and what to do.
#[component]
fn Where(progress: Progress) -> impl IntoView {
    let visit = visit();
    let lang = visit.lang.get();
    let state = progress.state.name().get(lang).to_owned();
    let counter = progress.counter_name.map(|name| {
        let sentence = match progress.state {
            TicketState::Called => words().go_to,
            _ => words().at_counter,
        };
        fill(sentence, &[("counter", &name.get(lang))])
    });
    let called = progress.state == TicketState::Called;
    let ahead = progress.ahead.map(|ahead| view! { <Ahead ahead wait=progress.wait_minutes /> });
    view! {
        <section class="page followed">
            <div class="given">
                <p class="soft">
                    {format!("{} · {}", progress.line.get(lang), progress.matter.get(lang))}
                </p>
                <p class="number hero">{progress.number}</p>
                <p class="state" class:now=called>
                    {state}
                </p>
            </div>
            {counter.map(|counter| view! { <p class="counter">{counter}</p> })}
            {ahead}
            <FinishKey />
        </section>
    }
}
