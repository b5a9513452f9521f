//! Between the touch and the number. The same request is sent until it is
//! answered: the server gives one number for it, however often it arrives.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::notice::Notice;
use super::scene::{IssuedTicket, Screen};
use super::visit::{Visit, visit};
use super::words::words;
use crate::api::kiosk::Issue;
use crate::api::{Refused, ask};
use crate::parts::icon;

const TICK_MS: u32 = 500;
const TICKS_PER_SECOND: u32 = 1_000 / TICK_MS;
/// After a failure the retry comes soon: the visitor is waiting.
const RETRY_AFTER_FAILURE: u32 = 1_500 / TICK_MS;
/// Without any answer: a network that loses answers must not hold a visitor.
const RETRY_AFTER_SILENCE: u32 = 6_000 / TICK_MS;
/// When the page begins to explain the wait.
const LATE_AFTER: u32 = 3_000 / TICK_MS;

/// Waits for the number.
#[component]
pub fn IssuingPage(issue: Issue) -> impl IntoView {
    let visit = visit();
    let late = RwSignal::new(false);
    let crowded = RwSignal::new(false);
    // Ticks since the last attempt, and the number of ticks until the next one.
    let since_attempt = Rc::new(Cell::new(0_u32));
    let retry_after = Rc::new(Cell::new(RETRY_AFTER_SILENCE));
    let send = {
        let retry_after = retry_after.clone();
        let since_attempt = since_attempt.clone();
        move || {
            since_attempt.set(0);
            retry_after.set(RETRY_AFTER_SILENCE);
            let on_failure = {
                let retry_after = retry_after.clone();
                move |refused: &Refused| {
                    // The server knows when the kiosk may give out the next one.
                    let wait = refused.retry_after.map(|seconds| seconds * TICKS_PER_SECOND);
                    retry_after.set(wait.unwrap_or(RETRY_AFTER_FAILURE));
                    // The visitor may have left the page meanwhile.
                    let _ = crowded.try_set(wait.is_some());
                }
            };
            spawn_local(attempt(visit, issue.clone(), on_failure));
        }
    };
    send();
    let mut ticks = 0_u32;
    let timer = Interval::new(TICK_MS, move || {
        ticks += 1;
        since_attempt.set(since_attempt.get() + 1);
        if ticks == LATE_AFTER {
            late.set(true);
        }
        if since_attempt.get() >= retry_after.get() {
            send();
        }
    });
    let timer = StoredValue::new_local(timer);
    on_cleanup(move || timer.dispose());

    move || {
        if crowded.get() {
            view! {
                <Notice
                    icon=icon::PRINT
                    tone="calm"
                    title=move || words().issuing_crowded.to_owned()
                >
                    <p>{move || words().issuing_crowded_next}</p>
                    <p class="soft">{move || words().issuing_late_else}</p>
                    <div class="working" aria-hidden="true"></div>
                </Notice>
            }
            .into_any()
        } else if late.get() {
            view! {
                <Notice icon=icon::OFFLINE title=move || words().issuing_late.to_owned()>
                    <p>{move || words().issuing_late_next}</p>
                    <p class="soft">{move || words().issuing_late_else}</p>
                    <div class="working" aria-hidden="true"></div>
                </Notice>
            }
            .into_any()
        } else {
            view! {
                <Notice icon=icon::PRINT tone="calm" title=move || words().issuing.to_owned()>
                    <p>{move || words().issuing_next}</p>
                    <div class="working" aria-hidden="true"></div>
                </Notice>
            }
            .into_any()
        }
    }
}

/// Sends the request once. Shows the answer, unless the request must be sent
/// again.
async fn attempt(visit: Visit, issue: Issue, on_failure: impl Fn(&Refused)) {
    let lang = visit.lang.get_untracked();
    let answer = ask(&issue, lang).await;
    // An earlier attempt may have been answered meanwhile.
    if !visit.is_issuing(&issue) {
        return;
    }
    match answer {
        Ok(issued) => visit.replace(Screen::Ticket(Box::new(IssuedTicket { issue, issued }))),
        Err(refused) if is_temporary(&refused) => on_failure(&refused),
        Err(refused) => visit.replace(Screen::Refused(refused)),
    }
}

/// No answer, a server that cannot write just now, or a kiosk that gave out too many: the
/// number may still come.
fn is_temporary(refused: &Refused) -> bool {
    matches!(
        refused.code.as_str(),
        Refused::NO_ANSWER | "unavailable" | "busy" | "too_many_numbers"
    )
}
