//! What all papers are made of: marks on a sheet, how wide words are, the type
//! of each width of paper, and the parts that papers share. What a paper says
//! lives with the paper: [`crate::slip`], [`crate::print`].

pub mod canvas;
pub mod measure;
pub mod parts;
pub mod sizes;

use jiban_domain::{Lang, Text};

/// Dots across that a head for this paper prints: 384 on 58 mm, 576 on 80 mm.
pub const fn dots(paper_mm: u16) -> u32 {
    if paper_mm < 70 { 384 } else { 576 }
}

/// The language that stands small beside the one that leads.
pub const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// The words in the other language, where they are other words.
pub fn translated(text: &Text, lang: Lang) -> Option<&str> {
    let translation = text.get(other(lang));
    (translation != text.get(lang) && !translation.trim().is_empty()).then_some(translation)
}
