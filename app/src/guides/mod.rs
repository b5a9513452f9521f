//! 办事指南: what can be done in a hall, and how. The server renders these pages
//! whole; a kiosk shows and prints the same [`Guide`](crate::api::guide).
//!
//! - [`view`]: the content of the list; the server fills it
//! - [`list`], [`guide`]: the markup
//! - [`html`]: whole pages, as the server sends them

pub mod guide;
pub mod html;
pub mod list;
pub mod view;
pub mod words;

use jiban_domain::Lang;

/// The address of a guide's page.
pub fn guide_at(hall: &str, id: &str, lang: Lang) -> String {
    format!("/guides/{hall}/{id}?lang={}", lang.tag())
}
