//! What the hall does by itself.

pub mod keeping;
pub mod printers;
