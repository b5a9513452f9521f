//! The printer of A4 pages beside a kiosk, as the hall file sets it.

use serde::{Deserialize, Serialize};

/// A printer of A4 pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DocumentPrinter {
    /// One that speaks IPP, or a queue of CUPS.
    Ipp(IppPrinter),
}

/// A printer that takes PDF by IPP: the printer itself, or a queue of CUPS before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IppPrinter {
    /// `ipp://host:631/ipp/print` of most printers, `ipp://host/printers/NAME` of CUPS; `ipps`
    /// is encrypted.
    pub address: String,
    /// A paused queue is resumed before a print. CUPS pauses after a jam or an open door and
    /// stays so; it lets others resume only if its administrator allows it.
    #[serde(default = "yes")]
    pub resume: bool,
}

impl DocumentPrinter {
    /// Where it is reached.
    pub const fn address(&self) -> &str {
        match self {
            Self::Ipp(printer) => printer.address.as_str(),
        }
    }
}

impl IppPrinter {
    pub const fn new(address: String) -> Self {
        Self { address, resume: true }
    }
}

const fn yes() -> bool {
    true
}
