//! Printing slips and guides by the kiosk's own browser: `window.print()`, with a
//! sheet that is alone on the printed page. The browser does not report the
//! result, so the kiosk can tell the server only that it asked for the print.

use std::time::Duration;

use jiban_domain::{KioskId, Lang, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::hall_snapshot::hall_snapshot;
use super::page_memory::PageMemory;
use super::visit::visit;
use crate::api::kiosk::{JobNow, JobState, PrintSheet, ReportPrinted};
use crate::api::{Refused, ask};
use crate::parts::nonce;
use crate::slip::{self, dots};

const DOTS_PER_MM: u32 = 8;
/// Space below the slip, so that the cutter does not cut into it.
const TAIL_MM: u32 = 6;

/// The sheet being printed.
#[derive(Clone, Copy)]
pub struct BrowserPrint(RwSignal<Option<PrintSheet>>);

impl BrowserPrint {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub fn print(self, sheet: PrintSheet) {
        self.print_then(sheet, || {});
    }

    fn print_then(self, sheet: PrintSheet, then: impl FnOnce() + 'static) {
        self.0.set(Some(sheet));
        // The sheet must be in the document before it is printed.
        request_animation_frame(move || {
            if let Some(window) = web_sys::window() {
                let _ = window.print();
            }
            then();
        });
    }

    /// Removes the sheet: the visitor has left its page.
    pub fn clear(self) {
        self.0.set(None);
    }
}

/// The sheet, visible in print only.
#[component]
pub fn PrintArea() -> impl IntoView {
    let browser_print: BrowserPrint = expect_context();
    let snapshot = hall_snapshot();
    let sheet = move || {
        let paper_mm = u32::from(snapshot.paper_mm.get());
        let width = dots(snapshot.paper_mm.get()) / DOTS_PER_MM;
        let edge = paper_mm.saturating_sub(width) / 2;
        browser_print
            .0
            .with(|sheet| {
                sheet.as_ref().map(|PrintSheet { svg, high_mm }| {
                    let high = high_mm + TAIL_MM;
                    let nonce = nonce::own();
                    format!(
                        "<style nonce=\"{nonce}\">@page{{size:{paper_mm}mm {high}mm;margin:0}}\
                 .slip-sheet svg{{width:{width}mm;margin-left:{edge}mm}}</style>{svg}"
                    )
                })
            })
            .unwrap_or_default()
    };
    view! { <div class="slip-sheet" aria-hidden="true" inner_html=sheet></div> }
}

/// Prints the ticket's slips that are queued for this browser, each once.
pub fn print_queued_slips(kiosk: KioskId, token: Token, jobs: Memo<Vec<JobNow>>) {
    let browser_print: BrowserPrint = expect_context();
    let paper_mm = hall_snapshot().paper_mm;
    let memory = visit().memory;
    let queued = Memo::new(move |_| {
        jobs.with(|jobs| {
            let queued = jobs.iter().rev().find(|job| job.state == JobState::Queued);
            queued.and_then(|job| job.slip.clone())
        })
    });
    Effect::new(move || {
        let Some(slip) = queued.get() else { return };
        let dots = dots(paper_mm.get_untracked());
        let sheet = PrintSheet {
            svg: slip::svg(&slip, dots),
            high_mm: slip::height(&slip, dots).div_ceil(DOTS_PER_MM),
        };
        let report = ReportPrinted { kiosk: kiosk.clone(), token };
        memory.owes();
        browser_print.print_then(sheet, move || report_printed(memory, report));
    });
    on_cleanup(move || browser_print.clear());
}

/// Reports until the server answers: a page that loads again would print once
/// more a job that was not reported.
fn report_printed(memory: PageMemory, report: ReportPrinted) {
    spawn_local(async move {
        if ask(&report, Lang::Zh).await.is_err_and(|refused| refused.code == Refused::NO_ANSWER) {
            set_timeout(move || report_printed(memory, report), Duration::from_secs(3));
        } else {
            memory.is_heard();
        }
    });
}
