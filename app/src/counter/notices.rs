//! Notices over the console: a lost connection, and printers that need
//! attention.

use leptos::prelude::*;

use super::state::use_counter;
use super::words::Words;
use crate::api::kiosk::PrinterNow;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// Says that the page may be out of date.
#[component]
pub(super) fn StaleBar() -> impl IntoView {
    let counter = use_counter();
    move || {
        counter.stale_since.get().map(|since| {
            let sentence = fill(counter.words().stale, &[("time", &counter.time_of_day(since))]);
            view! {
                <p class="notice stale" role="alert">
                    <Icon path=icon::OFFLINE />
                    {sentence}
                </p>
            }
        })
    }
}

/// The kiosks whose printer needs attention.
#[component]
pub(super) fn PrinterNotices() -> impl IntoView {
    let counter = use_counter();
    let ill = counter.select(|now| now.ill_printers.clone());
    move || {
        let (words, lang) = (counter.words(), counter.lang.get());
        let ill = ill.get();
        (!ill.is_empty()).then(|| {
            let each = ill
                .into_iter()
                .map(|ill| {
                    view! {
                        <li>
                            <b>{ill.kiosk.get(lang).to_owned()}</b>
                            {problem(ill.printer, words)}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="notice printers" role="status">
                    <Icon path=icon::PRINT />
                    <span>{words.printer_ill}</span>
                    <ul>{each}</ul>
                </div>
            }
        })
    }
}

const fn problem(printer: PrinterNow, words: &Words) -> &'static str {
    match printer {
        PrinterNow::PaperLow => words.paper_low,
        PrinterNow::PaperOut => words.paper_out,
        PrinterNow::CoverOpen => words.cover_open,
        PrinterNow::Offline => words.printer_offline,
        // Nothing is wrong with these, as far as is known.
        PrinterNow::None | PrinterNow::Browser | PrinterNow::Ready | PrinterNow::Unknown => "",
    }
}
