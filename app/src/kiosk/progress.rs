//! The progress of a ticket or case, found by scanning its slip.

use jiban_domain::Token;
use jiban_domain::ticket::TicketState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::apply::words::KioskApplyWords;
use super::booking::check_in::CheckInPage;
use super::case::CasePage;
use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::return_home::FinishButton;
use super::scene::Screen;
use super::ticket::{Ahead, PriorityNote, sign_by_sign};
use super::visit::visit;
use super::words::words;
use crate::api::progress::Progress;
use crate::api::{Refused, get};
use crate::parts::icon::{self, Icon};
use crate::parts::ticket_state;
use crate::progress::next_step;
use crate::words::{fill, lang};

#[component]
pub fn ScanPage(
    /// The last code scanned was not a ticket's.
    unread: bool,
) -> impl IntoView {
    let visit = visit();
    let error = unread.then(|| {
        view! {
            <p class="wrong" role="alert">
                <strong>{move || words().progress_unread}</strong>
                " "
                {move || words().progress_again}
            </p>
        }
    });
    let snapshot = hall_snapshot();
    let lang = lang();
    let go_on = move || {
        view! {
            <button class="button" on:click=move |_| visit.go(Screen::GoOn)>
                <Icon path=icon::GUIDE />
                <span>{move || KioskApplyWords::of(lang.get()).go_on_key}</span>
            </button>
        }
    };
    view! {
        <section class="page scan">
            <div class="title">
                <h1>{move || words().progress_title}</h1>
            </div>
            <div class="hold">
                <Icon path=icon::SCAN />
                <h2>{move || words().progress_scan}</h2>
                {error}
                <p>{move || words().progress_phone}</p>
                <p class="soft">{move || words().progress_lost}</p>
                // Filled by `public/machines/camera.js`, as long as the visitor wants it.
                <div
                    class="camera"
                    data-hold=move || words().camera_hold
                    data-failed=move || words().camera_failed
                ></div>
                <div class="scan-ways">
                <button class="button camera-key" data-loads="camera">
                    <Icon path=icon::CAMERA />
                    <span>{move || words().camera}</span>
                </button>
                <button class="button" on:click=move |_| visit.go(Screen::FindCase)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().find_case_button}</span>
                </button>
                {move || snapshot.hall.with(|hall| hall.applies).then(go_on)}
                </div>
            </div>
        </section>
    }
}

/// How often the page refreshes.
const REFRESH_MS: u32 = 5_000;

#[component]
pub fn ProgressPage(token: Token) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let found = RwSignal::new(None::<Result<Progress, Refused>>);
    let snapshot = hall_snapshot();
    let books = move || snapshot.hall.with_untracked(|hall| hall.books);
    let refresh = move || {
        spawn_local(async move {
            let address = format!("/api/progress?token={token}");
            let answer = get(&address, lang.get_untracked()).await;
            // Without an answer, what is on the screen stays.
            let keep = answer.as_ref().is_err_and(|refused| refused.code == Refused::NO_ANSWER)
                && found.try_with_untracked(Option::is_some).unwrap_or(true);
            if !keep {
                let _ = found.try_set(Some(answer));
            }
        });
    };
    Effect::new(move || {
        lang.track();
        refresh();
    });
    let timer = gloo_timers::callback::Interval::new(REFRESH_MS, refresh);
    let timer = StoredValue::new_local(timer);
    on_cleanup(move || timer.dispose());

    move || {
        match found.get() {
        None => view! {
            <Notice icon=icon::PROGRESS tone="calm" title=move || words().progress_title.to_owned()>
                <p>{move || words().issuing_next}</p>
            </Notice>
        }
        .into_any(),
        // What is no ticket may be the code of a booking.
        Some(Err(refused)) if refused.code == "unknown_ticket" && books() => {
            view! { <CheckInPage token=Some(token) /> }.into_any()
        }
        Some(Err(refused)) => view! {
            <Notice icon=icon::SCAN title=Signal::stored(refused.message)>
                <p>{refused.next}</p>
                <div class="keys">
                    <button class="key" on:click=move |_| visit.open_from_home(Screen::Scan { unread: false })>
                        {move || words().progress_scan_again}
                    </button>
                </div>
            </Notice>
        }
        .into_any(),
        Some(Ok(mut progress)) => {
            let over = !progress.state.is_active();
            match progress.case.take_if(|case| case.by_own_token || case.by_pass || over) {
                Some(case) => view! { <CasePage progress case /> }.into_any(),
                None => view! { <TicketProgress progress /> }.into_any(),
            }
        }
    }
    }
}

#[component]
fn TicketProgress(progress: Progress) -> impl IntoView {
    let visit = visit();
    let lang = visit.lang.get();
    let state = ticket_state::name(progress.state, lang);
    let counter = progress.counter_name.as_ref().map(|name| {
        let sentence = match progress.state {
            TicketState::Called => words().go_to,
            _ => words().at_counter,
        };
        fill(sentence, &[("counter", &name.get(lang))])
    });
    let called = progress.state == TicketState::Called;
    // While waiting, the place in the line says it.
    let next = (progress.state != TicketState::Waiting).then(|| {
        view! { <p class="then">{next_step(&progress, lang)}</p> }
    });
    let priority = progress.priority;
    let ahead = progress.ahead.is_some().then(|| {
        let ahead = progress.ahead;
        let (wait_minutes, calls_from) = (progress.wait_minutes, progress.calls_from);
        view! { <Ahead ahead wait_minutes calls_from /> }
    });
    view! {
        <section class="page followed">
            <div class="given">
                <p class="soft">
                    {format!("{} · {}", progress.line.get(lang), progress.matter.get(lang))}
                </p>
                <h1 class="number hero" aria-label=sign_by_sign(&progress.number)>
                    {progress.number.clone()}
                </h1>
                <p class="state" class:now=called data-heard="">
                    {state}
                </p>
                <PriorityNote priority />
            </div>
            {counter.map(|counter| view! { <p class="counter">{counter}</p> })}
            {next} {ahead}
            <FinishButton />
        </section>
    }
}
