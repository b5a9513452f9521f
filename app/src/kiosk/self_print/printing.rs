//! A document on its way to the paper: how many pages are out, what stops it, and that all of
//! them are to be taken along. It goes on when its visitor leaves.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::super::notice::Notice;
use super::super::scene::{PrintAsked, Screen};
use super::super::visit::visit;
use super::super::words::words as kiosk_words;
use super::words::words;
use crate::api::self_print::{JobState, Print, PrintNow, ReadPrint};
use crate::api::{Refused, ask};
use crate::parts::icon;
use crate::words::{fill, lang};

/// How often it is asked how far the print is.
const EVERY_MS: u32 = 700;
/// How often a request is sent again that has no answer: it prints nothing more.
const TRIES: u32 = 5;

#[component]
pub fn PrintingPage(asked: PrintAsked) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let now = RwSignal::new(None::<Result<PrintNow, Refused>>);
    follow(asked.print.clone(), now);
    let name = asked.name.clone();
    let print = StoredValue::new(asked);
    let again = Callback::new(move |()| {
        let mut asked = print.get_value();
        asked.print.request_id = Uuid::new_v4();
        visit.back();
        visit.go(Screen::Printing(Box::new(asked)));
    });
    let title = move || name.get(lang.get()).to_owned();
    let title = StoredValue::new(title);
    let named = move || view! { <p class="soft">{move || title.with_value(|title| title())}</p> };
    move || match now.get() {
        None => view! {
            <Notice icon=icon::PRINT tone="calm" title=move || words().getting_ready.to_owned()>
                {named()}
                <p>{move || words().getting_ready_next}</p>
                <div class="working" aria-hidden="true"></div>
            </Notice>
        }
        .into_any(),
        Some(Err(refused)) => {
            // What can be mended is tried again; what cannot, is not.
            let may_help = refused.code.ends_with("not_ready")
                || ["statement_away", "busy"].contains(&&*refused.code)
                || is_away(&refused);
            let again = may_help.then_some(again);
            view! {
                <Notice icon=icon::WARN title=Signal::stored(refused.message)>
                    {named()}
                    <p>{refused.next}</p>
                    <Ways again />
                </Notice>
            }
            .into_any()
        }
        Some(Ok(now)) => match now.state {
            JobState::Queued | JobState::Sent => {
                view! { <Underway now>{named()}</Underway> }.into_any()
            }
            JobState::Confirmed => view! {
                <Done now>
                    {named()}
                    <Ways again=None />
                </Done>
            }
            .into_any(),
            JobState::Unknown => view! {
                <Notice icon=icon::WARN title=move || words().unknown.to_owned()>
                    {named()}
                    <p>{move || words().unknown_next}</p>
                    <Ways again=None />
                </Notice>
            }
            .into_any(),
            JobState::Failed => view! {
                <Failed now>
                    {named()}
                    <Ways again=Some(again) />
                </Failed>
            }
            .into_any(),
        },
    }
}

/// Sends the request until it is answered, then asks until the print has ended or the page has
/// gone.
fn follow(print: Print, now: RwSignal<Option<Result<PrintNow, Refused>>>) {
    let question = ReadPrint { kiosk: print.kiosk.clone(), request_id: print.request_id };
    let lang = visit().lang.get_untracked();
    spawn_local(async move {
        let mut answer = ask(&print, lang).await;
        let mut tries = 0;
        while tries < TRIES && answer.as_ref().is_err_and(is_away) {
            tries += 1;
            TimeoutFuture::new(EVERY_MS).await;
            answer = ask(&print, lang).await;
        }
        loop {
            let moving = matches!(&answer, Ok(now) if is_moving(now));
            if now.try_set(Some(answer)).is_some() || !moving {
                return;
            }
            TimeoutFuture::new(EVERY_MS).await;
            answer = match ask(&question, lang).await {
                // The server is away for a moment: what is on the screen stays.
                Err(refused) if is_away(&refused) => match now.try_get_untracked().flatten() {
                    Some(before) => before,
                    None => return,
                },
                answer => answer,
            };
        }
    });
}

/// Whether the server may have taken the request all the same.
fn is_away(refused: &Refused) -> bool {
    [Refused::NO_ANSWER, "needs_server", "unavailable"].contains(&&*refused.code)
}

const fn is_moving(now: &PrintNow) -> bool {
    matches!(now.state, JobState::Queued | JobState::Sent)
}

#[component]
fn Underway(now: PrintNow, children: Children) -> impl IntoView {
    let lang = lang();
    let stopped = !now.printer.prints();
    let title = move || {
        if stopped {
            let why = now.printer.sentence().get(lang.get()).to_owned();
            fill(words().stopped, &[("why", &why)])
        } else if now.state == JobState::Queued {
            words().waiting.to_owned()
        } else {
            words().printing.to_owned()
        }
    };
    let next = move || if stopped { words().stopped_next } else { words().stay };
    let came_out = move || fill(words().came_out, &[("n", &now.came_out), ("pages", &now.pages)]);
    let tone = if stopped { "warn" } else { "calm" };
    view! {
        <Notice icon=icon::PRINT tone title>
            {children()}
            <p class="pages number" aria-live="polite">
                {came_out}
            </p>
            <p>{next}</p>
            {(!stopped).then(|| view! { <div class="working" aria-hidden="true"></div> })}
        </Notice>
    }
}

#[component]
fn Done(now: PrintNow, children: Children) -> impl IntoView {
    let take = move || match now.pages {
        1 => words().take_one.to_owned(),
        pages => fill(words().take_all, &[("pages", &pages)]),
    };
    view! {
        <Notice icon=icon::CHECK tone="calm" title=move || words().done.to_owned()>
            <p class="pages">
                <strong>{take}</strong>
            </p>
            <p>{move || words().leave_none}</p>
            {children()}
        </Notice>
    }
}

#[component]
fn Failed(now: PrintNow, children: Children) -> impl IntoView {
    let lang = lang();
    let title = move || match now.came_out {
        0 => words().failed.to_owned(),
        n => fill(words().failed_part, &[("n", &n), ("pages", &now.pages)]),
    };
    let why = move || now.printer.sentence().get(lang.get()).to_owned();
    let part = (now.came_out > 0).then(|| view! { <p>{move || words().take_part}</p> });
    view! {
        <Notice icon=icon::WARN title>
            <p>{why}</p>
            {part}
            <p>{move || words().failed_next}</p>
            {children()}
        </Notice>
    }
}

/// The buttons at the end: try again, print something else, finish.
#[component]
fn Ways(again: Option<Callback<()>>) -> impl IntoView {
    let visit = visit();
    view! {
        <div class="keys">
            {again
                .map(|again| {
                    view! {
                        <button class="button" on:click=move |_| again.run(())>
                            {move || words().again}
                        </button>
                    }
                })}
            <button class="button" on:click=move |_| visit.back()>
                {move || words().more}
            </button>
            <button class="key" on:click=move |_| visit.end()>
                {move || kiosk_words().finish}
            </button>
        </div>
    }
}
