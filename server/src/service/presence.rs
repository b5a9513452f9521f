//! The last known state of kiosks and printers. It is kept in memory: after a restart
//! it is asked for again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::{Kiosk, Printer};
use jiban_domain::{KioskId, Millis};

/// The last known state of each kiosk.
#[derive(Debug, Default)]
pub struct Presence(Mutex<HashMap<KioskId, Status>>);

#[derive(Debug, Clone, Copy, Default)]
struct Status {
    /// When its page last sent a heartbeat.
    page: Option<Millis>,
    printer: Option<PrinterNow>,
    /// What its terminal says of the printer, while that is in touch.
    reported: Option<PrinterNow>,
}

impl Presence {
    /// Records a heartbeat of a kiosk's page. Returns whether it had been silent before.
    pub fn heartbeat(&self, kiosk: &KioskId, now: Millis) -> bool {
        const SILENT_AFTER: Millis = 60_000;
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kiosks.entry(kiosk.clone()).or_default().page.replace(now);
        before.is_none_or(|before| now - before > SILENT_AFTER)
    }

    /// Records the state of a network printer. Returns whether it has changed.
    pub fn set_printer(&self, kiosk: &KioskId, printer: PrinterNow) -> bool {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.entry(kiosk.clone()).or_default().printer.replace(printer) != Some(printer)
    }

    /// Records what a kiosk's terminal says of its printer. Returns whether it has changed.
    pub fn reported(&self, kiosk: &KioskId, printer: PrinterNow) -> bool {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.entry(kiosk.clone()).or_default().reported.replace(printer) != Some(printer)
    }

    /// The kiosk's terminal is silent: what it said of the printer counts no more. Returns
    /// whether it did.
    pub fn let_go(&self, kiosk: &KioskId) -> bool {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.get_mut(kiosk).is_some_and(|status| status.reported.take().is_some())
    }

    /// When a kiosk's page last sent a heartbeat.
    pub fn last_heartbeat(&self, kiosk: &KioskId) -> Option<Millis> {
        self.get(kiosk).page
    }

    /// The state of a kiosk's printer. Until it is known it counts as ready: a restart
    /// must not tell visitors that there is no paper.
    pub fn printer_of(&self, kiosk: &Kiosk) -> PrinterNow {
        let status = self.get(&kiosk.id);
        if let Some(reported) = status.reported {
            return reported;
        }
        match &kiosk.printer {
            Printer::None => PrinterNow::None,
            Printer::Browser { .. } => PrinterNow::Browser,
            // Only its terminal can print there.
            Printer::Escpos(printer) if printer.is_device() => PrinterNow::Offline,
            Printer::Escpos(_) => status.printer.unwrap_or(PrinterNow::Ready),
        }
    }

    fn get(&self, kiosk: &KioskId) -> Status {
        let kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.get(kiosk).copied().unwrap_or_default()
    }
}
