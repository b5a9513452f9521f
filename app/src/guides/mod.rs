//! 办事指南: all that can be done in a hall, and how. Documents the server
//! renders whole; a kiosk shows and prints the same [`Guide`](crate::api::guide).
//!
//! - [`view`]: what the list says, as data; the server fills it
//! - [`list`], [`guide`]: how they are marked up
//! - [`html`]: each as text

pub mod guide;
pub mod html;
pub mod list;
pub mod view;
pub mod words;

use jiban_domain::Lang;

/// The address of a guide's document.
pub fn guide_at(hall: &str, id: &str, lang: Lang) -> String {
    format!("/guides/{hall}/{id}?lang={}", lang.tag())
}
