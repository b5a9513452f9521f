//! Between the touch and the number. The same request is sent until it is
//! answered: the server gives one number for it, however often it arrives.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gloo_timers::callback::Interval;
use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::notice::Notice;
use super::scene::{IssuedTicket, Screen};
use super::visit::{Visit, visit};
use super::words::words;
use crate::api::kiosk::{Abandon, Issue};
use crate::api::{Refused, ask};
use crate::parts::icon;

const TICK_MS: u32 = 500;
const TICKS_PER_SECOND: u32 = 1_000 / TICK_MS;
/// After a failure the retry comes soon: the visitor is waiting.
const RETRY_AFTER_FAILURE: u32 = 1_500 / TICK_MS;
/// Without any answer: a network that loses answers must not hold a visitor.
const RETRY_AFTER_SILENCE: u32 = 6_000 / TICK_MS;
const ABANDON_AGAIN: Duration = Duration::from_secs(3);
/// When the page begins to explain the wait.
const LATE_AFTER: u32 = 3_000 / TICK_MS;

/// Waits for the number. Whoever leaves before it came gives it up: no number is called
/// for a visitor who never saw it.
#[component]
pub fn IssuingPage(issue: Issue) -> impl IntoView {
    let visit = visit();
    let pace = RwSignal::new(Pace::Usual);
    let answered = Arc::new(AtomicBool::new(false));
    let said_so = Arc::new(AtomicBool::new(false));
    // Ticks since the last attempt, and the number of ticks until the next one.
    let since_attempt = Rc::new(Cell::new(0_u32));
    let retry_after = Rc::new(Cell::new(RETRY_AFTER_SILENCE));
    let send = {
        let retry_after = retry_after.clone();
        let since_attempt = since_attempt.clone();
        let (issue, answered) = (issue.clone(), answered.clone());
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
                    if wait.is_some() {
                        let _ = pace.try_set(Pace::Crowded);
                    }
                }
            };
            spawn_local(attempt(visit, issue.clone(), answered.clone(), on_failure));
        }
    };
    send();
    let mut ticks = 0_u32;
    let timer = Interval::new(TICK_MS, move || {
        ticks += 1;
        since_attempt.set(since_attempt.get() + 1);
        if ticks == LATE_AFTER && pace.get_untracked() == Pace::Usual {
            pace.set(Pace::Late);
        }
        if since_attempt.get() >= retry_after.get() {
            send();
        }
    });
    let timer = StoredValue::new_local(timer);
    let given_up = said_so.clone();
    on_cleanup(move || {
        timer.dispose();
        if !answered.load(Ordering::Relaxed) {
            let said_so = said_so.load(Ordering::Relaxed);
            visit.memory.owes();
            abandon(visit, Abandon { request_id: issue.request_id, kiosk: issue.kiosk, said_so });
        }
    });
    let leave = move |_| {
        given_up.store(true, Ordering::Relaxed);
        visit.home();
    };
    let title = move || match pace.get() {
        Pace::Usual => words().issuing,
        Pace::Late => words().issuing_late,
        Pace::Crowded => words().issuing_crowded,
    };
    let next = move || match pace.get() {
        Pace::Usual => words().issuing_next,
        Pace::Late => words().issuing_late_next,
        Pace::Crowded => words().issuing_crowded_next,
    };
    let otherwise = move || {
        let usual = pace.get() == Pace::Usual;
        (!usual).then(|| view! { <p class="soft">{words().issuing_late_else}</p> })
    };
    view! {
        <Notice icon=icon::PRINT tone="calm" title=move || title().to_owned()>
            <p data-heard="">{next}</p>
            {otherwise}
            <div class="working" aria-hidden="true"></div>
            <div class="keys">
                <button class="button" on:click=leave>
                    {move || words().give_up}
                </button>
            </div>
        </Notice>
    }
}

/// How the request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Usual,
    /// The server does not answer.
    Late,
    /// The kiosk gave out so many numbers that the next must wait.
    Crowded,
}

/// Tells the server that nobody waits for the number any more, until it has heard.
fn abandon(visit: Visit, command: Abandon) {
    spawn_local(async move {
        if ask(&command, Lang::Zh).await.is_err_and(|refused| is_temporary(&refused)) {
            set_timeout(move || abandon(visit, command), ABANDON_AGAIN);
        } else {
            visit.memory.is_heard();
        }
    });
}

/// Sends the request once. Shows the answer, unless the request must be sent
/// again.
async fn attempt(
    visit: Visit,
    issue: Issue,
    answered: Arc<AtomicBool>,
    on_failure: impl Fn(&Refused),
) {
    let lang = visit.lang.get_untracked();
    let answer = ask(&issue, lang).await;
    // An earlier attempt may have been answered meanwhile.
    if !visit.is_issuing(&issue) {
        return;
    }
    match answer {
        Ok(issued) => {
            answered.store(true, Ordering::Relaxed);
            visit.replace(Screen::Ticket(Box::new(IssuedTicket { issue, issued })));
        }
        Err(refused) if is_temporary(&refused) => on_failure(&refused),
        // The hours ended between the touch and the number: the visitor is asked now.
        Err(refused) if refused.code == "called_later" => {
            answered.store(true, Ordering::Relaxed);
            visit.open_from_home(Screen::CalledLater(issue.matter));
        }
        Err(refused) => {
            answered.store(true, Ordering::Relaxed);
            visit.replace(Screen::Refused(refused));
        }
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
