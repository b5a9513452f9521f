//! Background jobs.

pub mod alerts;
pub mod certificate;
pub mod clock;
pub mod document_printers;
pub mod drafts;
pub mod ground;
pub mod maintenance;
pub mod messages;
pub mod printers;
