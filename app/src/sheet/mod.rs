//! What all printed layouts are made of: marks on a sheet, the width of texts,
//! the type sizes for each paper width, and shared parts. The layouts
//! themselves are in [`crate::slip`] and [`crate::print`].

pub mod canvas;
pub mod measure;
pub mod parts;
pub mod sizes;

pub use jiban_domain::setup::dots;
use jiban_domain::{Lang, Text};

/// The language printed small beside the one that leads.
pub const fn other(lang: Lang) -> Lang {
    match lang.base() {
        Lang::Zh => Lang::En,
        _ => Lang::Zh,
    }
}

/// The text in the other language, if it differs.
pub fn translated(text: &Text, lang: Lang) -> Option<&str> {
    let translation = text.get(other(lang));
    (translation != text.get(lang) && !translation.trim().is_empty()).then_some(translation)
}
