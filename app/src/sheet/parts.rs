//! The parts that narrow layouts share: the hall at the head, labels in both
//! languages, names, and the QR code with text beside it.

use jiban_domain::{Lang, Text};

use super::canvas::Weight::{Bold, Plain};
use super::canvas::{Anchor, Sheet};
use super::measure::{width, wrap};
use super::sizes::{Sizes, leading};
use super::translated;
use crate::parts::qr;

/// The hall's name, and the thick rule below it.
pub fn hall(sheet: &mut Sheet, hall: &Text, lang: Lang, sizes: &Sizes) {
    sheet.skip(sizes.gap / 2);
    for row in wrap(hall.get(lang), sizes.hall, sizes.available_width(), 2) {
        sheet.row((sizes.hall, Bold, &row), leading(sizes.hall));
    }
    translation_rows(sheet, hall, lang, sizes);
    sheet.skip(sizes.gap / 2);
    sheet.rule(4);
}

/// A name in both languages, in few rows and as large as possible.
pub fn name(sheet: &mut Sheet, name: &Text, lang: Lang, sizes: &Sizes) {
    let (words, available_width) = (name.get(lang), sizes.available_width());
    let smaller = sizes.matter * 5 / 6;
    let rows = |size| wrap(words, size, available_width, 9).len();
    let size = if rows(smaller) < rows(sizes.matter) { smaller } else { sizes.matter };
    for row in wrap(words, size, available_width, 3) {
        sheet.row((size, Bold, &row), leading(size));
    }
    translation_rows(sheet, name, lang, sizes);
}

fn translation_rows(sheet: &mut Sheet, text: &Text, lang: Lang, sizes: &Sizes) {
    let translation = translated(text, lang).unwrap_or_default();
    for row in wrap(translation, sizes.translation, sizes.available_width(), 2) {
        sheet.row((sizes.translation, Plain, &row), leading(sizes.translation));
    }
}

/// A field's name above its value, with the translation if there is space.
/// `sheet.y` does not move.
pub fn label(
    sheet: &mut Sheet,
    x: u32,
    available_width: u32,
    (text, translation): (&str, &str),
    sizes: &Sizes,
) {
    let mut runs = vec![(sizes.label, Plain, text)];
    let gap = sizes.label / 3;
    if width(text, sizes.label) + gap + width(translation, sizes.translation) <= available_width {
        runs.push((sizes.translation, Plain, translation));
    }
    let base = sheet.y + sizes.label;
    sheet.runs(x, base, Anchor::Left, gap, &runs);
}

/// White modules that a QR code needs on each side.
pub const QUIET: u32 = 4;

/// The QR code at the right margin; beside it, what `words` writes in the width
/// it is given. If the text is too long for a code, only the words are drawn.
pub fn code(sheet: &mut Sheet, text: &str, sizes: &Sizes, words: impl FnOnce(&mut Sheet, u32)) {
    let Some((side, path)) = qr::path(text) else {
        return words(sheet, sizes.available_width());
    };
    let module = module(side, sizes);
    // Letters of the row above reach below their base line.
    sheet.skip(QUIET * module);
    let top = sheet.y;
    let code = module * u32::try_from(side).unwrap_or_default();
    let quiet = QUIET * module;
    // The margin of the sheet is white too.
    let inset = quiet.saturating_sub(sheet.margin);
    sheet.drawing(sheet.right() - inset - code, top, module, &path);
    // One module more: the width of a text is estimated.
    words(sheet, sizes.available_width().saturating_sub(inset + code + quiet + module));
    sheet.y = sheet.y.max(top + code) + quiet;
}

/// Dots per module, a whole number, so that all modules have the same size.
pub fn module(side: usize, sizes: &Sizes) -> u32 {
    (sizes.code / u32::try_from(side).unwrap_or(u32::MAX)).max(1)
}
