//! Measures, type and colours of an A4 page.

use crate::sheet::canvas::DOTS_PER_MM;

/// Dots across a page of A4.
pub const WIDTH: u32 = 210 * DOTS_PER_MM;
/// Dots down.
pub const HEIGHT: u32 = 297 * DOTS_PER_MM;
/// From the edge of the paper to what is written.
pub const MARGIN: u32 = 25 * DOTS_PER_MM;
/// Where the body ends at the latest, and the foot begins.
pub const BODY_END: u32 = 222 * DOTS_PER_MM;

/// Printed characters of a book. Without such a font the sans stands in, which
/// is why the list does not end in `serif`: that seldom knows Chinese.
pub const SERIF: &str = "font-family=\"Noto Serif CJK SC,Noto Serif SC,Source Han Serif SC,\
    Source Han Serif CN,Songti SC,STSong,SimSun,sans-serif\"";
/// The lead colour of the house, for frames and names of fields.
pub const TEAL: &str = "fill=\"#0f4c5c\"";
/// Ink that stands back.
pub const SOFT: &str = "fill=\"#52616a\"";
