//! The tables of lines, counters and kiosks.

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::alerts::{offline_for, printer_name};
use super::duration;
use crate::admin::words::OverviewWords;
use crate::api::admin::{AdminCounter, AdminKiosk, AdminLine, AdminNow};
use crate::api::kiosk::PrinterNow;
use crate::parts::wait::{Wait, WaitWords};
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

/// A text cell; `soft` for "none".
fn cell(text: String, soft: bool) -> AnyView {
    view! { <td class:soft=soft>{text}</td> }.into_any()
}

fn mark(text: &'static str, class: &'static str) -> AnyView {
    view! { <span class=format!("mark {class}")>{text}</span> }.into_any()
}

pub fn lines(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let heads =
        [words.line, words.waiting, words.longest_wait, words.counters_open, words.wait_now];
    let rows = now.lines.iter().map(|line| line_row(line, clock, lang)).collect();
    table(words.lines, &heads, rows)
}

fn line_row(line: &AdminLine, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let longest = line.oldest.map(|since| duration(clock - since, lang));
    let told = Wait::of(line.wait_minutes, line.calls_from.as_ref());
    let wait = (told != Wait::NoCounter).then(|| told.words(lang));
    let unserved = line.waiting > 0 && line.counters_open == 0 && !matches!(told, Wait::Later(..));
    let open = if unserved {
        view! { <td>{mark(WaitWords::of(lang).no_counter, "bad")}</td> }.into_any()
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
            {cell(longest.clone().unwrap_or_else(|| words.nobody.to_owned()), longest.is_none())}
            {open} {cell(wait.clone().unwrap_or_else(|| "–".to_owned()), wait.is_none())}
        </tr>
    }
    .into_any()
}

pub fn counters(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let heads = [words.counter, words.clerk, words.state, words.since, words.done_today];
    let rows = now.counters.iter().map(|counter| counter_row(counter, clock, lang)).collect();
    table(words.counters, &heads, rows)
}

fn counter_row(counter: &AdminCounter, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
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
    let since = counter.since.map(|since| duration(clock - since, lang)).unwrap_or_default();
    view! {
        <tr>
            <th scope="row">
                {counter.name.get(lang).to_owned()} " "
                {counter.tidal.then(|| mark(words.peak_time, ""))}
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

pub fn kiosks(now: &AdminNow, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let heads = [words.kiosk, words.last_seen, words.printer, words.slips];
    let rows = now.kiosks.iter().map(|kiosk| kiosk_row(kiosk, clock, lang)).collect();
    table(words.kiosks, &heads, rows)
}

fn kiosk_row(kiosk: &AdminKiosk, clock: Millis, lang: Lang) -> AnyView {
    let words = OverviewWords::of(lang);
    let last_seen = match (kiosk.heard_at, offline_for(kiosk, clock)) {
        (None, _) => cell(words.never_seen.to_owned(), true),
        (Some(_), Some(silent)) => {
            let ago = fill(words.ago, &[("time", &duration(silent, lang))]);
            view! { <td><span class="mark bad">{ago}</span></td> }.into_any()
        }
        (Some(_), None) => cell(words.just_now.to_owned(), false),
    };
    let printer = printer_name(kiosk.printer, lang);
    let printer = match kiosk.printer {
        PrinterNow::None | PrinterNow::Browser | PrinterNow::Unknown => {
            cell(printer.to_owned(), true)
        }
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
            {last_seen} {printer}
            <td class="number" class:soft=kiosk.doubtful_slips == 0>
                {kiosk.doubtful_slips}
            </td>
        </tr>
    }
    .into_any()
}
