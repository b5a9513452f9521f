//! What a hall is made of. These shapes are the hall file (TOML), the answer
//! of the admin calls (JSON) and the hall in memory: one description, read
//! three ways. The database keeps every version of it whole.
//!
//! [`faults`] says everything that is wrong with a description, each fault
//! with its place; nothing is taken over unless the list is empty.

mod bundle;
mod cases;
mod faults;
mod hall;
mod matter;
mod rules;

pub use bundle::{Bundle, BundlePart};
pub use cases::{CaseRules, PauseGround};
pub use faults::{Fault, faults};
pub use hall::{Clerk, Counter, Department, Hall, Kiosk, Line, Printer, Role, Setup};
pub use matter::{Form, Handling, Material, Matter, Step, StepKind};
pub use rules::Rules;
