//! The printers of kiosks and counters, as the hall file sets them.

use serde::{Deserialize, Serialize};

/// A printer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Printer {
    /// Screen only.
    #[default]
    None,
    /// The page's browser; silent with `--kiosk-printing`. It reports no state.
    Browser {
        /// Paper width in millimetres: 58 or 80.
        #[serde(default = "wide")]
        paper: u16,
    },
    /// A printer that speaks ESC/POS.
    Escpos(EscposPrinter),
}

/// A printer that speaks ESC/POS: in the network, or at the kiosk's own machine, where only
/// its terminal can print on it.
///
/// The last three are for simple printers, which do not know all commands: what they do not
/// know they may print as text, or wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscposPrinter {
    /// `host:port`; the port is usually 9100. Or a device of the kiosk's own machine:
    /// `/dev/usb/lp0`, `/dev/ttyUSB0`.
    pub address: String,
    /// The speed of a serial line in bits a second: 9600, 19200, 115200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baud: Option<u32>,
    /// Paper width in millimetres: 58 or 80.
    #[serde(default = "wide")]
    pub paper: u16,
    /// Dots across that the head prints, where they are not those of the paper's width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<u16>,
    /// The printer draws the QR code itself (`GS ( k`), sharper than a raster.
    #[serde(default)]
    pub native_qr: bool,
    /// It is asked for its status before it prints (`DLE EOT`).
    #[serde(default = "yes")]
    pub status: bool,
    /// It is asked after the cut whether it has printed (`GS ( H`, `GS r`).
    #[serde(default = "yes")]
    pub after_cut: bool,
}

impl Printer {
    /// The browser, on wide paper.
    pub const BROWSER: Self = Self::Browser { paper: wide() };

    pub(super) const fn of_the_browser() -> Self {
        Self::BROWSER
    }

    pub const fn is_browser(&self) -> bool {
        matches!(self, Self::Browser { .. })
    }

    /// The printer that speaks ESC/POS, if it is one.
    pub const fn network(&self) -> Option<&EscposPrinter> {
        match self {
            Self::Escpos(printer) => Some(printer),
            Self::None | Self::Browser { .. } => None,
        }
    }

    /// Dots across of what is laid out for it. Where nothing is printed, a screen shows the
    /// wide layout.
    pub fn dots(&self) -> u32 {
        match self {
            Self::None => dots(wide()),
            Self::Browser { paper } => dots(*paper),
            Self::Escpos(printer) => printer.dots(),
        }
    }
}

impl EscposPrinter {
    /// One with all abilities, on wide paper.
    pub const fn new(address: String) -> Self {
        Self {
            address,
            baud: None,
            paper: wide(),
            dots: None,
            native_qr: false,
            status: true,
            after_cut: true,
        }
    }

    /// Whether it is at the kiosk's own machine, and not in the network.
    pub fn is_device(&self) -> bool {
        self.address.starts_with('/')
    }

    /// Dots across that its head prints.
    pub fn dots(&self) -> u32 {
        self.dots.map_or_else(|| dots(self.paper), u32::from)
    }
}

/// Dots that a print head for this paper prints across, in most printers: 384 on 58 mm, 576 on
/// 80 mm.
pub const fn dots(paper_mm: u16) -> u32 {
    if paper_mm < 70 { 384 } else { 576 }
}

const fn wide() -> u16 {
    80
}

const fn yes() -> bool {
    true
}
