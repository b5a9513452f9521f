//! What the server renders whole, without need of scripts: the progress page,
//! the plain documents of a "no", and the first page.
//!
//! - [`view`]: what a progress page says; [`page`]: how it is marked up
//! - [`plain`], [`doors`]: the other documents
//! - [`documents`]: each as text, as the server sends it

pub mod documents;
pub mod doors;
pub mod page;
pub mod plain;
pub mod view;
pub mod words;

#[cfg(test)]
mod sample;

pub use doors::HallDoors;
pub use view::ProgressView;
