//! Measures, type and colours of an A4 page.

use crate::sheet::canvas::DOTS_PER_MM;

/// Dots across an A4 page.
pub const WIDTH: u32 = 210 * DOTS_PER_MM;
/// Dots from top to bottom.
pub const HEIGHT: u32 = 297 * DOTS_PER_MM;
/// From the edge of the paper to the text.
pub const MARGIN: u32 = 25 * DOTS_PER_MM;
/// Where the body ends at the latest and the foot begins.
pub const BODY_END: u32 = 222 * DOTS_PER_MM;

/// A serif font. Without one a sans font is used, so the list does not end in
/// `serif`: that font seldom has Chinese characters.
pub const SERIF: &str = "font-family=\"Noto Serif CJK SC,Noto Serif SC,Source Han Serif SC,\
    Source Han Serif CN,Songti SC,STSong,SimSun,sans-serif\"";
/// The lead colour, for frames and field names.
pub const TEAL: &str = "fill=\"#0f4c5c\"";
/// The colour of secondary text.
pub const SOFT: &str = "fill=\"#52616a\"";
