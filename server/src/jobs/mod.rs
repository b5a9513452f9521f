//! Background jobs.

pub mod maintenance;
pub mod printers;
