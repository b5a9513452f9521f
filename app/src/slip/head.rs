//! The upper half of the slip: hall, number, matter, and the figures.

use jiban_domain::Lang;
use jiban_domain::slip::Slip;
use jiban_domain::wait::WaitMinutes;

use super::words::Words;
use crate::parts::wait::WaitWords;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, Sheet};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{other, parts, translated};

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
    let size =
        (sizes.available_width() * 1000 / width(&slip.number, 1000).max(1)).min(sizes.number);
    // Capitals and digits fill less than three quarters of their type size.
    sheet.skip(sizes.gap + size * 73 / 100);
    // The white space inside a large letter would make it look indented.
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

/// The line's name; at the right margin, a stamp on reprinted slips.
fn line(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = Words::of(slip.lang);
    let base = sheet.y + leading(sizes.hall) - sizes.hall / 4;
    let mut available_width = sizes.available_width();
    if slip.reprint {
        let stamp = format!("{} {}", words.reprint, Words::of(other(slip.lang)).reprint);
        let taken = sheet.stamp(sheet.right(), base, sizes.translation, &stamp);
        available_width -= taken + sizes.translation / 2;
    }
    let rows = wrap(slip.line.get(slip.lang), sizes.hall, available_width, 2);
    let translation = translated(&slip.line, slip.lang).unwrap_or_default();
    let gap = sizes.translation / 2;
    for (place, row) in rows.iter().enumerate() {
        sheet.skip(leading(sizes.hall));
        let mut runs = vec![(sizes.hall, Bold, row.as_str())];
        let needed = width(row, sizes.hall) + gap + width(translation, sizes.translation);
        if place + 1 == rows.len() && !translation.is_empty() && needed <= available_width {
            runs.push((sizes.translation, Plain, translation));
        }
        let (x, base) = (sheet.margin, sheet.y - sizes.hall / 4);
        sheet.runs(x, base, Anchor::Left, gap, &runs);
    }
    sheet.skip(sizes.gap / 2);
}

fn matter(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    label(
        sheet,
        sheet.margin,
        sizes.available_width(),
        slip.lang,
        |lang| Words::of(lang).matter,
        sizes,
    );
    sheet.skip(leading(sizes.label) + 4);
    parts::name(sheet, &slip.matter, slip.lang, sizes);
}

fn label(
    sheet: &mut Sheet,
    x: u32,
    available_width: u32,
    lang: Lang,
    word: fn(Lang) -> &'static str,
    sizes: &Sizes,
) {
    let both = (word(lang), word(other(lang)));
    parts::label(sheet, x, available_width, both, sizes);
}

/// People ahead, wait and time: three columns, separated by thin rules.
fn figures(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = Words::of(slip.lang);
    let top = sheet.y;
    let unit = sizes.available_width() / 16;
    let columns = [(0, 4), (4, 7), (11, 5)];
    let (day, time) = slip.issued_local.split_once(' ').unwrap_or(("", &slip.issued_local));
    let ahead = slip.ahead.to_string();
    let (wait, wait_unit) = wait(slip.wait_minutes, slip.lang);
    let names: [fn(Lang) -> &'static str; 3] = [
        |lang| Words::of(lang).ahead,
        |lang| WaitWords::of(lang).label,
        |lang| Words::of(lang).taken,
    ];
    let values = [(ahead.as_str(), words.people), (wait.as_str(), wait_unit), (time, "")];
    for (((column, span), name), (value, unit_word)) in columns.into_iter().zip(names).zip(values) {
        let inset = if column == 0 { 0 } else { sizes.gap * 2 / 3 };
        let x = sheet.margin + column * unit + inset;
        let available_width = span * unit - inset;
        label(sheet, x, available_width, slip.lang, name, sizes);
        let gap = sizes.label / 4;
        let for_value = match unit_word {
            "" => available_width,
            word => available_width.saturating_sub(gap + width(word, sizes.label)),
        };
        let size = (for_value * 1000 / width(value, 1000).max(1)).min(sizes.value);
        let base = top + leading(sizes.label) + leading(sizes.value) - sizes.value / 5;
        let mut runs = vec![(size, Bold, value)];
        if !unit_word.is_empty() {
            runs.push((sizes.label, Plain, unit_word));
        }
        sheet.runs(x, base, Anchor::Left, gap, &runs);
    }
    let values_high = leading(sizes.label) + leading(sizes.value);
    let high = values_high + leading(sizes.translation);
    for (column, _) in columns.into_iter().skip(1) {
        let x = sheet.margin + column * unit;
        sheet.block(x, top, 2, high);
    }
    let last = sheet.margin + columns[2].0 * unit + sizes.gap * 2 / 3;
    sheet.text(last, top + values_high + sizes.translation, (sizes.translation, Plain, day));
    sheet.skip(high + sizes.gap / 2);
}

/// `20–45` and its unit; in hours once minutes are not helpful any more.
pub fn wait(minutes: Option<WaitMinutes>, lang: Lang) -> (String, &'static str) {
    let words = WaitWords::of(lang);
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
