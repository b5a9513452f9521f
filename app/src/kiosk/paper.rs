//! The slip on paper, where the kiosk's own browser prints: `window.print()`
//! with a sheet on which nothing but the slip stands. The browser tells
//! nothing back, so all that can be said to the hall is that it was asked.

use std::time::Duration;

use jiban_domain::slip::Slip;
use jiban_domain::{KioskId, Lang, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::kiosk::{JobNow, JobState, Printed};
use crate::api::{Refused, ask};
use crate::slip;

/// Such a printer's paper; the narrower is printed on it as well.
const PAPER_MM: u16 = 80;
const DOTS_PER_MM: u32 = 8;
/// Room at the left and right that its head does not reach.
const EDGE_MM: u32 = 4;
/// Below the slip, so that the cutter passes it by.
const TAIL_MM: u32 = 6;

/// The slip being printed.
#[derive(Clone, Copy)]
pub struct OnPaper(RwSignal<Option<Slip>>);

impl OnPaper {
    /// Nothing is printed.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

/// The sheet that only a printer sees.
#[component]
pub fn SlipSheet() -> impl IntoView {
    let paper: OnPaper = expect_context();
    let sheet = move || {
        paper
            .0
            .with(|slip| {
                slip.as_ref().map(|slip| {
                    let high = slip::height(slip, PAPER_MM).div_ceil(DOTS_PER_MM) + TAIL_MM;
                    let width = u32::from(PAPER_MM) - 2 * EDGE_MM;
                    format!(
                        "<style>@page{{size:{PAPER_MM}mm {high}mm;margin:0}}\
                 .slip-sheet svg{{width:{width}mm;margin-left:{EDGE_MM}mm}}</style>{}",
                        slip::svg(slip, PAPER_MM)
                    )
                })
            })
            .unwrap_or_default()
    };
    view! { <div class="slip-sheet" aria-hidden="true" inner_html=sheet></div> }
}

/// Prints what of a ticket's slips is left to this browser, each once.
pub fn print_here(kiosk: KioskId, token: Token, jobs: Memo<Vec<JobNow>>) {
    let paper: OnPaper = expect_context();
    let ours = Memo::new(move |_| {
        jobs.with(|jobs| {
            let queued = jobs.iter().rev().find(|job| job.state == JobState::Queued);
            queued.and_then(|job| job.slip.clone())
        })
    });
    Effect::new(move || {
        let Some(slip) = ours.get() else { return };
        paper.0.set(Some(slip));
        let printed = Printed { kiosk: kiosk.clone(), token };
        // The sheet has to stand in the document before it is printed.
        request_animation_frame(move || {
            if let Some(window) = web_sys::window() {
                let _ = window.print();
            }
            tell(printed);
        });
    });
    on_cleanup(move || paper.0.set(None));
}

/// Says so until it is heard: a job not told of would be printed once more by
/// a page that was loaded anew.
fn tell(printed: Printed) {
    spawn_local(async move {
        if ask(&printed, Lang::Zh).await.is_err_and(|no| no.code == Refused::NO_ANSWER) {
            set_timeout(move || tell(printed), Duration::from_secs(3));
        }
    });
}
