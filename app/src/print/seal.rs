//! The place of the seal: square, with the issuer's name and the words that it
//! is a layout. It must not look like a seal of the state, which is round and
//! bears a star.

use jiban_domain::Lang;

use super::words::both;
use crate::sheet::canvas::From;
use crate::sheet::canvas::Sheet;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::width;

use super::foot::Foot;
use super::page::SERIF;

const VERMILION: &str = "fill=\"#c8361d\"";
const GREY: &str = "fill=\"#8f9a9f\"";

/// Draws the mark with its upper left corner at `x`, `y`; grey where the
/// document no longer holds.
pub fn seal(sheet: &mut Sheet, (x, y): (u32, u32), side: u32, foot: &Foot<'_>) {
    let (words, english) = both(Lang::Zh, foot.specimen);
    let band = side * 22 / 100;
    sheet.within(if foot.revoked { GREY } else { VERMILION }, |sheet| {
        sheet.frame(x, y, side, side, 8);
        sheet.frame(x + 13, y + 13, side - 26, side - 26, 2);
        let inner = side - 26;
        sheet.block(x + 13, y + side - 13 - band, inner, band);
        let room = inner - 40;
        let high = inner - band - 28;
        sheet.within(SERIF, |sheet| name(sheet, (x + 33, y + 27), room, high, &foot.issuer.zh));
        sheet.within("fill=\"#fff\"", |sheet| {
            let base = y + side - 13 - band / 2;
            sheet.spaced(x + side / 2 + 2, base, From::Middle, 4, (26, Bold, words));
            let size = (room * 1000 / width(english, 1000).max(1)).min(15);
            sheet.runs(x + side / 2, base + 20, From::Middle, 0, &[(size, Plain, english)]);
        });
    });
}

/// A name in as many rows as let its characters be largest.
fn name(sheet: &mut Sheet, (x, y): (u32, u32), room: u32, high: u32, name: &str) {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).take(48).collect();
    let count = u32::try_from(letters.len()).unwrap_or(u32::MAX);
    let size_in = |rows: u32| (room / count.div_ceil(rows).max(1)).min(high / rows);
    let largest = (1..=6).map(size_in).max().unwrap_or_default();
    // Full rows look better than large letters, within reason.
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
    // Few rows stand a little apart.
    let step = (high / u32::try_from(rows.len().max(1)).unwrap_or(1)).min(size * 5 / 4);
    let taken = step * u32::try_from(rows.len()).unwrap_or_default();
    let mut base = y + high.saturating_sub(taken) / 2 + step / 2 + letter * 3 / 8;
    for row in rows {
        let spacing = size - letter;
        sheet.spaced(x + room / 2 + spacing / 2, base, From::Middle, spacing, (letter, Bold, &row));
        base += step;
    }
}
