//! Slips and guides on paper, where the kiosk's own browser prints: `window.print()`
//! with a sheet on which nothing else stands. The browser tells
//! nothing back, so all that can be said to the hall is that it was asked.

use std::time::Duration;

use jiban_domain::{KioskId, Lang, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::kiosk::{JobNow, JobState, PrintSheet, Printed};
use crate::api::{Refused, ask};
use crate::slip;

/// Such a printer's paper; the narrower is printed on it as well.
const PAPER_MM: u16 = 80;
const DOTS_PER_MM: u32 = 8;
/// Room at the left and right that its head does not reach.
const EDGE_MM: u32 = 4;
/// Below the slip, so that the cutter passes it by.
const TAIL_MM: u32 = 6;

/// What is being printed.
#[derive(Clone, Copy)]
pub struct OnPaper(RwSignal<Option<PrintSheet>>);

impl OnPaper {
    /// Nothing is printed.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Prints a sheet.
    pub fn print(self, sheet: PrintSheet) {
        self.print_then(sheet, || {});
    }

    fn print_then(self, sheet: PrintSheet, then: impl FnOnce() + 'static) {
        self.0.set(Some(sheet));
        // The sheet has to stand in the document before it is printed.
        request_animation_frame(move || {
            if let Some(window) = web_sys::window() {
                let _ = window.print();
            }
            then();
        });
    }

    /// The visitor has gone on.
    pub fn clear(self) {
        self.0.set(None);
    }
}

/// The sheet that only a printer sees.
#[component]
pub fn SlipSheet() -> impl IntoView {
    let paper: OnPaper = expect_context();
    let sheet = move || {
        paper
            .0
            .with(|sheet| {
                sheet.as_ref().map(|PrintSheet { svg, high_mm }| {
                    let high = high_mm + TAIL_MM;
                    let width = u32::from(PAPER_MM) - 2 * EDGE_MM;
                    format!(
                        "<style>@page{{size:{PAPER_MM}mm {high}mm;margin:0}}\
                 .slip-sheet svg{{width:{width}mm;margin-left:{EDGE_MM}mm}}</style>{svg}"
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
        let sheet = PrintSheet {
            svg: slip::svg(&slip, PAPER_MM),
            high_mm: slip::height(&slip, PAPER_MM).div_ceil(DOTS_PER_MM),
        };
        let printed = Printed { kiosk: kiosk.clone(), token };
        paper.print_then(sheet, move || tell(printed));
    });
    on_cleanup(move || paper.clear());
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
