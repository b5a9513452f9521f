//! The pages that the server renders whole and that work without scripts: the
//! progress page, the plain pages of refusals, and the front page.
//!
//! - [`view`]: the content of a progress page; [`page`]: its markup
//! - [`case_view`], [`case_page`]: the same for a case
//! - `commitment`: what was committed to, its check, and the answer to a breach
//! - `supply`: what a phone sends for a case, and sent
//! - [`verify_page`]: whether a document is genuine
//! - [`plain`], [`front_page`]: the other pages
//! - [`html`]: whole pages, as the server sends them

pub mod case_page;
pub mod case_view;
pub mod case_words;
mod commitment;
mod commitment_words;
pub mod front_page;
pub mod give_back_page;
pub mod html;
pub mod page;
pub mod plain;
mod supply;
pub mod verify_page;
pub mod verify_words;
pub mod view;
pub mod when;
pub mod words;

#[cfg(test)]
mod sample;

pub use case_view::CaseView;
pub use front_page::HallPages;
pub(crate) use page::Head;
pub use view::{ProgressView, next_step};
