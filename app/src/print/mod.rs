//! What cases print, and guides, each paper one SVG: narrow papers for the printers of
//! slips, and pages of A4 for what is decided. Pure functions of their content
//! ([`jiban_domain::documents`]); no font is asked, and a drawing refers to
//! nothing outside itself.
//!
//! The language of the content leads, the other stands small beside it.

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
mod style;
#[cfg(test)]
mod tests;
mod words;

pub use decision::decision;
pub use end::end_notice;
pub use guide::{GuidePrint, guide};
pub use handover::handover;
pub use missing::missing_notice;
pub use promise::promise_notice;
pub use receipt::receipt;
pub use result::result_document;

/// A case's number as it is read aloud: `261125000173` is `261125 00017 3`, the
/// day, the count and the check digit. Anything else stays as it is.
pub fn grouped(number: &str) -> String {
    if number.len() != 12 || !number.bytes().all(|c| c.is_ascii_digit()) {
        return number.to_owned();
    }
    format!("{} {} {}", &number[..6], &number[6..11], &number[11..])
}
