//! The number: large, with its code, and how the slip is getting on.

use jiban_domain::MatterId;
use jiban_domain::wait::WaitMinutes;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::known::{known, stream_address};
use super::leaving::{Leaving, leave_after};
use super::paper::print_here;
use super::printed::{SlipNow, last_state, slip_now};
use super::scene::Taken;
use super::visit::visit;
use super::words::words;
use crate::api::ask;
use crate::api::kiosk::{JobNow, KioskNow, PrinterNow, Reprint};
use crate::parts::icon::{self, Icon};
use crate::parts::live::listen;
use crate::parts::qr;
use crate::words::lang;

/// The number just taken.
#[component]
pub fn TicketPage(
    /// What was asked, and what came back.
    taken: Taken,
) -> impl IntoView {
    let known = known();
    let visit = visit();
    let Taken { issue, issued } = taken;

    let address = format!("{}&token={}", stream_address(&issue.kiosk), issued.token);
    let live = listen::<KioskNow>(&address);
    let jobs: Memo<Vec<JobNow>> = Memo::new(move |_| {
        live.now.with(|now| now.as_ref().map(|now| now.jobs.clone()).unwrap_or_default())
    });

    let begun = known.now.get_untracked();
    let seconds =
        Memo::new(move |_| u32::try_from((known.now.get() - begun) / 1_000).unwrap_or_default());
    let slip = Memo::new(move |_| {
        slip_now(
            known.printer.get(),
            visit.screen_only.get(),
            jobs.with(|jobs| last_state(jobs)),
            seconds.get(),
        )
    });
    let stays = RwSignal::new(SlipNow::Coming.stays());
    Effect::new(move || {
        let now = slip.get();
        // News of the slip begin the time anew, before a shorter one may apply.
        visit.quiet.set(0);
        stays.set(now.stays());
    });
    let left = leave_after(stays.into());

    print_here(issue.kiosk.clone(), issued.token, jobs);
    let reprint = move || Reprint {
        request_id: Uuid::new_v4(),
        kiosk: issue.kiosk.clone(),
        token: issued.token,
    };
    view! {
        <section class="page ticket">
            <div class="given">
                <p class="soft">{move || words().your_number}</p>
                <p class="number hero">{issued.number}</p>
                <WhatFor matter=issue.matter />
            </div>
            <Ahead ahead=issued.ahead wait=issued.wait_minutes />
            <figure class="code">
                {qr::drawing(&issued.progress_url.to_uppercase(), "qr")}
                <figcaption>{move || words().follow}</figcaption>
            </figure>
            <div class="after">
                <SlipState slip />
                <div class="keys">
                    <ReprintKey slip reprint />
                    <button class="key" on:click=move |_| visit.end()>
                        {move || words().finish}
                    </button>
                </div>
                <Leaving left />
            </div>
        </section>
    }
}

/// What the number is for.
#[component]
fn WhatFor(matter: MatterId) -> impl IntoView {
    let known = known();
    let lang = lang();
    let name = move || {
        let matter = known.matter(&matter)?.matter;
        let line = known.line(&matter.line)?;
        Some(format!("{} · {}", line.name.get(lang.get()), matter.name.get(lang.get())))
    };
    view! { <p class="what">{name}</p> }
}

/// People ahead, and the wait as a range.
#[component]
pub fn Ahead(
    /// People ahead.
    ahead: u32,
    /// None while no counter is open.
    wait: Option<WaitMinutes>,
) -> impl IntoView {
    let people = move || {
        if ahead == 0 {
            view! { <strong class="word">{words().ahead_none}</strong> }.into_any()
        } else {
            view! {
                <span>{words().ahead}</span>
                <strong class="number">{ahead}</strong>
                <span>{words().ahead_unit}</span>
            }
            .into_any()
        }
    };
    let minutes = move || match wait {
        Some(WaitMinutes { low, high }) => {
            let range = if low == high { high.to_string() } else { format!("{low}–{high}") };
            view! {
                <span>{words().wait}</span>
                <strong class="number">{range}</strong>
                <span>{words().wait_unit}</span>
            }
            .into_any()
        }
        None => view! {
            <span>{words().wait}</span>
            <strong class="word">{words().no_counter}</strong>
        }
        .into_any(),
    };
    view! {
        <div class="ahead">
            <p>{people}</p>
            <p>{minutes}</p>
        </div>
    }
}

/// The slip's state in words.
#[component]
fn SlipState(slip: Memo<SlipNow>) -> impl IntoView {
    let state = move || {
        let words = words();
        let (tone, icon, said, next) = match slip.get() {
            SlipNow::Coming => ("coming", icon::PRINT, words.printing, ""),
            SlipNow::Here => ("good", icon::CHECK, words.take_slip, ""),
            SlipNow::LikelyHere => ("good", icon::PRINT, words.take_slip, words.slip_maybe),
            SlipNow::Unknown => ("warn", icon::WARN, words.slip_unknown, words.photograph),
            SlipNow::Failed => ("warn", icon::WARN, words.slip_failed, words.photograph),
            SlipNow::ScreenOnly => {
                ("warn", icon::PROGRESS, words.screen_only, words.screen_only_next)
            }
        };
        view! {
            <div class=format!("slip-state {tone}") role="status">
                <Icon path=icon />
                <div>
                    <strong>{said}</strong>
                    {(!next.is_empty()).then(|| view! { <p>{next}</p> })}
                </div>
            </div>
        }
    };
    view! { {state} }
}

/// Prints the same number again.
#[component]
fn ReprintKey(
    slip: Memo<SlipNow>,
    reprint: impl Fn() -> Reprint + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let known = known();
    let visit = visit();
    let asked = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let printer = known.printer;
    let waits = move || asked.get() || slip.get() == SlipNow::Coming || !printer.get().prints();
    let ask_again = move |_| {
        let question = reprint();
        asked.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = ask(&question, visit.lang.get_untracked()).await;
            // The visitor may have left the page meanwhile.
            let _ = asked.try_set(false);
            if let Err(no) = answer {
                let _ = refused.try_set(Some(no.message));
            }
        });
    };
    move || {
        let ask_again = ask_again.clone();
        (printer.get() != PrinterNow::None).then(|| {
            view! {
                <button class="button" disabled=waits on:click=ask_again>
                    <Icon path=icon::PRINT />
                    <span>{move || words().reprint}</span>
                </button>
                {move || {
                    refused
                        .get()
                        .map(|said| {
                            view! {
                                <p class="refused" role="alert">
                                    {words().reprint_failed}
                                    " "
                                    {said}
                                </p>
                            }
                        })
                }}
            }
        })
    }
}
