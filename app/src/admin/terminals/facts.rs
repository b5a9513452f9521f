//! The facts of one terminal, each with its name.

use std::cmp::Ordering;

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::words::TerminalWords;
use crate::admin::overview::printer_name;
use crate::api::terminal::Report;
use crate::api::terminals::{TerminalNow, TerminalsNow};
use crate::parts::clock::date_and_time;
use crate::words::fill;

pub fn facts(now: &TerminalsNow, one: &TerminalNow, lang: Lang) -> AnyView {
    let words = TerminalWords::of(lang);
    let at = |at: Millis| date_and_time(at, &now.time_zone, lang);
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    if let Some(seen) = one.seen_at.or(one.heard_at) {
        rows.push((words.last_seen, at(seen)));
    }
    if let Some(report) = &one.report {
        rows.extend(reported(now, report, lang));
        if let Some(touched) = report.last_touch {
            rows.push((words.last_touch, at(touched)));
        }
    }
    let key = match &one.key {
        Some(key) => {
            let since = fill(words.key_since, &[("at", &at(key.paired_at)), ("by", &key.by)]);
            if key.changing { since + words.key_changing } else { since }
        }
        None if one.asks_for_key => words.key_wanted.to_owned(),
        None => words.key_none.to_owned(),
    };
    rows.push((words.key, key));
    let rows = rows
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="terminal-facts">{rows}</dl> }.into_any()
}

fn reported(now: &TerminalsNow, report: &Report, lang: Lang) -> Vec<(&'static str, String)> {
    let words = TerminalWords::of(lang);
    let marked = |what: &str, mark: Option<&str>| match mark {
        Some(mark) => format!("{what} · {mark}"),
        None => what.to_owned(),
    };
    let mark = match age(&report.version, &now.version) {
        Ordering::Less => Some(words.older),
        Ordering::Equal => None,
        Ordering::Greater => Some(words.newer),
    };
    let metres = format!("{}.{}", report.paper_mm / 1000, report.paper_mm % 1000 / 100);
    let of =
        |free: u64, size: u64| fill(words.of, &[("free", &bytes(free)), ("size", &bytes(size))]);
    let left: Vec<String> = report
        .left
        .iter()
        .filter(|left| left.day == now.business_day)
        .map(|left| format!("{} {}", left.letter, left.left))
        .collect();
    let mut rows = vec![
        (words.shows, shows(&report.shows, lang)),
        (words.printer, printer_name(report.printer, lang).to_owned()),
        (words.slips, fill(words.slips_of, &[("slips", &report.slips), ("metres", &metres)])),
        (words.version, marked(&report.version, mark)),
    ];
    if let Some(page) = &report.page {
        // Its name says nothing of its age, but the program that it comes with does.
        let is_other = now.page.as_ref().is_some_and(|now| now != page);
        let mark = is_other.then(|| mark.unwrap_or(words.other_page));
        rows.push((words.page, marked(page, mark)));
    }
    if report.queued > 0 {
        rows.push((words.queued, report.queued.to_string()));
    }
    rows.push((words.disk, of(report.disk_free, report.disk_size)));
    rows.push((words.memory, of(report.memory_free, report.memory_size)));
    rows.push((words.page_memory, bytes(report.page_memory)));
    if let Some(tenths) = report.temperature {
        rows.push((words.temperature, format!("{}.{} °C", tenths / 10, (tenths % 10).abs())));
    }
    rows.push((words.up, duration(report.up_seconds, lang)));
    rows.push((words.machine_up, duration(report.machine_up_seconds, lang)));
    rows.push((words.starts, report.browser_starts.to_string()));
    if !left.is_empty() {
        rows.push((words.left, left.join(" · ")));
    }
    rows.push((words.to_hand_in, report.to_hand_in.to_string()));
    rows
}

/// How old a program is beside the server's, by their versions. What stands after the figures, as
/// in `1.2.0-beta`, counts for nothing.
fn age(version: &str, server: &str) -> Ordering {
    let figures = |version: &str| {
        let figures = version.split(['-', '+']).next().unwrap_or_default();
        figures.split('.').map(|part| part.parse().unwrap_or_default()).collect::<Vec<u64>>()
    };
    figures(version).cmp(&figures(server))
}

/// What the screen shows, in words; a word that a newer terminal sends is shown as it is.
fn shows(shows: &str, lang: Lang) -> String {
    let words = TerminalWords::of(lang);
    match shows {
        "home" => words.shows_home,
        "visit" => words.shows_visit,
        "resting" => words.shows_resting,
        "cut_off" => words.shows_cut_off,
        "blocked" => words.shows_blocked,
        "no_page" => words.shows_no_page,
        other => other,
    }
    .to_owned()
}

/// Such as 9.3 GB.
fn bytes(count: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", count / unit, count % unit * 10 / unit);
    if count >= 1_000_000_000 {
        format!("{} GB", tenths(1_000_000_000))
    } else {
        format!("{} MB", tenths(1_000_000))
    }
}

fn duration(seconds: u64, lang: Lang) -> String {
    let words = TerminalWords::of(lang);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    if days > 0 {
        fill(words.days, &[("d", &days), ("h", &hours)])
    } else if hours > 0 {
        fill(words.hours, &[("h", &hours), ("m", &minutes)])
    } else {
        fill(words.minutes, &[("m", &minutes)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_older_or_newer_by_the_figures_of_its_version() {
        assert_eq!(age("0.9.0", "0.10.0"), Ordering::Less);
        assert_eq!(age("0.10.0", "0.10.0"), Ordering::Equal);
        assert_eq!(age("1.0.1", "1.0.0"), Ordering::Greater);
        assert_eq!(age("1.0.0-beta", "1.0.0"), Ordering::Equal);
    }

    #[test]
    fn figures_are_short() {
        assert_eq!(bytes(9_350_000_000), "9.3 GB");
        assert_eq!(bytes(90_000_000), "90.0 MB");
        assert_eq!(duration(59, Lang::En), "0 min");
        assert_eq!(duration(7_260, Lang::En), "2 h 1 min");
        assert_eq!(duration(200_000, Lang::Zh), "2 天 7 小时");
    }
}
