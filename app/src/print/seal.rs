//! The place of the seal: a square with the issuer's name and the words that it
//! is a sample. It must not look like an official seal, which is round and
//! bears a star.

use jiban_domain::Lang;

use super::style::SERIF;
use super::words::{Word, both};
use crate::sheet::canvas::Anchor;
use crate::sheet::canvas::Sheet;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::width;

const VERMILION: &str = "fill=\"#c8361d\"";
const GREY: &str = "fill=\"#8f9a9f\"";

pub struct Seal<'a> {
    /// In Chinese, as on every seal.
    pub issuer: &'a str,
    /// Says that this is a sample.
    pub label: Word,
    /// Drawn grey: the document is no longer valid.
    pub revoked: bool,
}

impl Seal<'_> {
    /// Draws it with its upper left corner at `x`, `y`.
    pub fn draw(&self, sheet: &mut Sheet, (x, y): (u32, u32), side: u32) {
        let (words, english) = both(Lang::Zh, self.label);
        let band = side * 22 / 100;
        sheet.within(if self.revoked { GREY } else { VERMILION }, |sheet| {
            sheet.frame(x, y, side, side, 8);
            sheet.frame(x + 13, y + 13, side - 26, side - 26, 2);
            let inner = side - 26;
            sheet.block(x + 13, y + side - 13 - band, inner, band);
            let available_width = inner - 40;
            let high = inner - band - 28;
            sheet.within(SERIF, |sheet| {
                name(sheet, (x + 33, y + 27), available_width, high, self.issuer);
            });
            sheet.within("fill=\"#fff\"", |sheet| {
                let base = y + side - 13 - band / 2;
                sheet.spaced(x + side / 2 + 2, base, Anchor::Middle, 4, (26, Bold, words));
                let size = (available_width * 1000 / width(english, 1000).max(1)).min(15);
                sheet.runs(x + side / 2, base + 20, Anchor::Middle, 0, &[(size, Plain, english)]);
            });
        });
    }
}

/// A name in the number of rows that makes its characters largest.
fn name(sheet: &mut Sheet, (x, y): (u32, u32), available_width: u32, high: u32, name: &str) {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).take(48).collect();
    let count = u32::try_from(letters.len()).unwrap_or(u32::MAX);
    let size_in = |rows: u32| (available_width / count.div_ceil(rows).max(1)).min(high / rows);
    let largest = (1..=6).map(size_in).max().unwrap_or_default();
    // Full rows look better than slightly larger letters.
    let good = |rows: &u32| size_in(*rows) >= largest * 3 / 4;
    let empty = |rows: u32| count.div_ceil(rows) * rows - count.min(count.div_ceil(rows) * rows);
    let Some(rows) =
        (1..=6).filter(good).min_by_key(|rows| (empty(*rows), largest - size_in(*rows)))
    else {
        return;
    };
    let size = size_in(rows);
    let letter = size * 88 / 100;
    let per_row = usize::try_from(count.div_ceil(rows).max(1)).unwrap_or(1);
    let rows: Vec<String> = letters.chunks(per_row).map(String::from_iter).collect();
    // A few rows are spaced slightly apart.
    let step = (high / u32::try_from(rows.len().max(1)).unwrap_or(1)).min(size * 5 / 4);
    let taken = step * u32::try_from(rows.len()).unwrap_or_default();
    let mut base = y + high.saturating_sub(taken) / 2 + step / 2 + letter * 3 / 8;
    for row in rows {
        let spacing = size - letter;
        sheet.spaced(
            x + available_width / 2 + spacing / 2,
            base,
            Anchor::Middle,
            spacing,
            (letter, Bold, &row),
        );
        base += step;
    }
}
