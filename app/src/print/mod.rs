//! The layouts of what cases print, and of printed guides, each an SVG: narrow
//! ones for slip printers, A4 pages for decisions. Pure functions of their
//! content ([`jiban_domain::documents`]): they need no font, and a drawing
//! refers to nothing outside itself.
//!
//! The language of the content leads; the other is printed small beside it.

pub mod application;
mod commitment;
mod decision;
mod end;
mod fit;
mod foot;
mod guide;
mod handover;
mod missing;
mod page;
mod promise;
mod receipt;
mod receipt_paper;
mod result;
mod seal;
mod statement;
mod style;
#[cfg(test)]
mod tests;
mod words;

pub use application::{Application, application};
pub use commitment::{breach_notice, commitment_notice};
pub use decision::decision;
pub use end::end_notice;
pub use guide::{GuidePrint, guide};
pub use handover::handover;
pub use missing::missing_notice;
pub use promise::promise_notice;
pub use receipt::receipt;
pub use result::{printed_result, result_document};
pub use statement::statement;

/// A case number as it is read aloud: `261125000173` is `261125 00017 3` (day,
/// count, check digit). Other text is returned as it is.
pub fn grouped(number: &str) -> String {
    if number.len() != 12 || !number.bytes().all(|c| c.is_ascii_digit()) {
        return number.to_owned();
    }
    format!("{} {} {}", &number[..6], &number[6..11], &number[11..])
}
