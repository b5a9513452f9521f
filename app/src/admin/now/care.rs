//! What needs someone's care, the gravest first.

use jiban_domain::{Lang, Millis};

use super::lasting;
use crate::admin::words::NowWords;
use crate::api::admin::{AdminKiosk, AdminLine, AdminNow};
use crate::api::kiosk::PrinterNow;
use crate::words::fill;

/// A kiosk sends a heartbeat every 20 seconds: three missed are a silence.
const SILENT_AFTER_MS: Millis = 60_000;

/// Something that needs care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Care {
    /// People cannot be helped while it lasts.
    pub grave: bool,
    /// What is the matter.
    pub what: String,
    /// What to do about it.
    pub next: &'static str,
}

/// All that needs care now; `clock` is the server's time.
pub fn cares(now: &AdminNow, clock: Millis, lang: Lang) -> Vec<Care> {
    let mut found: Vec<Care> = Vec::new();
    for line in &now.lines {
        found.extend(of_line(line, lang));
    }
    for kiosk in &now.kiosks {
        of_kiosk(kiosk, clock, lang, &mut found);
    }
    found.sort_by_key(|care| !care.grave);
    found
}

fn of_line(line: &AdminLine, lang: Lang) -> Option<Care> {
    let words = NowWords::of(lang);
    (line.waiting > 0 && line.counters_open == 0).then(|| {
        let name = format!("{} {}", line.letter, line.name.get(lang));
        Care {
            grave: true,
            what: fill(words.ill_line, &[("line", &name), ("count", &line.waiting)]),
            next: words.ill_line_next,
        }
    })
}

fn of_kiosk(kiosk: &AdminKiosk, clock: Millis, lang: Lang, found: &mut Vec<Care>) {
    let words = NowWords::of(lang);
    let name = format!("{} {}", kiosk.id, kiosk.name.get(lang));
    let mut say = |grave, what, next| found.push(Care { grave, what, next });
    if let Some(silent) = silent_for(kiosk, clock) {
        let time = lasting(silent, lang);
        let what = fill(words.ill_silent, &[("kiosk", &name), ("time", &time)]);
        say(true, what, words.ill_silent_next);
    } else if kiosk.heard_at.is_none() {
        // It may never have been switched on: worth a word, no alarm.
        let what = fill(words.ill_never, &[("kiosk", &name)]);
        say(false, what, words.ill_silent_next);
    }
    let next = match kiosk.printer {
        PrinterNow::PaperOut | PrinterNow::PaperLow => words.ill_paper_next,
        PrinterNow::CoverOpen => words.ill_cover_next,
        PrinterNow::Offline => words.ill_offline_next,
        PrinterNow::None | PrinterNow::Browser | PrinterNow::Ready => "",
    };
    if !next.is_empty() {
        let state = printer_name(kiosk.printer, lang);
        let what = fill(words.ill_printer, &[("kiosk", &name), ("state", &state)]);
        say(!kiosk.printer.prints(), what, next);
    }
    if kiosk.doubtful_slips > 0 {
        let what = fill(words.ill_slips, &[("kiosk", &name), ("count", &kiosk.doubtful_slips)]);
        say(false, what, words.ill_slips_next);
    }
}

/// How long a kiosk that was heard before is silent, where that is too long.
pub fn silent_for(kiosk: &AdminKiosk, clock: Millis) -> Option<Millis> {
    kiosk.heard_at.map(|heard| clock - heard).filter(|silent| *silent > SILENT_AFTER_MS)
}

/// A printer's state in words.
pub const fn printer_name(printer: PrinterNow, lang: Lang) -> &'static str {
    let words = NowWords::of(lang);
    match printer {
        PrinterNow::None => words.printer_none,
        PrinterNow::Browser => words.printer_browser,
        PrinterNow::Ready => words.printer_ready,
        PrinterNow::PaperLow => words.printer_low,
        PrinterNow::PaperOut => words.printer_out,
        PrinterNow::CoverOpen => words.printer_cover,
        PrinterNow::Offline => words.printer_offline,
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::Text;

    use super::*;

    const NOW: Millis = 1_000_000_000;

    fn kiosk(heard_ago: Option<Millis>, printer: PrinterNow, doubtful_slips: u32) -> AdminKiosk {
        AdminKiosk {
            id: "K1".into(),
            name: Text::from("door"),
            heard_at: heard_ago.map(|ago| NOW - ago),
            printer,
            doubtful_slips,
        }
    }

    fn of(kiosk: &AdminKiosk) -> Vec<bool> {
        let mut found = Vec::new();
        of_kiosk(kiosk, NOW, Lang::Zh, &mut found);
        found.iter().map(|care| care.grave).collect()
    }

    #[test]
    fn a_kiosk_that_is_well_needs_no_care() {
        assert!(of(&kiosk(Some(20_000), PrinterNow::Ready, 0)).is_empty());
        assert!(of(&kiosk(Some(20_000), PrinterNow::None, 0)).is_empty());
    }

    #[test]
    fn silence_and_a_printer_that_cannot_print_are_grave() {
        assert_eq!(of(&kiosk(Some(61_000), PrinterNow::Ready, 0)), [true]);
        assert_eq!(of(&kiosk(Some(0), PrinterNow::PaperOut, 0)), [true]);
        assert_eq!(of(&kiosk(Some(0), PrinterNow::PaperLow, 0)), [false]);
        assert_eq!(of(&kiosk(None, PrinterNow::Offline, 2)), [false, true, false]);
    }

    #[test]
    fn people_waiting_without_a_counter_are_grave() {
        let mut line = AdminLine {
            id: "a".into(),
            letter: 'A',
            name: Text::from("企业开办"),
            waiting: 3,
            oldest: Some(NOW),
            counters_open: 0,
            wait_minutes: None,
        };
        assert_eq!(
            of_line(&line, Lang::Zh).map(|care| care.what).as_deref(),
            Some("A 企业开办：3 人等候，没有开放的窗口")
        );
        line.counters_open = 1;
        assert_eq!(of_line(&line, Lang::Zh), None);
    }
}
