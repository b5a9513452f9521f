//! What a hall is made of. These shapes are the hall file (TOML), the answer of
//! the admin calls (JSON) and the hall in memory: one setup in three forms. The
//! database keeps every version of it whole.
//!
//! [`faults`] lists everything that is wrong with a setup, each fault with its
//! place; a setup comes into force only where the list is empty.

mod booking;
mod bundle;
mod cases;
mod commitment;
mod document_printer;
mod fault;
mod faults;
mod hall;
mod matter;
mod printer;
mod rules;
mod statement;

pub use booking::BookingRules;
pub use bundle::{Bundle, BundlePart};
pub use cases::{CaseRules, PauseGround};
pub use commitment::Commitment;
pub use document_printer::{DocumentPrinter, IppPrinter};
pub use fault::SetupFault;
pub use faults::faults;
pub use hall::{Clerk, Counter, Department, Hall, Kiosk, KioskScreen, Line, Role, Setup};
pub use matter::{Handling, Material, MaterialForm, Matter, Step, StepKind};
pub use printer::{EscposPrinter, Printer, dots};
pub use rules::Rules;
pub use statement::{Column, ColumnKind, SelfPrintRules, Statement, StatementSource};
