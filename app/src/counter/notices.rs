//! What the clerk must know beside the visitor: the connection, and printers
//! that need someone.

use leptos::prelude::*;

use super::state::page;
use super::words::Words;
use crate::api::kiosk::PrinterNow;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// The bar of a page that may no longer be true.
#[component]
pub(super) fn StaleBar() -> impl IntoView {
    let page = page();
    move || {
        page.stale_since.get().map(|since| {
            let sentence = fill(page.words().stale, &[("time", &page.time(since))]);
            view! {
                <p class="notice stale" role="alert">
                    <Icon path=icon::OFFLINE />
                    {sentence}
                </p>
            }
        })
    }
}

/// The kiosks whose printer is ill.
#[component]
pub(super) fn IllPrinters() -> impl IntoView {
    let page = page();
    let ill = page.piece(|now| now.ill_printers.clone());
    move || {
        let (words, lang) = (page.words(), page.lang.get());
        let ill = ill.get();
        (!ill.is_empty()).then(|| {
            let each = ill
                .into_iter()
                .map(|ill| {
                    view! {
                        <li>
                            <b>{ill.kiosk.get(lang).to_owned()}</b>
                            {what_is_wrong(ill.printer, words)}
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

const fn what_is_wrong(printer: PrinterNow, words: &Words) -> &'static str {
    match printer {
        PrinterNow::PaperLow => words.paper_low,
        PrinterNow::PaperOut => words.paper_out,
        PrinterNow::CoverOpen => words.cover_open,
        PrinterNow::Offline => words.printer_offline,
        // Nothing is wrong with these, as far as is known.
        PrinterNow::None | PrinterNow::Browser | PrinterNow::Ready => "",
    }
}
