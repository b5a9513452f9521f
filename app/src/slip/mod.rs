//! The slip's one layout: what the screen shows, the browser prints and the
//! server rasters is this same SVG. A pure function; no font is asked.
//!
//! From above: the hall; the number, as large as the paper allows; the matter;
//! people ahead, wait and time on one grid; the QR code; and below the line to
//! tear along, what to bring with boxes to tick. The visitor's language leads,
//! the other stands small beside it where it helps.

mod measure;
mod sheet;
#[cfg(test)]
mod tests;
mod words;

use jiban_domain::Lang;
use jiban_domain::Text;
use jiban_domain::slip::Slip;
use jiban_domain::wait::WaitMinutes;

use crate::parts::qr;
use crate::words::fill;
use measure::{width, wrap};
use sheet::Weight::{Bold, Plain};
use sheet::{From, Sheet};
use words::Words;

/// Dots across that a head for this paper prints: 384 on 58 mm, 576 on 80 mm.
pub const fn dots(paper_mm: u16) -> u32 {
    if paper_mm < 70 { 384 } else { 576 }
}

/// The slip as an SVG document, `dots(paper_mm)` units wide and as high as
/// needed. It refers to nothing outside itself.
pub fn svg(slip: &Slip, paper_mm: u16) -> String {
    whole(slip, paper_mm).finish(&slip.number)
}

/// How high the slip is, in dots.
pub fn height(slip: &Slip, paper_mm: u16) -> u32 {
    whole(slip, paper_mm).height()
}

/// The slip without its QR code, for a printer that draws the code itself.
pub struct AroundQr {
    /// Down to the words over the code.
    pub above: String,
    /// Dots to a module of the code.
    pub module: u32,
    /// From the line to tear along; none when there is nothing to bring.
    pub below: Option<String>,
}

/// The slip in two parts, the QR code between them left to the printer.
pub fn around_qr(slip: &Slip, paper_mm: u16) -> AroundQr {
    let sizes = Sizes::of(paper_mm);
    let mut above = sizes.sheet();
    head(&mut above, slip, &sizes);
    follow_words(&mut above, slip.lang, &sizes, sizes.room());
    above.skip(sizes.gap);
    let module = qr::path(&slip.qr).map_or(1, |(side, _)| module(side, &sizes));
    let below = (!slip.materials.is_empty()).then(|| {
        let mut below = sizes.sheet();
        bring(&mut below, slip, &sizes);
        below.finish(&slip.number)
    });
    AroundQr { above: above.finish(&slip.number), module, below }
}

fn whole(slip: &Slip, paper_mm: u16) -> Sheet {
    let sizes = Sizes::of(paper_mm);
    let mut sheet = sizes.sheet();
    head(&mut sheet, slip, &sizes);
    follow(&mut sheet, slip, &sizes);
    if !slip.materials.is_empty() {
        bring(&mut sheet, slip, &sizes);
    }
    sheet
}

/// Type and space for one paper, in dots.
struct Sizes {
    dots: u32,
    margin: u32,
    gap: u32,
    hall: u32,
    number: u32,
    matter: u32,
    value: u32,
    item: u32,
    label: u32,
    /// The other language.
    beside: u32,
    /// The widest a QR code may be, quiet zone not counted.
    code: u32,
    /// Rows the list of materials may take.
    rows: usize,
}

impl Sizes {
    const fn of(paper_mm: u16) -> Self {
        let dots = dots(paper_mm);
        if dots < 500 {
            Self {
                dots,
                margin: 8,
                gap: 16,
                hall: 26,
                number: 150,
                matter: 31,
                value: 32,
                item: 25,
                label: 20,
                beside: 18,
                code: 180,
                rows: 12,
            }
        } else {
            Self {
                dots,
                margin: 12,
                gap: 20,
                hall: 32,
                number: 220,
                matter: 40,
                value: 44,
                item: 29,
                label: 24,
                beside: 22,
                code: 212,
                rows: 14,
            }
        }
    }

    const fn room(&self) -> u32 {
        self.dots - 2 * self.margin
    }

    fn sheet(&self) -> Sheet {
        Sheet::new(self.dots, self.margin)
    }
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// The words in the other language, where they are other words.
fn translated(text: &Text, lang: Lang) -> Option<&str> {
    let there = text.get(other(lang));
    (there != text.get(lang) && !there.trim().is_empty()).then_some(there)
}

/// Line height of a size.
const fn leading(size: u32) -> u32 {
    size * 4 / 3
}

/// Hall, number, matter, and the figures.
fn head(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let room = sizes.room();
    sheet.skip(sizes.gap / 2);
    for row in wrap(slip.hall.get(slip.lang), sizes.hall, room, 2) {
        sheet.row((sizes.hall, Bold, &row), leading(sizes.hall));
    }
    if let Some(there) = translated(&slip.hall, slip.lang) {
        for row in wrap(there, sizes.beside, room, 2) {
            sheet.row((sizes.beside, Plain, &row), leading(sizes.beside));
        }
    }
    sheet.skip(sizes.gap / 2);
    sheet.rule(4);
    number(sheet, slip, sizes);
    line(sheet, slip, sizes);
    sheet.rule(2);
    sheet.skip(sizes.gap / 2);
    matter(sheet, slip, sizes);
    sheet.skip(sizes.gap * 2 / 3);
    sheet.rule(2);
    sheet.skip(sizes.gap / 2);
    figures(sheet, slip, sizes);
    sheet.rule(2);
    sheet.skip(sizes.gap);
}

fn number(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let size = (sizes.room() * 1000 / width(&slip.number, 1000).max(1)).min(sizes.number);
    // Capitals and figures fill less than three quarters of their size.
    sheet.skip(sizes.gap + size * 73 / 100);
    // White that belongs to the letter would set so large a one off the margin.
    let white = match slip.number.chars().next() {
        Some('A' | 'J' | 'T' | 'V'..='Z') => 8,
        Some('C' | 'G' | 'O' | 'Q' | 'S') => 45,
        _ => 80,
    };
    let x = sheet.margin.saturating_sub(size * white / 1000);
    let base = sheet.y;
    sheet.text(x, base, (size, Bold, &slip.number));
    sheet.skip(sizes.gap);
}

/// The line's name, and at the right margin that this slip is not the first.
fn line(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = Words::of(slip.lang);
    let base = sheet.y + leading(sizes.hall) - sizes.hall / 4;
    let mut room = sizes.room();
    if slip.reprint {
        let stamp = format!("{} {}", words.reprint, Words::of(other(slip.lang)).reprint);
        let taken = sheet.stamp(sheet.right(), base, sizes.beside, &stamp);
        room -= taken + sizes.beside / 2;
    }
    let rows = wrap(slip.line.get(slip.lang), sizes.hall, room, 2);
    let there = translated(&slip.line, slip.lang).unwrap_or_default();
    let gap = sizes.beside / 2;
    for (place, row) in rows.iter().enumerate() {
        sheet.skip(leading(sizes.hall));
        let mut runs = vec![(sizes.hall, Bold, row.as_str())];
        let needed = width(row, sizes.hall) + gap + width(there, sizes.beside);
        if place + 1 == rows.len() && !there.is_empty() && needed <= room {
            runs.push((sizes.beside, Plain, there));
        }
        let (x, base) = (sheet.margin, sheet.y - sizes.hall / 4);
        sheet.runs(x, base, From::Left, gap, &runs);
    }
    sheet.skip(sizes.gap / 2);
}

fn matter(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let room = sizes.room();
    label(sheet, sheet.margin, room, slip.lang, |words| words.matter, sizes);
    sheet.skip(leading(sizes.label) + 4);
    let name = slip.matter.get(slip.lang);
    let smaller = sizes.matter * 5 / 6;
    let fewer = |size| wrap(name, size, room, 9).len();
    let size = if fewer(smaller) < fewer(sizes.matter) { smaller } else { sizes.matter };
    for row in wrap(name, size, room, 3) {
        sheet.row((size, Bold, &row), leading(size));
    }
    if let Some(there) = translated(&slip.matter, slip.lang) {
        for row in wrap(there, sizes.beside, room, 2) {
            sheet.row((sizes.beside, Plain, &row), leading(sizes.beside));
        }
    }
}

/// A field's name over its value: the visitor's language, and the other one
/// where the room allows.
fn label(
    sheet: &mut Sheet,
    x: u32,
    room: u32,
    lang: Lang,
    word: fn(&Words) -> &'static str,
    sizes: &Sizes,
) {
    let (here, there) = (word(Words::of(lang)), word(Words::of(other(lang))));
    let mut runs = vec![(sizes.label, Plain, here)];
    let gap = sizes.label / 3;
    if width(here, sizes.label) + gap + width(there, sizes.beside) <= room {
        runs.push((sizes.beside, Plain, there));
    }
    let base = sheet.y + sizes.label;
    sheet.runs(x, base, From::Left, gap, &runs);
}

/// People ahead, wait, time: three columns on one grid, thin rules between.
fn figures(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = Words::of(slip.lang);
    let top = sheet.y;
    let unit = sizes.room() / 16;
    let columns = [(0, 4), (4, 7), (11, 5)];
    let (day, time) = slip.issued_local.split_once(' ').unwrap_or(("", &slip.issued_local));
    let ahead = slip.ahead.to_string();
    let (wait, wait_unit) = wait(slip.wait_minutes, words);
    let names: [fn(&Words) -> &'static str; 3] =
        [|words| words.ahead, |words| words.wait, |words| words.taken];
    let values = [(ahead.as_str(), words.people), (wait.as_str(), wait_unit), (time, "")];
    for (((column, span), name), (value, unit_word)) in columns.into_iter().zip(names).zip(values) {
        let inset = if column == 0 { 0 } else { sizes.gap * 2 / 3 };
        let x = sheet.margin + column * unit + inset;
        let room = span * unit - inset;
        label(sheet, x, room, slip.lang, name, sizes);
        let gap = sizes.label / 4;
        let for_value = match unit_word {
            "" => room,
            word => room.saturating_sub(gap + width(word, sizes.label)),
        };
        let size = (for_value * 1000 / width(value, 1000).max(1)).min(sizes.value);
        let base = top + leading(sizes.label) + leading(sizes.value) - sizes.value / 5;
        let mut runs = vec![(size, Bold, value)];
        if !unit_word.is_empty() {
            runs.push((sizes.label, Plain, unit_word));
        }
        sheet.runs(x, base, From::Left, gap, &runs);
    }
    let values_high = leading(sizes.label) + leading(sizes.value);
    let high = values_high + leading(sizes.beside);
    for (column, _) in columns.into_iter().skip(1) {
        let x = sheet.margin + column * unit;
        sheet.block(x, top, 2, high);
    }
    let last = sheet.margin + columns[2].0 * unit + sizes.gap * 2 / 3;
    sheet.text(last, top + values_high + sizes.beside, (sizes.beside, Plain, day));
    sheet.skip(high + sizes.gap / 2);
}

/// `20–45` and its unit; whole hours once minutes are no longer a help.
fn wait(minutes: Option<WaitMinutes>, words: &Words) -> (String, &'static str) {
    let Some(WaitMinutes { low, high }) = minutes else {
        return (words.no_counter.to_owned(), "");
    };
    let (low, high, unit) = if low >= 120 {
        (low / 60, high.div_ceil(60), words.hours)
    } else {
        (low, high, words.minutes)
    };
    let range = if low == high { low.to_string() } else { format!("{low}–{high}") };
    (range, unit)
}

/// Dots to a module, whole, so that every module is as large as the next.
fn module(side: usize, sizes: &Sizes) -> u32 {
    (sizes.code / u32::try_from(side).unwrap_or(u32::MAX)).max(1)
}

/// The QR code at the right margin, beside it what it is for.
fn follow(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let top = sheet.y;
    let Some((side, path)) = qr::path(&slip.qr) else {
        return;
    };
    let module = module(side, sizes);
    let code = module * u32::try_from(side).unwrap_or_default();
    sheet.drawing(sheet.right() - code, top, module, &path);
    // A code wants four modules of white around it.
    let room = sizes.room().saturating_sub(code + 4 * module);
    follow_words(sheet, slip.lang, sizes, room);
    sheet.y = sheet.y.max(top + code) + 4 * module;
}

fn follow_words(sheet: &mut Sheet, lang: Lang, sizes: &Sizes, room: u32) {
    let (words, beside) = (Words::of(lang), Words::of(other(lang)));
    // Large Chinese letters reach a little above the row's top edge of a code.
    let lead = sizes.hall * 10 / 9;
    for row in wrap(words.follow, sizes.hall, room, 2) {
        sheet.row((sizes.hall, Bold, &row), lead);
    }
    for row in wrap(beside.follow, sizes.beside, room, 2) {
        sheet.row((sizes.beside, Plain, &row), leading(sizes.beside));
    }
    sheet.skip(sizes.gap / 2);
    for row in wrap(words.heed, sizes.label, room, 3) {
        sheet.row((sizes.label, Plain, &row), leading(sizes.label));
    }
}

/// The line to tear along, and the list with boxes to tick.
fn bring(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = Words::of(slip.lang);
    sheet.tear();
    sheet.skip(sizes.gap);
    let right = sheet.right();
    let base = sheet.y + sizes.hall;
    sheet.runs(right, base, From::Right, 0, &[(sizes.label, Bold, &slip.number)]);
    sheet.runs(
        sheet.margin,
        base,
        From::Left,
        sizes.label / 3,
        &[
            (sizes.hall, Bold, words.bring),
            (sizes.beside, Plain, Words::of(other(slip.lang)).bring),
        ],
    );
    sheet.skip(leading(sizes.hall) + sizes.gap / 4);
    let side = sizes.item * 4 / 5;
    let indent = side + sizes.item / 2;
    let mut rows_left = sizes.rows;
    let mut shown = 0;
    for material in &slip.materials {
        let rows = wrap(material.get(slip.lang), sizes.item, sizes.room() - indent, 3);
        if rows.len() > rows_left {
            break;
        }
        rows_left -= rows.len();
        shown += 1;
        let lead = leading(sizes.item);
        sheet.skip(sizes.gap / 4);
        let box_top = sheet.y + lead - lead / 4 - side + side / 10;
        sheet.tick_box(sheet.margin, box_top, side);
        for row in rows {
            sheet.skip(lead);
            let (x, base) = (sheet.margin + indent, sheet.y - lead / 4);
            sheet.text(x, base, (sizes.item, Plain, &row));
        }
    }
    let left_out = slip.materials.len() - shown;
    if left_out > 0 {
        sheet.skip(sizes.gap / 4);
        let more = fill(words.more, &[("n", &left_out)]);
        for row in wrap(&more, sizes.label, sizes.room(), 2) {
            sheet.row((sizes.label, Bold, &row), leading(sizes.label));
        }
    }
    sheet.skip(sizes.gap);
}
