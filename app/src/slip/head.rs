//! The slip's upper half: hall, number, matter, and the figures.

use jiban_domain::Lang;
use jiban_domain::slip::Slip;
use jiban_domain::wait::WaitMinutes;

use super::words::Words;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{From, Sheet};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{other, parts, translated};

/// Hall, number, matter, and the figures.
pub fn head(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    parts::hall(sheet, &slip.hall, slip.lang, sizes);
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
    label(sheet, sheet.margin, sizes.room(), slip.lang, |words| words.matter, sizes);
    sheet.skip(leading(sizes.label) + 4);
    parts::name(sheet, &slip.matter, slip.lang, sizes);
}

fn label(
    sheet: &mut Sheet,
    x: u32,
    room: u32,
    lang: Lang,
    word: fn(&Words) -> &'static str,
    sizes: &Sizes,
) {
    let both = (word(Words::of(lang)), word(Words::of(other(lang))));
    parts::label(sheet, x, room, both, sizes);
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
pub fn wait(minutes: Option<WaitMinutes>, words: &Words) -> (String, &'static str) {
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
