//! Between the touch and the number. The same request is sent until it is
//! answered: the hall gives one number for it, however often it arrives.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::notice::Notice;
use super::scene::{Screen, Taken};
use super::visit::{Visit, visit};
use super::words::words;
use crate::api::kiosk::Issue;
use crate::api::{Refused, ask};
use crate::parts::icon;

const LOOK_EVERY_MS: u32 = 500;
/// After a failure: soon, for the visitor stands there.
const AGAIN_AFTER_FAILURE: u32 = 1_500 / LOOK_EVERY_MS;
/// With no answer at all: a network that swallows answers must not hold a visitor.
const AGAIN_AFTER_SILENCE: u32 = 6_000 / LOOK_EVERY_MS;
/// When the wait is explained.
const LATE_AFTER: u32 = 3_000 / LOOK_EVERY_MS;

/// Waits for the number.
#[component]
pub fn TakingPage(
    /// What is asked.
    issue: Issue,
) -> impl IntoView {
    let visit = visit();
    let late = RwSignal::new(false);
    // Looks since the last try, and how many make the next.
    let since_try = Rc::new(Cell::new(0_u32));
    let next_try = Rc::new(Cell::new(AGAIN_AFTER_SILENCE));
    let send = {
        let next_try = next_try.clone();
        let since_try = since_try.clone();
        move || {
            since_try.set(0);
            next_try.set(AGAIN_AFTER_SILENCE);
            let failed = {
                let next_try = next_try.clone();
                move || next_try.set(AGAIN_AFTER_FAILURE)
            };
            spawn_local(answer(visit, issue.clone(), failed));
        }
    };
    send();
    let mut looks = 0_u32;
    let watch = Interval::new(LOOK_EVERY_MS, move || {
        looks += 1;
        since_try.set(since_try.get() + 1);
        if looks == LATE_AFTER {
            late.set(true);
        }
        if since_try.get() >= next_try.get() {
            send();
        }
    });
    let watch = StoredValue::new_local(watch);
    on_cleanup(move || watch.dispose());

    move || {
        if late.get() {
            view! {
                <Notice icon=icon::OFFLINE title=move || words().taking_late.to_owned()>
                    <p>{move || words().taking_late_next}</p>
                    <p class="soft">{move || words().taking_late_else}</p>
                    <div class="working" aria-hidden="true"></div>
                </Notice>
            }
            .into_any()
        } else {
            view! {
                <Notice icon=icon::PRINT tone="calm" title=move || words().taking.to_owned()>
                    <p>{move || words().taking_next}</p>
                    <div class="working" aria-hidden="true"></div>
                </Notice>
            }
            .into_any()
        }
    }
}

/// Asks once, and moves the visitor on unless there was no answer.
async fn answer(visit: Visit, issue: Issue, failed: impl Fn()) {
    let lang = visit.lang.get_untracked();
    let answer = ask(&issue, lang).await;
    // An earlier try may have been answered meanwhile.
    if !visit.is_taking(&issue) {
        return;
    }
    match answer {
        Ok(issued) => visit.arrive(Screen::Ticket(Box::new(Taken { issue, issued }))),
        Err(refused) if is_passing(&refused) => failed(),
        Err(refused) => visit.arrive(Screen::Refused(refused)),
    }
}

/// No answer, or a hall that cannot write just now: the number may still come.
fn is_passing(refused: &Refused) -> bool {
    matches!(refused.code.as_str(), Refused::NO_ANSWER | "unavailable")
}
