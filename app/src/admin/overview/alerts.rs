//! What needs attention, urgent alerts first.

use jiban_domain::{Lang, Millis};

use super::duration;
use crate::admin::words::OverviewWords;
use crate::api::admin::{AdminKiosk, AdminLine, AdminNow};
use crate::api::kiosk::PrinterNow;
use crate::words::fill;

/// A kiosk sends a heartbeat every 20 seconds. After three missed ones it counts
/// as offline.
const OFFLINE_AFTER_MS: Millis = 60_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Visitors cannot be served until it is fixed.
    pub urgent: bool,
    pub message: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// All alerts; `clock` is the server's time.
pub fn alerts(now: &AdminNow, clock: Millis, lang: Lang) -> Vec<Alert> {
    let mut found: Vec<Alert> = Vec::new();
    for line in &now.lines {
        found.extend(line_alert(line, lang));
    }
    if now.set_aside > 0 {
        let words = OverviewWords::of(lang);
        found.push(Alert {
            urgent: false,
            message: fill(words.alert_set_aside, &[("count", &now.set_aside)]),
            advice: words.alert_set_aside_advice,
        });
    }
    for kiosk in &now.kiosks {
        found.extend(kiosk_alerts(kiosk, clock, lang));
    }
    found.sort_by_key(|alert| !alert.urgent);
    found
}

fn line_alert(line: &AdminLine, lang: Lang) -> Option<Alert> {
    let words = OverviewWords::of(lang);
    // Outside its hours those who wait know when it is called.
    let unserved = line.waiting > 0 && line.counters_open == 0 && line.calls_from.is_none();
    unserved.then(|| {
        let name = format!("{} {}", line.letter, line.name.get(lang));
        Alert {
            urgent: true,
            message: fill(words.alert_line, &[("line", &name), ("count", &line.waiting)]),
            advice: words.alert_line_advice,
        }
    })
}

fn kiosk_alerts(kiosk: &AdminKiosk, clock: Millis, lang: Lang) -> Vec<Alert> {
    let mut found = Vec::new();
    let words = OverviewWords::of(lang);
    let name = format!("{} {}", kiosk.id, kiosk.name.get(lang));
    let mut add = |urgent, message, advice| found.push(Alert { urgent, message, advice });
    if let Some(silent) = offline_for(kiosk, clock) {
        let time = duration(silent, lang);
        let message = fill(words.alert_offline, &[("kiosk", &name), ("time", &time)]);
        add(true, message, words.alert_offline_advice);
    } else if kiosk.heard_at.is_none() {
        // It may not have been switched on yet, so this is not urgent.
        let message = fill(words.alert_never, &[("kiosk", &name)]);
        add(false, message, words.alert_offline_advice);
    }
    let advice = match kiosk.printer {
        PrinterNow::PaperOut | PrinterNow::PaperLow => words.alert_paper_advice,
        PrinterNow::CoverOpen => words.alert_cover_advice,
        PrinterNow::Offline => words.alert_printer_offline_advice,
        PrinterNow::None | PrinterNow::Browser | PrinterNow::Ready | PrinterNow::Unknown => "",
    };
    if !advice.is_empty() {
        let state = printer_name(kiosk.printer, lang);
        let message = fill(words.alert_printer, &[("kiosk", &name), ("state", &state)]);
        add(!kiosk.printer.prints(), message, advice);
    }
    if kiosk.doubtful_slips > 0 {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("kiosk", &name), ("count", &kiosk.doubtful_slips)];
        add(false, fill(words.alert_slips, &values), words.alert_slips_advice);
    }
    found
}

/// How long a kiosk has been offline; `None` if it is online or was never
/// connected.
pub fn offline_for(kiosk: &AdminKiosk, clock: Millis) -> Option<Millis> {
    kiosk.heard_at.map(|heard| clock - heard).filter(|silent| *silent > OFFLINE_AFTER_MS)
}

pub fn printer_name(printer: PrinterNow, lang: Lang) -> &'static str {
    let words = OverviewWords::of(lang);
    match printer {
        PrinterNow::None => words.printer_none,
        PrinterNow::Browser => words.printer_browser,
        PrinterNow::Ready => words.printer_ready,
        PrinterNow::PaperLow => words.printer_low,
        PrinterNow::PaperOut => words.printer_out,
        PrinterNow::CoverOpen => words.printer_cover,
        PrinterNow::Unknown => words.printer_unknown,
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

    fn urgencies(kiosk: &AdminKiosk) -> Vec<bool> {
        kiosk_alerts(kiosk, NOW, Lang::Zh).iter().map(|alert| alert.urgent).collect()
    }

    #[test]
    fn a_working_kiosk_has_no_alert() {
        assert!(urgencies(&kiosk(Some(20_000), PrinterNow::Ready, 0)).is_empty());
        assert!(urgencies(&kiosk(Some(20_000), PrinterNow::None, 0)).is_empty());
    }

    #[test]
    fn offline_kiosks_and_printers_that_cannot_print_are_urgent() {
        assert_eq!(urgencies(&kiosk(Some(61_000), PrinterNow::Ready, 0)), [true]);
        assert_eq!(urgencies(&kiosk(Some(0), PrinterNow::PaperOut, 0)), [true]);
        assert_eq!(urgencies(&kiosk(Some(0), PrinterNow::PaperLow, 0)), [false]);
        assert_eq!(urgencies(&kiosk(None, PrinterNow::Offline, 2)), [false, true, false]);
    }

    #[test]
    fn a_line_with_visitors_and_no_counter_is_an_alert() {
        let mut line = AdminLine {
            id: "a".into(),
            letter: 'A',
            name: Text::from("企业开办"),
            waiting: 3,
            oldest: Some(NOW),
            counters_open: 0,
            wait_minutes: None,
            calls_from: None,
        };
        assert_eq!(
            line_alert(&line, Lang::Zh).map(|alert| alert.message).as_deref(),
            Some("A 企业开办：3 人等候，没有开放的窗口")
        );
        line.counters_open = 1;
        assert_eq!(line_alert(&line, Lang::Zh), None);
    }
}
