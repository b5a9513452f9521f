//! The ticket: its number, large, its QR code, and the status of its slip.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::ticket::Priority;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{Lang, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::browser_print::print_queued_slips;
use super::hall_snapshot::{hall_snapshot, stream_address};
use super::return_home::{ReturnCountdown, return_home_after};
use super::scene::IssuedTicket;
use super::slip_status::{SlipStatus, last_state, slip_status};
use super::visit::visit;
use super::words::words;
use crate::api::ask;
use crate::api::kiosk::{JobNow, KioskNow, PrinterNow, Reprint};
use crate::parts::icon::{self, Icon};
use crate::parts::live::listen;
use crate::parts::priority;
use crate::parts::qr;
use crate::parts::wait::{Wait, WaitWords, figures};
use crate::words::lang;

#[component]
pub fn TicketPage(ticket: IssuedTicket) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let IssuedTicket { issue, issued } = ticket;

    let address = format!("{}&token={}", stream_address(&issue.kiosk, issue.lang), issued.token);
    let live = listen::<KioskNow>(&address);
    let jobs: Memo<Vec<JobNow>> = Memo::new(move |_| {
        live.now.with(|now| now.as_ref().map(|now| now.jobs.clone()).unwrap_or_default())
    });

    let shown_at = snapshot.now.get_untracked();
    let seconds = Memo::new(move |_| {
        u32::try_from((snapshot.now.get() - shown_at) / 1_000).unwrap_or_default()
    });
    let status = Memo::new(move |_| {
        slip_status(
            snapshot.printer.get(),
            visit.screen_only.get(),
            jobs.with(|jobs| last_state(jobs)),
            seconds.get(),
        )
    });
    let display_seconds = RwSignal::new(SlipStatus::Printing.display_seconds());
    Effect::new(move || {
        let now = status.get();
        // A new status restarts the countdown, before a shorter one may apply.
        visit.idle_seconds.set(0);
        display_seconds.set(now.display_seconds());
    });
    let left = return_home_after(display_seconds.into());

    // A number that the terminal gave by itself is told again once the hall has it.
    let as_given = issued.clone();
    let given = Memo::new(move |_| {
        let told = live.now.with(|now| now.as_ref()?.terminal.as_ref()?.given.clone());
        told.unwrap_or_else(|| as_given.clone())
    });
    let number = Memo::new(move |_| given.with(|given| given.number.clone()));
    let heard_number =
        move || number.with(|number| format!("{} {}", words().your_number, sign_by_sign(number)));
    print_queued_slips(issue.kiosk.clone(), issued.token, jobs);
    let reprint = move || Reprint {
        request_id: Uuid::new_v4(),
        kiosk: issue.kiosk.clone(),
        token: issued.token,
    };
    view! {
        <section class="page ticket">
            <div class="given">
                <p class="soft" aria-hidden="true">
                    {move || words().your_number}
                </p>
                <h1 class="number hero" aria-label=heard_number>
                    {number}
                </h1>
                <MatterName matter=issue.matter />
                <PriorityNote priority=issue.priority />
            </div>
            {move || {
                let given = given.get();
                view! {
                    <Ahead
                        ahead=given.ahead
                        wait_minutes=given.wait_minutes
                        calls_from=given.calls_from
                    />
                }
            }}
            <figure class="code">
                {qr::drawing(&qr::address(&issued.progress_url), "qr", || words().follow)}
                <figcaption>{move || words().follow}</figcaption>
            </figure>
            <div class="after">
                <SlipStatusMessage status />
                <div class="keys">
                    <ReprintButton status reprint />
                    <button class="key" on:click=move |_| visit.end()>
                        {move || words().finish}
                    </button>
                </div>
                <ReturnCountdown left />
            </div>
        </section>
    }
}

/// `A 0 1 2`: voices would make one word or a large number of it.
pub fn sign_by_sign(number: &str) -> String {
    number.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

#[component]
fn MatterName(matter: MatterId) -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let name = move || {
        let matter = snapshot.matter(&matter)?;
        let line = snapshot.line(&matter.line)?;
        Some(format!("{} · {}", line.name.get(lang.get()), matter.name.get(lang.get())))
    };
    view! {
        <p class="what" data-heard="">
            {name}
        </p>
    }
}

/// The class of a visitor with priority.
#[component]
pub fn PriorityNote(priority: Priority) -> impl IntoView {
    let lang = lang();
    move || {
        let lang = lang.get();
        priority::shown(priority, lang).map(|shown| {
            view! { <p class="soft">{format!("{} · {shown}", priority::PriorityWords::of(lang).label)}</p> }
        })
    }
}

/// The people ahead, and the estimated wait; what to do, where nobody is called now, or where
/// the place in line is not confirmed yet.
#[component]
pub fn Ahead(
    ahead: Option<u32>,
    wait_minutes: Option<WaitMinutes>,
    calls_from: Option<CallsFrom>,
) -> impl IntoView {
    let lang = lang();
    let Some(ahead) = ahead else {
        return view! {
            <div class="ahead" data-heard="">
                <p>
                    <strong class="word">{move || words().confirming}</strong>
                </p>
                <p class="then">{move || words().confirming_next}</p>
            </div>
        }
        .into_any();
    };
    let calls_from = StoredValue::new(calls_from);
    let wait =
        move || calls_from.with_value(|from| view_of_wait(wait_minutes, from.as_ref(), lang.get()));
    let people = move || {
        if ahead == 0 {
            let first = calls_from
                .with_value(|from| Wait::of(wait_minutes, from.as_ref()).place(lang.get(), 0).1);
            view! { <strong class="word">{first}</strong> }.into_any()
        } else {
            view! {
                <span>{words().ahead}</span>
                <strong class="number">{ahead}</strong>
                <span>{words().ahead_unit}</span>
            }
            .into_any()
        }
    };
    let next = move || {
        calls_from.with_value(|from| match Wait::of(wait_minutes, from.as_ref()) {
            Wait::Called(_) => None,
            wait => Some(view! { <p class="then">{wait.next(lang.get(), ahead)}</p> }),
        })
    };
    view! {
        <div class="ahead" data-heard="">
            <p>{people}</p>
            <p>{wait}</p>
            {next}
        </div>
    }
    .into_any()
}

fn view_of_wait(minutes: Option<WaitMinutes>, from: Option<&CallsFrom>, lang: Lang) -> AnyView {
    let words = WaitWords::of(lang);
    match Wait::of(minutes, from) {
        Wait::Called(minutes) => {
            let (low, high, unit) = figures(lang, minutes);
            let range = if low == high { high } else { format!("{low}–{high}") };
            view! {
                <span>{words.label}</span>
                <span class="unbroken">
                    <strong class="number">{range}</strong>
                    " "
                    <span>{unit}</span>
                </span>
            }
            .into_any()
        }
        Wait::NoCounter => view! {
            <span>{words.label}</span>
            <strong class="word">{words.no_counter}</strong>
        }
        .into_any(),
        Wait::Later(from, _) => view! {
            <span>{words.from_label}</span>
            <strong class="word">{from.words(lang)}</strong>
        }
        .into_any(),
    }
}

/// The slip's status in words.
#[component]
fn SlipStatusMessage(status: Memo<SlipStatus>) -> impl IntoView {
    let state = move || {
        let words = words();
        let (tone, icon, message, next) = match status.get() {
            SlipStatus::Printing => ("coming", icon::PRINT, words.printing, ""),
            SlipStatus::Printed => ("good", icon::CHECK, words.take_slip, ""),
            SlipStatus::LikelyPrinted => ("good", icon::PRINT, words.take_slip, words.slip_maybe),
            SlipStatus::Unknown => ("warn", icon::WARN, words.slip_unknown, words.photograph),
            SlipStatus::Failed => ("warn", icon::WARN, words.slip_failed, words.photograph),
            SlipStatus::ScreenOnly => {
                ("warn", icon::PROGRESS, words.screen_only, words.screen_only_next)
            }
        };
        view! {
            <div class=format!("slip-state {tone}") role="status">
                <Icon path=icon />
                <div>
                    <strong>{message}</strong>
                    {(!next.is_empty()).then(|| view! { <p>{next}</p> })}
                </div>
            </div>
        }
    };
    view! { {state} }
}

#[component]
fn ReprintButton(
    status: Memo<SlipStatus>,
    reprint: impl Fn() -> Reprint + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let sending = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let printer = snapshot.printer;
    let disabled =
        move || sending.get() || status.get() == SlipStatus::Printing || !printer.get().prints();
    let print_again = move |_| {
        let request = reprint();
        sending.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = ask(&request, visit.lang.get_untracked()).await;
            // The visitor may have left the page meanwhile.
            let _ = sending.try_set(false);
            if let Err(refusal) = answer {
                let _ = refused.try_set(Some(refusal.message));
            }
        });
    };
    move || {
        let print_again = print_again.clone();
        (printer.get() != PrinterNow::None).then(|| {
            view! {
                <button class="button" disabled=disabled on:click=print_again>
                    <Icon path=icon::PRINT />
                    <span>{move || words().reprint}</span>
                </button>
                {move || {
                    refused
                        .get()
                        .map(|message| {
                            view! {
                                <p class="refused" role="alert">
                                    {words().reprint_failed}
                                    " "
                                    {message}
                                </p>
                            }
                        })
                }}
            }
        })
    }
}
