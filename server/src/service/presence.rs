//! Kiosks and printers as last heard. Prefetched only of now: a restart asks anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiban_app::api::kiosk::PrinterNow;
use jiban_domain::setup::{Kiosk, Printer};
use jiban_domain::{KioskId, Millis};

/// What was heard of each kiosk.
#[derive(Debug, Default)]
pub struct Presence(Mutex<HashMap<KioskId, Heard>>);

#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    page: Option<Millis>,
    printer: Option<PrinterNow>,
}

impl Presence {
    /// A kiosk's page is alive. Says whether it had been silent.
    pub fn heard(&self, kiosk: &KioskId, now: Millis) -> bool {
        const SILENT: Millis = 60_000;
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kiosks.entry(kiosk.clone()).or_default().page.replace(now);
        before.is_none_or(|before| now - before > SILENT)
    }

    /// A network printer answered, or did not. Says whether that is news.
    pub fn printer(&self, kiosk: &KioskId, printer: PrinterNow) -> bool {
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.entry(kiosk.clone()).or_default().printer.replace(printer) != Some(printer)
    }

    /// When a kiosk's page was last heard.
    pub fn heard_at(&self, kiosk: &KioskId) -> Option<Millis> {
        self.get(kiosk).page
    }

    /// How a kiosk's printer is. One not yet asked is taken to be well: a
    /// restart must not tell visitors that there is no paper.
    pub fn printer_of(&self, kiosk: &Kiosk) -> PrinterNow {
        match kiosk.printer {
            Printer::None => PrinterNow::None,
            Printer::Browser => PrinterNow::Browser,
            Printer::Escpos { .. } => self.get(&kiosk.id).printer.unwrap_or(PrinterNow::Ready),
        }
    }

    fn get(&self, kiosk: &KioskId) -> Heard {
        let kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kiosks.get(kiosk).copied().unwrap_or_default()
    }
}
