//! The pages that are shown while something blocks the kiosk, and that close by
//! themselves.

use jiban_domain::LineId;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::unattended::Unattended;
use super::visit::visit;
use super::words::words;
use crate::api::kiosk::PrinterNow;
use crate::parts::clock;
use crate::parts::icon;
use crate::words::{fill, lang};

/// The first snapshot has not arrived.
#[component]
pub fn StartingPage() -> impl IntoView {
    view! {
        <Notice icon=icon::PROGRESS tone="calm" title=move || words().starting.to_owned()>
            <p>{move || words().starting_next}</p>
        </Notice>
    }
}

/// The hall has no such kiosk. For the installer.
#[component]
pub fn UnknownPage() -> impl IntoView {
    let id = hall_snapshot().id.get_value();
    view! {
        <Notice icon=icon::WARN title=move || words().unknown.to_owned()>
            <p>{move || fill(words().unknown_next, &[("id", &id)])}</p>
            <p class="soft">{move || words().unknown_how}</p>
        </Notice>
    }
}

/// Another program than the paired terminal opened the kiosk. For the installer, in the
/// server's words, which its page for this address has as well.
#[component]
pub fn KeptOutPage() -> impl IntoView {
    let kept_out = visit().kept_out;
    let title = move || kept_out.get().map(|refused| refused.message).unwrap_or_default();
    view! {
        <Notice icon=icon::WARN title=title>
            <p class="soft">{move || kept_out.get().map(|refused| refused.next)}</p>
        </Notice>
    }
}

/// One window gives numbers: two would print one slip twice.
#[component]
pub fn ElsewherePage() -> impl IntoView {
    view! {
        <Notice icon=icon::WARN title=move || words().elsewhere.to_owned()>
            <p>{move || words().elsewhere_next}</p>
        </Notice>
    }
}

/// The server cannot be reached.
#[component]
pub fn NoServerPage() -> impl IntoView {
    let snapshot = hall_snapshot();
    let since = move || {
        let zone = snapshot.hall.with(|hall| hall.zone.clone());
        let at = snapshot.live.stale_since.get()?;
        (!zone.is_empty()).then(|| {
            fill(
                words().no_server_since,
                &[("at", &clock::hour_minute(snapshot.to_server_time(at), &zone))],
            )
        })
    };
    view! {
        <Notice icon=icon::OFFLINE title=move || words().no_server.to_owned()>
            <p>{move || words().no_server_next}</p>
            <p>{move || words().no_server_else}</p>
            <p class="soft">{since}</p>
        </Notice>
    }
}

/// The telephone number of the information desk, if there is one.
#[component]
pub fn Telephone() -> impl IntoView {
    let snapshot = hall_snapshot();
    move || {
        let telephone = snapshot.hall.with(|hall| hall.telephone.clone());
        (!telephone.is_empty()).then(|| {
            view! { <p class="telephone">{fill(words().telephone, &[("n", &telephone)])}</p> }
        })
    }
}

/// Outside opening hours: first what needs no clerk, then when the hall opens.
#[component]
pub fn ClosedPage() -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let opens = move || {
        let (at, zone) = snapshot.hall.with(|hall| (hall.opens_at, hall.zone.clone()));
        match at {
            Some(at) => view! {
                <p class="opens">
                    <span class="soft">{words().opens}</span>
                    <strong class="number">{clock::hour_minute(at, &zone)}</strong>
                    <span>{clock::day(at, &zone, lang.get())}</span>
                </p>
            }
            .into_any(),
            None => view! { <p>{words().opens_unknown}</p> }.into_any(),
        }
    };
    view! {
        <Notice icon=icon::PROGRESS tone="calm" title=move || words().closed.to_owned()>
            <p data-heard="">{move || words().closed_else}</p>
            <div class="keys">
                <Unattended />
            </div>
            {opens}
            <Telephone />
        </Notice>
    }
}

/// The chosen line gives no numbers now.
#[component]
pub fn LineClosedPage(line: LineId) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let lang = lang();
    let title = move || {
        let name = snapshot.line(&line).map(|line| line.name.get(lang.get()).to_owned());
        fill(words().line_closed, &[("line", &name.unwrap_or_default())])
    };
    view! {
        <Notice icon=icon::WARN title=title>
            <p>{move || words().line_closed_next}</p>
            <Telephone />
            <div class="keys">
                <button class="key" on:click=move |_| visit.home()>
                    {move || words().other_lines}
                </button>
            </div>
        </Notice>
    }
}

/// The printer cannot print. Shown before a number is taken, so that nobody
/// waits for a slip that does not come.
#[component]
pub fn PrinterProblemPage(printer: PrinterNow) -> impl IntoView {
    let visit = visit();
    let title = move || {
        match printer {
            PrinterNow::PaperOut => words().paper_out,
            PrinterNow::CoverOpen => words().cover_open,
            _ => words().printer_offline,
        }
        .to_owned()
    };
    view! {
        <Notice icon=icon::PRINT title=title>
            <p>{move || words().printer_next}</p>
            <p>{move || words().printer_still}</p>
            <div class="keys">
                <Unattended />
                <button class="key wide" on:click=move |_| visit.screen_only.set(true)>
                    {move || words().on_screen_only}
                </button>
            </div>
        </Notice>
    }
}
