//! The parts that narrow papers share: the hall at the head, a label in both
//! languages, a name, and the QR code with words beside it.

use jiban_domain::{Lang, Text};

use super::canvas::Weight::{Bold, Plain};
use super::canvas::{From, Sheet};
use super::measure::{width, wrap};
use super::sizes::{Sizes, leading};
use super::translated;
use crate::parts::qr;

/// The hall, and the thick rule below it.
pub fn hall(sheet: &mut Sheet, hall: &Text, lang: Lang, sizes: &Sizes) {
    sheet.skip(sizes.gap / 2);
    for row in wrap(hall.get(lang), sizes.hall, sizes.room(), 2) {
        sheet.row((sizes.hall, Bold, &row), leading(sizes.hall));
    }
    beside(sheet, hall, lang, sizes);
    sheet.skip(sizes.gap / 2);
    sheet.rule(4);
}

/// A name in both languages, as large as leaves it in few rows.
pub fn name(sheet: &mut Sheet, name: &Text, lang: Lang, sizes: &Sizes) {
    let (words, room) = (name.get(lang), sizes.room());
    let smaller = sizes.matter * 5 / 6;
    let rows = |size| wrap(words, size, room, 9).len();
    let size = if rows(smaller) < rows(sizes.matter) { smaller } else { sizes.matter };
    for row in wrap(words, size, room, 3) {
        sheet.row((size, Bold, &row), leading(size));
    }
    beside(sheet, name, lang, sizes);
}

fn beside(sheet: &mut Sheet, text: &Text, lang: Lang, sizes: &Sizes) {
    let there = translated(text, lang).unwrap_or_default();
    for row in wrap(there, sizes.beside, sizes.room(), 2) {
        sheet.row((sizes.beside, Plain, &row), leading(sizes.beside));
    }
}

/// A field's name, to stand over its value: the visitor's language, and the
/// other one where the room allows. `sheet.y` stays.
pub fn label(sheet: &mut Sheet, x: u32, room: u32, (here, there): (&str, &str), sizes: &Sizes) {
    let mut runs = vec![(sizes.label, Plain, here)];
    let gap = sizes.label / 3;
    if width(here, sizes.label) + gap + width(there, sizes.beside) <= room {
        runs.push((sizes.beside, Plain, there));
    }
    let base = sheet.y + sizes.label;
    sheet.runs(x, base, From::Left, gap, &runs);
}

/// The QR code at the right margin, and beside it what `words` writes in the
/// room it is given. A text too long for any code leaves the words alone.
pub fn code(sheet: &mut Sheet, text: &str, sizes: &Sizes, words: impl FnOnce(&mut Sheet, u32)) {
    let top = sheet.y;
    let Some((side, path)) = qr::path(text) else {
        return words(sheet, sizes.room());
    };
    let module = module(side, sizes);
    let code = module * u32::try_from(side).unwrap_or_default();
    sheet.drawing(sheet.right() - code, top, module, &path);
    // A code wants four modules of white around it.
    words(sheet, sizes.room().saturating_sub(code + 4 * module));
    sheet.y = sheet.y.max(top + code) + 4 * module;
}

/// Dots to a module, whole, so that every module is as large as the next.
pub fn module(side: usize, sizes: &Sizes) -> u32 {
    (sizes.code / u32::try_from(side).unwrap_or(u32::MAX)).max(1)
}
