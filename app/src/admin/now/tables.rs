//! The lines, counters and kiosks of a hall, a table each.

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::care::{printer_name, silent_for};
use super::lasting;
use crate::admin::words::NowWords;
use crate::api::admin::{AdminCounter, AdminKiosk, AdminLine, AdminNow};
use crate::api::kiosk::PrinterNow;
use crate::words::fill;

fn table(title: &'static str, heads: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    let heads = heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    view! {
        <section class="sheet now-table">
            <h2>{title}</h2>
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A cell of plain words; soft where it says that there is nothing.
fn cell(words: String, soft: bool) -> AnyView {
    view! { <td class:soft=soft>{words}</td> }.into_any()
}

fn mark(words: &'static str, class: &'static str) -> AnyView {
    view! { <span class=format!("mark {class}")>{words}</span> }.into_any()
}

/// The lines.
pub fn lines(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let heads = [words.line, words.waiting, words.first_waits, words.counters_open, words.wait];
    let rows = now.lines.iter().map(|line| line_row(line, clock, lang)).collect();
    table(words.lines, &heads, rows)
}

fn line_row(line: &AdminLine, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let first = line.oldest.map(|since| lasting(clock - since, lang));
    let wait = line
        .wait_minutes
        .map(|wait| fill(words.wait_range, &[("low", &wait.low), ("high", &wait.high)]));
    let stranded = line.waiting > 0 && line.counters_open == 0;
    let open = if stranded {
        view! { <td>{mark(words.no_counter, "bad")}</td> }.into_any()
    } else {
        cell(line.counters_open.to_string(), line.counters_open == 0)
    };
    view! {
        <tr>
            <th scope="row">
                <span class="entry-badge number">{line.letter.to_string()}</span>
                {line.name.get(lang).to_owned()}
            </th>
            <td class="number" class:soft=line.waiting == 0>
                {line.waiting}
            </td>
            {cell(first.clone().unwrap_or_else(|| words.nobody.to_owned()), first.is_none())}
            {open} {cell(wait.clone().unwrap_or_else(|| "–".to_owned()), wait.is_none())}
        </tr>
    }
    .into_any()
}

/// The counters.
pub fn counters(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let heads = [words.counter, words.clerk, words.state, words.since, words.done_today];
    let rows = now.counters.iter().map(|counter| counter_row(counter, clock, lang)).collect();
    table(words.counters, &heads, rows)
}

fn counter_row(counter: &AdminCounter, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let clerk = counter.clerk.as_ref().map(|name| name.get(lang).to_owned());
    let state = match (&counter.in_hand, &clerk) {
        (Some((number, state)), _) => view! {
            <td>
                <span class="number">{number.clone()}</span>
                " "
                {state.name().get(lang).to_owned()}
            </td>
        }
        .into_any(),
        (None, Some(_)) => cell(words.idle.to_owned(), false),
        (None, None) => cell(words.not_open.to_owned(), true),
    };
    let since = counter.since.map(|since| lasting(clock - since, lang)).unwrap_or_default();
    view! {
        <tr>
            <th scope="row">
                {counter.name.get(lang).to_owned()} " "
                {counter.tidal.then(|| mark(words.tidal, ""))}
            </th>
            {cell(clerk.clone().unwrap_or_else(|| "–".to_owned()), clerk.is_none())} {state}
            {cell(since, false)}
            <td class="number" class:soft=counter.finished == 0>
                {counter.finished}
            </td>
        </tr>
    }
    .into_any()
}

/// The kiosks.
pub fn kiosks(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let heads = [words.kiosk, words.heard, words.printer, words.slips];
    let rows = now.kiosks.iter().map(|kiosk| kiosk_row(kiosk, clock, lang)).collect();
    table(words.kiosks, &heads, rows)
}

fn kiosk_row(kiosk: &AdminKiosk, clock: Millis, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
    let heard = match (kiosk.heard_at, silent_for(kiosk, clock)) {
        (None, _) => cell(words.never_heard.to_owned(), true),
        (Some(_), Some(silent)) => {
            let ago = fill(words.ago, &[("time", &lasting(silent, lang))]);
            view! { <td><span class="mark bad">{ago}</span></td> }.into_any()
        }
        (Some(_), None) => cell(words.just_now.to_owned(), false),
    };
    let printer = printer_name(kiosk.printer, lang);
    let printer = match kiosk.printer {
        PrinterNow::None | PrinterNow::Browser => cell(printer.to_owned(), true),
        PrinterNow::Ready => view! { <td>{mark(printer, "good")}</td> }.into_any(),
        PrinterNow::PaperLow => view! { <td>{mark(printer, "warn")}</td> }.into_any(),
        PrinterNow::PaperOut | PrinterNow::CoverOpen | PrinterNow::Offline => {
            view! { <td>{mark(printer, "bad")}</td> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">
                <span class="entry-badge number">{kiosk.id.to_string()}</span>
                {kiosk.name.get(lang).to_owned()}
            </th>
            {heard} {printer}
            <td class="number" class:soft=kiosk.doubtful_slips == 0>
                {kiosk.doubtful_slips}
            </td>
        </tr>
    }
    .into_any()
}
