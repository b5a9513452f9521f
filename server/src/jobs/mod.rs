//! Background jobs.

pub mod certificate;
pub mod maintenance;
pub mod printers;
