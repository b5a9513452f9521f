//! What the server renders whole, without need of scripts: the progress page,
//! the plain documents of a "no", and the first page.
//!
//! - [`view`]: what a progress page says; [`page`]: how it is marked up
//! - [`case_view`], [`case_page`]: the same of a case
//! - [`verify_page`]: whether a document is genuine
//! - [`plain`], [`doors`]: the other documents
//! - [`html`]: each as text, as the server sends it

pub mod case_page;
pub mod case_view;
pub mod case_words;
pub mod doors;
pub mod html;
pub mod page;
pub mod plain;
pub mod verify_page;
pub mod verify_words;
pub mod view;
pub mod when;
pub mod words;

#[cfg(test)]
mod sample;

pub use case_view::CaseView;
pub use doors::HallDoors;
pub use view::ProgressView;
